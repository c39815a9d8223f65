"""The desk where a person's drafts are kept and written into the data: asks rights before it does anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from layers.catalog import CATALOG
from layers.editing.problems import Problem, Refused
from layers.editing.state import State
from layers.errors import UnknownLayer
from layers.history import Author
from webmap.accounts.log_rights import require_right
from webmap.accounts.recognition import not_signed_in
from webmap.accounts.roles import ALL_PLANS, Action
from webmap.accounts.viewer import Viewer
from webmap.api.editing.bodies import BeginBody, CommitBody, NameBody, RevisionBody, StepsBody
from webmap.api.editing.documents import draft_document, listed_document, record_document, settled_document
from webmap.api.log.view_document import CHINA
from webmap.editing.committing import Committing
from webmap.editing.drafts import MOST_OPERATIONS, Draft, Drafts, Saved
from webmap.editing.errors import DraftRefused, EditRefused
from webmap.editing.work import Work, check_networks_of, present_touched, work_on
from webmap.incidents.entry_fields import one_line
from webmap.languages import Language
from webmap.runtime import Runtime, Snapshot
from webmap.workload import Workload

#: The networks of the sample are looked at within this time; told to those who are turned away.
_REVIEW_S = 5


@dataclass(frozen=True, eq=False)
class EditingRooms:
    """What serves drafts, put together once for an application."""

    runtime: Runtime
    workload: Workload
    drafts: Drafts
    committing: Committing

    @classmethod
    def of(cls, runtime: Runtime, workload: Workload) -> EditingRooms:
        """Put the rooms together. The database is not touched."""
        drafts = Drafts(runtime.store.engine)
        return cls(runtime, workload, drafts, Committing(runtime.store.engine, runtime.store, drafts))


@dataclass(frozen=True)
class EditingDesk:
    """Serves a viewer in a language. Raises `MissingRight` for who may not edit layers, and `UnknownDraft`."""

    rooms: EditingRooms
    viewer: Viewer
    language: Language

    def __post_init__(self) -> None:
        require_right(self.viewer, Action.EDIT_LAYERS, ALL_PLANS)

    def listed(self) -> dict[str, Any]:
        """Return the viewer's drafts."""
        found = self.rooms.drafts.list(self._author().id or "")
        return {"drafts": [listed_document(draft, self.language) for draft in found]}

    def begin(self, asked: BeginBody) -> dict[str, Any]:
        """Begin a draft on the present data and return it; one without a name may be an empty one that was begun."""
        author = self._author()
        mine = [draft for draft in self.rooms.drafts.list(author.id or "") if draft.state == "open"]
        # One that nothing was done in is as good as a new one.
        empty = next((draft for draft in mine if not draft.operations), None)
        if empty is not None and not asked.name:
            return self.shown(empty.id)
        name = asked.name or self._usual_name({draft.name for draft in mine})
        version = self.rooms.runtime.data_version()
        return self.shown(self.rooms.drafts.begin(author.id or "", author.name, name, version))

    def shown(self, draft_id: str) -> dict[str, Any]:
        """Return a draft against the present data."""
        draft = self._read(draft_id)
        if draft.state != "open":
            return settled_document(draft, self.rooms.runtime.data_version(), self.language)
        return draft_document(draft, self._work(draft), self.language)

    def record(self, draft_id: str, layer: str, identifier: str) -> dict[str, Any]:
        """Return a record as it stands in a draft; raises `UnknownLayer` and `EditRefused`."""
        if layer not in CATALOG:
            raise UnknownLayer(layer)
        work = self._work(self._read(draft_id))
        state = State(work.ground)
        for key, change in work.applied.changes.records.items():
            state.put(key, change.after)
        try:
            return record_document((layer, identifier), state.need((layer, identifier)), state)
        except Refused as error:
            raise EditRefused(error.problems) from error

    def save_steps(self, draft_id: str, asked: StepsBody) -> dict[str, Any]:
        """Change the steps of a draft and return it; raises `EditRefused` if one that is new does not apply."""
        draft = self._read(draft_id)
        _require_revision(draft, asked.revision)
        operations = [*draft.operations[: asked.keep], *asked.add]
        if asked.keep > len(draft.operations) or asked.length > len(operations):
            raise DraftRefused("draft_changed")
        if len(operations) > MOST_OPERATIONS:
            raise DraftRefused("too_many", most=MOST_OPERATIONS)
        snapshot = self._snapshot()
        try:
            work = work_on(snapshot, operations[: asked.length], draft)
        except Refused as error:
            raise EditRefused(error.problems) from error
        new = [problem for problem in work.applied.refused if (problem.operation or 0) >= asked.keep]
        if new:
            raise EditRefused(new)
        base = draft.base_version if work.clashes else work.data_version
        self.rooms.drafts.save(draft, Saved(operations, asked.length, work.touched, base))
        return draft_document(self._read(draft_id), work, self.language)

    def review(self, draft_id: str) -> dict[str, Any]:
        """Return a draft with what it brings about in the networks; raises `TooBusy`."""
        draft = self._open(draft_id)
        snapshot = self._snapshot()
        work = work_on(snapshot, draft.effective, draft)
        return draft_document(draft, work, self.language, self._networks(snapshot, work))

    def rebase(self, draft_id: str, asked: RevisionBody) -> dict[str, Any]:
        """Go on with the present data, whatever others changed; raises `DraftRefused` if a step does not apply."""
        draft = self._open(draft_id)
        _require_revision(draft, asked.revision)
        work = self._work(draft)
        if work.applied.refused:
            names = [problem.names[0] if problem.names else problem.id for problem in work.applied.refused[:5]]
            raise DraftRefused("does_not_apply", names, problems=work.applied.refused)
        saved = Saved(draft.operations, draft.length, present_touched(work), work.data_version)
        self.rooms.drafts.save(draft, saved)
        return self.shown(draft_id)

    def commit(self, draft_id: str, asked: CommitBody) -> dict[str, Any]:
        """Write a draft into the data. Raises what `Committing.commit` raises, and for errors in the networks."""
        draft = self._open(draft_id)
        _require_revision(draft, asked.revision)
        snapshot = self._snapshot()
        work = work_on(snapshot, draft.effective, draft)
        wrong = [problem for problem in self._networks(snapshot, work) if problem.severity == "error"]
        if wrong:
            raise DraftRefused("has_errors", [problem.names[0] for problem in wrong[:5]], problems=wrong)
        self.rooms.committing.commit(draft, work, self._author(), one_line(asked.note))
        return self.shown(draft_id)

    def undo(self, draft_id: str, asked: RevisionBody) -> dict[str, Any]:
        """Take a committed draft out of the data again. Raises what `Committing.undo` raises."""
        draft = self._read(draft_id)
        _require_revision(draft, asked.revision)
        self.rooms.committing.undo(draft, self._author(), draft.name)
        return self.shown(draft_id)

    def discard(self, draft_id: str) -> dict[str, Any]:
        """Put a draft away."""
        self.rooms.drafts.discard(self._read(draft_id))
        return self.shown(draft_id)

    def take_back(self, draft_id: str) -> dict[str, Any]:
        """Open a draft again that was discarded."""
        self.rooms.drafts.take_back(self._read(draft_id))
        return self.shown(draft_id)

    def rename(self, draft_id: str, asked: NameBody) -> dict[str, Any]:
        """Give a draft another name."""
        draft = self._read(draft_id)
        _require_revision(draft, asked.revision)
        self.rooms.drafts.rename(draft, asked.name)
        return self.shown(draft_id)

    def _author(self) -> Author:
        if self.viewer.person is None:
            raise not_signed_in()
        return Author(self.viewer.person.id, self.viewer.person.display_name)

    def _read(self, draft_id: str) -> Draft:
        return self.rooms.drafts.read(draft_id, self._author().id or "")

    def _open(self, draft_id: str) -> Draft:
        draft = self._read(draft_id)
        if draft.state != "open":
            raise DraftRefused("not_open")
        return draft

    def _snapshot(self) -> Snapshot:
        return self.rooms.runtime.snapshot()

    def _work(self, draft: Draft) -> Work:
        return work_on(self._snapshot(), draft.effective, draft)

    def _networks(self, snapshot: Snapshot, work: Work) -> list[Problem]:
        return self.rooms.workload.admit(_REVIEW_S, lambda: check_networks_of(snapshot, work))

    def _usual_name(self, taken: set[str]) -> str:
        day = self.rooms.drafts.clock().astimezone(CHINA)
        name = f"{day.month}月{day.day}日的修改" if self.language == "zh" else f"Edits of {day:%Y-%m-%d}"
        names = (name, *(f"{name} {number}" for number in range(2, len(taken) + 2)))
        return next(one for one in names if one not in taken)


def _require_revision(draft: Draft, revision: int) -> None:
    if draft.revision != revision:
        raise DraftRefused("draft_changed")
