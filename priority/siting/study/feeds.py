"""Which consumer of a network would feed a place, and whether it is out: the nearest one, if one is near."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely

from priority.network.arrays import NETWORK_KEYS
from priority.roads.network import distance_m
from priority.siting.distances import Ints
from priority.siting.study.cases import Case
from priority.siting.study.places import Place
from priority.system import SupplySystem

#: A consumer farther off than this says nothing about a place. Assumed.
NEAR_M = 2000.0
_CONSUMERS = ("consumer", "transformer")


@dataclass(frozen=True)
class Feed:
    """What would feed a place: its facility's own supply (`node` -1), or the consumer `node` at `distance_m`."""

    network: str
    node: int
    distance_m: float
    out: bool


@dataclass(frozen=True, eq=False)
class Feeds:
    """The consumers of a district, found by place."""

    system: SupplySystem

    def of(self, case: Case, place: Place, network: str) -> Feed | None:
        """Return what would feed a place; None where its facility tells of no supply and no consumer is near."""
        own = self._own(case, place, network)
        return own if own is not None else self._nearest(case, place, network)

    def _own(self, case: Case, place: Place, network: str) -> Feed | None:
        need = self._needs.get((place.facility, network))
        if need is None:
            return None
        if case.picture is None:
            return Feed(network, -1, 0.0, out=False)
        begins_s = int(case.picture.cascade.need_spells.begins_s[need])
        return Feed(network, -1, 0.0, out=begins_s <= case.picture.horizon_s)

    def _nearest(self, case: Case, place: Place, network: str) -> Feed | None:
        nodes, tree = self._consumers[NETWORK_KEYS.index(network)]
        if not nodes.size:
            return None
        found = int(nodes[int(tree.nearest(shapely.Point(self._flat(np.array([place.point]))[0])))])
        length_m = float(distance_m(np.array([place.point]), self.system.element_points[found].reshape(1, 2))[0])
        if length_m > NEAR_M:
            return None
        return Feed(network, found, length_m, out=bool(case.nodes_out[found]))

    @cached_property
    def _needs(self) -> dict[tuple[int, str], int]:
        """The number of each facility's need, by facility and commodity."""
        return {(need.facility, need.commodity): at for at, need in enumerate(self.system.facilities.needs)}

    @cached_property
    def _consumers(self) -> tuple[tuple[Ints, shapely.STRtree], ...]:
        arrays = self.system.arrays
        kinds = self.system.element_kinds[: arrays.node_ids.size]
        consumes = np.isin(kinds.astype(str), _CONSUMERS)
        rows = []
        for code in range(len(NETWORK_KEYS)):
            nodes = np.flatnonzero(consumes & (arrays.network == code))
            flat = self._flat(self.system.element_points[nodes])
            rows.append((nodes, shapely.STRtree(np.asarray(shapely.points(flat), dtype=object))))
        return tuple(rows)

    @cached_property
    def _shrink(self) -> float:
        """How much shorter a degree of longitude is than one of latitude, about, where the district lies."""
        latitude = self.system.element_points[:, 1]
        return float(np.cos(np.radians(latitude.mean()))) if latitude.size else 1.0

    def _flat(self, points: np.ndarray) -> np.ndarray:
        flat: np.ndarray = points.reshape(-1, 2) * np.array([self._shrink, 1.0])
        return flat
