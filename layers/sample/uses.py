"""Consumers of gas, water and heat: how many stand at a road node, and how they are connected."""

from __future__ import annotations

from dataclasses import dataclass

from layers.sample.census import share_out
from layers.sample.demand import Frontage, Home, Place, beside
from layers.sample.network import Network
from layers.sample.pipes import Mains
from layers.sample.roads import Roads
from layers.sample.sources import District


@dataclass(frozen=True)
class PipeUse:
    """One consumer point: people behind it and meters."""

    population: int
    customers: int


def street_homes(roads: Roads, homes: list[Home]) -> dict[int, tuple[str, int, int]]:
    """Homes along streets, where pipes can reach them: road node to township code, people and households."""
    found: dict[int, tuple[str, int, int]] = {}
    for home in homes:
        if home.road_node in roads.street_loads:
            _, people, meters = found.get(home.road_node, ("", 0, 0))
            found[home.road_node] = (home.township, people + home.people, meters + home.households)
    return found


def split_use(people: int, meters: int, share: float, people_each: int) -> list[PipeUse]:
    """Split a share of a road node's people and meters over consumers of about `people_each` people."""
    covered, customers = round(people * share), round(meters * share)
    count = max(1, round(covered / people_each))
    weights = [1.0] * count
    return [
        PipeUse(population, metered)
        for population, metered in zip(share_out(covered, weights), share_out(customers, weights), strict=True)
    ]


def attach_uses(
    net: Network,
    district: District,
    roads: Roads,
    mains: Mains,
    where: tuple[int, str, list[PipeUse]],
    service: tuple[str, float, int],
) -> None:
    """Connect consumers round the tap of a road node."""
    node, code, uses = where
    title, per_person, diameter_mm = service
    tap = mains.taps[node]
    shift_m = {"gas": -7.0, "water": 7.0}[net.key]
    front = Frontage(net.where[tap], roads.graph.heading(node), shift_m, district.township(code).shape)
    for index, use in enumerate(uses):
        consumer = net.node(
            "consumer",
            "us",
            front.point(index, len(uses)),
            f"{title}用户点 {{n}}",
            demand_m3_per_h=round(use.population * per_person, 2),
            customers=use.customers,
            population=use.population,
            vulnerable_people=vulnerable(use.population, node + index),
        )
        net.line("service", f"{title}入户管 {{n}}", (tap, consumer), diameter_mm=diameter_mm)


def attach_place(net: Network, mains: Mains, place: Place, service: tuple[str, float, int]) -> None:
    """Give a place its own consumer node, named like any other."""
    title, amount, step = service
    tap = mains.taps[place.road_node]
    consumer = net.node(
        "consumer",
        "us",
        beside(place.point, step),
        f"{title}用户点 {{n}}",
        demand_m3_per_h=round(amount, 2),
        customers=1,
        population=0,
        vulnerable_people=0,
    )
    net.line("service", f"{title}入户管 {{n}}", (tap, consumer), diameter_mm=100)
    place.service[net.key] = consumer


def vulnerable(people: int, salt: int) -> int:
    """Old, ill, disabled, pregnant and very young people among `people`: 16-24 %, varied by `salt`."""
    share = 0.16 + 0.08 * ((salt * 2654435761 % 4294967296) / 4294967296)
    return int(people * share)
