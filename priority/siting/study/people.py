"""People as demand: the consumers of a network, grouped by stretch of road where there are very many."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from priority.network.arrays import NETWORK_KEYS
from priority.network.kernels import BoolArray
from priority.siting.distances import Floats, Ints
from priority.siting.study.cases import Case

#: More consumer points than these are grouped.
MOST_ALONE = 20_000
#: Side of a cell, in degrees, by which people are grouped where there are no roads: about 500 m.
_CELL = 0.005
#: Stretches of road by which people are grouped are no longer than this.
_STRETCH_M = 500.0


@dataclass(frozen=True, eq=False)
class People:
    """Nodes (q) with known people, `weight` (q) how many of them count, and at how many consumers nobody knows.

    `grouped` is the number of points before they were put together, 0 if they were not. `networks` (by code) are those
    whose consumers were counted.
    """

    nodes: Ints
    weight: Floats
    unknown: int
    grouped: int
    networks: tuple[int, ...]


def people_of(case: Case, townships: BoolArray, *, alone: bool) -> People:
    """Return the people of a study in some townships (k + 1); those out of supply where it asks for an incident's.

    Of several networks each township counts the one with most people, because the same people hang on all of them.
    With `alone` points are never put together.
    """
    setting, demand = case.setting, case.setting.study.demand
    loads, arrays = setting.system.loads, setting.system.arrays
    vulnerable = demand.of == "vulnerable_people"
    people = loads.vulnerable_people if vulnerable else loads.population
    unknown = loads.vulnerable_people_unknown if vulnerable else loads.population_unknown
    codes = tuple(NETWORK_KEYS.index(key) for key in setting.people_networks)
    mask = ~arrays.is_device & townships[loads.township] & np.isin(arrays.network, codes)
    if demand.where == "incident":
        mask &= case.nodes_out
    if len(codes) > 1:
        mask &= _counted(case, people, mask, codes)
    nodes = np.flatnonzero(mask & (people > 0))
    weight = people[nodes] * demand.share_in_need
    count = int((mask & unknown).sum())
    used = tuple(code for code in codes if (arrays.network[nodes] == code).any())
    if alone or nodes.size <= MOST_ALONE:
        return People(nodes, weight, count, 0, used)
    return People(*_grouped(case, nodes, weight), count, nodes.size, used)


def people_out(case: Case, townships: BoolArray, network: str) -> float:
    """Return how many of the people asked for lose a network in some townships (k + 1), as far as that is known."""
    loads, arrays = case.setting.system.loads, case.setting.system.arrays
    people = loads.vulnerable_people if case.setting.study.demand.of == "vulnerable_people" else loads.population
    mask = ~arrays.is_device & townships[loads.township] & (arrays.network == NETWORK_KEYS.index(network))
    return float(people[mask & case.nodes_out].sum())


def _counted(case: Case, people: Floats, mask: BoolArray, codes: tuple[int, ...]) -> BoolArray:
    """Return the nodes (n) of the network that has most people in their township; of equal ones the first."""
    loads, network = case.setting.system.loads, case.setting.system.arrays.network
    width = loads.townships + 1
    totals = [np.bincount(loads.township[own], people[own], width) for own in (mask & (network == c) for c in codes)]
    best = np.asarray(codes)[np.argmax(totals, axis=0)]
    counted: BoolArray = network == best[loads.township]
    return counted


def _grouped(case: Case, nodes: Ints, weight: Floats) -> tuple[Ints, Floats]:
    """Put points of one township together that enter the roads on the same stretch, at the place of the heaviest."""
    system = case.setting.system
    points = system.element_points[nodes]
    if system.roads.assumed:
        cell = np.floor(points / _CELL).astype(np.int64)
    else:
        cell = system.roads.pieces.stretches(points, _STRETCH_M)
    keys = np.column_stack([cell, system.loads.township[nodes]])
    _, group = np.unique(keys, axis=0, return_inverse=True)
    group = group.ravel()
    order = np.lexsort((nodes, -weight, group))
    first = np.flatnonzero(np.diff(group[order], prepend=-1))
    total: Floats = np.bincount(group, weight).astype(np.float64)
    heaviest = nodes[order[first]]
    kept = np.argsort(heaviest)
    return heaviest[kept], total[kept]
