"""Who is inside a warning's area: 1,000,000 consumer points, beside a spatial join of GeoPandas in the same run.

Run: .venv/bin/python -m benchmarks.warning_areas
"""

from __future__ import annotations

import json
import platform
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from benchmarks.timing import median_ms
from priority.townships import Townships
from priority.warnings import Exposure, WarningArea, sending_shape
from priority.warnings.exposure import ConsumerPoints

COUNT = 1_000_000
GEO = Path(__file__).resolve().parent.parent / "data" / "geo"


def consumer_points(townships: gpd.GeoDataFrame) -> ConsumerPoints:
    """Return points at random over the district's frame, a tenth of their figures unknown."""
    chance = np.random.default_rng(7)
    west, south, east, north = townships.total_bounds
    figures = chance.integers(0, 400, (3, COUNT)).astype(float)
    figures[chance.random((3, COUNT)) < 0.1] = np.nan
    points = np.column_stack([chance.uniform(west, east, COUNT), chance.uniform(south, north, COUNT)])
    return ConsumerPoints(points, chance.integers(0, 4, COUNT), *figures)


def join(points: gpd.GeoDataFrame, area: BaseGeometry) -> dict[tuple[int, str], float]:
    """Add up the same figures as people do who write it in a line: join, group, sum."""
    hit = gpd.sjoin(points, gpd.GeoDataFrame(geometry=[area], crs=points.crs), predicate="intersects")
    sums = hit.groupby("network")[["customers", "population", "vulnerable_people"]].agg(["sum", "size", "count"])
    return {(int(network), name): float(sums.loc[network, (name, "sum")]) for network in sums.index
            for name in ("customers", "population", "vulnerable_people")}  # fmt: skip


def main() -> None:
    """Measure and print a Markdown table; both must give the same figures."""
    townships = gpd.read_file(GEO / "townships.geojson")
    consumers = consumer_points(townships)
    exposure = Exposure.of_points(consumers, gpd.read_file(GEO / "facilities.geojson"), townships)
    frame = {name: getattr(consumers, name) for name in ("network", "customers", "population", "vulnerable_people")}
    table = gpd.GeoDataFrame(frame, geometry=gpd.points_from_xy(*consumers.points.T), crs="EPSG:4490")
    built = Townships.build(townships)
    codes = [code for code in built.codes if code.startswith("140525")]
    county = WarningArea.of_townships(built, codes)
    road = shapely.LineString([(112.7, 35.3), (112.85, 35.45), (113.0, 35.6)])
    areas = {
        "泽州县（16 镇，中有城区）": county,
        "one township": WarningArea.of_townships(built, codes[:1]),
        "2 km along a line": WarningArea.along_line(road, 2_000),
        "600 rounds, 19,800 points": WarningArea.drawn(
            [shapely.Point(xy).buffer(0.002) for xy in consumers.points[:600]]
        ),
    }
    print("| 1,000,000 consumer points | ms | GeoPandas sjoin + groupby, ms | ratio | what is sent, ms |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, area in areas.items():
        inside = exposure.inside(area.shape)
        expected = join(table, area.shape)
        assert all(round(expected[(code, "customers")]) == row.customers for code, row in enumerate(inside.networks))  # noqa: S101
        # A shape that was asked about before is prepared: each run gets its own.
        ours = median_ms(lambda area=area: exposure.inside(shapely.from_wkb(shapely.to_wkb(area.shape))))
        theirs = median_ms(lambda area=area: join(table, area.shape), 3)
        sent = median_ms(lambda area=area: sending_shape(area), 1)
        print(f"| {name} | {ours:.1f} | {theirs:,.0f} | {theirs / ours:.0f} x | {sent:,.0f} |")
    print("\n" + json.dumps({"python": platform.python_version(), "machine": platform.machine()}))


if __name__ == "__main__":
    main()
