"""The checklist of the running level by working group, and the measures for what seems to be the cause.

A measure stands in the group that the plan names for it, else in one whose unit is named, else in one whose duty covers
it (`suits`: our reading, said so). What the same words asked for at another level of the running response, and was
recorded then, is not asked for again. Not recorded is not the same as not done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from priority.plans import Plan
from webmap.command.results import GroupedBy, MeasureGroup, MeasureItem
from webmap.incidents.effective import Effective
from webmap.incidents.entries import MeasureDone
from webmap.incidents.moments import as_entered
from webmap.reviews.material import Material
from webmap.reviews.measures import measure_rows

if TYPE_CHECKING:
    from priority.plans.organisation import WorkingGroup
    from priority.plans.response import Measure
    from webmap.reports.source import ReportSource
    from webmap.reviews.results import MeasureRow

HEADQUARTERS, NOBODY = "headquarters", "none"
#: Two ways to write one word: 4.2.1(5) and 4.2.2(5) of the energy plan differ in nothing else.
_SAME_SIGNS = str.maketrans({"它": "他"})


def same_words(first: str, second: str) -> bool:
    """Whether two texts ask for the same: blanks, the last stop and 他/它 apart."""
    return _plain(first) == _plain(second)


def _plain(text: str) -> str:
    return "".join(text.split()).rstrip("。；;.").translate(_SAME_SIGNS)


@dataclass(frozen=True)
class Place:
    """Where a measure stands: the key of its group, why, and the units that may do it."""

    group: str
    by: GroupedBy
    units: tuple[str, ...]


def groups_of(source: ReportSource) -> tuple[MeasureGroup, ...]:
    """Return the running level's measures by group, those of the headquarters first; nothing while no level runs."""
    running, started = source.state.level, source.state.started
    if running is None or started is None:
        return ()
    level = next((one for one in source.plan.levels if one.level == running.level), None)
    begins = as_entered(started.at)
    rows = [row for row in _rows(source) if row.level == running.level and (row.due_from or "") >= begins]
    done = [item for item in done_measures(source) if item.fact.happened_at >= started.at]
    items: dict[str, list[MeasureItem]] = {}
    for row, measure in zip(rows, () if level is None else level.measures, strict=False):
        place = place_of(source.plan, measure)
        items.setdefault(place.group, []).append(_item(source, row, place, done))
    return tuple(_group(source, key, items[key]) for key in _order(source.plan) if key in items)


def counted(groups: Sequence[MeasureGroup]) -> tuple[int, int]:
    """Return how many measures are recorded as done, and how many are asked for."""
    return sum(group.done for group in groups), sum(group.due for group in groups)


def done_measures(source: ReportSource) -> list[Effective]:
    """Return what was recorded as done, in the order of happening."""
    return [item for item in source.facts if isinstance(item.fact, MeasureDone)]


def place_of(plan: Plan, measure: Measure) -> Place:
    """Return where a measure stands."""
    groups = {group.key: group for group in plan.organisation.groups}
    if measure.group is not None:
        return Place(measure.group, "plan", units_of(groups[measure.group]))
    if measure.unit is not None and "指挥部" in measure.unit:
        return Place(HEADQUARTERS, "unit", (measure.unit,))
    if measure.unit is not None and (named := _with_unit(plan, measure.unit)) is not None:
        return Place(measure.suits or named.key, "unit", (measure.unit,))
    if measure.suits is not None:
        group = groups[measure.suits]
        return Place(group.key, "duty", units_of(group) if measure.unit is None else (measure.unit,))
    return Place(NOBODY, "none", () if measure.unit is None else (measure.unit,))


def units_of(group: WorkingGroup) -> tuple[str, ...]:
    """Return a group's units, the leading one first."""
    return tuple(dict.fromkeys((group.lead, *group.members)))


def _with_unit(plan: Plan, unit: str) -> WorkingGroup | None:
    """The first group that a unit leads, or is a member of, by any of its names."""
    members = plan.organisation.units
    member = next((one for one in members if unit == one.name or unit in one.also), None)
    names = {unit} if member is None else {unit, member.name, *member.also}
    groups = plan.organisation.groups
    led = next((group for group in groups if group.lead in names), None)
    return led or next((group for group in groups if not names.isdisjoint(group.members)), None)


def _rows(source: ReportSource) -> list[MeasureRow]:
    def said(_number: int, fact: object) -> str:
        return source.prose.sentence(fact)  # type: ignore[arg-type]

    return measure_rows(Material(source.plan, source.log, source.facts, source.at, said, language=source.language))


def _order(plan: Plan) -> Iterator[str]:
    yield HEADQUARTERS
    yield from (group.key for group in plan.organisation.groups)
    yield NOBODY


def _item(source: ReportSource, row: MeasureRow, place: Place, done: Sequence[Effective]) -> MeasureItem:
    if row.entry is not None:
        item = next(one for one in done_measures(source) if one.number == row.entry)
        return measure_item(row.text, row.clause, place, row, item)
    before = next((one for one in done if same_words(_measure(one).measure, row.text)), None)
    made = measure_item(row.text, row.clause, place, row, before)
    return made if before is None else made.model_copy(update=_elsewhere(source, before))


def _elsewhere(source: ReportSource, item: Effective) -> dict[str, str | None]:
    """At which level it was done, and under which clause."""
    steps = [step for step in source.state.levels if step.at <= item.fact.happened_at]
    return {"at_level": steps[-1].level if steps else None, "done_clause": item.fact.clause}


def measure_item(
    text: str, clause: str | None, place: Place, row: MeasureRow | None, item: Effective | None
) -> MeasureItem:
    """Return a measure with the entry that records it, None for none."""
    return MeasureItem(
        clause=clause,
        text=text,
        unit=place.units[0] if place.by == "unit" else None,
        grouped_by=place.by,
        units=place.units,
        state="open" if item is None else "done",
        due_from=None if row is None else row.due_from,
        done_at=None if item is None else as_entered(item.fact.happened_at),
        by=None if item is None else _measure(item).unit,
        author=None if item is None else item.author_name,
        entry=None if item is None else item.number,
    )


def _measure(item: Effective) -> MeasureDone:
    assert isinstance(item.fact, MeasureDone)  # noqa: S101  asked for by kind
    return item.fact


def _group(source: ReportSource, key: str, items: Sequence[MeasureItem]) -> MeasureGroup:
    organisation = source.plan.organisation
    group = next((one for one in organisation.groups if one.key == key), None)
    head = organisation.headquarters
    name = head.name if key == HEADQUARTERS else source.prose.phrases.write("command.no_unit")
    clause = head.clause if key == HEADQUARTERS else None
    return MeasureGroup(
        key=key,
        name=name if group is None else group.name,
        lead=None if group is None else group.lead,
        members=() if group is None else group.members,
        duty=None if group is None else group.duty,
        clause=clause if group is None else group.clause,
        measures=tuple(sorted(items, key=lambda item: item.state != "open")),
        done=sum(item.state == "done" for item in items),
        due=len(items),
    )
