"""Scripts and drills as documents: what everybody sees of one, and what only who directs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from webmap.accounts.roles import Action
from webmap.accounts.viewer import Viewer
from webmap.drills.author import script_author_id
from webmap.drills.player import facts_of
from webmap.drills.runs import UNDER_WAY, Run
from webmap.drills.script import Script
from webmap.incidents.moments import as_entered
from webmap.languages import Language

if TYPE_CHECKING:
    from priority.plans import Plan

#: Says of a fact's document in a sentence what it is; None where it cannot be said.
Say = Callable[[dict[str, Any]], str | None]


@dataclass(frozen=True)
class Telling:
    """To whom a drill is told, in which language, and when. `say` writes a fact as the log would."""

    viewer: Viewer
    language: Language
    now: datetime
    say: Say


def script_document(script: Script, plan: Plan, language: Language) -> dict[str, Any]:
    """Return a script as a list tells of it."""
    return {
        "key": script.key,
        "plan": script.plan,
        "plan_title": plan.title.in_language(language),
        "title": script.title.in_language(language),
        "about": script.about.in_language(language),
        "steps": len(script.steps),
        "length_s": script.length_s,
        "levels": script.levels,
    }


def drill_document(run: Run, telling: Telling) -> dict[str, Any]:
    """Return a drill that plays a script; the notes and what comes next are for who began it."""
    person = telling.viewer.person
    directs = person is not None and run.author_id == script_author_id(person.id)
    steps = run.prepared.steps
    drill_s = run.course.drill_s(telling.now)
    last_s = steps[-1].at_s
    shown_s = min(drill_s, last_s) if run.state == "done" else drill_s
    taken = steps[run.position - 1] if 0 < run.position <= len(steps) else None
    return {
        "incident": run.incident_id,
        "script": run.prepared.script,
        "title": run.prepared.title,
        "plan": run.prepared.plan,
        "state": run.state,
        "speed": run.course.speed,
        "begins_at": as_entered(run.begins_at),
        "now": as_entered(telling.now),
        "drill_at": _moment(run, shown_s),
        "position": run.position,
        "steps": len(steps),
        "next": _next(run, telling, directs=directs) if run.state in UNDER_WAY or run.state == "failed" else None,
        "last_said": taken.said if taken is not None and directs else None,
        "directs": directs,
        "may_control": telling.viewer.may(Action.OPEN_INCIDENT, run.prepared.plan),
        "error": None if run.error is None else run.error.get(telling.language),
    }


def _next(run: Run, telling: Telling, *, directs: bool) -> dict[str, Any] | None:
    if run.position >= len(run.prepared.steps):
        return None
    step = run.prepared.steps[run.position]
    wait_s = run.course.due_in_s(step.at_s, telling.now)
    what = None
    if directs:
        # Entries that it speaks of may not be written yet; the sentence names their number, and 1 will do.
        numbers = {named.name: 1 for named in run.prepared.steps if named.name is not None}
        said = [telling.say(document) for document in facts_of(run, step, numbers)]
        what = "; ".join(filter(None, said)) or None
    return {
        "number": run.position + 1,
        "at": _moment(run, step.at_s),
        "in_s": None if wait_s is None else round(wait_s, 1),
        "what": what,
        "said": step.said if directs else None,
    }


def _moment(run: Run, drill_s: float) -> str:
    return as_entered(run.begins_at + timedelta(seconds=int(drill_s)))
