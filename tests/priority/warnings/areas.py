"""Areas for tests: random blobs with holes, and the real counties."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

GEO = Path(__file__).resolve().parents[3] / "data" / "geo"


@cache
def counties() -> dict[str, BaseGeometry]:
    frame = gpd.read_file(GEO / "counties.geojson")
    return dict(zip(frame["code"], frame.geometry, strict=True))


@cache
def frames() -> dict[str, pd.DataFrame]:
    return {name: gpd.read_file(GEO / f"{name}.geojson") for name in ("townships", "network_nodes", "facilities")}


def random_points(shape: BaseGeometry, count: int, seed: int) -> np.ndarray[Any, Any]:
    """Draw points inside a shape, away from its border by more than rounding."""
    chance = np.random.default_rng(seed)
    west, south, east, north = shape.bounds
    found = np.empty((0, 2))
    inner = shapely.buffer(shape, -1e-8)
    shapely.prepare(inner)
    while len(found) < count:
        points = np.column_stack([chance.uniform(west, east, count), chance.uniform(south, north, count)])
        found = np.vstack([found, points[shapely.contains_xy(inner, *points.T)]])
    return found[:count]


@st.composite
def blobs(draw: st.DrawFn, most_points: int = 120) -> BaseGeometry:
    """A polygon round a centre near 晋城 whose radius jumps about, so that it is full of notches; valid."""
    count = draw(st.integers(3, most_points))
    radii = np.array(draw(st.lists(st.floats(0.002, 0.05), min_size=count, max_size=count)))
    centre = np.array([draw(st.floats(112.6, 113.0)), draw(st.floats(35.3, 35.7))])
    angles = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return shapely.Polygon(centre + radii[:, None] * np.column_stack([np.cos(angles), np.sin(angles)]))


@st.composite
def areas(draw: st.DrawFn) -> tuple[BaseGeometry, BaseGeometry]:
    """An area of several blobs with holes, and ground that must stay out."""
    shape = shapely.union_all(draw(st.lists(blobs(), min_size=1, max_size=3)))
    for hole in draw(st.lists(blobs(30), max_size=2)):
        shape = shapely.difference(shape, shapely.affinity.scale(hole, 0.4, 0.4))
    excluded = shapely.union_all(draw(st.lists(blobs(40), max_size=2)))
    return shape, excluded
