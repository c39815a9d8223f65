"""What the log of an incident asks for: the report that is due, and a level recommended above the one that runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from webmap.accounts.roles import Action
from webmap.api.log.decisions import decisions
from webmap.api.log.reader import offices_of
from webmap.attention.asking import REPORTERS, Asking
from webmap.attention.items import Item, urgency_of
from webmap.attention.running import Running
from webmap.reviews.deadlines import next_report

#: Says which level an incident's picture asks for; None for none, and where nobody knows.
Recommends = Callable[[Running], str | None]


def report_due(asking: Asking, running: Running) -> Iterator[Item]:
    """Yield the report to be sent next, for who sees to reports; none where the plan names no time for it."""
    if running.plan is None or not asking.holds(REPORTERS, running.plan.key):
        return
    found = next_report(running.plan, running.facts, running.present, asking.language)
    if found is None or (found.due_at is None and not found.at_once and found.kind != "final"):
        return
    due = None if found.due_at is None else datetime.fromisoformat(found.due_at)
    if found.at_once:
        code, urgency = "report_at_once", "now"
    elif due is None:
        code, urgency = "report_final", "soon"
    else:
        urgency = urgency_of(due, running.present)
        code = "report_overdue" if urgency == "now" else "report_due"
    yield asking.item(
        running,
        "report_due",
        found.kind,
        code=code,
        urgency=urgency,  # type: ignore[arg-type]  # one of the three
        values={"report": found.title},
        detail=found.rule,
        since=running.facts[0].fact.happened_at if found.at_once else None,
        due=due,
        clause=found.clause,
        link="&after=reports",
    )


def level_to_decide(asking: Asking, running: Running, recommends: Recommends) -> Iterator[Item]:
    """Yield the level that the picture asks for where it is above the one that runs and the viewer may decide it."""
    plan = running.plan
    if plan is None or running.phase == "ended" or not asking.viewer.may(Action.DECIDE_LEVEL, plan.key):
        return
    offices = offices_of(asking.viewer, plan.key)
    possible = decisions(plan, running.facts, running.present, offices, asking.language)
    mine = {step["level"]: step for step in possible if step["mine"] and step["level"] is not None}
    standing = _running_level(running)
    if not any(plan.rank_of(level) > plan.rank_of(standing) for level in mine):
        return
    level = recommends(running)
    step = mine.get(level)
    if level is None or step is None or plan.rank_of(level) <= plan.rank_of(standing):
        return
    code = "level_to_start" if standing is None else "level_to_raise"
    yield asking.item(
        running,
        "level_to_decide",
        level,
        code=code,
        urgency="now",
        values={"level": level, "running": standing},
        detail=asking.phrases.write("attention.level_detail", offices=asking.phrases.join(step["mine"])),
        clause=step["clause"],
    )


def _running_level(running: Running) -> str | None:
    level = None
    for item in running.facts:
        if item.fact.happened_at > running.present:
            break
        if item.fact.kind in {"level_started", "level_changed"}:
            level = getattr(item.fact, "level", None)
        elif item.fact.kind == "level_ended":
            level = None
    return level
