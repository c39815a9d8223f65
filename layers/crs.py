"""The coordinate reference systems of the product, in one place.

Storage and exchange use CGCS2000 longitude, latitude (EPSG:4490), which web clients may read as WGS 84: the two differ
by less than a metre here. Lengths, areas and buffers are computed in the CGCS2000 3-degree Gauss-Kruger zone of
Jincheng (central meridian 114E, EPSG:4547), in metres. Lengths of roads, of which there may be very many in any place,
are taken on the ellipsoid itself.
"""

from __future__ import annotations

from functools import cache

from pyproj import Geod, Transformer

STORAGE_EPSG = 4490
METRIC_EPSG = 4547
#: Metres of one degree of latitude, for rough distances; of longitude, times the cosine of the latitude.
METRES_PER_DEGREE = 111_320.0
#: EPSG codes of the CGCS2000 3-degree zones without a zone number in the easting, by central meridian 75E to 135E.
_ZONES = {75 + 3 * number: 4534 + number for number in range(21)}


@cache
def to_metric() -> Transformer:
    """Transformer from EPSG:4490 (longitude, latitude in degrees) to EPSG:4547 (easting, northing in metres)."""
    return Transformer.from_crs(STORAGE_EPSG, METRIC_EPSG, always_xy=True)


@cache
def to_storage() -> Transformer:
    """Transformer from EPSG:4547 (metres) back to EPSG:4490 (degrees)."""
    return Transformer.from_crs(METRIC_EPSG, STORAGE_EPSG, always_xy=True)


def zone_of(longitude: float) -> int:
    """Return the EPSG code of the CGCS2000 3-degree zone nearest to that longitude: 4547 about Jincheng."""
    meridian = min(135, max(75, 3 * round(longitude / 3)))
    return _ZONES[meridian]


@cache
def to_zone(epsg: int) -> Transformer:
    """Transformer from EPSG:4490 (degrees) to a projected system such as one of `zone_of` (metres)."""
    return Transformer.from_crs(STORAGE_EPSG, epsg, always_xy=True)


@cache
def from_zone(epsg: int) -> Transformer:
    """Transformer from a projected system (metres) back to EPSG:4490 (degrees)."""
    return Transformer.from_crs(epsg, STORAGE_EPSG, always_xy=True)


@cache
def ellipsoid() -> Geod:
    """The ellipsoid of EPSG:4490 (GRS 80), for geodesic lengths in metres between longitude, latitude in degrees."""
    return Geod(ellps="GRS80")
