"""The real facts under the sample: outlines, township cells, census, village counts, the power plant."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from layers.crs import METRIC_EPSG, STORAGE_EPSG, to_metric, to_storage

#: Where the sample lives: built files here, what they are built from under `sources/`.
SAMPLE_HOME = Path(__file__).resolve().parents[2] / "data" / "geo"

CITY_DISTRICT = "140502"
COUNTY = "140525"
CORE_LONLAT = (112.846, 35.499)
PLANT_NAME = "国投晋城热电"

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Township:
    """One township cell; `shape` in metres (EPSG:4547)."""

    code: str
    name: str
    county_code: str
    quality: str
    basis: str
    villages: int
    communities: int
    shape: BaseGeometry

    @property
    def urban(self) -> bool:
        """Whether it belongs to the city district."""
        return self.county_code == CITY_DISTRICT


@dataclass(frozen=True)
class District:
    """Facts of the two counties. Frames keep EPSG:4490; `Township.shape` and `plant_xy` are metres (EPSG:4547)."""

    counties: gpd.GeoDataFrame
    township_frame: gpd.GeoDataFrame
    census: pd.DataFrame
    townships: tuple[Township, ...]
    core_xy: tuple[float, float]
    plant_xy: tuple[float, float]

    def census_figure(self, county_code: str, column: str) -> int:
        """One figure of a county's census row; `KeyError` if there is no such county or column."""
        return int(self.census[column][county_code])

    def township(self, code: str) -> Township:
        """Return the township of that nine-digit code; `KeyError` if there is none."""
        for item in self.townships:
            if item.code == code:
                return item
        raise KeyError(code)

    def county_shape(self, county_code: str) -> BaseGeometry:
        """Union of a county's township cells, in metres."""
        return shapely.union_all([item.shape for item in self.townships if item.county_code == county_code])

    def township_of(self, points: Points) -> list[str]:
        """Code of the cell that holds each point (metres); an empty text outside every cell."""
        tree = shapely.STRtree([item.shape for item in self.townships])
        who, where = tree.query(shapely.points(points), predicate="intersects")
        codes = [""] * len(points)
        for index, cell in sorted(zip(who.tolist(), where.tolist(), strict=True), reverse=True):
            codes[index] = self.townships[cell].code
        return codes


def read_district(home: Path = SAMPLE_HOME) -> District:
    """Read `home/sources`. A missing file raises `FileNotFoundError`."""
    folder = home / "sources"
    counties = gpd.read_file(folder / "counties.geojson").sort_values("adcode").reset_index(drop=True)
    cells = gpd.read_file(folder / "townships.geojson").sort_values("code").reset_index(drop=True)
    cells = cells.set_crs(STORAGE_EPSG, allow_override=True)
    census = pd.read_csv(folder / "county_census.csv", dtype={"adcode": str}).set_index("adcode")
    villages = pd.read_csv(folder / "villages_2023.csv", dtype=str)
    known = pd.read_csv(folder / "facilities_known.csv").set_index("name")
    return District(
        counties.set_crs(STORAGE_EPSG, allow_override=True),
        cells,
        census,
        _townships(cells, villages),
        metric(*CORE_LONLAT),
        metric(float(known["lon"][PLANT_NAME]), float(known["lat"][PLANT_NAME])),
    )


def _townships(cells: gpd.GeoDataFrame, villages: pd.DataFrame) -> tuple[Township, ...]:
    counts = villages.groupby("township_code9").size()
    is_community = villages["name"].str.contains("社区")
    communities = villages[is_community].groupby("township_code9").size()
    shapes = cells.geometry.to_crs(METRIC_EPSG)
    return tuple(
        Township(
            code,
            name,
            county,
            quality,
            basis,
            int(counts[code]),
            int(communities.get(code, 0)),
            shape,
        )
        for code, name, county, quality, basis, shape in zip(
            cells["code"], cells["name"], cells["county_code"], cells["quality"], cells["basis"], shapes, strict=True
        )
    )


def metric(longitude: float, latitude: float) -> tuple[float, float]:
    """One point from degrees to metres, rounded to a decimetre."""
    x, y = to_metric().transform(longitude, latitude)
    return round(x, 1), round(y, 1)


def lonlat(points: Points) -> Points:
    """Points (n, 2) from metres to degrees, rounded to the six decimals that the files hold (about 0.1 m)."""
    x, y = to_storage().transform(points[:, 0], points[:, 1])
    return np.round(np.column_stack([x, y]), 6)
