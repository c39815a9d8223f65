"""The desk where warnings are drafted and taken through their steps: asks rights, picture and area before it writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from layers.errors import LayerError
from priority.errors import UnknownPlan
from priority.plans import Plan
from priority.wording import Phrases
from webmap.accounts.log_rights import require_right
from webmap.accounts.roles import Action
from webmap.accounts.viewer import Viewer
from webmap.api.log.reader import author_of
from webmap.api.log.view_document import present_of
from webmap.api.warnings.already_warned import already_warned, beside
from webmap.api.warnings.area_document import area_document, beside_document
from webmap.api.warnings.bodies import AreaBody, DraftBody, SuggestionBody, WantedStep
from webmap.api.warnings.documents import (
    Telling,
    public_document,
    step_document,
    summary_document,
    warning_document,
)
from webmap.api.warnings.listing import Asked
from webmap.api.warnings.resolving import resolved_of
from webmap.api.warnings.rooms import Rooms
from webmap.api.warnings.scenes import Scene
from webmap.api.warnings.suggestions import suggestion_document
from webmap.incidents.effective import effective_facts
from webmap.incidents.fold import phase_after
from webmap.incidents.records import Author, Entry, Opening
from webmap.languages import Language
from webmap.warnings.areas import resolve
from webmap.warnings.content import Content, Resolved
from webmap.warnings.errors import StepConflict, UnknownWarning
from webmap.warnings.register import Taken
from webmap.warnings.state import Version, WarningState
from webmap.warnings.transitions import STEP_RIGHTS, Possibility, may
from webmap.warnings.wanted import Issue, Lift, Revise
from webmap.workload import TooBusy

Beside = Literal["full", "summary"]


@dataclass(frozen=True)
class WarningDesk:
    """Serves a viewer in a language."""

    rooms: Rooms
    viewer: Viewer
    language: Language

    @property
    def phrases(self) -> Phrases:
        """The words of the viewer's language."""
        return Phrases(self.language)

    def now(self) -> datetime:
        """The present moment."""
        return self.rooms.journal.clock()

    def scene(self, incident_id: str) -> Scene:
        """Return an incident's present for who drafts its warnings.

        Raises `UnknownIncident`, `MissingRight`, `TooBusy` and what unusable data raise.
        """
        look = self.rooms.logs.look(incident_id)
        plan = look.log.opening.plan
        require_right(self.viewer, Action.SEE_LOG, plan)
        require_right(self.viewer, Action.DRAFT_WARNING, plan)
        return self.rooms.scenes.of(look, self.now())

    def suggestion(self, asked: SuggestionBody) -> dict[str, Any]:
        """Return what is suggested for a warning."""
        scene, restricted = self.scene(asked.incident), self.viewer.sees_restricted

        def make() -> dict[str, Any]:
            return suggestion_document(asked, scene, self.rooms.settings, self.language, restricted=restricted)

        made = self.rooms.scenes.made(asked.area, make)
        made["area"] |= {"already_warned": self.already_warned(made["area"], scene.opening, asked.warning)}
        return made

    def area(self, asked: AreaBody) -> dict[str, Any]:
        """Return the ground that parts make."""
        scene = self.scene(asked.incident)
        ground = scene.ground

        def make() -> dict[str, Any]:
            area = resolve(asked.area, ground, self.phrases)
            return area_document(asked.area, area, ground, self.phrases, restricted=self.viewer.sees_restricted)

        made = self.rooms.scenes.made(asked.area, make)
        return {**made, "already_warned": self.already_warned(made, scene.opening, asked.warning)}

    def already_warned(self, area: Mapping[str, Any], of: Opening, own: str | None) -> list[dict[str, Any]]:
        """Return which warnings in force hold already in an area document, beside the warning `own` of an incident."""
        found = self.rooms.register.list("current", moment_of=self._moment_of)
        standing = beside(found, of.plan, of.incident_id, drill=of.drill, own=own)
        return already_warned(area, standing, self._telling_of)

    def draft(self, asked: DraftBody) -> tuple[dict[str, Any], bool]:
        """Begin a warning; returns it, and whether it is new. Raises what the register raises."""
        scene = self.scene(asked.incident)
        taken = self.rooms.register.draft(
            asked.incident,
            asked.content,
            self._resolved(asked.content, scene),
            self._author(scene.plan.key),
            client_key=asked.client_key,
            language=self.language,
        )
        return self.document(taken.state), taken.is_new

    def take(self, warning_id: str, asked: WantedStep) -> tuple[dict[str, Any], bool]:
        """Take a step of a warning; returns the warning after it, and whether the step is new.

        Raises what the register raises, `MissingRight`, and for a revision what `draft` raises.
        """
        state = self.known(warning_id)
        require_right(self.viewer, STEP_RIGHTS[asked.step.kind], state.plan)
        resolved = None
        if isinstance(asked.step, Revise):
            resolved = self._resolved(asked.step.content, self.scene(state.incident_id))
        taken: Taken = self.rooms.register.take(
            warning_id,
            asked.step,
            self._author(state.plan),
            resolved=resolved,
            expected=asked.expected,
            client_key=asked.client_key,
            language=self.language,
        )
        if taken.is_new and isinstance(asked.step, Issue | Lift):
            self.rooms.wake()
        return self.document(taken.state), taken.is_new

    def listed(self, asked: Asked) -> tuple[list[dict[str, Any]], int]:
        """Return the warnings that the viewer may know of; of those that he may not prepare, what is in force.

        With them, how many past ones that he may know of were left out.
        """
        now, documents = self.now(), []
        found = self.rooms.register.list(
            asked.which, incident_id=asked.incident_id, moment_of=self._moment_of, is_over=self._is_over
        )
        known = [
            (state, beside)
            for state in found
            if (beside := self._beside(state)) == "full" or (beside == "summary" and state.is_in_force_at(now))
        ]
        chosen = asked.chosen([state for state, _ in known], self._is_open)
        for state, beside in known:
            if state.id in chosen:
                telling = self._telling_of(state)
                full = beside == "full"
                entries = self._entries(state) if full else ()
                documents.append(summary_document(state, telling, entries) if full else public_document(state, telling))
        return documents, len(known) - len(chosen)

    def shown(self, warning_id: str) -> dict[str, Any]:
        """Return a warning as the viewer may know it. Raises `UnknownWarning` for one that he may not know of."""
        state = self.rooms.register.read(warning_id)
        beside = self._beside(state)
        if beside is None:
            raise UnknownWarning(f"no warning {warning_id!r}")
        return self.document(state) if beside == "full" else public_document(state, self._telling_of(state))

    def known(self, warning_id: str) -> WarningState:
        """Return a warning to who may read the log of its plan; raises `UnknownWarning` for everybody else."""
        state = self.rooms.register.read(warning_id)
        if self._beside(state) != "full":
            raise UnknownWarning(f"no warning {warning_id!r}")
        return state

    def document(self, state: WarningState) -> dict[str, Any]:
        """Return a warning whole."""
        telling = self._telling_of(state)
        messages = self.rooms.register.messages(state.id) if state.issues else ()
        may_do = self._may(state, telling.plan)
        document = warning_document(state, telling, may_do, messages, self._entries(state))
        if state.pending is not None and self.viewer.may(Action.DRAFT_WARNING, state.plan):
            shown = next(item for item in document["versions"] if item["version"] == state.pending.version)
            opening = self.rooms.logs.look(state.incident_id).log.opening
            shown["area"] |= {"already_warned": self.already_warned(shown["area"], opening, state.id)}
            shown["area"] |= self._beside_picture(state, state.versions[state.pending.version])
        return document

    def steps_since(self, conflict: StepConflict, warning_id: str) -> list[dict[str, Any]]:
        """Return the steps that a client had not seen."""
        telling = self.telling(self.known(warning_id).plan)
        return [step_document(step, telling) for step in conflict.steps]

    def telling(self, plan: str) -> Telling:
        """Return what warnings of a plan are told with."""
        return Telling(self.phrases, self.now(), self.rooms.snapshot(), self.rooms.areas, self._plan(plan))

    def _telling_of(self, state: WarningState) -> Telling:
        """Return what a warning is told with; where its plan is gone, with what was kept of it."""
        telling = self.telling(state.plan)
        telling = replace(telling, now=self._moment_of(state), clock=telling.now)
        return telling if telling.plan else replace(telling, plan=self.rooms.register.plan_kept(state))

    def _moment_of(self, state: WarningState) -> datetime:
        """The present of a warning's incident: the clock's, in a drill its own."""
        if not state.drill:
            return self.now()
        facts = effective_facts(self.rooms.logs.look(state.incident_id).log.entries)
        return present_of(facts, self.now(), drill=True)

    def _is_over(self, state: WarningState) -> bool:
        """Whether a warning's incident has ended: what is in preparation is issued no more."""
        return phase_after(effective_facts(self.rooms.logs.look(state.incident_id).log.entries))[0] == "ended"

    def _is_open(self, state: WarningState) -> bool:
        """Whether a warning is in force, or in preparation and may still be issued."""
        pending = state.pending is not None and not self._is_over(state)
        return pending or state.is_in_force_at(self._moment_of(state))

    def _resolved(self, content: Content, scene: Scene) -> Resolved:
        return self.rooms.scenes.made(content.area, lambda: resolved_of(content, scene, self.phrases))

    def _plan(self, key: str) -> Plan | None:
        try:
            return self.rooms.runtime.plan(key)
        except UnknownPlan:
            return None

    def _may(self, state: WarningState, plan: Plan | None) -> tuple[Possibility, ...]:
        if plan is None or self.viewer.person is None:
            return ()
        drafts = self.viewer.may(Action.DRAFT_WARNING, plan.key)
        phase = self.rooms.register.phase(state.incident_id)
        found = may(plan, state, self._author(plan.key), phase, self._moment_of(state), drafts=drafts)
        # Of a plan that is gone only what stands is lifted.
        return found if self._plan(plan.key) else tuple(item for item in found if item.kind == "lifted")

    def _author(self, plan: str) -> Author:
        """The viewer with all offices that he holds for the plan; which may do what, the table of steps says."""
        return author_of(self.viewer, plan)

    def _entries(self, state: WarningState) -> Sequence[Entry]:
        """The log's entries, where a version is in preparation or in force."""
        open_ = state.pending is not None or state.in_force is not None
        return self.rooms.logs.look(state.incident_id).log.entries if open_ else ()

    def _beside_picture(self, state: WarningState, version: Version) -> dict[str, Any]:
        """Return what the version in preparation leaves out of the picture as it is now; nothing without a picture."""
        try:
            ground = self.scene(state.incident_id).ground
        except (LayerError, TooBusy, UnknownPlan):
            return {}  # the warning is shown all the same
        return beside_document(version, ground, self.phrases, restricted=self.viewer.sees_restricted)

    def _beside(self, state: WarningState) -> Beside | None:
        """How much of a warning the viewer may know: all, what was issued, nothing."""
        if self.viewer.may(Action.SEE_LOG, state.plan):
            return "full"
        issued = bool(state.issues) and not state.drill
        return "summary" if issued and self.viewer.may(Action.SEE_WARNINGS) else None
