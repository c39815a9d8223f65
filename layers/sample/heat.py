"""District heating: plants, primary mains with valves, heat-exchange stations, buildings behind them."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from layers.sample.chains import chains
from layers.sample.demand import Frontage, Home, Place, beside
from layers.sample.network import Inline, Network
from layers.sample.pipes import PipeRules, StationRule, lay_mains
from layers.sample.places import FACTORY, road_node_near, site_point
from layers.sample.randomness import stream
from layers.sample.roadgraph import Point, RoadTree
from layers.sample.roads import Roads
from layers.sample.sources import CITY_DISTRICT, PLANT_NAME, District, metric
from layers.sample.uses import PipeUse, split_use, street_homes, vulnerable

KW_PER_PERSON = 1.75
#: The peak plant serves what the base plant reaches only after this much longer a way.
PEAK_HANDICAP_M = 9500.0
SECONDARY_OFFSET = (-4.0, -4.0)
PEOPLE_PER_BUILDING = 190
STREETS_PER_EXCHANGE = 7
DIAMETERS = ((3000, 200), (9000, 300), (30000, 500), (120000, 800), (1e9, 1200))
CITY_RULES = PipeRules(
    "供热",
    60000.0,
    11000.0,
    0.3,
    DIAMETERS,
    (StationRule("pump", "pm", "供热中继泵站 {n}", 260000.0, 90000.0),),
    links=2,
)
TOWN_RULES = PipeRules("供热", 6000.0, 2200.0, 0.25, DIAMETERS)
#: The peak-load boiler plant of the city (degrees).
PEAK_PLANT = (112.812, 35.515)
#: Towns of the county with a boiler plant of their own.
TOWNS = ("140525100", "140525103", "140525106", "140525107", "140525108")

Served = dict[int, tuple[str, int, int]]


@dataclass(frozen=True)
class _Area:
    """One heat network: the road nodes it serves, its plants by root road node, its rules."""

    served: Served
    roots: dict[int, str]
    rules: PipeRules
    share: float
    handicap: dict[int, float]


def build_heat(district: District, roads: Roads, homes: list[Home], places: list[Place]) -> Network:
    """Lay all heat networks; adds plants, pumps and heat-exchange stations to `places` and sets heat service."""
    layer = _Heat(district, roads, places)
    streets = street_homes(roads, homes)
    plants = layer.city_plants()
    peak = dict.fromkeys(list(plants)[1:], PEAK_HANDICAP_M)
    layer.lay(_Area(_in(streets, CITY_DISTRICT), plants, CITY_RULES, 0.82, peak))
    for number, code in enumerate(TOWNS, 1):
        served = _in(streets, code)
        layer.lay(_Area(served, layer.boiler_plant(number, code, served), TOWN_RULES, 0.9, {}))
    return layer.net


def _in(streets: Served, code: str) -> Served:
    return {node: home for node, home in sorted(streets.items()) if home[0].startswith(code)}


class _Heat:
    def __init__(self, district: District, roads: Roads, places: list[Place]) -> None:
        self.district, self.roads, self.places = district, roads, places
        self.net = Network("heat", "h", (9.0, -6.0))

    def city_plants(self) -> dict[int, str]:
        plant = next(place for place in self.places if place.name == PLANT_NAME)
        x, y = plant.point
        first = self._plant(
            "国投晋城热电热网首站（示例）", plant.township, (x - 60.0, y + 40.0), plant.road_node, 1800.0
        )
        root = road_node_near(self.roads, metric(*PEAK_PLANT), self.roads.street_loads.__contains__)
        code = self.roads.street_loads[root]
        point = site_point(self.roads.graph, self.district.township(code), root, stream("peak plant"))
        return {plant.road_node: first, root: self._plant("示例调峰热源厂 1", code, point, root, 1100.0)}

    def boiler_plant(self, number: int, code: str, served: Served) -> dict[int, str]:
        root = min(served, key=lambda node: (self.roads.graph.points[node][1], node))
        point = site_point(self.roads.graph, self.district.township(code), root, stream(f"boiler {code}"))
        return {root: self._plant(f"示例镇区锅炉房 {number}", code, point, root, 320.0)}

    def _plant(self, name: str, code: str, point: Point, root: int, load_kw: float) -> str:
        source = self.net.node("source", "src", point, f"{name} 出口")
        self._add_place(name, code, point, (root, "heat_plant", load_kw, source), people=40, dual=load_kw > 500)
        return source

    def _add_place(
        self, name: str, code: str, point: Point, what: tuple[int, str, float, str], *, people: int, dual: bool = False
    ) -> None:
        road_node, kind, load_kw, source = what
        number = len(self.places) + 1
        self.places.append(
            Place(number, name, "heat_supply", code, point, road_node, people, load_kw, dual, kind, source_node=source)
        )

    def lay(self, area: _Area) -> None:
        centres = _centres(self.roads, area.served)
        cells = self.roads.graph.tree(dict.fromkeys(centres, 0.0), self.roads.graph.follow_cost)
        members: dict[int, list[int]] = defaultdict(list)
        for node in area.served:
            members[cells.root[node]].append(node)
        heat = {node: KW_PER_PERSON * area.share * home[1] for node, home in area.served.items()}
        demand = {centre: sum(heat[node] for node in members[centre]) for centre in centres}
        mains = lay_mains(self.net, self.roads.graph, area.roots, demand, area.rules, area.handicap)
        for station, road_node in sorted(mains.stations.items()):
            self._relay(station, road_node)
        for centre in centres:
            exchange = self._exchange(area, centre, mains.taps[centre], demand[centre])
            self._secondary(area, centre, exchange, members[centre], cells)

    def _relay(self, station: str, road_node: int) -> None:
        name, point = f"示例供热中继泵站 {self.net.number('relay')}", self.net.where[station]
        code = self.district.township_of(np.array([point]))[0]
        self._add_place(name, code, point, (road_node, "heat_pump", 420.0, station), people=6)

    def _exchange(self, area: _Area, centre: int, tap: str, heat_kw: float) -> str:
        code = area.served[centre][0]
        front = Frontage(
            self.net.where[tap], self.roads.graph.heading(centre), 16.0, self.district.township(code).shape
        )
        point = front.point(1, 1)
        exchange = self.net.node("heat_exchange", "hx", point, "换热站 {n}")
        valve = Inline(7.0, "valve", "vl", "换热站进站阀 {n}")
        diameter = CITY_RULES.diameter_mm(heat_kw)
        self.net.run("branch", "换热站进站管 {n}", (tap, exchange), [], [valve], diameter_mm=diameter)
        name = f"示例换热站 {self.net.number('hx place')}"
        self._add_place(name, code, point, (centre, "heat_exchange", round(30 + heat_kw / 90, -1), exchange), people=2)
        return exchange

    def _secondary(self, area: _Area, centre: int, exchange: str, members: list[int], cells: RoadTree) -> None:
        """Secondary pipes from an exchange station along its streets, and the buildings on them."""
        graph, net = self.roads.graph, self.net
        edges = [edge for node in members for edge in cells.edges(node)]
        taps: dict[int, str] = {}
        for chain in chains(graph, edges, {*members, centre}):
            for node in (chain.start, chain.end):
                if node not in taps:
                    point = net.shifted(graph.points[node], SECONDARY_OFFSET)
                    taps[node] = net.node("junction", "jn", point, "二次网接点 {n}")
            via = [net.shifted(point, SECONDARY_OFFSET) for point in chain.points[1:-1]]
            net.line("branch", "二次网支管 {n}", (taps[chain.start], taps[chain.end]), via, diameter_mm=150)
        if centre not in taps:
            taps[centre] = net.node(
                "junction", "jn", net.shifted(graph.points[centre], SECONDARY_OFFSET), "二次网接点 {n}"
            )
        net.line("branch", "换热站出站管 {n}", (exchange, taps[centre]), diameter_mm=250)
        for node in members:
            _, people, meters = area.served[node]
            self._buildings(
                taps[node], node, area.served[node][0], split_use(people, meters, area.share, PEOPLE_PER_BUILDING)
            )

    def _buildings(self, tap: str, node: int, code: str, uses: list[PipeUse]) -> None:
        net, shape = self.net, self.district.township(code).shape
        front = Frontage(net.where[tap], self.roads.graph.heading(node), 0.0, shape, 17.0)
        for index, use in enumerate(uses):
            point = front.point(index, len(uses))
            building = net.node(
                "consumer",
                "bd",
                point,
                "采暖楼栋 {n}",
                demand_kw=round(use.population * KW_PER_PERSON, 1),
                customers=use.customers,
                population=use.population,
                vulnerable_people=vulnerable(use.population, node + index),
            )
            net.line("service", "入户热力管 {n}", (tap, building), diameter_mm=80)
        for place in self.places:
            if place.road_node == node and place.category not in ("heat_supply", FACTORY):
                own = net.node(
                    "consumer",
                    "bd",
                    beside(place.point, 3),
                    "采暖楼栋 {n}",
                    demand_kw=round(20 + 1.2 * place.people, 1),
                    customers=1,
                    population=0,
                    vulnerable_people=0,
                )
                net.line("service", "入户热力管 {n}", (tap, own), diameter_mm=80)
                place.service["heat"] = own


def _centres(roads: Roads, served: Served) -> list[int]:
    """Road nodes for exchange stations: spread so that each has about the same number of streets."""
    nodes = sorted(served)
    count = max(4, round(len(nodes) / STREETS_PER_EXCHANGE))
    points = roads.graph.points
    middle = (sum(points[n][0] for n in nodes) / len(nodes), sum(points[n][1] for n in nodes) / len(nodes))
    chosen = [roads.graph.nearest((round(middle[0], 1), round(middle[1], 1)), nodes)]
    gap = {node: math.dist(points[node], points[chosen[0]]) for node in nodes}
    while len(chosen) < min(count, len(nodes)):
        far = max(nodes, key=lambda node: (round(gap[node], 1), -node))
        chosen.append(far)
        gap = {node: min(gap[node], math.dist(points[node], points[far])) for node in nodes}
    return sorted(chosen)
