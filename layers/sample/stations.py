"""The high-voltage grid: infeeds, 220, 110 and 35 kV substations, and the lines between them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from layers.sample.network import Inline, Network
from layers.sample.places import road_node_near, site_point
from layers.sample.randomness import stream
from layers.sample.roadgraph import Point, rounded
from layers.sample.roads import Roads
from layers.sample.sources import PLANT_NAME, District, metric

CITY_STATIONS = 8
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


@dataclass(frozen=True)
class Infeed:
    """A place where power comes in, and the 220 kV substation it is nearest to."""

    node: str
    point: Point


def build_stations(
    net: Network, district: District, roads: Roads, load_kw: Mapping[int, float]
) -> tuple[list[Station], str]:
    """Lay the grid above 10 kV; returns the substations that feed streets and the power plant's source node."""
    big = [_station(net, district, roads, ("220", f"示例{name}站"), metric(*at)) for name, at in SITES_220]
    plant = net.node("source", "src", district.plant_xy, f"{PLANT_NAME} 升压站出口", demand_kw=None)
    for name, direction_deg, index in INFEEDS:
        source = net.node("source", "src", _border(district, direction_deg), f"省网 220 kV {name}联络点")
        _circuit(net, (220, f"220 kV {name}联络线"), (source, big[index].node))
    ring = ((0, 1), (1, 2), (2, 0))
    for number, (a, b) in enumerate(ring, 1):
        _circuit(net, (220, f"220 kV 环网 {number} 线"), (big[a].node, big[b].node))
    for number, index in enumerate((1, 2), 1):
        _circuit(net, (220, f"220 kV 热电 {number} 线"), (plant, big[index].node))
    city = _city_stations(net, district, roads, load_kw)
    towns = [_town_station(net, district, roads, code, "110") for code in TOWNS_110]
    _feed_110(net, big, [*city, *towns])
    small = [
        _town_station(net, district, roads, item.code, "35")
        for item in district.townships
        if not item.urban and item.code not in TOWNS_110
    ]
    _feed_35(net, [*city, *towns], small)
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
            [np.round(np.average(xy[nearest == k], axis=0, weights=weight[nearest == k]), 1) for k in range(len(middle))]
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
    name = name or ("南岭", "西岭", "东川", "北川")[TOWNS_110.index(code)]
    x, y = roads.graph.points[roads.streets.seats[code]]
    angle = float(stream(f"town station {code}").uniform(0, 6.28))
    near = rounded((x + 420 * math.cos(angle), y + 420 * math.sin(angle)))
    return _station(net, district, roads, (voltage, f"示例{name}站"), near)


def _feed_110(net: Network, big: list[Station], stations: list[Station]) -> None:
    """Two circuits each: from the nearest 220 kV substation, and from the next; every other second one stands open."""
    for number, station in enumerate(stations):
        order = sorted(big, key=lambda item: (round(math.dist(item.point, station.point), 1), item.node))
        _circuit(net, (110, f"110 kV {station.short_name[:-1]} I 线"), (order[0].node, station.node))
        second = (order[1].node, station.node)
        _circuit(net, (110, f"110 kV {station.short_name[:-1]} II 线"), second, standby=number % 2 == 1)


def _feed_35(net: Network, parents: list[Station], small: list[Station]) -> None:
    """One closed circuit from the nearest 110 kV substation and one open to the nearest other substation."""
    for number, station in enumerate(small):
        order = sorted(parents, key=lambda item: (round(math.dist(item.point, station.point), 1), item.node))
        _circuit(net, (35, f"35 kV {station.short_name[:-1]} I 线"), (order[0].node, station.node))
        others = [order[1], *small[:number]]
        other = min(others, key=lambda item: (round(math.dist(item.point, station.point), 1), item.node))
        _circuit(net, (35, f"35 kV {station.short_name[:-1]} II 线"), (other.node, station.node), standby=True)


def _circuit(net: Network, kind: tuple[int, str], ends: tuple[str, str], *, standby: bool = False) -> None:
    """A circuit with a breaker at either end; a standby circuit is open at its second end."""
    voltage, name = kind
    a, b = net.where[ends[0]], net.where[ends[1]]
    total = math.dist(a, b)
    random = stream(f"circuit {name}")
    across = ((b[1] - a[1]) / total, -(b[0] - a[0]) / total)
    bow = float(random.uniform(-0.055, 0.055)) * total
    via = []
    for share in (0.04, 0.2, 0.4, 0.6, 0.8, 0.96):
        side = bow * math.sin(math.pi * share) * (1 + float(random.uniform(-0.25, 0.25)))
        via.append(rounded((a[0] + share * (b[0] - a[0]) + side * across[0], a[1] + share * (b[1] - a[1]) + side * across[1])))
    breakers = [
        Inline(55.0, "switch", "sw", f"{name}首端断路器"),
        Inline(total * 2, "switch", "sw", f"{name}末端断路器", normally_open=standby),
    ]
    net.run("transmission", name, ends, via, breakers, voltage_kv=float(voltage))
