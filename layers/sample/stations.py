"""The high-voltage grid: infeeds, 220, 110 and 35 kV substations, and the lines between them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely

from layers.sample.network import Inline, Network
from layers.sample.places import road_node_near, site_point
from layers.sample.randomness import stream
from layers.sample.roadgraph import Point, along, length, rounded
from layers.sample.roads import Roads
from layers.sample.sources import PLANT_NAME, District, metric

CITY_STATIONS = 8
#: 110 kV stations that hang directly on one 220 kV substation, at most.
MOST_FROM_220 = 4
#: A substation this near to a street of the city is reached by cable.
IN_CITY_M = 400.0
#: What a circuit can carry, kW, by voltage.
CIRCUIT_KW = {220: 350_000.0, 110: 120_000.0, 35: 24_000.0}
CLEAR_OF_CITY_M = 8200.0
CABLE_SHIFT = (-24.0, 7.0)
#: Towns with a 110 kV substation; the other towns have one of 35 kV.
TOWNS_110 = ("140525100", "140525103", "140525106", "140525108")
#: 220 kV substations on the rim of the city (degrees): north, east, south-west.
SITES_220 = (("北郊", (112.862, 35.592)), ("东郊", (112.940, 35.500)), ("西南", (112.795, 35.452)))
#: Where the grid of the province comes in: name, direction from the core, the 220 kV substation it feeds.
INFEEDS = (("北部", 88.0, 0), ("东部", 22.0, 1), ("西部", 192.0, 2))
TREES = ("青松", "翠竹", "红梅", "金桂", "古柏", "国槐", "丹枫", "白榆", "梧桐", "云杉", "垂柳", "银杏")
COMPASS = ("东", "东北", "北", "西北", "西", "西南", "南", "东南")


@dataclass(frozen=True)
class Station:
    """A substation with 10 kV feeders: its node, its road node, the short name its feeders carry."""

    node: str
    road_node: int
    short_name: str
    point: Point

    @property
    def bare_name(self) -> str:
        """The short name without its last character 站, as circuits carry it."""
        return self.short_name.removesuffix("站")


def build_stations(
    net: Network, district: District, roads: Roads, load_kw: Mapping[int, float]
) -> tuple[list[Station], str]:
    """Lay the grid above 10 kV; returns the substations that feed streets and the power plant's source node."""
    big = [_station(net, district, roads, ("220", f"示例{name}站"), metric(*at)) for name, at in SITES_220]
    plant = net.node("source", "src", district.plant_xy, f"{PLANT_NAME} 升压站出口", demand_kw=None)
    for name, direction_deg, index in INFEEDS:
        source = net.node("source", "src", _border(district, direction_deg), f"省网 220 kV {name}联络点")
        line, ends = f"220 kV {name}联络线", (source, big[index].node)
        _circuit(net, (220, line), ends, _overhead(line, net.where[source], big[index].point))
    ring = ((0, 1), (1, 2), (2, 0))
    for number, (a, b) in enumerate(ring, 1):
        line, ends = f"220 kV 环网 {number} 线", (big[a].node, big[b].node)
        _circuit(net, (220, line), ends, _round_city(district.core_xy, line, big[a].point, big[b].point))
    for number, index in enumerate((1, 2), 1):
        line, ends = f"220 kV 热电 {number} 线", (plant, big[index].node)
        _circuit(net, (220, line), ends, _round_city(district.core_xy, line, net.where[plant], big[index].point))
    wires = _Wires(net, roads)
    city = _city_stations(net, district, roads, load_kw)
    towns = [_town_station(net, district, roads, code, "110") for code in TOWNS_110]
    _feed_110(wires, big, [*city, *towns])
    small = [
        _town_station(net, district, roads, item.code, "35")
        for item in district.townships
        if not item.urban and item.code not in TOWNS_110
    ]
    _feed_35(wires, [*city, *towns], small)
    return [*city, *towns, *small], plant


def _station(net: Network, district: District, roads: Roads, kind: tuple[str, str], near: Point) -> Station:
    voltage, name = kind
    road_node = road_node_near(roads, near)
    code = district.township_of(np.array([roads.graph.points[road_node]]))[0]
    point = site_point(roads.graph, district.township(code), road_node, stream(f"station {name}"))
    node = net.node("substation", f"sub-{voltage}", point, f"{voltage} kV {name}")
    return Station(node, road_node, name.removeprefix("示例"), point)


def _border(district: District, direction_deg: float) -> Point:
    """The last point inside the county seen from the core in a direction, 400 m short of the border."""
    angle = math.radians(direction_deg)
    x, y = district.core_xy
    steps = np.arange(2000.0, 60000.0, 100.0)
    ray = np.column_stack([x + steps * math.cos(angle), y + steps * math.sin(angle)])
    inside = np.array([bool(code) for code in district.township_of(ray)])
    last = int(np.flatnonzero(inside)[-1]) - 4
    return rounded(ray[last].tolist())


def _city_stations(net: Network, district: District, roads: Roads, load_kw: Mapping[int, float]) -> list[Station]:
    """Place the city's 110 kV substations at the centres of load (weighted k-means from spread starts)."""
    nodes = sorted(node for node in load_kw if roads.street_loads.get(node, "").startswith("140502"))
    xy = np.array([roads.graph.points[node] for node in nodes])
    weight = np.array([load_kw[node] for node in nodes])
    centres = [np.round(np.average(xy, axis=0, weights=weight), 1)]
    while len(centres) < CITY_STATIONS:
        gap = np.min([np.hypot(*(xy - centre).T) for centre in centres], axis=0)
        centres.append(xy[int(np.argmax(np.round(gap, 1)))])
    middle = np.array(centres)
    for _ in range(25):
        nearest = np.argmin(np.round(np.hypot(*(xy[:, None] - middle[None]).transpose(2, 0, 1)), 1), axis=1)
        middle = np.array(
            [
                np.round(np.average(xy[nearest == k], axis=0, weights=weight[nearest == k]), 1)
                for k in range(len(middle))
            ]
        )
    names = _compass_names([rounded(centre) for centre in middle.tolist()])
    return [
        _station(net, district, roads, ("110", f"示例{name}站"), rounded(centre))
        for name, centre in sorted(zip(names, middle.tolist(), strict=True))
    ]


def _compass_names(points: list[Point]) -> list[str]:
    """Name each point by its side of their middle; the one nearest the middle is 城中, equal sides are numbered."""
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    central = min(range(len(points)), key=lambda index: (math.dist(points[index], (x, y)), index))
    names: list[str] = []
    for index, point in enumerate(points):
        side = COMPASS[round(math.degrees(math.atan2(point[1] - y, point[0] - x)) / 45) % 8]
        base = "城中" if index == central else f"城{side}"
        again = sum(name.startswith(base) and len(name.removeprefix(base)) < 2 for name in names)
        names.append(base if base not in names else f"{base}{'二三四五六'[again - 1]}")
    return names


def _town_station(net: Network, district: District, roads: Roads, code: str, voltage: str) -> Station:
    """A substation on the edge of a town, half a kilometre from its seat."""
    towns = [item.code for item in district.townships if not item.urban]
    name = TREES[[item for item in towns if item not in TOWNS_110].index(code)] if voltage == "35" else None
    name = name or ("紫藤", "海棠", "石榴", "丁香")[TOWNS_110.index(code)]
    x, y = roads.graph.points[roads.streets.seats[code]]
    angle = float(stream(f"town station {code}").uniform(0, 6.28))
    near = rounded((x + 420 * math.cos(angle), y + 420 * math.sin(angle)))
    return _station(net, district, roads, (voltage, f"示例{name}站"), near)


class _Wires:
    """Strings circuits between substations: cable along wide streets within the city, overhead line elsewhere."""

    def __init__(self, net: Network, roads: Roads) -> None:
        self.net, self.graph = net, roads.graph
        streets = shapely.points([roads.graph.points[node] for node in roads.streets.city])
        self.city = shapely.union_all(shapely.buffer(streets, IN_CITY_M, quad_segs=2))

    def within(self, ends: tuple[Station, Station]) -> bool:
        return all(self.city.contains(shapely.Point(station.point)) for station in ends)

    def cost(self, a: Station, b: Station) -> float:
        """Length, with what an overhead line would hang over the city counted four times."""
        straight = shapely.LineString([a.point, b.point])
        over = 0.0 if self.within((a, b)) else straight.intersection(self.city).length
        return round(straight.length + 3 * over, 1)

    def join(self, kind: tuple[int, str], ends: tuple[Station, Station], *, standby: bool = False) -> None:
        """Add a circuit; a standby circuit is open at its second end."""
        via = self._cable(ends) if self.within(ends) else _overhead(kind[1], ends[0].point, ends[1].point)
        _circuit(self.net, kind, (ends[0].node, ends[1].node), via, standby=standby)

    def _cable(self, ends: tuple[Station, Station]) -> list[Point]:
        factor = {"ring": 0.6, "arterial": 0.7, "trunk": 0.8}

        def cost(index: int) -> float:
            return self.graph.edges[index].length_m * factor.get(self.graph.edges[index].road_class, 1.8)

        tree = self.graph.tree({ends[1].road_node: 0.0}, cost, stop=lambda node: node == ends[0].road_node)
        points = along(self.graph, tree.path(ends[0].road_node), tree.edges(ends[0].road_node))
        return [self.net.shifted(point, CABLE_SHIFT) for point in points]

    def nearest(self, station: Station, among: list[Station]) -> Station:
        """The substation of `among` that is cheapest to reach."""
        return min(among, key=lambda item: (self.cost(item, station), item.node))


def _feed_110(wires: _Wires, big: list[Station], stations: list[Station]) -> None:
    """Chains from the 220 kV substations, two stations deep at most; their ends meet at circuits that stand open."""
    root = {station.node: station for station in big}
    room = {station.node: (station, MOST_FROM_220) for station in big}
    left = list(stations)
    while left:
        free = [parent for parent, places in room.values() if places > 0]
        pairs = [(parent, station) for station in left for parent in free]
        parent, station = min(pairs, key=lambda pair: (wires.cost(*pair), pair[1].node, pair[0].node))
        left.remove(station)
        root[station.node] = root[parent.node]
        room[parent.node] = (parent, room[parent.node][1] - 1)
        room[station.node] = (station, 1 if parent in big else 0)
        wires.join((110, f"110 kV {parent.bare_name}—{station.bare_name}线"), (parent, station))
    twice: set[str] = set()
    for station in stations:
        if station.node not in twice:
            other = wires.nearest(
                station, [item for item in [*stations, *big] if root[item.node] != root[station.node]]
            )
            twice |= {station.node, other.node}
            name = f"110 kV {other.bare_name}—{station.bare_name}备用线"
            wires.join((110, name), (other, station), standby=True)


def _feed_35(wires: _Wires, parents: list[Station], small: list[Station]) -> None:
    """One closed circuit from the nearest 110 kV substation and one open to the nearest other substation."""
    for number, station in enumerate(small):
        first = wires.nearest(station, parents)
        wires.join((35, f"35 kV {station.bare_name} I 线"), (first, station))
        others = [item for item in [*parents, *small[:number]] if item != first]
        wires.join((35, f"35 kV {station.bare_name} II 线"), (wires.nearest(station, others), station), standby=True)


def _overhead(name: str, a: Point, b: Point) -> list[Point]:
    """A line nearly straight, with a few angle towers."""
    random = stream(f"circuit {name}")
    total = math.dist(a, b)
    across = ((b[1] - a[1]) / total, -(b[0] - a[0]) / total)
    bow = float(random.uniform(-0.055, 0.055)) * total
    via = []
    for share in (0.04, 0.2, 0.4, 0.6, 0.8, 0.96):
        side = bow * math.sin(math.pi * share) * (1 + float(random.uniform(-0.25, 0.25)))
        x, y = a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])
        via.append(rounded((x + side * across[0], y + side * across[1])))
    return via


def _round_city(core: Point, name: str, a: Point, b: Point) -> list[Point]:
    """A line that keeps clear of the city: from one bearing to the other at no less than `CLEAR_OF_CITY_M`."""
    random = stream(f"circuit {name}")
    start, end = (math.atan2(p[1] - core[1], p[0] - core[0]) for p in (a, b))
    turn = (end - start + math.pi) % (2 * math.pi) - math.pi
    near, far = math.dist(a, core), math.dist(b, core)
    via = []
    for share in (0.08, 0.2, 0.35, 0.5, 0.65, 0.8, 0.92):
        ease = math.sin(math.pi * share) ** 0.5
        reach = near + share * (far - near)
        reach += ease * max(0.0, CLEAR_OF_CITY_M - reach) + float(random.uniform(-180, 180))
        angle = start + share * turn
        via.append(rounded((core[0] + reach * math.cos(angle), core[1] + reach * math.sin(angle))))
    return via


def _circuit(
    net: Network, kind: tuple[int, str], ends: tuple[str, str], via: list[Point], *, standby: bool = False
) -> None:
    """A circuit with a breaker at either end; a standby circuit is open at its second end."""
    voltage, name = kind
    total = length([net.where[ends[0]], *via, net.where[ends[1]]])
    breakers = [
        Inline(55.0, "switch", "sw", f"{name}首端断路器"),
        Inline(total - 55.0, "switch", "sw", f"{name}末端断路器", normally_open=standby),
    ]
    net.run("transmission", name, ends, via, breakers, voltage_kv=float(voltage), capacity=CIRCUIT_KW[voltage])
