"""Small districts written as text, for tests.

    electricity: S* - s1| - a - b:100 - t1/ - c:50 - s2| - Q*

`S*` is a source, `s1|` a closed device, `t1/` a normally open one, `b:100` a consumer with 100 customers, a bare name a
junction. `~` before a name puts it out of service. Names repeat to join chains; a line's id is `left--right`.
Townships are vertical strips one degree wide: a node lies at the longitude given by its position in the order of first
mention, so tests can say which township it is in by `at`.
"""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import pandas as pd
from shapely import LineString, Point, box

from layers.crs import STORAGE_EPSG
from layers.records import conform, empty_frame
from tests.typed_frames import typed_frame

_TOKEN = re.compile(r"^(?P<out>~?)(?P<name>[^\s*|/:~]+)(?P<mark>[*|/]?)(?::(?P<customers>\d+))?$")
_COMMON = {"provenance": "synthetic", "source": "test"}
STRIP = 0.1
WEST = 112.0
#: Degrees of longitude and latitude in a kilometre, about, where these districts lie.
_KM_EAST, _KM_NORTH = 1 / 91.0, 1 / 111.0


@dataclass
class District:
    """Collects rows of the layers and gives them as conforming frames."""

    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    lines: list[dict[str, Any]] = field(default_factory=list)
    facilities: list[dict[str, Any]] = field(default_factory=list)
    supplies: list[dict[str, Any]] = field(default_factory=list)
    coal_routes: list[dict[str, Any]] = field(default_factory=list)
    roads: list[dict[str, Any]] = field(default_factory=list)
    townships: int = 4
    county_of: tuple[str, ...] = ("140502", "140502", "140525", "140525")

    def network(self, key: str, picture: str, strips: dict[str, int] | None = None) -> District:
        """Add chains of one network, one a row of `picture`; `strips` puts nodes into townships (default 0)."""
        for row in filter(None, (text.strip() for text in picture.splitlines())):
            tokens = [self._node(key, token, strips or {}) for token in row.split(" - ")]
            for left, right in itertools.pairwise(tokens):
                self.line(key, left, right)
        return self

    def line(self, network: str, left: str, right: str, *, in_service: bool = True, suffix: str = "") -> None:
        self.lines.append(
            {
                **_COMMON,
                "id": f"{left}--{right}{suffix}",
                "name": f"{left}—{right}",
                "network": network,
                "kind": "feeder",
                "from_node": left,
                "to_node": right,
                "in_service": in_service,
            }
        )

    def facility(
        self,
        identifier: str,
        category: str = "hospital",
        *,
        feeds: str | None = None,
        strip: int = 0,
        people: int | None = None,
        restricted: bool = False,
        **needs: Any,
    ) -> District:
        """Add a facility; needs as `electricity=("b", 4)`: node or nodes, reserve in hours (None unknown).

        Two more if given: whether it is required, and the demand (of coal: tonnes a day).
        """
        self.facilities.append(
            {
                **_COMMON,
                "id": identifier,
                "name": f"单位{identifier}",
                "category": category,
                "restricted": restricted,
                "people": people,
                "source_node": feeds,
                "geometry": Point(WEST + (strip + 0.5) * STRIP, 35.5),
            }
        )
        for commodity, (nodes, hours, *rest) in needs.items():
            for node in [nodes] if nodes is None or isinstance(nodes, str) else nodes:
                self.supplies.append(
                    {
                        **_COMMON,
                        "id": f"{identifier}-{commodity}-{node}",
                        "name": identifier,
                        "facility_id": identifier,
                        "commodity": commodity,
                        "node_id": node,
                        "reserve_hours": hours,
                        "required": rest[0] if rest else True,
                        "demand": rest[1] if len(rest) > 1 else None,
                        "substitutes_for": None,
                    }
                )
        return self

    def stand_in(self, facility: str, instead_of: str, commodity: str, node: str) -> District:
        """Let a commodity at a node stand in for what a facility needs."""
        self.supplies.append(
            {
                **_COMMON,
                "id": f"{facility}-{commodity}-{node}-for-{instead_of}",
                "name": facility,
                "facility_id": facility,
                "commodity": commodity,
                "node_id": node,
                "reserve_hours": None,
                "required": False,
                "demand": None,
                "substitutes_for": instead_of,
            }
        )
        return self

    def coal_route(
        self, identifier: str, plant: str | None, mine: str | None, tonnes_per_day: float | None, path: str = "0,0 1,0"
    ) -> District:
        """Add a coal route; `path` are kilometres east and north of a corner, as for `road`."""
        more = {"facility_id": plant, "source_facility_id": mine, "tonnes_per_day": tonnes_per_day}
        self.coal_routes.append({**_way(identifier, path), **more})
        return self

    def road(self, identifier: str, path: str, speed_kph: float = 60.0) -> District:
        """Add a road; `path` are kilometres east and north of a corner: "0,0 12,0"."""
        self.roads.append({**_way(identifier, path), "speed_kph": speed_kph})
        return self

    def frames(self) -> dict[str, pd.DataFrame]:
        """Return the layers that an assessment needs."""
        points = {key: row["geometry"] for key, row in self.nodes.items()}
        for row in self.lines:
            row["geometry"] = LineString([points[row["from_node"]], points[row["to_node"]]])
        rows = {
            "network_nodes": list(self.nodes.values()),
            "network_lines": self.lines,
            "facilities": self.facilities,
            "coal_routes": self.coal_routes,
            "roads": self.roads,
        }
        frames: dict[str, pd.DataFrame] = {key: _frame(key, value) for key, value in rows.items()}
        frames["townships"] = _strips(self.townships, self.county_of).copy()
        supplies = self.supplies
        frames["supplies"] = typed_frame("supplies", supplies) if supplies else _no_supplies().copy()
        return frames

    def _node(self, network: str, token: str, strips: dict[str, int]) -> str:
        match = _TOKEN.match(token.strip())
        if match is None:
            raise ValueError(f"cannot read {token!r}")
        name, mark, customers = match["name"], match["mark"], match["customers"]
        if name not in self.nodes:
            number = len(self.nodes)
            kind = {"*": "source", "|": "switch", "/": "switch"}.get(mark, "consumer" if customers else "junction")
            self.nodes[name] = {
                **_COMMON,
                "id": name,
                "name": f"点{name}",
                "network": network,
                "kind": kind,
                "normally_open": mark == "/",
                "in_service": not match["out"],
                "customers": int(customers) if customers else None,
                "population": 3 * int(customers) if customers else None,
                "vulnerable_people": int(customers) // 10 if customers else None,
                "demand_kw": float(customers) if customers and network in ("electricity", "heat") else None,
                "demand_m3_per_h": float(customers) if customers and network in ("gas", "water") else None,
                "geometry": Point(WEST + (strips.get(name, 0) + 0.5) * STRIP, 35.1 + 0.0005 * number),
            }
        return name


def _way(identifier: str, path: str) -> dict[str, Any]:
    corners = [tuple(float(number) for number in corner.split(",")) for corner in path.split()]
    return {
        **_COMMON,
        "id": identifier,
        "name": f"道路{identifier}",
        "speed_kph": 60.0,
        "closed": False,
        "geometry": LineString([(WEST + east * _KM_EAST, 35.2 + north * _KM_NORTH) for east, north in corners]),
    }


@functools.cache
def _strips(count: int, county_of: tuple[str, ...]) -> pd.DataFrame:
    strips = [
        {
            **_COMMON,
            "id": f"14050210{number}",
            "name": f"第{number}镇",
            "code": f"14050210{number}",
            "county_code": county_of[number],
            "kind": "town",
            "population": 1000,
            "households": 400,
            "boundary_quality": "low",
            "geometry": box(WEST + number * STRIP, 35.0, WEST + (number + 1) * STRIP, 36.0),
        }
        for number in range(count)
    ]
    return _frame("townships", strips)


@functools.cache
def _empty(key: str) -> pd.DataFrame:
    return conform(key, gpd.GeoDataFrame({"id": []}, geometry=[], crs=STORAGE_EPSG))


@functools.cache
def _no_supplies() -> pd.DataFrame:
    return empty_frame("supplies")


def _frame(key: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    if not rows:
        return _empty(key).copy()
    return typed_frame(key, rows)
