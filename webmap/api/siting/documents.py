"""A run as programs and the page are told of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from webmap.accounts.roles import Action
from webmap.accounts.viewer import Viewer
from webmap.api.log.view_document import CHINA
from webmap.incidents.moments import as_entered, read_written
from webmap.languages import Language
from webmap.siting.choices import Choice
from webmap.siting.runs import ANSWERED, UNDER_WAY, Run, WholeRun
from webmap.siting.words import stage_title, state_title


@dataclass(frozen=True)
class Telling:
    """To whom a run is told, in which language, at which moment, and which data version is the present one."""

    viewer: Viewer
    language: Language
    now: datetime
    data_version: str


def run_document(run: Run, choice: Choice | None, telling: Telling) -> dict[str, Any]:
    """Return a run as a list tells of it: with what the study asks in short, and the answer in a sentence."""
    language = telling.language
    may = _may(run, choice, telling.viewer)
    return {
        "id": run.id,
        "name": run.name,
        "kind": run.kind,
        "plan": run.plan,
        "state": run.state,
        "state_title": state_title(run.state, language),
        "stage": run.stage if run.state == "running" else None,
        "stage_title": stage_title(run.stage, language) if run.state == "running" else None,
        "progress": _progress(run, telling.now),
        "cancel_requested": run.cancel_requested,
        "created_at": _entered(run.created_at),
        "started_at": _entered(run.started_at),
        "ended_at": _entered(run.ended_at),
        "author": run.author_name,
        "data_version": run.data_version,
        "current": _is_current(run, choice, telling.data_version),
        "put_away": run.is_put_away,
        "study": {name: value for name, value in run.brief.items() if name != "language"},
        "summary": None if run.summary is None else _summary(run.summary, language),
        "choice": None if choice is None else _choice(choice, can_take_back="take_back" in may),
        "may": may,
    }


def whole_document(whole: WholeRun, choice: Choice | None, telling: Telling) -> dict[str, Any]:
    """Return a run with its whole study, and its answer or error."""
    return {
        **run_document(whole.run, choice, telling),
        "study": whole.study,
        "plan_document": None if whole.result is None else in_language(whole.result, telling.language),
        "error": None if whole.error is None else in_language(whole.error, telling.language),
    }


def in_language(documents: Mapping[str, Any], language: Language) -> Any:
    """Return the document in a language; where it was not written in that one, as it was written."""
    return documents.get(language) or next(iter(documents.values()))


def _is_current(run: Run, choice: Choice | None, data_version: str) -> bool:
    """Whether the data are those of the run, or differ from them by its own choice alone."""
    if choice is not None and choice.data_version_before == run.data_version:
        return choice.data_version_after == data_version
    return run.data_version == data_version


def _may(run: Run, choice: Choice | None, viewer: Viewer) -> list[str]:
    """What the viewer may do with the run as it stands."""
    found = []
    if viewer.may(Action.STUDY_SITES, run.plan):
        found += ["cancel"] if run.state in UNDER_WAY and not run.cancel_requested else []
        found += ["name", "put_away"]
    if viewer.may(Action.EDIT_SITES, run.plan):
        if choice is not None:
            found.append("take_back")
        elif run.summary is not None and run.summary["status"] in ANSWERED and run.summary["new_sites"]:
            found.append("choose")
    return found


def _progress(run: Run, now: datetime) -> dict[str, Any] | None:
    """How far a run is; the time goes on although nothing new is found."""
    if run.state != "running" or run.started_at is None:
        return None
    elapsed_s = max(0.0, (now - read_written(run.started_at)).total_seconds())
    told = run.progress or {"objective": None, "bound": None, "gap": None}
    return {"elapsed_s": round(elapsed_s, 1), **told}


def _summary(summary: Mapping[str, Any], language: Language) -> dict[str, Any]:
    return {**summary, "sentence": in_language(summary["sentence"], language)}


def _choice(choice: Choice, *, can_take_back: bool) -> dict[str, Any]:
    return {
        "at": as_entered(choice.at.astimezone(CHINA)),
        "author": choice.author_name,
        "sites": [{"id": site.id, "name": site.name} for site in choice.sites],
        "can_take_back": can_take_back,
    }


def _entered(moment: str | None) -> str | None:
    return None if moment is None else as_entered(read_written(moment).astimezone(CHINA))
