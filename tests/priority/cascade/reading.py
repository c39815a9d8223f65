"""Reading an assessment in hours after eight o'clock, for cases that a person checks by hand."""

from __future__ import annotations

from datetime import datetime

from priority.assessment import Assessment
from priority.results import FacilityRow
from tests.priority.small import AT


def hour_of(moment: str | None) -> float | None:
    """Hours after eight o'clock; None stays None."""
    return None if moment is None else (datetime.fromisoformat(moment) - AT).total_seconds() / 3600


def place(result: Assessment, identifier: str) -> FacilityRow:
    """The row of a facility."""
    return next(row for row in result.facilities if row.id == identifier)


def falls(result: Assessment, identifier: str) -> tuple[str, float | None, float | None]:
    """A facility's state, the hour of its failure and the hour of its return."""
    row = place(result, identifier)
    return row.state, hour_of(row.fails_at), hour_of(row.back_at)


def events(result: Assessment) -> list[tuple[float | None, tuple[str, ...], tuple[str, ...]]]:
    """The moments at which facilities fail or come back: hour, those that fail, those that come back."""
    return [
        (hour_of(moment.at), moment.new_failures, moment.returned)
        for moment in result.timeline
        if moment.new_failures or moment.returned
    ]
