"""The moments at which the picture changes: losses, failures, repairs, returns."""

from __future__ import annotations

import numpy as np

from priority.network.arrays import NETWORK_KEYS
from priority.network.kernels import BoolArray
from priority.picture import Picture
from priority.results import Moment
from priority.times import Seconds


def timeline(picture: Picture) -> tuple[Moment, ...]:
    """Return `at` and every later moment within the horizon at which something that the viewer may know changes."""
    shown = np.zeros(len(picture.system.facilities.ids), np.bool_)
    shown[picture.shown_facilities] = True
    return tuple(_moment(picture, int(time_s), shown) for time_s in _times(picture, shown))


def _times(picture: Picture, shown: BoolArray) -> Seconds:
    cascade = picture.cascade
    counted = np.unique(cascade.condensed.of_node[picture.counted])
    vertices = cascade.vertex_track.rows[np.isin(cascade.vertex_track.rows[:, 1], counted), 0]
    facilities = cascade.facility_track.rows[shown[cascade.facility_track.rows[:, 1]], 0]
    owner = np.array([need.facility for need in cascade.facilities.needs] or [0], dtype=np.intp)
    required = np.array([need.required for need in cascade.facilities.needs] or [False])
    told = required & shown[owner] if cascade.facilities.needs else np.zeros(1, np.bool_)
    needs = cascade.need_track.rows[told[cascade.need_track.rows[:, 1]], 0]
    repairs = [damage.ends_s for damage in picture.damages if _may_know(picture, damage.facility)]
    placed = [unit.time_s for unit in cascade.actions.placed]
    said = np.array([0, *repairs, *placed], dtype=np.int64)
    times = np.unique(np.concatenate([said, vertices, facilities, needs]))
    return times[(times >= 0) & (times <= picture.horizon_s)]


def _may_know(picture: Picture, facility: int) -> bool:
    return facility < 0 or picture.may_know(facility)


def _moment(picture: Picture, time_s: int, shown: BoolArray) -> Moment:
    cascade, ids = picture.cascade, picture.system.facilities.ids
    customers = picture.system.loads.customers_by_network(picture.lost_nodes(time_s))
    fails, back = (cascade.facility_track.changed(time_s, value) for value in (0, 1))
    placed = {cascade.facilities.needs[unit.need].facility for unit in cascade.actions.placed if unit.time_s == time_s}
    repaired = {
        damage.element for damage in picture.damages if damage.ends_s == time_s and _may_know(picture, damage.facility)
    }
    return Moment(
        at=picture.iso(time_s),
        hours=round(time_s / 3600, 4),
        customers_out={key: round(float(customers[code])) for code, key in enumerate(NETWORK_KEYS)},
        facilities_failed=int(picture.failed(time_s)[shown].sum()),
        facilities_on_reserve=int(picture.on_reserve(time_s)[shown].sum()),
        new_failures=tuple(ids[number] for number in fails if shown[number]),
        returned=tuple(ids[number] for number in back if shown[number]),
        repaired=tuple(sorted(repaired)),
        placed=tuple(ids[number] for number in sorted(placed) if shown[number]),
    )
