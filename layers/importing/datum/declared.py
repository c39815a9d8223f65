"""Reference systems as files declare them: `EPSG:n`, or the WKT of a .prj, with or without an authority."""

from __future__ import annotations

from pyproj import CRS
from pyproj.exceptions import CRSError

from layers.importing.datum.names import is_datum
from layers.importing.datum.zones import zone_datum

#: How sure a match by name and parameters must be. Below, the library matches systems of other meridians.
_SURE = 70
_LONGEST = 20_000
#: Systems of China by semi-major axis in metres and inverse flattening, for WKT that names no known datum.
_ELLIPSOIDS = (
    ("CGCS2000", 6378137.0, 298.257222101, "EPSG:4490"),
    ("Xian 1980", 6378140.0, 298.257, "EPSG:4610"),
    ("Beijing 1954", 6378245.0, 298.3, "EPSG:4214"),
)
_METHODS = frozenset({"Transverse Mercator", "Gauss Kruger", "Gauss-Kruger"})


def declared_datum(text: str) -> str | None:
    """Return the `EPSG:n` that a file's declaration means; None if it is none that has a code (a city's own grid)."""
    if is_datum(text):
        return text
    if len(text) > _LONGEST:
        return None
    try:
        # Of WKT alone: other notations can make the library open files that the text names.
        crs = CRS.from_wkt(text)
    except CRSError:
        return None
    # A third axis or a time says nothing about where a place lies on the map.
    crs = crs.sub_crs_list[0] if crs.is_compound and crs.sub_crs_list else crs
    number = crs.to_epsg(min_confidence=_SURE)
    if number is not None and is_datum(f"EPSG:{number}"):
        return f"EPSG:{number}"
    return _by_parameters(crs)


def _by_parameters(crs: CRS) -> str | None:
    """A Gauss-Kruger zone, or a geographic system, by its ellipsoid and parameters alone."""
    ellipsoid = crs.ellipsoid
    if ellipsoid is None:
        return None
    found = [
        (family, degrees)
        for family, axis_m, flattening, degrees in _ELLIPSOIDS
        if abs(ellipsoid.semi_major_metre - axis_m) < 0.5 and abs(ellipsoid.inverse_flattening - flattening) < 2e-6
    ]
    if not found:
        return None
    family, degrees = found[0]
    if crs.is_geographic:
        return degrees
    return _zone(crs, family) if crs.is_projected else None


def _zone(crs: CRS, family: str) -> str | None:
    operation = crs.coordinate_operation
    if operation is None or operation.method_name not in _METHODS:
        return None
    values = {item.name: float(item.value) for item in operation.params}
    meridian = values.get("Longitude of natural origin", 0.0)
    easting = values.get("False easting", 0.0)
    plain = values.get("False northing", 0.0) == 0.0 and values.get("Latitude of natural origin", 0.0) == 0.0
    if not plain or values.get("Scale factor at natural origin", 1.0) != 1.0 or meridian != int(meridian):
        return None
    number, rest = divmod(easting, 1_000_000)
    if rest != 500_000:
        return None
    wide = number * 6 - 3 == meridian
    if number and not wide and number * 3 != meridian:
        return None
    return zone_datum(family, int(meridian), wide=wide and number > 0, numbered=number > 0)
