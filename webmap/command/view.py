"""The commander's view of an incident, put together from its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webmap.command.calls import calls_note, calls_of
from webmap.command.causes import causes_of
from webmap.command.handover import handover_of_incident
from webmap.command.measures import counted, groups_of
from webmap.command.results import Command
from webmap.command.timers import timers_of
from webmap.incidents.moments import as_entered

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource


def command_of(source: ReportSource) -> Command:
    """Return the view at the source's moment. Raises what assessing the incident raises."""
    groups, running = groups_of(source), source.state.level
    done, due = counted(groups)
    level = None if running is None else running.level
    return Command(
        incident=source.opening.incident_id,
        drill=source.opening.drill,
        at=as_entered(source.at),
        known=source.known,
        level=level,
        level_clause=next((one.clause for one in source.plan.levels if one.level == level), None),
        reports=timers_of(source),
        groups=groups,
        causes=causes_of(source),
        measures_done=done,
        measures_due=due,
        calls=calls_of(source, groups),
        calls_note=calls_note(source),
        handover=handover_of_incident(source),
    )
