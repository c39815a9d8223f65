"""Names of what coordinates can be in: `EPSG:n`, or one of the two offset systems of Chinese web maps."""

from __future__ import annotations

import re
from functools import cache

from pyproj import CRS
from pyproj.exceptions import CRSError

from layers.schema import Title

GCJ02 = "gcj02"
BD09 = "bd09"
#: What storage uses: CGCS2000 longitude, latitude.
STORED = "EPSG:4490"

_ZONE = re.compile(r"(.+?) / (3-degree )?Gauss-Kruger (?:CM (\d+)E|zone (\d+))\Z")
_EPSG = re.compile(r"EPSG:(\d{4,6})\Z")


def epsg_of(datum: str) -> int | None:
    """Return the number of an `EPSG:n`; None for anything else."""
    found = _EPSG.match(datum)
    return int(found[1]) if found else None


@cache
def crs_of(epsg: int) -> CRS | None:
    """Return a horizontal reference system of the Earth by its EPSG code; None if there is none of that code."""
    try:
        crs = CRS.from_epsg(epsg)
    except CRSError:
        return None
    return crs if crs.is_geographic or crs.is_projected else None


def is_datum(datum: str) -> bool:
    """Tell whether coordinates can be in this: `gcj02`, `bd09`, or the EPSG code of a system that is known."""
    if datum in {GCJ02, BD09}:
        return True
    number = epsg_of(datum)
    return number is not None and crs_of(number) is not None


def is_degrees(datum: str) -> bool:
    """Tell whether coordinates of this datum are degrees rather than metres."""
    number = epsg_of(datum)
    crs = crs_of(number) if number is not None else None
    return datum in {GCJ02, BD09} or (crs is not None and crs.is_geographic)


def datum_title(datum: str) -> Title:
    """Return what people call a datum."""
    if datum == GCJ02:
        return Title("GCJ-02（高德、腾讯等地图）", "GCJ-02 (Amap, Tencent maps)")
    if datum == BD09:
        return Title("BD-09（百度地图）", "BD-09 (Baidu Maps)")
    number = epsg_of(datum)
    crs = crs_of(number) if number is not None else None
    if crs is None:
        return Title(datum, datum)
    return Title(f"{_chinese(crs)}（{datum}）", f"{crs.name} ({datum})")


def _chinese(crs: CRS) -> str:
    """What a Chinese office calls a system; its registered name where that is not known."""
    name = crs.name.replace("China Geodetic Coordinate System 2000", "CGCS2000")
    name = name.replace("Xian 1980", "西安 80").replace("Beijing 1954", "北京 54")
    found = _ZONE.match(name)
    if found is not None:
        width = "3 度带" if found[2] else "6 度带"
        return f"{found[1]} {width}" + (f"，中央经线 {found[3]}°" if found[3] else f"，第 {found[4]} 带")
    return f"{name} 经纬度" if crs.is_geographic else name
