"""The supply system of the district: networks, loads, facilities and townships, built once per data version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from priority.cascade.build import CoalDelivery, wire, with_coal
from priority.cascade.wiring import Wiring
from priority.coal.supply import CoalSupply
from priority.errors import UnsoundNetwork
from priority.facilities import Facilities
from priority.loads import Loads
from priority.network import NetworkArrays, Segments, Supply, SwitchState, trace_supply
from priority.network.condensed import CondensedNetwork
from priority.roads.network import RoadNetwork
from priority.townships import Townships


@dataclass(frozen=True)
class Dependents:
    """What loses supply, in the normal state, if the node that a facility feeds goes out."""

    customers: int
    facilities: int


@dataclass(frozen=True, eq=False)
class SupplySystem:
    """Everything an assessment needs to know before the incident. Immutable; safe to share between threads.

    `capacity` (m) is each line's, in the unit of its network's demand, `diameter_mm` (m) a pipe's; NaN where unknown.
    `element_names`,
    `element_kinds` hold nodes first, then lines, in the arrays' order. `baseline` is the supply in the normal state.
    `condensed` and `wiring` are what cascades run on. `element_points` (n + m, 2) and `facility_points` (f, 2) are
    longitude and latitude, a line's at its middle. `places` are the layers that crews and coal travel over: `roads`,
    `coal_routes`, `sites` (by id; empty if they are not given), with `facilities` and `supplies`. `synthetic`,
    `estimated`: whether any record used is.
    """

    data_version: str
    arrays: NetworkArrays
    segments: Segments
    baseline: Supply
    condensed: CondensedNetwork
    wiring: Wiring
    loads: Loads
    townships: Townships
    facilities: Facilities
    dependents: tuple[Dependents, ...]
    public_dependents: tuple[Dependents, ...]
    node_number: dict[str, int]
    line_number: dict[str, int]
    facility_number: dict[str, int]
    capacity: NDArray[np.float64]
    diameter_mm: NDArray[np.float64]
    element_names: NDArray[np.object_]
    element_kinds: NDArray[np.object_]
    node_tree: shapely.STRtree
    line_tree: shapely.STRtree
    element_points: NDArray[np.float64]
    facility_points: NDArray[np.float64]
    places: Mapping[str, pd.DataFrame]
    synthetic: bool
    estimated: bool

    @classmethod
    def build(cls, frames: Mapping[str, pd.DataFrame], data_version: str) -> SupplySystem:
        """Build from the catalogue's layers (`townships`, `network_nodes`, `network_lines`, `facilities`, `supplies`).

        Frames are not changed and may come in any row order. Empty layers give an empty system. Raises
        `UnsoundNetwork` for records that contradict each other.
        """
        nodes = frames["network_nodes"].sort_values("id", kind="stable")
        lines = frames["network_lines"].sort_values("id", kind="stable")
        places = frames["facilities"].sort_values("id", kind="stable")
        townships = Townships.build(frames["townships"])
        arrays = NetworkArrays.build(nodes, lines)
        located = townships.locate(nodes["geometry"].to_numpy(dtype=object))
        loads = Loads.build(nodes, arrays.network, located, townships.outside)
        _require_distinct(arrays, places)
        facilities = Facilities.build(
            places,
            frames["supplies"],
            pd.Index(arrays.node_ids),
            townships.locate(places["geometry"].to_numpy(dtype=object)),
        )
        baseline = trace_supply(arrays, SwitchState.normal(arrays))
        kept = facilities.source_node[facilities.source_node >= 0]
        condensed = CondensedNetwork.of(arrays, kept)
        dependents, public_dependents = _dependents(arrays, baseline, loads, facilities)
        used = [frames[key]["provenance"] for key in ("townships", "network_nodes", "network_lines", "facilities")]
        provenances = set(pd.concat(used))
        return cls(
            data_version=data_version,
            arrays=arrays,
            segments=Segments.of(arrays),
            baseline=baseline,
            condensed=condensed,
            wiring=wire(condensed, facilities, baseline.supplied),
            loads=loads,
            townships=townships,
            facilities=facilities,
            dependents=dependents,
            public_dependents=public_dependents,
            node_number={identifier: number for number, identifier in enumerate(arrays.node_ids)},
            line_number={identifier: number for number, identifier in enumerate(arrays.line_ids)},
            facility_number={identifier: number for number, identifier in enumerate(facilities.ids)},
            capacity=lines["capacity"].to_numpy(dtype=float, na_value=np.nan),
            diameter_mm=lines["diameter_mm"].to_numpy(dtype=float, na_value=np.nan),
            element_names=np.concatenate([nodes["name"].to_numpy(dtype=object), lines["name"].to_numpy(dtype=object)]),
            element_kinds=np.concatenate([nodes["kind"].to_numpy(dtype=object), lines["kind"].to_numpy(dtype=object)]),
            node_tree=shapely.STRtree(nodes["geometry"].to_numpy(dtype=object)),
            line_tree=shapely.STRtree(lines["geometry"].to_numpy(dtype=object)),
            element_points=_points(nodes, lines),
            facility_points=shapely.get_coordinates(places["geometry"].to_numpy(dtype=object)),
            places=_places(frames),
            synthetic="synthetic" in provenances,
            estimated="estimated" in provenances,
        )

    def with_sites(self, sites: pd.DataFrame, data_version: str) -> SupplySystem:
        """Return the same system with other records of the layer `sites`, which nothing else in it rests on."""
        places = {**self.places, "sites": sites.sort_values("id", kind="stable")}
        system = replace(self, data_version=data_version, places=places)
        # What was worked out at first use rests on the other layers alone, and need not be worked out again.
        system.__dict__.update({name: value for name, value in self.__dict__.items() if name in _AT_FIRST_USE})
        return system

    def wired(self, closed_roads: frozenset[str] = frozenset(), *, substitution: bool = False) -> Wiring:
        """Return the wiring with the coal that comes over the roads that are open.

        `closed_roads` are ids of roads and coal routes. With `substitution` fuels and commodities stand in for others
        where records say that they can.
        """
        wiring = self._substituted_wiring if substitution else self.wiring
        if closed_roads:
            return with_coal(wiring, self.facilities, self.coal.deliveries(closed_roads))
        return with_coal(wiring, self.facilities, self._usual_deliveries)

    @cached_property
    def _substituted_wiring(self) -> Wiring:
        return wire(self.condensed, self.facilities, self.baseline.supplied, substitution=True)

    @cached_property
    def _usual_deliveries(self) -> tuple[CoalDelivery, ...]:
        return self.coal.deliveries()

    @cached_property
    def coal(self) -> CoalSupply:
        """Stocks of coal and the routes that fill them, laid over the roads at first use."""
        routes = self.places["coal_routes"]
        return CoalSupply.build(self.facilities, routes if "geometry" in routes else None, self.roads)

    @cached_property
    def roads(self) -> RoadNetwork:
        """The roads, indexed at first use."""
        return RoadNetwork.build(self.places["roads"])

    @property
    def unsupplied_in_data(self) -> int:
        """How many nodes in service have no supply even in the normal state: a fault of the data, not an outage."""
        relevant = self.arrays.carries_node & ~self.arrays.is_device
        return int((relevant & ~self.baseline.supplied).sum())


#: The parts of a system that are made at first use.
_AT_FIRST_USE = frozenset(name for name, value in vars(SupplySystem).items() if isinstance(value, cached_property))


def _points(nodes: pd.DataFrame, lines: pd.DataFrame) -> NDArray[np.float64]:
    middles = shapely.line_interpolate_point(lines["geometry"].to_numpy(dtype=object), 0.5, normalized=True)
    points = [shapely.get_coordinates(nodes["geometry"].to_numpy(dtype=object)), shapely.get_coordinates(middles)]
    return np.concatenate(points)


def _places(frames: Mapping[str, pd.DataFrame]) -> Mapping[str, pd.DataFrame]:
    """Return the layers of places in the order of their ids; those not given are empty frames with an `id`."""
    nothing = pd.DataFrame({"id": pd.Series(dtype=object)})
    keys = ("roads", "coal_routes", "sites", "facilities", "supplies")
    return {key: frames.get(key, nothing).sort_values("id", kind="stable") for key in keys}


def _require_distinct(arrays: NetworkArrays, places: pd.DataFrame) -> None:
    """A fault names an element by its id alone, so a facility may not share one with a node or line."""
    shared = set(places["id"]) & {*arrays.node_ids, *arrays.line_ids}
    if shared:
        raise UnsoundNetwork(f"id {min(shared)!r} is used by a facility and by a node or line")


def _dependents(
    arrays: NetworkArrays, baseline: Supply, loads: Loads, facilities: Facilities
) -> tuple[tuple[Dependents, ...], tuple[Dependents, ...]]:
    """Take out the node of each feeding facility in turn and count what is lost (one trace each).

    Return the counts with all facilities and those with public ones alone. Only required supplies count.
    """
    found = []
    normal = SwitchState.normal(arrays)
    for source in facilities.source_node:
        if source < 0:
            found.append((Dependents(0, 0), Dependents(0, 0)))
            continue
        state = normal.copy()
        state.node_out[source] = True
        lost = baseline.supplied & ~trace_supply(arrays, state).supplied
        hit = {
            need.facility
            for need in facilities.needs
            if need.required and need.nodes and all(lost[node] for node in need.nodes)
        }
        customers = int(loads.customers[lost].sum())
        public = sum(not facilities.restricted[facility] for facility in hit)
        found.append((Dependents(customers, len(hit)), Dependents(customers, public)))
    return tuple(item[0] for item in found), tuple(item[1] for item in found)
