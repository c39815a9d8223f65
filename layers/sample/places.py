"""Priority facilities, and factories that are none: where they stand. Generic names, never a real institution."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely

from layers.sample.demand import Home, Place
from layers.sample.randomness import stream
from layers.sample.roadgraph import Point, RoadGraph, rounded
from layers.sample.roads import Roads
from layers.sample.sources import PLANT_NAME, District, Township

PLANT_SOURCE = "全球电厂数据库 WRI GPPD（CC BY 4.0）"
FACTORY = "factory"


@dataclass(frozen=True)
class _Kind:
    """A kind of facility: its names, how many, how many people and how much power, whether two feeders serve it."""

    kind: str
    category: str
    name: str
    city: int
    county: int
    people: tuple[int, int]
    load_kw: tuple[int, int]
    dual: bool = False


#: Facilities beside those that every township has; counts for the city district and for the county.
_KINDS = (
    _Kind("office", "government", "示例机关办公楼 {n}", 3, 1, (150, 700), (250, 700), True),
    _Kind("base", "defence", "示例国防设施 {n}", 3, 4, (40, 300), (120, 500), True),
    _Kind("command", "command_centre", "示例应急指挥中心 {n}", 2, 2, (20, 60), (120, 260), True),
    _Kind("big_hospital", "hospital", "示例中心医院 {n}", 6, 1, (500, 2200), (900, 2600), True),
    _Kind("rescue", "hospital", "示例急救中心 {n}", 1, 1, (40, 90), (90, 160), True),
    _Kind("fire", "fire_service", "示例消防救援站 {n}", 5, 5, (25, 60), (60, 130)),
    _Kind("studio", "broadcast_telecom", "示例广电中心 {n}", 1, 1, (60, 160), (200, 450), True),
    _Kind("exchange", "broadcast_telecom", "示例通信机楼 {n}", 5, 4, (12, 60), (260, 900), True),
    _Kind("grid_office", "utility", "示例供电服务站 {n}", 2, 3, (20, 80), (60, 140)),
    _Kind("gas_office", "utility", "示例燃气调度站 {n}", 1, 1, (15, 40), (50, 110)),
    _Kind("water_office", "utility", "示例供水调度站 {n}", 1, 1, (15, 40), (50, 110)),
    _Kind("traffic", "transport_control", "示例交通指挥中心 {n}", 1, 1, (20, 60), (90, 180), True),
    _Kind("dispatch", "transport_control", "示例铁路调度所 {n}", 1, 0, (30, 70), (150, 260), True),
    _Kind("station", "transport_hub", "示例客运枢纽 {n}", 3, 3, (120, 1200), (150, 700)),
    _Kind("food", "essential_goods", "示例粮油食品厂 {n}", 4, 5, (60, 260), (250, 900)),
    _Kind("market", "essential_goods", "示例配送中心 {n}", 3, 2, (40, 160), (150, 420)),
    _Kind("care", "residential", "示例养老院 {n}", 7, 9, (60, 240), (60, 180)),
    _Kind("mine", "other", "示例煤矿 {n}", 1, 6, (200, 900), (1200, 3200), True),
    _Kind("chemical", "other", "示例化工厂 {n}", 1, 4, (90, 400), (700, 2400)),
)
_TOWN_HALL = _Kind("town_hall", "government", "示例镇街办事机关 {n}", 0, 0, (35, 120), (60, 160))
_CLINIC = _Kind("clinic", "hospital", "示例卫生院 {n}", 0, 0, (40, 160), (80, 220))
_SCHOOL = _Kind("school", "school", "示例学校 {n}", 0, 0, (240, 1500), (70, 260))
_FACTORY = _Kind("factory", FACTORY, "示例专用变用户 {n}", 0, 0, (20, 120), (90, 700))

#: Kinds that stand once in many townships rather than where most people are.
_SPREAD = ("fire", "exchange", "care", "mine")
#: Kinds that serve the whole county from its seat.
_COUNTY_WIDE = ("office", "command", "big_hospital", "rescue", "studio", "gas_office", "water_office", "traffic")
COUNTY_SEAT = "140525106"
#: Kinds that stand among villages as well as in towns.
_OUT_OF_TOWN = ("base", "care", "mine", "chemical")

FACTORIES = 150
DUAL_FACTORIES = 24
PEOPLE_PER_SCHOOL = 17000


def place_facilities(district: District, roads: Roads, homes: list[Home]) -> list[Place]:
    """Place everything that has a connection of its own, beside the networks' own plants and stations.

    Every township has a government office, a health centre and a school; the rest goes where people are.
    """
    siting = _Siting(district, roads, homes)
    for township in district.townships:
        for kind in (_TOWN_HALL, _CLINIC):
            siting.place(kind, township.code, near_seat=True)
        for _ in range(1 + siting.people[township.code] // PEOPLE_PER_SCHOOL):
            siting.place(_SCHOOL, township.code)
    for kind in _KINDS:
        for urban, count in ((True, kind.city), (False, kind.county)):
            for _ in range(count):
                code = siting.draw(urban=urban, spread=kind.kind in _SPREAD)
                if not urban and kind.kind in _COUNTY_WIDE:
                    code = COUNTY_SEAT
                siting.place(kind, code, near_seat=not urban and kind.kind not in _OUT_OF_TOWN)
    for number in range(FACTORIES):
        siting.place(_FACTORY, siting.draw(urban=number % 3 != 0, spread=True), dual=number < DUAL_FACTORIES)
    siting.places.append(_power_plant(district, roads))
    return siting.places


class _Siting:
    """Keeps places apart and numbers the names of each kind."""

    def __init__(self, district: District, roads: Roads, homes: list[Home]) -> None:
        self.district, self.roads, self.places = district, roads, list[Place]()
        self.people: dict[str, int] = defaultdict(int)
        self.nodes: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for home in homes:
            self.people[home.township] += home.people
            self.nodes[home.township].append((home.road_node, home.people))
        self._random = stream("places")
        self._numbers: dict[str, int] = defaultdict(int)
        self._used: dict[int, int] = defaultdict(int)
        self._drawn: dict[str, int] = defaultdict(int)

    def draw(self, *, urban: bool, spread: bool) -> str:
        """A township of the city district or of the county, by population; `spread` favours those drawn less."""
        codes = [item.code for item in self.district.townships if item.urban == urban]
        weights = np.array(
            [self.people[code] ** 0.7 / (1 + (2.5 if spread else 0.8) * self._drawn[code]) for code in codes]
        )
        code = codes[int(self._random.choice(len(codes), p=weights / weights.sum()))]
        self._drawn[code] += 1
        return code

    def place(self, kind: _Kind, code: str, *, near_seat: bool = False, dual: bool | None = None) -> None:
        """Add one place of a kind in a township."""
        self._numbers[kind.kind] += 1
        node = self._road_node(code, near_seat=near_seat)
        self._used[node] += 1
        people, load_kw = (float(self._random.uniform(*span)) for span in (kind.people, kind.load_kw))
        self.places.append(
            Place(
                len(self.places) + 1,
                kind.name.format(n=self._numbers[kind.kind]),
                kind.category,
                code,
                site_point(self.roads.graph, self.district.township(code), node, self._random),
                node,
                round(people),
                float(round(load_kw / 10) * 10),
                kind.dual if dual is None else dual,
                kind.kind,
            )
        )

    def _road_node(self, code: str, *, near_seat: bool) -> int:
        nodes = [(node, people) for node, people in self.nodes[code] if self._used[node] == 0]
        nodes = nodes or self.nodes[code]
        if near_seat:
            seat = self.roads.graph.points[self.roads.streets.seats[code]]
            ranked = sorted(nodes, key=lambda pair: (math.dist(seat, self.roads.graph.points[pair[0]]), pair[0]))
            return ranked[int(self._random.integers(0, min(8, len(ranked))))][0]
        weights = np.array([people for _, people in nodes], dtype=float) + 1
        return nodes[int(self._random.choice(len(nodes), p=weights / weights.sum()))][0]


def site_point(graph: RoadGraph, township: Township, node: int, random: np.random.Generator) -> Point:
    """A point 60-95 m from a road node, inside its township."""
    x, y = graph.points[node]
    first = float(random.uniform(0, 360))
    for reach in (float(random.uniform(60, 95)), 45.0, 30.0, 15.0):
        for turn in range(0, 360, 40):
            angle = math.radians(first + turn)
            point = rounded((x + reach * math.cos(angle), y + reach * math.sin(angle)))
            if township.shape.buffer(-16).contains(shapely.Point(point)):
                return point
    return rounded((x, y))


def _power_plant(district: District, roads: Roads) -> Place:
    """The one facility whose position is published; everything that connects it to the networks is synthetic."""
    code = district.township_of(np.array([district.plant_xy]))[0]
    node = road_node_near(roads, district.plant_xy)
    return Place(
        0,
        PLANT_NAME,
        "utility",
        code,
        district.plant_xy,
        node,
        320,
        2600.0,
        True,
        "power_plant",
        provenance="published",
        source=PLANT_SOURCE,
    )


def road_node_near(roads: Roads, point: Point, accept: Callable[[int], bool] = lambda node: True) -> int:
    """The nearest node that has a road, the lower index at a tie."""
    graph = roads.graph
    return graph.nearest(point, (n for n in range(len(graph.points)) if graph.degree(n) and accept(n)))
