"""What hangs on the nodes: customers (meters), population (people), vulnerable people and demand. Never mixed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from layers.vocabulary import DEMAND_COLUMN, DEMAND_UNIT
from priority.network.arrays import NETWORK_KEYS
from priority.network.kernels import BoolArray, IntArray

_FLOATS = NDArray[np.float64]
_CONSUMER_KINDS = ("consumer", "transformer")

#: Unit of demand on each network: kW for electricity and heat, m³/h for gas and water.
DEMAND_UNITS: dict[str, str] = {key: DEMAND_UNIT[DEMAND_COLUMN[key]] for key in NETWORK_KEYS}


@dataclass(frozen=True, eq=False)
class Tally:
    """Sums by network and township, each of shape (4 networks, k townships + outside)."""

    customers: _FLOATS
    population: _FLOATS
    vulnerable_people: _FLOATS
    demand: _FLOATS

    def of_network(self, network: int) -> dict[str, float]:
        """Return the sums of one network over all townships."""
        return {
            "customers": float(self.customers[network].sum()),
            "population": float(self.population[network].sum()),
            "vulnerable_people": float(self.vulnerable_people[network].sum()),
            "demand": float(self.demand[network].sum()),
        }


@dataclass(frozen=True, eq=False)
class Loads:
    """Weights of the nodes (n each); unknown counts are 0 here, and `customers_unknown` says where."""

    network: IntArray
    township: NDArray[np.intp]
    townships: int
    customers: _FLOATS
    population: _FLOATS
    vulnerable_people: _FLOATS
    demand: _FLOATS
    customers_unknown: BoolArray

    @classmethod
    def build(cls, nodes: pd.DataFrame, network: IntArray, township: NDArray[np.intp], townships: int) -> Loads:
        """Read the weights of nodes that are sorted by id like the arrays."""
        demand = np.zeros(len(nodes))
        for code, key in enumerate(NETWORK_KEYS):
            demand = np.where(network == code, _known(nodes, DEMAND_COLUMN[key]), demand)
        consumes = nodes["kind"].isin(_CONSUMER_KINDS).to_numpy(dtype=bool)
        return cls(
            network=network,
            township=township,
            townships=townships,
            customers=_known(nodes, "customers"),
            population=_known(nodes, "population"),
            vulnerable_people=_known(nodes, "vulnerable_people"),
            demand=demand,
            customers_unknown=consumes & nodes["customers"].isna().to_numpy(dtype=bool),
        )

    def tally(self, mask: BoolArray) -> Tally:
        """Add up the nodes where `mask` (n) by network and township. Nothing selected gives zeros."""
        width = self.townships + 1
        chosen = np.flatnonzero(mask)
        cell = self.network[chosen].astype(np.intp) * width + self.township[chosen]

        def total(weights: _FLOATS) -> _FLOATS:
            size = len(NETWORK_KEYS) * width
            sums: _FLOATS = np.bincount(cell, weights[chosen], minlength=size).astype(np.float64)
            return sums.reshape(len(NETWORK_KEYS), width)

        return Tally(
            customers=total(self.customers),
            population=total(self.population),
            vulnerable_people=total(self.vulnerable_people),
            demand=total(self.demand),
        )

    def customers_by_network(self, mask: BoolArray) -> _FLOATS:
        """Return the customers of each network (4) where `mask` (n)."""
        chosen = np.flatnonzero(mask)
        sums = np.bincount(self.network[chosen], self.customers[chosen], minlength=len(NETWORK_KEYS))
        return sums.astype(np.float64)


def _known(nodes: pd.DataFrame, column: str) -> _FLOATS:
    known: _FLOATS = np.nan_to_num(nodes[column].to_numpy(dtype=float, na_value=np.nan), nan=0.0)
    return known
