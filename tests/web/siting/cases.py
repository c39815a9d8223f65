"""A district with places for shelters, studies of it, and answers as the core gives them."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
from shapely.geometry import Point

from tests.web.log.house import PLAN, district
from tests.web.network import HIDDEN_ID, HIDDEN_NAME

NEAR, FAR, STANDING = "ws-near", "ws-far", "ws-standing"
_SITES = [
    (NEAR, "西镇候选", "warm_shelter", "candidate", 112.86),
    (FAR, "东镇候选", "warm_shelter", "candidate", 112.81),
    (STANDING, "东镇安置点", "warm_shelter", "existing", 112.80),
]


def sites(**status: str) -> gpd.GeoDataFrame:
    """The layer `sites`: two candidates for shelters, one that stands, a generator; statuses can be given by id."""
    rows = [
        {
            "id": identifier,
            "name": name,
            "provenance": "synthetic",
            "source": "test",
            "kind": kind,
            "status": status.get(identifier.replace("-", "_"), usual),
            "capacity": 100.0,
            "cost": 5000.0,
            "geometry": Point(longitude, 35.5),
        }
        for identifier, name, kind, usual, longitude in _SITES
    ]
    return gpd.GeoDataFrame(rows, geometry="geometry", crs="EPSG:4490")


def sited_district(**provenance: str) -> dict[str, pd.DataFrame]:
    """The small district with a road and places for shelters."""
    frames = {**district(), "sites": sites()}
    if provenance:
        frames = {key: frame.assign(**provenance) for key, frame in frames.items()}
    return frames


def study(**changed: Any) -> dict[str, Any]:
    """One more shelter so that as many people as possible reach one within 5 minutes: the near one."""
    question = {"model": "mclp", "sites": 1, "standard": 5.0, **changed.pop("question", {})}
    return {"kind": "warm_shelter", "plan": PLAN, "question": question, "seconds": 2.0, **changed}


def site_row(identifier: str, origin: str = "layer", **changed: Any) -> dict[str, Any]:
    """A new site of an answer."""
    places = {row[0]: (row[1], row[4]) for row in _SITES} | {HIDDEN_ID: (HIDDEN_NAME, 112.821)}
    name, longitude = places.get(identifier, (identifier, 112.85))
    told = {"id": identifier, "name": name, "point": [longitude, 35.5], "origin": origin, "new": True}
    return {**told, "status": "candidate", "capacity": None, "cost": None, **changed}


def answer(*new: dict[str, Any], status: str = "optimal", synthetic: bool = True) -> dict[str, Any]:
    """What choosing reads of an answer's document."""
    return {
        "plan": {"key": PLAN, "title": "预案"},
        "kind": "warm_shelter",
        "synthetic": synthetic,
        "status": status,
        "sentence": "新增 1 处",
        "demand": {"covered_share": 0.5},
        "sites": list(new),
    }
