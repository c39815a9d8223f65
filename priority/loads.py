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
    """Sums by network and township, each of shape (4 networks, k townships + outside).

    `customers_unknown` and `demand_unknown` count the consumer nodes whose figure nobody knows; they are not in the
    sums, so a sum is exact only where that count is 0.
    """

    customers: _FLOATS
    population: _FLOATS
    vulnerable_people: _FLOATS
    demand: _FLOATS
    customers_unknown: _FLOATS
    demand_unknown: _FLOATS

    def hit(self, networks: list[int]) -> BoolArray:
        """Return (k + 1) in which townships anybody on one of these networks is counted, or may be."""
        counted = (self.customers[networks] > 0) | (self.customers_unknown[networks] > 0)
        return np.asarray(counted.any(axis=0), dtype=np.bool_)

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
    """Weights of the nodes (n each); unknown ones are 0 here, and the columns `*_unknown` say at which consumers."""

    network: IntArray
    township: NDArray[np.intp]
    townships: int
    customers: _FLOATS
    population: _FLOATS
    vulnerable_people: _FLOATS
    demand: _FLOATS
    customers_unknown: BoolArray
    population_unknown: BoolArray
    vulnerable_people_unknown: BoolArray
    demand_unknown: BoolArray

    @classmethod
    def build(cls, nodes: pd.DataFrame, network: IntArray, township: NDArray[np.intp], townships: int) -> Loads:
        """Read the weights of nodes that are sorted by id like the arrays."""
        demand = np.full(len(nodes), np.nan)
        for code, key in enumerate(NETWORK_KEYS):
            demand = np.where(network == code, nodes[DEMAND_COLUMN[key]].to_numpy(dtype=float, na_value=np.nan), demand)
        consumes = nodes["kind"].isin(_CONSUMER_KINDS).to_numpy(dtype=bool)
        return cls(
            network=network,
            township=township,
            townships=townships,
            customers=_known(nodes, "customers"),
            population=_known(nodes, "population"),
            vulnerable_people=_known(nodes, "vulnerable_people"),
            demand=np.nan_to_num(demand, nan=0.0),
            customers_unknown=consumes & nodes["customers"].isna().to_numpy(dtype=bool),
            population_unknown=consumes & nodes["population"].isna().to_numpy(dtype=bool),
            vulnerable_people_unknown=consumes & nodes["vulnerable_people"].isna().to_numpy(dtype=bool),
            demand_unknown=consumes & np.isnan(demand),
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
            customers_unknown=total(self.customers_unknown.astype(np.float64)),
            demand_unknown=total(self.demand_unknown.astype(np.float64)),
        )

    def customers_by_network(self, mask: BoolArray) -> _FLOATS:
        """Return the customers of each network (4) where `mask` (n)."""
        chosen = np.flatnonzero(mask)
        sums = np.bincount(self.network[chosen], self.customers[chosen], minlength=len(NETWORK_KEYS))
        return sums.astype(np.float64)


def _known(nodes: pd.DataFrame, column: str) -> _FLOATS:
    known: _FLOATS = np.nan_to_num(nodes[column].to_numpy(dtype=float, na_value=np.nan), nan=0.0)
    return known
