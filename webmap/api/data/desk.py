"""The desk where the history of the data is read and gone back in: asks rights before it does anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from layers.history import Author, Written
from webmap.accounts.log_rights import MissingRight, require_right
from webmap.accounts.recognition import not_signed_in
from webmap.accounts.roles import ALL_PLANS, Action
from webmap.accounts.viewer import Viewer
from webmap.api.data.documents import comparison_document, version_document
from webmap.api.data.shapes import RestoreBody
from webmap.data_errors import NothingToRestore
from webmap.errors import InvalidQuery
from webmap.incidents.entry_fields import one_line
from webmap.runtime import Runtime

#: Rights of those who work with the data or with what was made of them, for any plan.
READING = (Action.EDIT_LAYERS, Action.STUDY_SITES, Action.SEE_LOG)
_AT_ONCE, _MOST = 50, 200
_IDS = 100


@dataclass(frozen=True)
class DataRooms:
    """What serves the history. `written` is called when the data have become others."""

    runtime: Runtime
    written: Callable[[], object]


@dataclass(frozen=True)
class DataDesk:
    """Serves a viewer."""

    rooms: DataRooms
    viewer: Viewer

    def listed(self, before: str | None, limit: str | None) -> dict[str, Any]:
        """Return the last versions, or those before a sequence. Raises `MissingRight` and `InvalidQuery`."""
        self._require_reading()
        count = _whole("limit", limit, _MOST) if limit else _AT_ONCE
        sequence = _whole("before", before, 2**31 - 1) if before else None
        found = self.rooms.runtime.store.history(count + 1, sequence)
        return {"versions": [version_document(one) for one in found[:count]], "more": len(found) > count}

    def compared(self, version: str, other: str) -> dict[str, Any]:
        """Return what is different in the version `other`.

        Raises `MissingRight`, `UnknownVersion` and `VersionNotKept`.
        """
        self._require_reading()
        found = self.rooms.runtime.store.compare(version, other, _IDS if self.viewer.sees_restricted else 0)
        return comparison_document(version, other, found)

    def restore(self, version: str, asked: RestoreBody) -> dict[str, Any]:
        """Bring a version back as a new one.

        Raises `MissingRight`, `UnknownVersion`, `VersionNotKept`, `StaleVersion` and `NothingToRestore`.
        """
        require_right(self.viewer, Action.EDIT_LAYERS, ALL_PLANS)
        if self.viewer.person is None:
            raise not_signed_in()
        store = self.rooms.runtime.store
        if not store.compare(version, store.data_version(), 0):
            raise NothingToRestore(version)
        author = Author(self.viewer.person.id, self.viewer.person.display_name)
        said = Written(author, "undo", one_line(asked.note), {"restored": version})
        made = store.restore(version, said, base=asked.base)
        self.rooms.written()
        return {"version": version_document(store.version(made)), "restored": version}

    def _require_reading(self) -> None:
        plans = [ALL_PLANS, *self.rooms.runtime.plans]
        if not any(self.viewer.may(action, plan) for action in READING for plan in plans):
            raise MissingRight(Action.EDIT_LAYERS, None)


def _whole(name: str, given: str, most: int) -> int:
    number = int(given) if given.isascii() and given.isdecimal() and len(given) <= 10 else 0
    if not 0 < number <= most:
        raise InvalidQuery(name, given, (f"1–{most}",))
    return number
