"""Builds the whole sample: facts in, records of every layer out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely

from layers.sample.census import township_census
from layers.sample.chains import chains
from layers.sample.coal import coal_routes, coal_use, heat_by_source
from layers.sample.contacts import contact_records
from layers.sample.demand import Place, house
from layers.sample.electricity import build_electricity
from layers.sample.gas import build_gas
from layers.sample.heat import build_heat
from layers.sample.network import SOURCE, Network
from layers.sample.places import FACTORY, place_facilities
from layers.sample.randomness import stream
from layers.sample.roadgraph import SPEED_KPH, Point, RoadGraph
from layers.sample.roads import Roads, build_roads
from layers.sample.sites import site_records
from layers.sample.sources import District, lonlat
from layers.sample.supplies import RESTRICTED, Draws, supply_records
from layers.sample.water import build_water

Records = list[dict[str, Any]]

CITY_DISTRICT_KINDS = {"140502": "city_district", "140581": "county_city"}
CENSUS_SOURCE = "第七次全国人口普查（2020）；界线：天地图概化"
CELL_SOURCE = "区划代码与名称：国家统计局 2023；界线与人口为估算"
ROAD_TITLES = {
    "trunk": "示例干线公路",
    "ring": "示例环路",
    "arterial": "示例大街",
    "county": "示例县道",
    "street": "示例街",
    "rural": "示例村道",
    "lane": "示例巷",
}


def build_records(district: District) -> dict[str, Records]:
    """Records of every layer, each with its `geometry` in EPSG:4490 (six decimals) where the layer has one.

    Deterministic: the same sources give the same records in the same order.
    """
    roads = build_roads(district)
    homes = house(district, roads)
    places = place_facilities(district, roads, homes)
    heat = build_heat(district, roads, homes, places)
    water = build_water(district, roads, homes, places)
    gas = build_gas(district, roads, homes, places)
    electricity = build_electricity(district, roads, homes, places)
    networks = (electricity, gas, heat, water)
    facility_id = _facility_ids(places)
    heat_kw = heat_by_source(heat)
    coal = coal_use(heat_kw, places)
    townships = _townships(district)
    records = {
        "counties": _counties(district),
        "townships": townships,
        "network_nodes": [record for net in networks for record in _nodes(net)],
        "network_lines": [_as_line(record) for net in networks for record in net.lines],
        "facilities": _facilities(places, facility_id),
        "supplies": supply_records(places, facility_id, Draws.of(networks, coal, heat_kw)),
        "coal_routes": [_as_line(record) for record in coal_routes(roads, places, facility_id, coal)],
        "roads": _roads(roads),
        "sites": _with_points(site_records(district, roads)),
        "contacts": contact_records(places, facility_id, townships),
    }
    return {layer: sorted(items, key=lambda record: str(record["id"])) for layer, items in records.items()}


def _counties(district: District) -> Records:
    records = []
    for _, row in district.counties.iterrows():
        code = str(row["adcode"])
        records.append(
            {
                "id": f"c-{code}",
                "name": str(row["name"]),
                "provenance": "published",
                "source": CENSUS_SOURCE,
                "code": code,
                "county_code": code,
                "kind": CITY_DISTRICT_KINDS.get(code, "county"),
                "population": district.census_figure(code, "pop_2020"),
                "households": district.census_figure(code, "households_2020"),
                "boundary_quality": "good",
                "geometry": _plain(row["geometry"]),
            }
        )
    return records


def _townships(district: District) -> Records:
    census = township_census(district)
    shapes = dict(zip(district.township_frame["code"], district.township_frame.geometry, strict=True))
    return [
        {
            "id": f"t-{item.code}",
            "name": item.name,
            "provenance": "estimated",
            "source": CELL_SOURCE,
            "code": item.code,
            "county_code": item.county_code,
            "kind": "town" if item.name.endswith("镇") else "subdistrict",
            "population": census[item.code][0],
            "households": census[item.code][1],
            "boundary_quality": item.quality,
            "geometry": _plain(shapes[item.code]),
        }
        for item in district.townships
    ]


def _plain(shape: shapely.Geometry) -> shapely.Geometry:
    """A polygon where one part is all there is."""
    parts = shapely.get_parts(shape)
    return parts[0] if len(parts) == 1 else shape


def _facility_ids(places: list[Place]) -> dict[int, str]:
    """Neutral numbers in a shuffled order, the restricted places last: the ids of the others then show no gap."""
    facilities = [place for place in places if place.category != FACTORY]
    shuffled = [facilities[int(which)] for which in stream("facility numbers").permutation(len(facilities))]
    ordered = sorted(shuffled, key=lambda place: place.category == RESTRICTED)
    return {place.number: f"f-{number:04d}" for number, place in enumerate(ordered, 1)}


def _facilities(places: list[Place], facility_id: dict[int, str]) -> Records:
    return _with_points(
        {
            "id": facility_id[place.number],
            "name": place.name,
            "provenance": place.provenance,
            "source": place.source,
            "category": place.category,
            "restricted": place.category == RESTRICTED,
            "people": place.people,
            "source_node": place.source_node,
            "point": place.point,
        }
        for place in places
        if place.number in facility_id
    )


def _nodes(net: Network) -> Records:
    return _with_points({**record, "point": net.where[record["id"]]} for record in net.nodes)


def _with_points(records: Iterable[dict[str, Any]]) -> Records:
    items = list(records)
    where = lonlat(np.array([item.pop("point") for item in items], dtype=float))
    for item, (longitude, latitude) in zip(items, where.tolist(), strict=True):
        item["geometry"] = shapely.Point(longitude, latitude)
    return items


def _as_line(record: dict[str, Any]) -> dict[str, Any]:
    facts = {key: value for key, value in record.items() if key != "points"}
    return {**facts, "geometry": _line(record["points"])}


def _line(points: Iterable[Point]) -> shapely.LineString:
    return shapely.LineString(lonlat(np.array(list(points), dtype=float)))


def _roads(roads: Roads) -> Records:
    """One record a stretch of road of one class between crossings."""
    graph, records = roads.graph, list[dict[str, Any]]()
    for road_class in SPEED_KPH:
        same = [index for index, edge in enumerate(graph.edges) if edge.road_class == road_class]
        for number, chain in enumerate(chains(graph, same, _crossings(graph)), 1):
            records.append(
                {
                    "id": f"r-{len(records) + 1:05d}",
                    "name": f"{ROAD_TITLES[road_class]} {number}",
                    "provenance": "synthetic",
                    "source": SOURCE,
                    "speed_kph": SPEED_KPH[road_class],
                    "closed": False,
                    "geometry": _line(chain.points),
                }
            )
    return records


def _crossings(graph: RoadGraph) -> set[int]:
    return {node for node in range(len(graph.points)) if graph.degree(node) != 2}
