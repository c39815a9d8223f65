"""What places are ordered by: what their failure takes away, how many people, how long a reserve, how far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from webmap.api.vulnerability import ratings
from webmap.drills.selector import Selector
from webmap.runtime import Snapshot

if TYPE_CHECKING:
    from priority.plans import Plan

_METRES_PER_DEGREE = 111_320.0


def measured(snapshot: Snapshot, plan: Plan, frame: pd.DataFrame, selector: Selector) -> pd.Series:
    """Return what a selector orders by for each record; NaN where nobody knows."""
    by = str(selector.by)
    if selector.layer in {"network_nodes", "network_lines"}:
        rated = getattr(ratings(snapshot, plan, restricted=True), by)
        return _of_elements(snapshot, frame, selector.layer, rated)
    if by == "reserve_hours":
        supplies = snapshot.visible("supplies", restricted=False)
        own = supplies[supplies["commodity"] == selector.commodity]
        longest = own.groupby("facility_id")["reserve_hours"].max()
        return frame["id"].map(longest)
    return frame[by].astype(float)


def county_customers(snapshot: Snapshot, county_code: str, frame: pd.DataFrame, layer: str) -> pd.Series:
    """Return how many customers of a county each element's failure takes supply from, in the normal state."""
    rated = snapshot.once(("drill customers", county_code), lambda: _rate(snapshot, county_code))
    return _of_elements(snapshot, frame, layer, rated)


def _rate(snapshot: Snapshot, county_code: str) -> NDArray[np.float64]:
    from priority.network import SwitchState  # noqa: PLC0415  numba is needed from here on, not before
    from priority.network.criticality import Criticality  # noqa: PLC0415

    system = snapshot.system()
    inside = system.townships.in_county(county_code)[system.loads.township]
    weights = np.where(inside, system.loads.customers, 0.0)[:, np.newaxis]
    state = SwitchState.normal(system.arrays)
    rated = Criticality.of(system.arrays, system.segments, state.is_open, weights)
    losses: NDArray[np.float64] = np.vstack([rated.of_node(system.arrays), rated.of_line()])[:, 1]
    return losses


def _of_elements(snapshot: Snapshot, frame: pd.DataFrame, layer: str, rated: NDArray[np.float64]) -> pd.Series:
    """Pick the ratings (n + m, nodes first) of a frame's records."""
    system = snapshot.system()
    numbers = system.node_number if layer == "network_nodes" else system.line_number
    first = 0 if layer == "network_nodes" else system.arrays.node_ids.size
    return frame["id"].map(lambda identifier: rated[first + numbers[identifier]]).astype(float)


def distances_m(frame: pd.DataFrame, to: Any) -> pd.Series:
    """Return each record's distance to a place, in metres, on a plane that is true at the place; good to a county."""
    middle = shapely.centroid(to)
    scale = np.array([_METRES_PER_DEGREE * np.cos(np.radians(middle.y)), _METRES_PER_DEGREE])

    def on_plane(shapes: Any) -> Any:
        return shapely.transform(shapes, lambda xy: xy * scale)

    shapes = on_plane(frame["geometry"].to_numpy(dtype=object))
    return pd.Series(shapely.distance(shapes, on_plane(to)), index=frame.index)
