"""How many people the open sites take in, where capacities and demand are both people."""

from __future__ import annotations

import numpy as np

from priority.siting.study.ground import Ground, Layout
from priority.siting.study.outcome import Outcome
from priority.siting.study.results import Seats

#: The one kind of site whose capacity is a number of people.
_IN_PEOPLE = "warm_shelter"


def seats_of(layout: Layout, ground: Ground, outcome: Outcome | None) -> Seats | None:
    """Return what the open sites take in; None without an answer, and where capacity and weight are no people.

    Of several scenarios, sites that are hit in this one take in nobody.
    """
    if outcome is None or layout.setting.study.kind != _IN_PEOPLE or not ground.demand.in_people:
        return None
    opened = outcome.opened
    if layout.setting.study.scenarios and len(ground.demand):
        opened = opened & np.isin(np.arange(opened.size), ground.distances.site)
    capacity = [layout.sites[number].capacity for number in np.flatnonzero(opened).tolist()]
    known = [each for each in capacity if each is not None]
    return Seats(total=sum(known), unknown_count=len(capacity) - len(known))


def too_few_seats(layout: Layout, ground: Ground, outcome: Outcome) -> Seats | None:
    """Return what the open sites take in where that is less than whom they serve, as far as it is known."""
    seats = seats_of(layout, ground, outcome)
    served = float(ground.demand.weight[outcome.demand] @ outcome.share)
    return seats if seats is not None and seats.total < served * (1 - 1e-9) else None
