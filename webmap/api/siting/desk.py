"""The desk where studies are asked for, and their answers read and chosen: asks rights before it does anything."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from layers.errors import MissingLayers
from layers.vocabulary import SITE_KINDS
from webmap.accounts.log_rights import require_right
from webmap.accounts.roles import Action
from webmap.accounts.viewer import Viewer
from webmap.api.log.reader import author_of
from webmap.api.siting.bodies import AwayBody, KeyBody, NameBody, StartBody, read_study
from webmap.api.siting.documents import Telling, run_document, whole_document
from webmap.documents import write_document
from webmap.errors import InvalidQuery
from webmap.incidents.entry_fields import one_line
from webmap.languages import Language
from webmap.runtime import Runtime
from webmap.settings import Settings
from webmap.siting.choices import Choices
from webmap.siting.computing import brief_of, survey_document
from webmap.siting.runs import NewRun, Run, Runs, WholeRun
from webmap.workload import Workload

#: What a study looks at is found within this time in the sample; told to those who are turned away.
_SURVEY_S = 5
_KINDS = tuple(choice.key for choice in SITE_KINDS)


@dataclass(frozen=True, eq=False)
class SitingRooms:
    """What serves siting, put together once for an application. `wake` tells the worker that a run may wait."""

    runtime: Runtime
    settings: Settings
    workload: Workload
    runs: Runs
    choices: Choices
    wake: Callable[[], None]

    @classmethod
    def of(cls, runtime: Runtime, settings: Settings, workload: Workload, wake: Callable[[], None]) -> SitingRooms:
        """Put the rooms together. The database is not touched."""
        engine = runtime.store.engine
        return cls(runtime, settings, workload, Runs(engine), Choices(engine), wake)


@dataclass(frozen=True)
class SitingDesk:
    """Serves a viewer in a language."""

    rooms: SitingRooms
    viewer: Viewer
    language: Language

    def survey(self, document: object) -> bytes:
        """Return what a study looks at, as JSON text.

        Raises `InvalidSiting`, `MissingRight`, `MissingLayers` and `TooBusy`.
        """
        runtime = self.rooms.runtime
        study = read_study(document, runtime.plans, self.language, self.rooms.settings.limits.siting_seconds)
        require_right(self.viewer, Action.STUDY_SITES, study.plan)
        snapshot, plan = runtime.snapshot(), runtime.plan(study.plan)
        body = hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
        key = ("siting survey", snapshot.data_version, self.language, body)

        def make() -> bytes:
            return write_document(survey_document(snapshot, study, plan, self.language))

        return self.rooms.workload.answer(key, _SURVEY_S, make)

    def start(self, asked: StartBody) -> dict[str, Any]:
        """Put a study into the queue and return its run. Raises as `survey` and `Runs.add`."""
        runtime, limits = self.rooms.runtime, self.rooms.settings.limits
        study = read_study(asked.study, runtime.plans, self.language, limits.siting_seconds, "study")
        require_right(self.viewer, Action.STUDY_SITES, study.plan)
        version = runtime.data_version()
        if not version:
            raise MissingLayers("there is no data to study")
        document = study.document()
        brief = brief_of(document, self.language)
        new = NewRun(one_line(study.name or "") or None, study.plan, study.kind, brief, document, version)
        run_id, is_new = self.rooms.runs.add(new, author_of(self.viewer, study.plan), asked.client_key)
        if is_new:
            self.rooms.wake()
        return self.shown(run_id)

    def listed(self, kind: str | None, put_away: str | None) -> dict[str, Any]:
        """Return the runs under the plans for which the viewer may study, the last one first."""
        if kind is not None and kind not in _KINDS:
            raise InvalidQuery("kind", kind, _KINDS)
        if put_away not in (None, "0", "1"):
            raise InvalidQuery("put_away", str(put_away), ("0", "1"))
        plans = [key for key in self.rooms.runtime.plans if self.viewer.may(Action.STUDY_SITES, key)]
        found, more = self.rooms.runs.list(plans, kind, put_away=put_away == "1")
        standing = self.rooms.choices.standing([run.id for run in found])
        telling = self._telling()
        documents = [run_document(run, standing.get(run.id), telling) for run in found]
        return {"runs": documents, "more": more}

    def shown(self, run_id: str) -> dict[str, Any]:
        """Return a run with everything. Raises `UnknownRun` and `MissingRight`."""
        whole = self.whole(run_id)
        return whole_document(whole, self.rooms.choices.standing([run_id]).get(run_id), self._telling())

    def whole(self, run_id: str) -> WholeRun:
        """Return a run to who may study sites for its plan; raises `UnknownRun` and `MissingRight`."""
        self._known(run_id, Action.STUDY_SITES)
        return self.rooms.runs.read(run_id)

    def cancel(self, run_id: str) -> dict[str, Any]:
        """Take a run off the queue or stop it; returns it as it is then."""
        self._known(run_id, Action.STUDY_SITES)
        self.rooms.runs.cancel(run_id)
        return self.shown(run_id)

    def rename(self, run_id: str, asked: NameBody) -> dict[str, Any]:
        """Give a run another name."""
        self._known(run_id, Action.STUDY_SITES)
        self.rooms.runs.rename(run_id, asked.name)
        return self.shown(run_id)

    def put_away(self, run_id: str, asked: AwayBody) -> dict[str, Any]:
        """Take a run out of the list, or back into it."""
        self._known(run_id, Action.STUDY_SITES)
        self.rooms.runs.put_away(run_id, away=asked.away)
        return self.shown(run_id)

    def choose(self, run_id: str, asked: KeyBody) -> dict[str, Any]:
        """Make the new sites of an answer planned. Raises what `Choices.choose` raises."""
        run = self._known(run_id, Action.EDIT_SITES)
        self.rooms.choices.choose(run_id, author_of(self.viewer, run.plan), asked.client_key)
        return self.shown(run_id)

    def take_back(self, run_id: str, asked: KeyBody) -> dict[str, Any]:
        """Undo a choice. Raises what `Choices.take_back` raises."""
        run = self._known(run_id, Action.EDIT_SITES)
        self.rooms.choices.take_back(run_id, author_of(self.viewer, run.plan), asked.client_key)
        return self.shown(run_id)

    def now(self) -> datetime:
        """The present moment."""
        return self.rooms.runs.clock()

    def _known(self, run_id: str, action: Action) -> Run:
        run = self.rooms.runs.look(run_id)
        require_right(self.viewer, Action.STUDY_SITES, run.plan)
        require_right(self.viewer, action, run.plan)
        return run

    def _telling(self) -> Telling:
        return Telling(self.viewer, self.language, self.now(), self.rooms.runtime.data_version())
