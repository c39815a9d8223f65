"""The ground that every map stands on: townships and counties in metres, kept for each data version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers.crs import to_metric

if TYPE_CHECKING:
    from webmap.runtime import Snapshot

#: A tenth of a millimetre on paper at 1:200,000: finer outlines cannot be seen.
_TOLERANCE_M = 20.0
_NOWHERE = (495_000.0, 3_925_000.0, 505_000.0, 3_935_000.0)


@dataclass(frozen=True, eq=False)
class Ground:
    """Townships (k) in the order of their codes, and counties, as polygons in EPSG:4547.

    `anchors` (k, 2) are the centres of the largest circles in the townships, where a label has most room.
    `estimated` tells whether any outline of a township is not from a survey or a publication.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    shapes: tuple[Any, ...]
    anchors: Any
    counties: tuple[Any, ...]
    estimated: bool

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """The townships' extent in metres; the counties' without townships; somewhere without either."""
        shapes = self.shapes or self.counties
        if not shapes:
            return _NOWHERE
        west, south, east, north = shapely.total_bounds(np.array(shapes, dtype=object)).tolist()
        return (west, south, east, north)


def ground_of(snapshot: Snapshot) -> Ground:
    """Return the ground of a snapshot, made by the first who asks."""
    return snapshot.once("report ground", lambda: _ground(snapshot))


def metric(shapes: Any) -> Any:
    """Bring geometries (any shape of array) from EPSG:4490 to EPSG:4547."""
    return shapely.transform(shapes, lambda places: np.column_stack(to_metric().transform(places[:, 0], places[:, 1])))


def _ground(snapshot: Snapshot) -> Ground:
    townships = snapshot.frames["townships"].sort_values("code", kind="stable")
    shapes = _simplified(townships)
    anchors = [shapely.get_coordinates(shapely.maximum_inscribed_circle(shape, 50))[0] for shape in shapes]
    return Ground(
        codes=tuple(townships["code"]),
        names=tuple(townships["name"]),
        shapes=shapes,
        anchors=np.array(anchors, dtype=np.float64).reshape(-1, 2),
        counties=_simplified(snapshot.frames["counties"]),
        estimated=bool(townships["provenance"].isin(["estimated", "synthetic"]).any()),
    )


def _simplified(frame: Any) -> tuple[Any, ...]:
    return tuple(shapely.simplify(metric(frame["geometry"].to_numpy(dtype=object)), _TOLERANCE_M))
