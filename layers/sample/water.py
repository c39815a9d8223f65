"""Water: works, pumps, mains with valves, and those who draw. One network for the city, one for every town."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from layers.sample.demand import Home, Place
from layers.sample.network import Network
from layers.sample.pipes import Mains, PipeRules, StationRule, lay_mains
from layers.sample.places import road_node_near, site_point
from layers.sample.randomness import stream
from layers.sample.roadgraph import Point
from layers.sample.roads import Roads
from layers.sample.sources import District, metric
from layers.sample.uses import attach_place, attach_uses, split_use, street_homes

WATER_RULES = PipeRules(
    "供水",
    250.0,
    60.0,
    0.45,
    ((12, 100), (60, 200), (250, 300), (800, 500), (1e9, 800)),
    (StationRule("pump", "pm", "供水加压泵站 {n}", 420.0, 150.0),),
)
TOWN_RULES = PipeRules("供水", 30.0, 12.0, 0.5, ((6, 80), (15, 110), (50, 160), (1e9, 250)))

#: Waterworks of the city: outskirts to the north-west, south-west and east (degrees).
CITY_WORKS = ((112.796, 35.520), (112.838, 35.463), (112.896, 35.520))
M3_PER_H_PER_PERSON = 0.0075
#: Stands in the water network itself, or draws no water worth a connection.
_WITHOUT_WATER = ("waterworks", "water_pump", "heat_exchange", "heat_pump")
#: Plants off the streets that the city's network reaches for.
_OFF_STREET = ("power_plant",)


def build_water(district: District, roads: Roads, homes: list[Home], places: list[Place]) -> Network:
    """Lay the water networks; adds waterworks and pumping stations to `places` and sets their water service."""
    net = Network("water", "w", (-9.0, 6.0))
    connected = street_homes(roads, homes)
    city = {node for node, home in connected.items() if home[0].startswith("140502")}
    roots: dict[int, str] = {}
    for number, centre in enumerate(CITY_WORKS, 1):
        root = road_node_near(roads, metric(*centre), city.__contains__)
        roots[root] = _works(net, district, roads, places, (root, number, 5200.0))
    _serve(net, district, roads, connected, (city, roots, WATER_RULES), places)
    for number, township in enumerate((item for item in district.townships if not item.urban), 4):
        town = {node for node, home in connected.items() if home[0] == township.code}
        root = max(town, key=lambda node: (roads.graph.points[node][1], node))
        feeder = _works(net, district, roads, places, (root, number, 260.0))
        _serve(net, district, roads, connected, (town, {root: feeder}, TOWN_RULES), places)
    return net


def _works(net: Network, district: District, roads: Roads, places: list[Place], what: tuple[int, int, float]) -> str:
    """A waterworks and its pumping station beside a root road node; returns the pump, which feeds the mains."""
    root, number, capacity = what
    random = stream(f"waterworks {number}")
    code = roads.street_loads[root]
    township = district.township(code)
    works_point = site_point(roads.graph, township, root, random)
    middle = _between(works_point, net.shifted(roads.graph.points[root]))
    works = net.node("source", "src", works_point, f"示例水厂 {number} 出水口")
    pump = net.node("pump", "pm", middle, f"示例水厂 {number} 送水泵房")
    net.line("trunk", "水厂出水管 {n}", (works, pump), diameter_mm=WATER_RULES.diameters[-1][1], capacity=capacity)
    people = 60 if capacity > 1000 else 12
    load_kw = 900.0 if capacity > 1000 else 110.0
    for name, node, kind, point in (
        (f"示例水厂 {number}", works, "waterworks", works_point),
        (f"示例送水泵站 {number}", pump, "water_pump", middle),
    ):
        places.append(
            Place(
                len(places) + 1,
                name,
                "utility",
                code,
                point,
                root,
                people,
                load_kw,
                capacity > 1000,
                kind,
                source_node=node,
            )
        )
    return pump


def _between(a: Point, b: Point) -> Point:
    return round((a[0] + b[0]) / 2, 1), round((a[1] + b[1]) / 2, 1)


def _serve(
    net: Network,
    district: District,
    roads: Roads,
    connected: dict[int, tuple[str, int, int]],
    area: tuple[set[int], dict[int, str], PipeRules],
    places: list[Place],
) -> None:
    nodes, roots, rules = area
    served = {*nodes, *(place.road_node for place in places if place.kind in _OFF_STREET and rules is WATER_RULES)}
    here: dict[int, list[Place]] = defaultdict(list)
    for place in places:
        if place.road_node in served and place.kind not in _WITHOUT_WATER:
            here[place.road_node].append(place)
    uses = {node: split_use(*connected[node][1:], 0.95, 900) if node in nodes else [] for node in sorted(served)}
    demand = {node: sum(M3_PER_H_PER_PERSON * use.population for use in uses[node]) for node in uses}
    demand = {node: amount + sum(_place_m3_per_h(place) for place in here[node]) for node, amount in demand.items()}
    mains = lay_mains(net, roads.graph, roots, demand, rules)
    for node in sorted(served):
        if node in nodes:
            where = (node, connected[node][0], uses[node])
            attach_uses(net, district, roads, mains, where, ("供水", M3_PER_H_PER_PERSON, 100))
        for place in here[node]:
            attach_place(net, mains, place, ("供水", _place_m3_per_h(place), 1))
    add_pumps(net, district, mains, places)


def _place_m3_per_h(place: Place) -> float:
    return {"power_plant": 420.0, "heat_plant": 12.0}.get(place.kind, 2.0 + 0.004 * place.people)


def add_pumps(net: Network, district: District, mains: Mains, places: list[Place]) -> None:
    """Make a facility of each booster that stands in the mains, where it stands."""
    for node, road_node in sorted(mains.stations.items()):
        code = district.township_of(np.array([net.where[node]]))[0]
        name = f"示例加压泵站 {net.number('booster')}"
        place = Place(
            len(places) + 1,
            name,
            "utility",
            code,
            net.where[node],
            road_node,
            4,
            160.0,
            False,
            "water_pump",
            source_node=node,
        )
        places.append(place)
