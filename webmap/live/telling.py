"""What a group of viewers is told of an incident: its new entries, and how it stands now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from webmap.accounts.roles import ALL_PLANS, Role
from webmap.accounts.viewer import Viewer
from webmap.api.log.entry_documents import entry_documents, prose_for
from webmap.api.log.reader import Reader, reader_of
from webmap.api.log.view_document import head_document, view_document
from webmap.incidents.journal import Look
from webmap.languages import Language
from webmap.live.messages import Message, message
from webmap.runtime import Runtime


@dataclass(frozen=True)
class Audience:
    """What decides which documents a viewer gets: two viewers alike in this get the same bytes."""

    language: Language
    sees_restricted: bool
    roles: frozenset[Role]

    @property
    def of_pictures(self) -> PictureAudience:
        """What of it decides which picture they get."""
        return self.language, self.sees_restricted


PictureAudience = tuple[Language, bool]


def audience_of(viewer: Viewer, language: Language, plan: str) -> Audience:
    """Return the audience that a viewer belongs to in front of an incident of a plan."""
    held = frozenset(grant.role for grant in viewer.grants if grant.plan in {ALL_PLANS, plan})
    return Audience(language, viewer.sees_restricted, held)


class Teller:
    """Writes the documents of one audience; `viewer` is any of it."""

    def __init__(
        self, runtime: Runtime, viewer: Viewer, language: Language, plan: str, clock: Callable[[], datetime]
    ) -> None:
        # What is written for all must not know who of them was first.
        self._viewer = replace(viewer, person=None, came_by=None, csrf="")
        self._runtime, self._language, self._plan, self._clock = runtime, language, plan, clock

    def entries(self, look: Look, after: int) -> Message:
        """Return the message that brings who has seen entry `after` up to date."""
        reader = reader_of(self._runtime, self._viewer, self._language, self._plan, look.log)
        document = {
            "incident": head_document(look.log.opening, look.opened_by_name),
            "after": after,
            "length": look.length,
            "entries": self._documents(look, after, reader),
            "view": view_document(look, reader, self._clock()),
        }
        return message("entries", document, look.length)

    @staticmethod
    def _documents(look: Look, after: int, reader: Reader) -> list[dict[str, Any]]:
        entries = [entry for entry in look.log.entries if entry.number > after]
        if not entries:
            return []
        opening = look.log.opening
        return entry_documents(entries, look.log.entries, reader, prose_for(reader), drill=opening.drill)
