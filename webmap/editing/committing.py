"""A draft becomes a data version, in one transaction with the draft's own row; and the way back."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine

from layers.changes import LayerChange, change_records
from layers.editing.changes import Change, Changes
from layers.editing.ground import Ground
from layers.engine import LAYERS_LOCK
from layers.errors import StaleVersion
from layers.history import Author, Written
from layers.store import Store
from webmap.editing.drafts import Draft, Drafts
from webmap.editing.errors import DraftRefused
from webmap.editing.work import Work
from webmap.storage.engine import writing

_NAMED = 5


@dataclass(frozen=True)
class Committing:
    """Writes drafts into the layers. Shared by threads."""

    engine: Engine
    store: Store
    drafts: Drafts

    def commit(self, draft: Draft, work: Work, author: Author, note: str) -> str:
        """Write what a draft changes and return the new data version.

        Raises `DraftRefused`: it changes nothing, does not apply, rests on records that others changed, or was itself
        changed meanwhile. Then nothing was written.
        """
        if draft.state != "open":
            raise DraftRefused("not_open")
        require_applicable(work)
        changes = work.applied.changes
        if not changes.records:
            raise DraftRefused("nothing_changed")
        detail = {"draft": draft.id, "steps": draft.length}
        said = Written(author, "edit", note, detail)
        try:
            return self._write(draft, changes, said, work.data_version, "committed")
        except StaleVersion as error:
            raise DraftRefused("data_changed", _names(work.ground, error)) from error

    def undo(self, draft: Draft, author: Author, note: str) -> str:
        """Take a committed draft out of the data again and return the new data version; the draft is open then.

        Raises `DraftRefused` where records were changed again since (`changed_since`), `VersionNotKept` where nobody
        knows any more what they were.
        """
        if draft.state != "committed" or draft.committed_version is None:
            raise DraftRefused("not_committed")
        (before,) = self.store.history(limit=1, before=draft.committed_version)
        layers = list(draft.touched)
        then, after = (
            Ground(self.store.read_at(version, layers)) for version in (before.version, draft.committed_version)
        )
        keys = [(layer, one) for layer, ids in draft.touched.items() for one in ids]
        pairs = {key: Change(after.record(key), then.record(key)) for key in keys}
        changes = Changes({key: change for key, change in pairs.items() if change.before != change.after})
        said = Written(author, "undo", note, {"draft": draft.id})
        try:
            return self._write(draft, changes, said, draft.committed_version, "open")
        except StaleVersion as error:
            raise DraftRefused("changed_since", _names(after, error)) from error

    def _write(self, draft: Draft, changes: Changes, said: Written, base: str, state: str) -> str:
        parts = {
            layer: LayerChange(upserts if len(upserts := changes.upserts(layer)) else None, changes.removed(layer))
            for layer in changes.layers
        }
        with writing(self.engine, LAYERS_LOCK) as connection:
            version = change_records(connection, parts, said, base)
            if state == "committed":
                self.drafts.settle(connection, draft, "committed", {"committed_version": version})
            else:
                self.drafts.settle(connection, draft, "open", {"committed_version": None, "base_version": version})
        return version


def require_applicable(work: Work) -> None:
    """Raise `DraftRefused` if a draft rests on records that others changed, or no longer applies."""
    if work.clashes:
        names = [work.name_of(key) for key in work.clashes[:_NAMED]]
        raise DraftRefused("data_changed", names, problems=work.applied.refused)
    if work.applied.refused:
        keys = dict.fromkeys((problem.layer, problem.id) for problem in work.applied.refused)
        names = [work.name_of(key) for key in list(keys)[:_NAMED]]
        raise DraftRefused("does_not_apply", names, problems=work.applied.refused)


def _names(ground: Ground, error: StaleVersion) -> list[str]:
    keys = [(layer, one) for layer, ids in error.changed.items() for one in ids][:_NAMED]
    return [key[1] if (record := ground.record(key)) is None else record.name for key in keys]
