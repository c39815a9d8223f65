"""The checklist of each level that ran, against the measures that were recorded.

A measure is due from when its level first ran in a response, and once in a response, however often the level ran; a
response that was started again after its end has checklists of its own. An entry stands for the measure with its words
under its clause; where the words are others, for the one measure of that clause, if there is only one. The first entry
of a measure counts. Not recorded is not the same as not done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from priority.plans import Plan
from priority.plans.response import Measure
from webmap.incidents.effective import Effective
from webmap.incidents.entries import MeasureDone
from webmap.incidents.moments import as_entered
from webmap.reviews.material import Material
from webmap.reviews.results import MeasureRow, MeasureState
from webmap.reviews.spans import Span


@dataclass(frozen=True)
class Duty:
    """A measure of a level's checklist; `spans` are the times that the level ran in one response, in their order."""

    measure: Measure
    spans: tuple[Span, ...]

    @property
    def begins(self) -> datetime:
        """When the level first ran."""
        return self.spans[0].begins

    @property
    def runs(self) -> bool:
        """Whether the level is running."""
        return self.spans[-1].ends is None

    def begun_by(self, moment: datetime) -> datetime | None:
        """Return when the level last began to run by a moment, None where it had not."""
        return max((span.begins for span in self.spans if span.begins <= moment), default=None)


def measure_rows(material: Material) -> list[MeasureRow]:
    """Return the checklists of the levels in the order in which they ran, then what was recorded beyond them."""
    duties = _duties(material.plan, material.spans)
    done: dict[int, Effective] = {}
    beyond = []
    for item in material.of_kind("measure_done"):
        place = _place_of(item, duties)
        if place is None:
            beyond.append(item)
        else:
            done.setdefault(place, item)
    rows = [_duty_row(material, duty, done.get(place)) for place, duty in enumerate(duties)]
    return rows + [_beyond_row(material, item) for item in beyond]


def _duties(plan: Plan, spans: Sequence[Span]) -> list[Duty]:
    levels = {level.level: level for level in plan.levels}
    found = []
    for response in _responses(spans):
        ran = {span.level: tuple(one for one in response if one.level == span.level) for span in response}
        for level, times in ran.items():
            found += [Duty(measure, times) for measure in (levels[level].measures if level in levels else ())]
    return found


def _responses(spans: Sequence[Span]) -> list[list[Span]]:
    """The levels of each response, from its start to its end."""
    found: list[list[Span]] = []
    for span in spans:
        if span.starts or not found:
            found.append([])
        found[-1].append(span)
    return found


def _place_of(item: Effective, duties: Sequence[Duty]) -> int | None:
    """Return the duty that an entry stands for: where several could be meant, of the level that began last by then.

    What was recorded before any of their levels began stands for the first.
    """
    fact = item.fact
    assert isinstance(fact, MeasureDone)  # noqa: S101  asked for by kind
    found = _with_words(fact, duties) or _of_clause(fact, duties)
    if not found:
        return None
    begun = [(begins, place) for place in found if (begins := duties[place].begun_by(fact.happened_at)) is not None]
    return max(begun)[1] if begun else min(found)


def _plain(text: str) -> str:
    """Words alone: people copy a measure with or without its last stop."""
    return "".join(text.split()).rstrip("。；;.")


def _with_words(fact: MeasureDone, duties: Sequence[Duty]) -> list[int]:
    return [
        place
        for place, duty in enumerate(duties)
        if _plain(duty.measure.text) == _plain(fact.measure) and fact.clause in {None, duty.measure.clause}
    ]


def _of_clause(fact: MeasureDone, duties: Sequence[Duty]) -> list[int]:
    same = [place for place, duty in enumerate(duties) if duty.measure.clause == fact.clause]
    return same if len({duties[place].measure.text for place in same}) == 1 else []


def _duty_row(material: Material, duty: Duty, item: Effective | None) -> MeasureRow:
    state: MeasureState = "done" if item is not None else "open" if duty.runs else "ended_undone"
    at = None if item is None else item.fact.happened_at
    return MeasureRow(
        clause=duty.measure.clause,
        text=duty.measure.text,
        unit=duty.measure.unit,
        group=duty.measure.group,
        level=duty.spans[0].level,
        due_from=as_entered(duty.begins),
        done_at=None if at is None else as_entered(at),
        hours=None if at is None else _hours(duty.begins, at),
        entry=None if item is None else item.number,
        state=state,
        state_title=material.phrases.write(f"review.measure.{state}"),
        by=None if item is None else _by(item),
    )


def _hours(begin: datetime, end: datetime) -> float:
    return round((end - begin).total_seconds() / 3600, 2)


def _by(item: Effective) -> str | None:
    assert isinstance(item.fact, MeasureDone)  # noqa: S101  asked for by kind
    return item.fact.unit


def _beyond_row(material: Material, item: Effective) -> MeasureRow:
    """A measure for a cause (heating plan 4.5), of a level that never ran, or in words of one's own."""
    fact = item.fact
    assert isinstance(fact, MeasureDone)  # noqa: S101  asked for by kind
    listed = _listed(material.plan, fact)
    return MeasureRow(
        clause=fact.clause or (None if listed is None else listed.clause),
        text=fact.measure,
        unit=None if listed is None else listed.unit,
        group=None if listed is None else listed.group,
        level=None,
        due_from=None,
        done_at=as_entered(fact.happened_at),
        hours=None,
        entry=item.number,
        state="done",
        state_title=material.phrases.write("review.measure.done"),
        by=fact.unit,
    )


def _listed(plan: Plan, fact: MeasureDone) -> Measure | None:
    """The measure of the plan with these words, whatever it is for."""
    listed = [step for cause in plan.cause_measures for step in cause.steps]
    listed += [measure for level in plan.levels for measure in level.measures]
    same = [item for item in listed if _plain(item.text) == _plain(fact.measure)]
    return next((item for item in same if fact.clause in {None, item.clause}), None)
