"""Every failure tried by itself, and every pair, with the slow assessment: what the protection list should say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from priority.plans import load_plan
from tests.priority.oracle import SlowDistrict, slow_course

_PLAN = load_plan("energy-chengqu")
_NETWORKS = ("electricity", "gas", "heat", "water")


@dataclass(frozen=True)
class Toll:
    """Hours without supply until the horizon: of places of the list and of nodes with customers or people.

    `fresh` are the nodes that count as customers out: lost here, not merely lost earlier.
    """

    places: frozenset[tuple[str, float]]
    nodes: frozenset[tuple[str, float]]
    fresh: frozenset[str]

    @property
    def is_nothing(self) -> bool:
        return not (self.places or self.nodes)


class Brute:
    """A district whose failures are tried one by one and two by two."""

    def __init__(self, frames: Mapping[str, pd.DataFrame], horizon_h: float, *, restricted: bool) -> None:
        self.district = SlowDistrict(frames)
        self.horizon_h = horizon_h
        self.restricted = restricted
        self.alone = {element: self.toll(element) for element in self.elements()}

    def visible(self, facility: str) -> bool:
        return self.restricted or not self.district.facilities[facility]["restricted"]

    def tier(self, facility: str) -> int | None:
        entry = _PLAN.priority_of(self.district.facilities[facility]["category"])
        return entry.tier if entry is not None and self.visible(facility) else None

    def elements(self) -> list[str]:
        plants = [
            key
            for key, row in self.district.facilities.items()
            if isinstance(row["source_node"], str) and self.visible(key)
        ]
        return [*self.district.nodes, *self.district.lines, *plants]

    def toll(self, *elements: str) -> Toll:
        lost, fails = slow_course(self.district, dict.fromkeys(elements, 0.0), self.horizon_h)
        nodes = {
            (node, self.horizon_h - at)
            for node, at in lost.items()
            if at < self.horizon_h and self.weighs(node) and not self.district.is_device(node)
        }
        places = {
            (facility, self.horizon_h - at)
            for facility, at in fails.items()
            if at < self.horizon_h and self.tier(facility) is not None
        }
        return Toll(frozenset(places), frozenset(nodes), frozenset(node for node, _ in nodes))

    def weighs(self, node: str) -> bool:
        return self.number(node, "customers") > 0 or self.number(node, "population") > 0

    def number(self, node: str, column: str) -> float:
        value = self.district.nodes[node][column]
        return 0.0 if pd.isna(value) else float(value)

    def weight(self, toll: Toll) -> tuple[float, ...]:
        """The heaviest is the smallest: hours of each tier in turn, people's hours, customers."""
        by_tier = {item.tier: 0.0 for item in _PLAN.priority_list}
        for facility, hours in toll.places:
            tier = self.tier(facility)
            assert tier is not None
            by_tier[tier] -= hours
        people = dict.fromkeys(_NETWORKS, 0.0)
        for node, hours in toll.nodes:
            people[self.district.nodes[node]["network"]] += hours * self.number(node, "population")
        customers = sum(self.number(node, "customers") for node in toll.fresh)
        return tuple(round(value, 6) for value in (*by_tier.values(), -max(people.values()), -customers))

    def customers(self, toll: Toll) -> dict[str, int]:
        out = dict.fromkeys(_NETWORKS, 0)
        for node in toll.fresh:
            out[self.district.nodes[node]["network"]] += round(self.number(node, "customers"))
        return out

    def singles(self) -> list[tuple[float, ...]]:
        """The weights of all different effects, the heaviest first."""
        return sorted(self.weight(toll) for toll in set(self.alone.values()) if not toll.is_nothing)

    def beyond(self, first: str, second: str) -> Toll:
        both = self.toll(first, second)
        apart = [dict(self.alone[item].places) for item in (first, second)]
        places = {
            (facility, hours - max(part.get(facility, 0.0) for part in apart))
            for facility, hours in both.places
            if hours > max(part.get(facility, 0.0) for part in apart)
        }
        lost = [dict(self.alone[item].nodes) for item in (first, second)]
        nodes = {
            (node, hours - max(part.get(node, 0.0) for part in lost))
            for node, hours in both.nodes
            if hours > max(part.get(node, 0.0) for part in lost)
        }
        fresh = {node for node, _ in nodes if not any(node in part for part in lost)}
        return Toll(frozenset(places), frozenset(nodes), frozenset(fresh))

    def one_each(self) -> list[str]:
        """One element of each segment, all devices and plants."""
        seen: set[frozenset[str]] = set()
        kept = []
        for element in self.elements():
            members = frozenset(self.district.segment_of(element)) or frozenset([element])
            if members not in seen:
                kept.append(element)
                seen.add(members)
        return kept

    def pairs(self) -> list[tuple[float, ...]]:
        """The weights of all different excesses of pairs, the heaviest first."""
        tolls = {self.beyond(first, second) for first, second in combinations(self.one_each(), 2)}
        return sorted(self.weight(toll) for toll in tolls if not toll.is_nothing)
