"""Gauss-Kruger zones of China: which of them eastings and northings in metres can be in.

A zone is written with its number before the easting (38 400 000: zone 38 of 3 degrees) or without (400 000: any zone,
only the district tells). The numbers of 3-degree zones (25 to 45) and of 6-degree zones (13 to 23) do not meet.
"""

from __future__ import annotations

from layers.importing.datum.names import epsg_of

#: First EPSG code of each family: (3 degrees numbered from 25, 3 degrees by meridian from 75°E, 6 degrees numbered
#: from 13, 6 degrees by meridian from 75°E).
_FAMILIES = {
    "CGCS2000": (4513, 4534, 4491, 4502),
    "Xian 1980": (2349, 2370, 2327, 2338),
    "Beijing 1954": (2401, 2422, 21413, 21453),
}
#: Geographic systems whose shift to CGCS2000 is not published.
_OLD_DEGREES = {4610: "Xian 1980", 4214: "Beijing 1954"}
#: Longitudes of China, and how far from its meridian a zone is used at all.
_CHINA_DEG, _REACH_DEG = (73.0, 136.0), 5.0
_UTM_FIRST, _UTM_ZONES = 32600, range(43, 54)
#: What northings in China lie between, in metres; and eastings of a zone without its number.
_NORTHINGS_M = (1_900_000.0, 6_000_000.0)
_EASTINGS_M = (50_000.0, 950_000.0)
_MERCATOR_M = ((8_100_000.0, 15_100_000.0), (1_900_000.0, 7_300_000.0))


def zone_datum(family: str, meridian_deg: int, *, wide: bool, numbered: bool) -> str | None:
    """Return the `EPSG:n` of a zone by its central meridian in degrees; None if China has no such zone.

    `wide` means 6 degrees rather than 3; `numbered` that the easting begins with the zone's number.
    """
    narrow_numbered, narrow, wide_numbered, wide_plain = _FAMILIES[family]
    step, lowest = (6, 75) if wide else (3, 75)
    place, rest = divmod(meridian_deg - lowest, step)
    if rest or not 0 <= place <= (135 - lowest) // step:
        return None
    first = {(True, True): wide_numbered, (True, False): wide_plain, (False, True): narrow_numbered}
    return f"EPSG:{first.get((wide, numbered), narrow) + place}"


def zones_of(easting_m: float, northing_m: float, near: tuple[float, float] = _CHINA_DEG) -> tuple[str, ...]:
    """Return the CGCS2000 zones, UTM zones and Web Mercator that a place in metres can be in, the likeliest first.

    `near` are the longitudes (west, east) where it is expected: of zones without a number only those around are tried.
    Xi'an 80 and Beijing 54 look the same in numbers and are left to `same_zone_of`. Nothing fits local grids.
    """
    found: list[str | None] = []
    if _NORTHINGS_M[0] <= northing_m <= _NORTHINGS_M[1]:
        number = int(easting_m // 1_000_000)
        if 25 <= number <= 45:
            found.append(zone_datum("CGCS2000", number * 3, wide=False, numbered=True))
        elif 13 <= number <= 23:
            found.append(zone_datum("CGCS2000", number * 6 - 3, wide=True, numbered=True))
        elif _EASTINGS_M[0] <= easting_m <= _EASTINGS_M[1]:
            west, east = near[0] - _REACH_DEG, near[1] + _REACH_DEG
            meridians = [degrees for degrees in range(75, 136, 3) if west <= degrees <= east]
            found += [zone_datum("CGCS2000", degrees, wide=False, numbered=False) for degrees in meridians]
            found += [f"EPSG:{_UTM_FIRST + zone}" for zone in _UTM_ZONES if west <= zone * 6 - 183 <= east]
    (west, east), (south, north) = _MERCATOR_M
    if west <= easting_m <= east and south <= northing_m <= north:
        found.append("EPSG:3857")
    return tuple(datum for datum in found if datum is not None)


def same_zone_of(datum: str) -> tuple[str, ...]:
    """Return the zones of the other Chinese systems with the same numbers; nothing for what is no such zone."""
    place = _place(datum)
    if place is None:
        return ()
    family, column, offset = place
    return tuple(f"EPSG:{starts[column] + offset}" for name, starts in _FAMILIES.items() if name != family)


def old_system(datum: str) -> str | None:
    """Return `Xian 1980` or `Beijing 1954` for a datum of theirs, whose shift to CGCS2000 is not published."""
    number = epsg_of(datum)
    if number in _OLD_DEGREES:
        return _OLD_DEGREES[number]
    place = _place(datum)
    return place[0] if place is not None and place[0] != "CGCS2000" else None


def _place(datum: str) -> tuple[str, int, int] | None:
    """A zone's family, which of its four series it is in, and its place there."""
    number = epsg_of(datum)
    if number is None:
        return None
    for family, starts in _FAMILIES.items():
        for column, start in enumerate(starts):
            if start <= number < start + (21 if column < 2 else 11):
                return family, column, number - start
    return None
