"""Who has the command: what the plan says of handing it over, who may, and to whom it was handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webmap.api.log.reader import offices_of
from webmap.api.log.shapes import HandedOver, Refusal
from webmap.api.log.view_document import handover_document
from webmap.command.results import Handover
from webmap.incidents.command_kinds import CommandHandedOver, CommandTakenBack
from webmap.incidents.errors import Refused
from webmap.incidents.transitions import follow, offices_that_may, row_of

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

#: Stands in a step that nobody has taken yet; it is never written.
_SOME = "-"


def handover_of_incident(source: ReportSource) -> Handover:
    """Return who has the command at the source's moment and who may change that."""
    told = source.plan.handover
    standing = handover_document(source.state, source.reader)
    offices, may, refusal = _next_step(source)
    return Handover(
        offered=told is not None,
        why_not=_why_not(source) if told is None else None,
        clause=None if told is None else told.clause,
        text=None if told is None else told.text,
        level_clause=None if told is None else told.level_clause,
        level_text=None if told is None else told.level_text,
        to=None if told is None else told.to,
        offices=offices,
        may=may,
        refusal=refusal,
        standing=None if standing is None else HandedOver(**standing),
    )


def _why_not(source: ReportSource) -> str:
    title = source.plan.title.in_language(source.language)
    return source.prose.phrases.write("command.no_handover", title=title)


def _next_step(source: ReportSource) -> tuple[tuple[str, ...], tuple[str, ...], Refusal | None]:
    """The offices for the next step (handing over, or taking back), the viewer's among them, and why none is."""
    plan, held = source.plan, offices_of(source.reader.viewer, source.plan.key)
    office = next(iter(sorted(held)), _SOME)
    step: CommandHandedOver | CommandTakenBack
    if source.state.handover is None:
        step = CommandHandedOver(happened_at=source.at, office=office, to=_SOME, reason=_SOME)
    else:
        step = CommandTakenBack(happened_at=source.at, office=office)
    try:
        standing = follow(plan, source.all_facts)
        offices = offices_that_may(plan, standing, step) or ()
    except Refused as refused:
        return (), (), _refusal(source, refused)
    mine = tuple(one for one in offices if one in held)
    row = row_of(plan, standing, step)
    if mine or row.refusal is None:
        return offices, mine, None
    if not held:
        told = plan.handover
        assert told is not None  # noqa: S101  else it had been refused
        key = "held_by" if isinstance(step, CommandHandedOver) else "taken_by"
        return offices, (), _refusal(source, Refused(key, told.clause, told.text, offices=offices))
    return offices, (), _refusal(source, row.refusal(plan, standing, step, offices))


def _refusal(source: ReportSource, refused: Refused) -> Refusal:
    return Refusal(message=refused.message(source.language), clause=refused.clause, quotation=refused.quotation)
