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


@cache
def to_metric() -> Transformer:
    """Transformer from EPSG:4490 (longitude, latitude in degrees) to EPSG:4547 (easting, northing in metres)."""
    return Transformer.from_crs(STORAGE_EPSG, METRIC_EPSG, always_xy=True)


@cache
def to_storage() -> Transformer:
    """Transformer from EPSG:4547 (metres) back to EPSG:4490 (degrees)."""
    return Transformer.from_crs(METRIC_EPSG, STORAGE_EPSG, always_xy=True)


@cache
def ellipsoid() -> Geod:
    """The ellipsoid of EPSG:4490 (GRS 80), for geodesic lengths in metres between longitude, latitude in degrees."""
    return Geod(ellps="GRS80")
