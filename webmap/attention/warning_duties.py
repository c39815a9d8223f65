"""What warnings ask for: approve, issue, rework, extend or lift in time, and deliveries that did not arrive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from sqlalchemy import Engine, select

from webmap.accounts.roles import Action
from webmap.api.log.reader import author_of
from webmap.attention.asking import Asking
from webmap.attention.items import Item, Kind
from webmap.attention.running import Running
from webmap.storage.tables import DELIVERIES
from webmap.warnings.delivery_details import said_of
from webmap.warnings.reminders import reminders
from webmap.warnings.state import WarningState
from webmap.warnings.transitions import may

if TYPE_CHECKING:
    from priority.plans import Plan

#: Code of a failed delivery that nobody need see to: the message is told nobody any more.
_OVER = frozenset({"expired", "superseded"})
#: By identifier of a message, how many of its deliveries failed, and of how many nobody knows.
Undelivered = Mapping[str, Counter[str]]


def warnings_waiting(asking: Asking, running: Running) -> Iterator[Item]:
    """Yield each warning of an incident that waits for the viewer, or ends soon where the viewer may prolong it."""
    plan = running.plan
    if plan is None or asking.viewer.person is None or not asking.viewer.may(Action.DRAFT_WARNING, plan.key):
        return
    for state in running.warnings:
        if running.phase != "ended":
            yield from _waiting(asking, running, plan, state)
        for due in reminders(state, running.present, asking.clock):
            if due.code in {"expires_soon", "expired"}:
                assert state.in_force is not None  # noqa: S101  what is not in force does not end
                yield _item(
                    asking,
                    running,
                    plan,
                    state,
                    "warning_ends",
                    code=f"warning_{due.code}",
                    urgent=due.code == "expired",
                    detail=due.text(asking.language),
                )


def _waiting(asking: Asking, running: Running, plan: Plan, state: WarningState) -> Iterator[Item]:
    if state.pending is None:
        return
    author = author_of(asking.viewer, plan.key)
    if state.pending.status == "returned":
        if author.id in state.pending.authors:
            yield _item(asking, running, plan, state, "warning_returned", detail=_remarks(state))
        return
    if state.pending.status == "draft":
        return
    offered = may(plan, state, author, running.phase, running.present, drafts=True)
    choices = {choice.kind: choice for choice in offered}
    # Who approves may issue as well; where another office issues by the plan, that one is told.
    issuing, approving = choices["issued"].offices, choices["approved"].offices
    issuers = set(issuing) - set(approving) or set(issuing)
    tell = {"approved": set(approving), "issued": issuers}
    kinds: tuple[tuple[str, Kind], ...] = (("approved", "warning_to_approve"), ("issued", "warning_to_issue"))
    for step, kind in kinds:
        if choices[step].allowed and tell[step] & set(choices[step].mine):
            said = asking.phrases.write("attention.warning_by", author=state.latest.author_name)
            yield _item(asking, running, plan, state, kind, detail=said)
            return


def deliveries_failed(asking: Asking, running: Running, undelivered: Undelivered) -> Iterator[Item]:
    """Yield each warning in force of which deliveries failed, for who sees to deliveries and may know of all places."""
    plan = running.plan
    if plan is None or not asking.viewer.may(Action.DRAFT_WARNING, plan.key) or not asking.viewer.sees_restricted:
        return
    for state in running.warnings:
        if state.in_force is None or not (counted := undelivered.get(state.in_force.identifier)):
            continue
        failed, unknown = counted["failed"], counted["unknown"]
        code = "deliveries_both" if failed and unknown else "deliveries_failed" if failed else "deliveries_unknown"
        values = {"failed": failed, "unknown": unknown}
        said = asking.phrases.write(f"attention.{code}", **values)
        yield _item(asking, running, plan, state, "deliveries_failed", code="undelivered", detail=said)


def undelivered_of(engine: Engine, incidents: tuple[Running, ...]) -> Undelivered:
    """Count what did not arrive of the messages in force of some incidents; exercises send nothing."""
    states = [state for one in incidents if not one.drill for state in one.warnings]
    wanted = [state.in_force.identifier for state in states if state.in_force is not None]
    if not wanted:
        return {}
    columns = DELIVERIES.c
    lost = columns.message.in_(wanted) & columns.state.in_(("failed", "unknown"))
    found: dict[str, Counter[str]] = {}
    with engine.connect() as connection:
        for row in connection.execute(select(columns.message, columns.state, columns.detail).where(lost)):
            if said_of(row)[0] not in _OVER:
                found.setdefault(row.message, Counter())[row.state] += 1
    return found


def _item(
    asking: Asking,
    running: Running,
    plan: Plan,
    state: WarningState,
    kind: Kind,
    *,
    detail: str,
    code: str | None = None,
    urgent: bool = True,
) -> Item:
    in_preparation = state.pending is not None and kind not in {"warning_ends", "deliveries_failed"}
    version = state.versions[state.pending.version] if in_preparation and state.pending else state.told
    level = next((item for item in plan.warnings.levels if item.key == version.content.level), None)
    name = version.content.level if level is None else level.in_language(asking.language)
    pending = state.pending if in_preparation else None
    ends = state.in_force.expires_at if kind == "warning_ends" and state.in_force else None
    return asking.item(
        running,
        kind,
        f"{state.id}:{version.number}",
        code=code,
        urgency="now" if urgent else "soon",
        values={"level": name},
        detail=detail,
        since=None if pending is None else pending.since.astimezone(running.present.tzinfo),
        due=None if ends is None else ends.astimezone(running.present.tzinfo),
        clause=None if level is None else level.clause,
        link=f"&n={state.id}",
    )


def _remarks(state: WarningState) -> str:
    said = (getattr(step.body, "remarks", None) for step in reversed(state.steps))
    return next((str(remarks) for remarks in said if remarks), "")
