"""What facilities went through: failures and why, reserves used, units placed; and the same by class."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from layers.vocabulary import FACILITY_CATEGORIES
from priority.aftermath.places import Failure
from priority.aftermath.results import (
    ClassImpact,
    FacilityImpact,
    FailureSpell,
    PlacedUnitRow,
    ReserveUse,
    StateChange,
)
from priority.aftermath.view import View, hours_of
from priority.cascade.wiring import FULL_RATE
from priority.interventions import Placement

_DIGITS = 6
Units = dict[str, tuple[PlacedUnitRow, ...]]


def units_placed(placements: Iterable[Placement]) -> Units:
    """Return the units that were placed, by facility, in the order of time; what is told twice is one."""
    units: Units = {}
    for item in sorted(set(placements), key=lambda item: (item.at, item.commodity, item.unit or "")):
        row = PlacedUnitRow(unit=item.unit, commodity=item.commodity, at=item.at.isoformat())
        units[item.facility] = (*units.get(item.facility, ()), row)
    return units


def facility_rows(view: View, units: Units) -> tuple[FacilityImpact, ...]:
    """Return the facilities that failed, lived on a reserve or got a unit, by id."""
    places = view.account.places
    numbers = {view.system.facility_number[facility] for facility in units}
    hit = set(places.states) | {number for number in numbers if places.shown[number]}
    return tuple(_row(view, number, units) for number in sorted(hit))


def _row(view: View, number: int, units: Units) -> FacilityImpact:
    system, places = view.system, view.account.places
    facilities, townships = system.facilities, system.townships
    entry = view.plan.priority_of(facilities.categories[number])
    township = int(facilities.township[number])
    inside = township < townships.outside
    failures = places.failures.get(number, [])
    west_east, south_north = system.facility_points[number].tolist()
    last = failures[-1].end_s if failures else None
    return FacilityImpact(
        id=facilities.ids[number],
        name=facilities.names[number],
        category=facilities.categories[number],
        tier=None if entry is None else entry.tier,
        township=townships.codes[township] if inside else None,
        township_name=townships.names[township] if inside else view.phrases.write("name.outside"),
        point=(west_east, south_north),
        failures=tuple(_failure(view, failure) for failure in failures),
        failed_hours=hours_of(places.failed_s[number]),
        on_reserve_hours=hours_of(places.on_reserve_s[number]),
        reserves=_reserves(view, number),
        units_placed=units.get(facilities.ids[number], ()),
        back_at=None if last is None else view.iso(last),
    )


def _failure(view: View, failure: Failure) -> FailureSpell:
    end_s = view.end_s if failure.end_s is None else failure.end_s
    needs = view.system.facilities.needs
    key = "aftermath.damaged" if failure.need < 0 else f"lack.{needs[failure.need].commodity}"
    return FailureSpell(
        from_=view.iso(failure.begin_s),
        to=None if failure.end_s is None else view.iso(failure.end_s),
        hours=hours_of(end_s - failure.begin_s),
        cause=view.phrases.write(key),
    )


def _reserves(view: View, facility: int) -> tuple[ReserveUse, ...]:
    """Return the use of the reserves of needs that were ever unmet, or that somebody reported of."""
    places = view.account.places
    rows = []
    for number in np.flatnonzero(places.owner == facility).tolist():
        if not places.required[number] or not (places.touched[number] or number in places.told):
            continue
        used, known = int(places.used[number]), places.known(number)
        ran_out_s = places.ran_out_s.get(number)
        rows.append(
            ReserveUse(
                commodity=view.system.facilities.needs[number].commodity,
                used_hours=hours_of(used / FULL_RATE),
                known_hours=None if known is None else hours_of(known / FULL_RATE),
                used_share=round(used / known, _DIGITS) if known else None,
                ran_out_at=None if ran_out_s is None or not known else view.iso(ran_out_s),
            )
        )
    return tuple(rows)


def class_rows(view: View) -> tuple[ClassImpact, ...]:
    """Return the classes of the plan's list in its order, then the others that the data has."""
    facilities = view.system.facilities
    titles = {choice.key: view.phrases.title(choice.title) for choice in FACILITY_CATEGORIES}
    listed = list(dict.fromkeys(item.category for item in view.plan.priority_list))
    shown = [facilities.categories[number] for number in np.flatnonzero(view.shown)]
    others = [key for key in titles if key in shown and key not in listed]
    return tuple(_class_row(view, category, titles[category]) for category in (*listed, *others))


def _class_row(view: View, category: str, title: str) -> ClassImpact:
    places, entry = view.account.places, view.plan.priority_of(category)
    chosen = np.array([item == category for item in view.system.facilities.categories], dtype=np.bool_) & view.shown
    return ClassImpact(
        category=category,
        title=title if entry is None else entry.name.in_language(view.phrases.language),
        tier=None if entry is None else entry.tier,
        count=int(chosen.sum()),
        hit=sum(bool(chosen[number]) for number in places.states),
        failed=sum(bool(chosen[number]) for number in places.failures),
        failed_hours=hours_of(places.failed_s[chosen].sum()),
        on_reserve_hours=hours_of(places.on_reserve_s[chosen].sum()),
    )


def reserve_course(view: View) -> tuple[StateChange, ...]:
    """Return when facilities changed their state, in order of time."""
    ids = view.system.facilities.ids
    found = [
        (time_s, ids[number], state)
        for number, states in view.account.places.states.items()
        for time_s, state in states
    ]
    return tuple(StateChange(facility=name, at=view.iso(time_s), state=state) for time_s, name, state in sorted(found))
