"""What hangs on the vertices of the condensed networks, by network and township: the weights of every sum over time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from priority.network.arrays import NETWORK_KEYS
from priority.network.kernels import BoolArray
from priority.system import SupplySystem

Floats = NDArray[np.float64]

#: What is counted, in this order: meters, people, vulnerable people, demand, consumer points without a figure of each.
CUSTOMERS, PEOPLE, VULNERABLE, DEMAND, CUSTOMERS_UNKNOWN, DEMAND_UNKNOWN = range(6)
MEASURES = 6


@dataclass(frozen=True, eq=False)
class Cells:
    """Pairs of a vertex and a cell, which is one township on one network (`width` townships, the last is outside).

    `vertex`, `cell` (p) and `weights` (6, p); devices are no consumers and left out.
    """

    width: int
    vertex: NDArray[np.intp]
    cell: NDArray[np.intp]
    weights: Floats

    @classmethod
    def of(cls, system: SupplySystem) -> Cells:
        """Draw the nodes of a system together."""
        loads, width = system.loads, system.townships.outside + 1
        of_node = system.condensed.of_node.astype(np.intp)
        nodes = np.flatnonzero((of_node >= 0) & ~system.arrays.is_device)
        cells = len(NETWORK_KEYS) * width
        key = of_node[nodes] * cells + loads.network[nodes] * width + loads.township[nodes]
        pairs, place = np.unique(key, return_inverse=True)
        columns = (
            loads.customers,
            loads.population,
            loads.vulnerable_people,
            loads.demand,
            loads.customers_unknown.astype(np.float64),
            loads.demand_unknown.astype(np.float64),
        )
        sums = [np.bincount(place, column[nodes], minlength=pairs.size) for column in columns]
        weights = np.array(sums, dtype=np.float64).reshape(MEASURES, pairs.size)
        counted = weights.any(axis=0)
        return cls(width, (pairs // cells)[counted], (pairs % cells)[counted], weights[:, counted])

    def sums(self, down: BoolArray) -> Floats:
        """Return (6, 4, width) what hangs on the vertices (v) that are down."""
        chosen = down[self.vertex]
        size = len(NETWORK_KEYS) * self.width
        cell = self.cell[chosen]
        found = [np.bincount(cell, row[chosen], minlength=size) for row in self.weights]
        return np.array(found, dtype=np.float64).reshape(MEASURES, len(NETWORK_KEYS), self.width)
