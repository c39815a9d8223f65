"""Mobile reserves: which generator, boiler or tanker goes where while the repairs are done.

Places are those that fail in spite of the repairs and lack something that a unit can bring. A unit may go where a road
leads, where it is ready within the horizon, and where it is known to be large enough or its size or the place's demand
is unknown; too small a unit is never sent. Each unit goes to one place, each need gets one unit. What a choice is worth
is found by running the cascade with it, so a pump at the root of a chain counts with all that hangs on it; see
`priority.restoration.assignment` for what is proven.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from priority.network.kernels import BoolArray
from priority.picture import Picture
from priority.precedence import precedence
from priority.restoration.assignment import NOWHERE, Choice, Loss, assign
from priority.restoration.clock import Deadline
from priority.restoration.forces import Forces
from priority.restoration.input import UnitInput
from priority.times import NEVER, Seconds

Commodity = Literal["electricity", "heat", "water"]

#: What each kind of unit brings.
BROUGHT: dict[str, Commodity] = {"generator": "electricity", "boiler": "heat", "tanker": "water"}
#: So many places in danger are looked at, the first classes first.
_MOST_PLACES = 60


@dataclass(frozen=True)
class Sent:
    """A unit (its number) on its way to a need (its number). Times are seconds after the incident's `at`."""

    unit: int
    facility: int
    need: int
    commodity: Commodity
    depart_s: int
    arrive_s: int
    ready_s: int


def needs_in_danger(picture: Picture) -> tuple[int, ...]:
    """Return the needs that a unit could meet at places that the viewer may know and that fail within the horizon.

    Ordered by the places' class and time of failure, so that the first are the most urgent. None: an empty tuple.
    """
    facilities, cascade = picture.system.facilities, picture.cascade
    shown = set(picture.shown_facilities.tolist())
    fails_s = cascade.facility_spells.begins_s
    unmet = {int(number) for number in cascade.need_track.rows[cascade.need_track.rows[:, 2] == 0, 1]}
    found = [
        number
        for number in sorted(unmet)
        if facilities.needs[number].required
        and facilities.needs[number].commodity in BROUGHT.values()
        and facilities.needs[number].facility in shown
        and fails_s[facilities.needs[number].facility] < picture.horizon_s
    ]

    def urgency(number: int) -> tuple[int, int, int]:
        facility = facilities.needs[number].facility
        place = precedence(picture.plan, picture.incident, facilities.categories[facility])
        return place, int(fails_s[facility]), number

    return tuple(sorted(found, key=urgency)[:_MOST_PLACES])


def place_units(
    picture: Picture, forces: Forces, loss_of: Callable[[tuple[Sent, ...]], Loss], deadline: Deadline
) -> tuple[tuple[Sent, ...], bool]:
    """Return the units to send, by number, and whether all choices were tried.

    `picture` has the repairs of the schedule; `loss_of` tells what is lost with a set of units. A unit that the
    incident already places is not sent again.
    """
    needs = needs_in_danger(picture)
    if not needs or not forces.units:
        return (), True
    arrive_s = arrivals(picture, forces, tuple(picture.system.facilities.needs[need].facility for need in needs))
    setup_s = np.array([round(unit.setup_hours * 3600) for unit in forces.units], np.int64)
    ready_s = np.where(arrive_s == NEVER, NEVER, np.minimum(arrive_s, NEVER - setup_s[:, None]) + setup_s[:, None])
    allowed = _allowed(picture, forces.units, needs) & (ready_s < picture.horizon_s)

    def sent(choice: Choice) -> tuple[Sent, ...]:
        return tuple(
            Sent(
                unit=unit,
                facility=picture.system.facilities.needs[needs[place]].facility,
                need=needs[place],
                commodity=BROUGHT[forces.units[unit].kind],
                depart_s=int(forces.ready_s[unit]),
                arrive_s=int(arrive_s[unit, place]),
                ready_s=int(ready_s[unit, place]),
            )
            for unit, place in enumerate(choice)
            if place != NOWHERE
        )

    found = assign(allowed, ready_s, lambda choice: loss_of(sent(choice)), deadline)
    return sent(found.choice), found.exact


def arrivals(picture: Picture, forces: Forces, facilities: tuple[int, ...]) -> Seconds:
    """Return when each unit (u) would arrive at each of these facilities (k), `NEVER` where no road leads."""
    points = picture.system.facility_points[list(facilities)].reshape(-1, 2)
    travel_s = picture.system.roads.travel_s(forces.stands, points, frozenset(picture.incident.closed_roads))
    return np.where(travel_s == NEVER, NEVER, np.minimum(travel_s, NEVER // 2) + forces.ready_s[:, None])


def capacity_of(picture: Picture, unit: UnitInput, need: int) -> Literal["enough", "too_small", "unknown"]:
    """Compare a unit's capacity with what a place draws (kW, tanker m³/h)."""
    demand = float(picture.system.facilities.needs[need].demand)
    if unit.capacity is None or math.isnan(demand):
        return "unknown"
    return "enough" if unit.capacity >= demand else "too_small"


def _allowed(picture: Picture, units: tuple[UnitInput, ...], needs: tuple[int, ...]) -> BoolArray:
    placed = {item.unit for item in picture.incident.placements}
    rows = [
        [
            unit.id not in placed
            and BROUGHT[unit.kind] == picture.system.facilities.needs[need].commodity
            and capacity_of(picture, unit, need) != "too_small"
            for need in needs
        ]
        for unit in units
    ]
    return np.array(rows, dtype=np.bool_).reshape(len(units), len(needs))
