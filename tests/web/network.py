"""A district small enough to reason about, stored and served in the tests of the web and the command line.

110 kV source --sw1-- bus --sw2-- home (100 customers, 东镇)      second source --tie(open)-- home
                       |---------- barracks' transformer (restricted facility)
                       |---------- hospital's transformer (10 customers)
heat plant (needs electricity at the bus, 2 h reserve) feeds the heat source -- flats (50 customers, 西镇)
"""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
from shapely.geometry import LineString, Point, box

HIDDEN_ID = "f-hidden-7731"
HIDDEN_NAME = "某部隐蔽营区"
FORMULA_NAME = "=HYPERLINK(1)医院"
HOME, SOURCE_SWITCH, SOURCE = "e-home", "e-sw1", "e-source"

_SYNTHETIC = {"provenance": "synthetic", "source": "test"}
_CRS = "EPSG:4490"


def _node(identifier: str, network: str, kind: str, x: float, **other: Any) -> dict[str, Any]:
    normal = {"normally_open": False, "in_service": True, "name": f"节点 {identifier}"}
    return {"id": identifier, "network": network, "kind": kind, "geometry": Point(112.8 + x, 35.5), **normal, **other}


def _nodes() -> list[dict[str, Any]]:
    return [
        _node(SOURCE, "electricity", "source", 0.00, name="110 kV 东站"),
        _node(SOURCE_SWITCH, "electricity", "switch", 0.01),
        _node("e-bus", "electricity", "junction", 0.02),
        _node("e-sw2", "electricity", "switch", 0.025),
        _node(
            HOME, "electricity", "consumer", 0.03, customers=100, population=260, vulnerable_people=12, demand_kw=400
        ),
        _node("e-barracks", "electricity", "transformer", 0.021, customers=0, demand_kw=50),
        _node("e-hospital", "electricity", "transformer", 0.022, customers=10, population=0, demand_kw=90),
        _node("e-tie", "electricity", "switch", 0.035, normally_open=True),
        _node("e-source-2", "electricity", "source", 0.04, name="110 kV 西站"),
        _node("h-source", "heat", "source", 0.05),
        _node("h-valve", "heat", "valve", 0.055),
        _node("h-flats", "heat", "consumer", 0.06, customers=50, population=140, demand_kw=300),
    ]


def _lines(nodes: dict[str, Any]) -> list[dict[str, Any]]:
    pairs = [
        (SOURCE, SOURCE_SWITCH),
        (SOURCE_SWITCH, "e-bus"),
        ("e-bus", "e-sw2"),
        ("e-sw2", HOME),
        ("e-bus", "e-barracks"),
        ("e-bus", "e-hospital"),
        (HOME, "e-tie"),
        ("e-tie", "e-source-2"),
        ("h-source", "h-valve"),
        ("h-valve", "h-flats"),
    ]
    return [
        {
            "id": f"l-{start}-{end}",
            "name": f"线路 {start}-{end}",
            "network": "heat" if start.startswith("h") else "electricity",
            "kind": "trunk" if start.startswith("h") else "feeder",
            "from_node": start,
            "to_node": end,
            "in_service": True,
            "geometry": LineString([nodes[start], nodes[end]]),
        }
        for start, end in pairs
    ]


def _facilities() -> list[dict[str, Any]]:
    def place(identifier: str, name: str, category: str, x: float, **other: Any) -> dict[str, Any]:
        fixed = {"id": identifier, "name": name, "category": category, "geometry": Point(112.8 + x, 35.5001)}
        return {**fixed, "restricted": False, "people": 100, "source_node": None, **other}

    return [
        place("f-hospital", FORMULA_NAME, "hospital", 0.022),
        place(HIDDEN_ID, HIDDEN_NAME, "defence", 0.021, restricted=True),
        place("f-plant", "西镇热源厂", "heat_supply", 0.05, source_node="h-source"),
        place("f-school", "西镇学校", "school", 0.06),
    ]


def _supplies() -> list[dict[str, Any]]:
    def supply(facility: str, commodity: str, node: str, reserve_hours: float) -> dict[str, Any]:
        name = f"{facility} {commodity}"
        fixed = {"id": f"s-{facility}-{commodity}", "name": name, "facility_id": facility, "commodity": commodity}
        return {**fixed, "node_id": node, "reserve_hours": reserve_hours, "required": True}

    return [
        supply("f-hospital", "electricity", "e-hospital", 4.0),
        supply(HIDDEN_ID, "electricity", "e-barracks", 1.0),
        supply("f-plant", "electricity", "e-bus", 2.0),
        supply("f-school", "heat", "h-flats", 0.0),
    ]


def _township(code: str, name: str, west: float, east: float) -> dict[str, Any]:
    area = {"code": code, "county_code": code[:6], "kind": "town", "population": 1000, "households": 400}
    return {"id": code, "name": name, **area, "boundary_quality": "low", "geometry": box(west, 35.4, east, 35.6)}


def small_district() -> dict[str, pd.DataFrame]:
    """Return frames of every layer; roads, coal routes and sites are empty but for one site."""
    nodes = _nodes()
    site = {
        "id": "site-1",
        "name": "发电车",
        "kind": "mobile_generator",
        "status": "existing",
        "geometry": Point(112.8, 35.5),
    }
    counties = [{**_township("140502", "城区", 112.7, 112.9), "kind": "city_district"}]
    townships = [_township("140502001", "东镇", 112.7, 112.845), _township("140502002", "西镇", 112.845, 112.9)]
    spatial = {
        "counties": counties,
        "townships": townships,
        "network_nodes": nodes,
        "network_lines": _lines({node["id"]: node["geometry"] for node in nodes}),
        "facilities": _facilities(),
        "sites": [site],
    }
    frames: dict[str, pd.DataFrame] = {
        key: gpd.GeoDataFrame([{**_SYNTHETIC, **row} for row in rows], geometry="geometry", crs=_CRS)
        for key, rows in spatial.items()
    }
    frames["supplies"] = pd.DataFrame([{**_SYNTHETIC, **row} for row in _supplies()])
    return frames


def switched_off() -> dict[str, Any]:
    """Return an incident: the first source's busbar side is gone, and the tie is not closed by itself."""
    return {"plan": "energy-chengqu", "at": "2026-01-12T08:00:00+08:00", "faults": [{"element": "e-bus"}]}


def one_crew() -> dict[str, Any]:
    """Return crews: one for electricity that works 3 hours on the busbar side, and the generator of `site-1`."""
    return {
        "crews": [{"id": "team-1", "name": "电力一队", "skills": ["electricity"], "depot": [112.8, 35.5]}],
        "units": [{"id": "gen-1", "name": "发电车一", "kind": "generator", "capacity": 200, "site": "site-1"}],
        "repairs": [{"fault": "e-bus", "hours": 3}],
        "seconds": 20,
    }


def one_supply() -> dict[str, Any]:
    """Return a supply: diesel beside a fuel tanker at `site-1`, and what the hospital's generator burns."""
    return {
        "stocks": [{"id": "oil", "name": "油库", "commodity": "diesel", "amount": 5000, "site": "site-1"}],
        "vehicles": [{"id": "tank-1", "name": "油罐车一", "commodity": "diesel", "load": 2000, "depot": [112.8, 35.5]}],
        "needs": [{"facility": "f-hospital", "commodity": "diesel", "per_hour": 25}],
        "keep_hours": 24,
        "seconds": 2,
    }
