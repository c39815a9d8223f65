"""The moments at which the picture changes: losses, failures, repairs, returns."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from priority.cascade.track import Track
from priority.network.arrays import NETWORK_KEYS
from priority.network.kernels import BoolArray
from priority.picture import Picture
from priority.results import Moment
from priority.times import Seconds


def timeline(picture: Picture) -> tuple[Moment, ...]:
    """Return `at` and every later moment within the horizon at which something that the viewer may know changes."""
    shown = np.zeros(len(picture.system.facilities.ids), np.bool_)
    shown[picture.shown_facilities] = True
    happenings = _happenings(picture, shown)
    customers = _customers_by_vertex(picture)
    return tuple(
        _moment(picture, time_s, shown, customers, happenings.get(time_s, _Happening()))
        for time_s in _times(picture, shown, happenings).tolist()
    )


@dataclass
class _Happening:
    """What happens just at one moment: numbers of facilities, and the names of repaired faults."""

    fails: list[int] = field(default_factory=list)
    back: list[int] = field(default_factory=list)
    placed: set[int] = field(default_factory=set)
    repaired: set[str] = field(default_factory=set)


def _happenings(picture: Picture, shown: BoolArray) -> dict[int, _Happening]:
    """Gather what happens to what the viewer may know, by moment."""
    happenings: dict[int, _Happening] = {0: _Happening()}
    for time_s, facility, up in _turns(picture.cascade.facility_track)[:, :3].tolist():
        if shown[facility]:
            happening = happenings.setdefault(time_s, _Happening())
            (happening.back if up else happening.fails).append(facility)
    for damage in picture.damages:
        if damage.facility < 0 or picture.may_know(damage.facility):
            happenings.setdefault(damage.ends_s, _Happening()).repaired.add(damage.element)
    for unit in picture.cascade.actions.placed:
        facility = picture.cascade.facilities.needs[unit.need].facility
        happening = happenings.setdefault(unit.time_s, _Happening())
        if shown[facility]:
            happening.placed.add(facility)
    return happenings


def _turns(track: Track) -> NDArray[np.int64]:
    """Return the records at which a thing goes down or comes up; others tell of a new cause alone."""
    rows = track.rows[np.argsort(track.rows[:, 1], kind="stable")]
    turns = np.ones(len(rows), np.bool_)
    turns[1:] = (rows[1:, 1:3] != rows[:-1, 1:3]).any(axis=1)
    return rows[turns]


def _times(picture: Picture, shown: BoolArray, happenings: dict[int, _Happening]) -> Seconds:
    cascade, needs = picture.cascade, picture.cascade.facilities.needs
    counted = np.zeros(cascade.condensed.size + 1, np.bool_)
    counted[cascade.condensed.of_node[picture.counted]] = True
    told = np.array([need.required and bool(shown[need.facility]) for need in needs], dtype=np.bool_)
    vertices, unmet = _turns(cascade.vertex_track), _turns(cascade.need_track)
    said = np.array(list(happenings), dtype=np.int64)
    times = np.unique(np.concatenate([said, vertices[counted[vertices[:, 1]], 0], unmet[told[unmet[:, 1]], 0]]))
    return times[(times >= 0) & (times <= picture.horizon_s)]


def _customers_by_vertex(picture: Picture) -> NDArray[np.float64]:
    """Return the customers of each network on each vertex of the condensed networks (4, v)."""
    loads, vertex = picture.system.loads, picture.cascade.condensed.of_node
    nodes = np.flatnonzero(picture.counted & (vertex >= 0))
    customers = np.zeros((len(NETWORK_KEYS), picture.cascade.condensed.size))
    np.add.at(customers, (loads.network[nodes], vertex[nodes]), loads.customers[nodes])
    return customers


def _moment(
    picture: Picture, time_s: int, shown: BoolArray, customers: NDArray[np.float64], happening: _Happening
) -> Moment:
    ids = picture.system.facilities.ids
    out = customers[:, picture.cascade.vertex_track.down(time_s)].sum(axis=1)
    return Moment(
        at=picture.iso(time_s),
        hours=round(time_s / 3600, 4),
        customers_out={key: round(float(out[code])) for code, key in enumerate(NETWORK_KEYS)},
        facilities_failed=int(picture.failed(time_s)[shown].sum()),
        facilities_on_reserve=int(picture.on_reserve(time_s)[shown].sum()),
        new_failures=tuple(ids[number] for number in sorted(happening.fails)),
        returned=tuple(ids[number] for number in sorted(happening.back)),
        repaired=tuple(sorted(happening.repaired)),
        placed=tuple(ids[number] for number in sorted(happening.placed)),
    )
