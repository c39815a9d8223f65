"""What a picture shows of its moment, as numbers of elements: all that a film has to tell of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from priority.facilities import UNKNOWN_RESERVE
from priority.network.kernels import BoolArray
from priority.picture import Picture
from priority.ranking import in_order
from priority.results import FacilityState
from priority.times import NEVER

#: As many places of the ranking are told.
RANKED = 12
#: The states of a facility by their number.
STATES: tuple[FacilityState, ...] = ("supplied", "on_reserve", "failed", "unknown")


@dataclass(frozen=True)
class Stand:
    """How a facility stands. `fails_s` is when it fails or failed (seconds after the film's begin), None: not foreseen.

    `lasts_unknown`: nobody knows the reserve that it lives on.
    """

    number: int
    id: str
    category: str
    state: FacilityState
    hours_left: float | None
    fails_s: int | None
    lasts_unknown: bool


@dataclass(frozen=True, eq=False)
class Frame:
    """What holds from `time_s` on. `nodes` (n) and `lines` (m) are without supply as the map shows it.

    `cells` (3, 4, k + 1): customers out, consumer points out whose customers nobody knows, and people out, by network
    and township, the last township standing for outside. `stands` are the facilities that the viewer may see, `ranking`
    the numbers of the first of the plan's list to protect.
    """

    time_s: int
    nodes: BoolArray
    lines: BoolArray
    cells: NDArray[np.int64]
    stands: tuple[Stand, ...]
    ranking: tuple[int, ...]


def frame_of(time_s: int, picture: Picture) -> Frame:
    """Read the picture of a moment, which is `time_s` seconds after the film's begin."""
    nodes, lines = _dead(picture)
    tally = picture.tally_now
    cells = np.rint(np.array([tally.customers, tally.customers_unknown, tally.population])).astype(np.int64)
    stands = _stands(time_s, picture)
    listed = [row.number for row in in_order(picture, stands) if picture.plan.priority_of(row.category) is not None]
    return Frame(time_s, nodes, lines, cells, stands, tuple(listed[:RANKED]))


def _dead(picture: Picture) -> tuple[BoolArray, BoolArray]:
    """Return what is without supply, and all that is cut off with a fault, which may have had none."""
    nodes = picture.lost_nodes(0)
    lines = picture.cascade.dead_lines(picture.system.baseline.live, 0)
    for damage, isolation in zip(picture.damages, picture.cascade.isolations, strict=True):
        if damage.begun and isolation is not None:
            nodes[isolation.nodes] = True
            lines[isolation.lines] = True
    return nodes, lines


def _stands(time_s: int, picture: Picture) -> tuple[Stand, ...]:
    facilities, spells = picture.system.facilities, picture.cascade.facility_spells
    found = []
    for number in picture.shown_facilities.tolist():
        fails_s, need = int(spells.begins_s[number]), int(spells.cause[number])
        never = fails_s == NEVER
        found.append(
            Stand(
                number=number,
                id=facilities.ids[number],
                category=facilities.categories[number],
                state=picture.state(number),
                hours_left=None if never else round(max(0, fails_s) / 3600, 4),
                fails_s=None if never else time_s + fails_s,
                lasts_unknown=need >= 0 and picture.reserve_s(need, fails_s) == UNKNOWN_RESERVE,
            )
        )
    return tuple(found)
