"""Sites of the layer `sites` by id: where crews and mobile units may stand."""

from __future__ import annotations

from dataclasses import dataclass

import shapely

from priority.system import SupplySystem


@dataclass(frozen=True)
class Site:
    """A site at longitude and latitude, EPSG:4490. `existing` is false for a candidate or planned one."""

    id: str
    name: str
    kind: str
    existing: bool
    longitude: float
    latitude: float


def sites_of(system: SupplySystem) -> dict[str, Site]:
    """Return the sites by id; none if the layer was not given."""
    frame = system.places["sites"]
    if frame.empty:
        return {}
    points = shapely.get_coordinates(frame["geometry"].to_numpy(dtype=object))
    columns = zip(frame["id"], frame["name"], frame["kind"], frame["status"], points.tolist(), strict=True)
    return {
        str(identifier): Site(str(identifier), str(name), str(kind), status == "existing", longitude, latitude)
        for identifier, name, kind, status, (longitude, latitude) in columns
    }
