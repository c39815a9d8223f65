"""When a place is down within the horizon, and what a moment brings back: read from a picture's cascade."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from priority.network.arrays import NETWORK_KEYS
from priority.picture import Picture
from priority.times import NEVER


@dataclass(frozen=True)
class Span:
    """A facility is down from `begins_s` to `ends_s` (`NEVER`: beyond the horizon) for want of `need`, -1: damaged."""

    begins_s: int
    ends_s: int
    need: int

    def length_s(self, horizon_s: int) -> int:
        """Return the part between 0 and the horizon, in seconds."""
        return max(0, min(self.ends_s, horizon_s) - max(self.begins_s, 0))


def spans_of(picture: Picture, facility: int) -> tuple[Span, ...]:
    """Return a facility's spans that reach into the time from 0 to the horizon, in order. None: an empty tuple."""
    rows = picture.cascade.facility_track.rows
    mine = rows[rows[:, 1] == facility]
    spans = []
    for number, (time_s, _, value, cause) in enumerate(mine.tolist()):
        if value == 0:
            ends_s = int(mine[number + 1, 0]) if number + 1 < len(mine) else NEVER
            spans.append(Span(time_s, ends_s, cause))
    return tuple(span for span in spans if span.length_s(picture.horizon_s) > 0)


def spells_of(picture: Picture, facility: int) -> tuple[tuple[Span, ...], ...]:
    """Return a facility's spans by the spells that they make up: a new cause goes on where the one before it ends."""
    spells: list[tuple[Span, ...]] = []
    for span in spans_of(picture, facility):
        if spells and spells[-1][-1].ends_s == span.begins_s:
            spells[-1] = (*spells[-1], span)
        else:
            spells.append((span,))
    return tuple(spells)


def down_s(picture: Picture, facility: int) -> int:
    """Return for how many seconds from 0 to the horizon a facility is down."""
    return sum(span.length_s(picture.horizon_s) for span in spans_of(picture, facility))


@dataclass(frozen=True)
class Gain:
    """What comes back at a moment: customers by network, people, facilities; and places `relieved` of a lack.

    A facility comes with the need that had ended it, -1 if it was damaged. A relieved place had not failed yet: it
    lived on the reserve of that need, and gets it again. Where nobody has anything of it at once, `waits` tells whether
    something that the fault took still lacks another repair.
    """

    customers: dict[str, int]
    population: int
    facilities: tuple[tuple[int, int], ...]
    relieved: tuple[tuple[int, int], ...]
    waits: bool = False

    @property
    def nothing(self) -> bool:
        """Whether nobody has anything of it at once."""
        return not (self.facilities or self.relieved or any(self.customers.values()))


def gained(picture: Picture, time_s: int) -> Gain:
    """Return what is there at a moment and was not a second before, of what the viewer may know."""
    cascade, loads = picture.cascade, picture.system.loads
    back = cascade.lost(time_s - 1) & ~cascade.lost(time_s) & picture.counted
    customers = loads.customers_by_network(back)
    networks = picture.system.arrays.network
    people = [float(loads.population[back & (networks == code)].sum()) for code in range(len(NETWORK_KEYS))]
    was, now = cascade.failed(time_s - 1), cascade.failed(time_s)
    shown = picture.shown_facilities.tolist()
    returned = tuple(
        (facility, cascade.facility_track.spell_of(facility, time_s - 1)[1])
        for facility in shown
        if was[facility] and not now[facility]
    )
    return Gain(
        customers={key: round(float(customers[code])) for code, key in enumerate(NETWORK_KEYS)},
        population=round(max(people)),
        facilities=returned,
        relieved=_relieved(picture, time_s, set(shown) - set(np.flatnonzero(was | now).tolist())),
    )


def _relieved(picture: Picture, time_s: int, up: set[int]) -> tuple[tuple[int, int], ...]:
    was, now = picture.cascade.need_track.down(time_s - 1), picture.cascade.need_track.down(time_s)
    return tuple(
        (need.facility, number)
        for number, need in enumerate(picture.system.facilities.needs)
        if need.required and need.facility in up and was[number] and not now[number]
    )
