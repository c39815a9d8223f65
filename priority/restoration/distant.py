"""Crews and units that stand very far away: a slip in a position, more often than not."""

from __future__ import annotations

import numpy as np

from priority.restoration.mobile import BROUGHT, needs_in_danger
from priority.restoration.scenario import Scenario
from priority.times import NEVER

#: By road to the nearest place where it could work: nobody sends help from farther off without knowing it.
_FAR_S = 12 * 3600


def distant(scenario: Scenario) -> tuple[tuple[str, int], ...]:
    """Return the names of crews and units more than twelve hours from all their possible work, with those seconds.

    One that can do nothing here, or that no road leads anywhere, is not far away but of no use: it is left out.
    """
    forces, repairs = scenario.forces, scenario.repairs
    found = []
    for number, crew in enumerate(forces.crews):
        able = [repair for repair in range(len(repairs)) if forces.able(number, repair, repairs)]
        found.append((crew.name, int(forces.from_depot[number, able].min(initial=NEVER))))
    found += _units(scenario)
    return tuple((name, travel_s) for name, travel_s in found if _FAR_S < travel_s < NEVER)


def _units(scenario: Scenario) -> list[tuple[str, int]]:
    picture, units = scenario.picture, scenario.forces.units
    needs = [picture.system.facilities.needs[number] for number in needs_in_danger(picture)] if units else []
    points = picture.system.facility_points[[need.facility for need in needs]].reshape(-1, 2)
    closed = frozenset(picture.incident.closed_roads)
    travel_s = picture.system.roads.travel_s(scenario.forces.stands, points, closed)
    rows = []
    for number, unit in enumerate(units):
        useful = np.array([need.commodity == BROUGHT[unit.kind] for need in needs], dtype=np.bool_)
        rows.append((unit.name, int(travel_s[number, useful].min(initial=NEVER))))
    return rows
