"""Units in which offices write amounts, and their factors into the catalogue's.

A factor is exact by definition of the units. Apparent power (kVA) is none of these: it is power only with a power
factor, which a file does not say. Steam in t/h is no power either.
"""

from __future__ import annotations

import unicodedata

#: By dimension: unit as written, lower case and half width -> factor into the first unit of the dimension.
_DIMENSIONS: dict[str, dict[str, float]] = {
    "kW": {"kw": 1.0, "w": 1e-3, "mw": 1e3, "gw": 1e6, "千瓦": 1.0, "瓦": 1e-3, "兆瓦": 1e3, "万千瓦": 1e4},
    "kV": {"kv": 1.0, "v": 1e-3, "千伏": 1.0, "伏": 1e-3},
    "mm": {"mm": 1.0, "毫米": 1.0, "cm": 10.0, "厘米": 10.0, "m": 1000.0, "米": 1000.0},
    "m³/h": {
        "m³/h": 1.0,
        "m3/h": 1.0,
        "nm³/h": 1.0,
        "nm3/h": 1.0,
        "方/时": 1.0,
        "立方米/小时": 1.0,
        "立方米/时": 1.0,
        "m³/d": 1 / 24,
        "m3/d": 1 / 24,
        "立方米/日": 1 / 24,
        "立方米/天": 1 / 24,
        "万m³/d": 1e4 / 24,
        "万m3/d": 1e4 / 24,
        "万立方米/日": 1e4 / 24,
        "l/s": 3.6,
        "升/秒": 3.6,
    },
    "h": {"h": 1.0, "hour": 1.0, "hours": 1.0, "小时": 1.0, "时": 1.0, "min": 1 / 60, "分钟": 1 / 60, "d": 24.0}
    | {"天": 24.0, "日": 24.0},
    "km/h": {"km/h": 1.0, "kph": 1.0, "公里/小时": 1.0, "公里/时": 1.0, "千米/小时": 1.0, "千米/时": 1.0, "m/s": 3.6},
    "t/d": {"t/d": 1.0, "吨/日": 1.0, "吨/天": 1.0, "万吨/年": 1e4 / 365, "t/h": 24.0, "吨/时": 24.0, "吨/小时": 24.0},
    "t": {"t": 1.0, "吨": 1.0, "kg": 1e-3, "千克": 1e-3, "公斤": 1e-3, "万吨": 1e4},
    "yuan": {"yuan": 1.0, "元": 1.0, "万元": 1e4, "亿元": 1e8, "千元": 1e3},
    "people": {"people": 1.0, "人": 1.0, "万人": 1e4, "千人": 1e3},
    "households": {"户": 1.0, "万户": 1e4, "千户": 1e3, "块": 1.0, "只": 1.0},
}

#: Units with capital letters as people write them, by their keys in the tables.
_SHOWN = {unit.casefold(): unit for unit in ("kW", "W", "MW", "GW", "kV", "V", "Nm³/h", "Nm3/h", "L/s")}

#: Dimensions of counts, which the catalogue gives no unit.
_COUNTED = {
    "population": "people",
    "people": "people",
    "vulnerable_people": "people",
    "households": "households",
    "customers": "households",
}


def unit_key(text: str) -> str:
    """Return a unit as the tables have it: half width, lower case, without blanks and brackets."""
    # NFKC would turn the power in m³ into a plain 3, which the tables know as well.
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    return plain.replace(" ", "").strip("()[]{}").replace("／", "/").replace("·", "")


def dimensions_of(field_name: str, field_unit: str | None) -> tuple[str, ...]:
    """Return the catalogue units that a field can be in (`kW`, `m³/h` of a capacity); nothing for a pure number."""
    if field_name in _COUNTED:
        return (_COUNTED[field_name],)
    return tuple(part.strip() for part in field_unit.split("|")) if field_unit else ()


def factor(unit: str, dimensions: tuple[str, ...]) -> float | None:
    """Return what to multiply with to come from `unit` to the catalogue's; None if it measures something else."""
    key = unit_key(unit)
    for dimension in dimensions:
        table = _DIMENSIONS.get(dimension, {})
        if key in table:
            return table[key]
    return None


def shown_unit(unit: str) -> str:
    """Return a unit as people write it (`kw` is kW); one that is written no other way as it was."""
    return _SHOWN.get(unit_key(unit), unit)


def is_unit(text: str) -> bool:
    """Tell whether a text is a unit of any of the dimensions."""
    return any(unit_key(text) in table for table in _DIMENSIONS.values())


def known_units(dimensions: tuple[str, ...]) -> tuple[str, ...]:
    """Return the units that can be read into any of these dimensions, the catalogue's own first."""
    return tuple(dict.fromkeys(unit for dimension in dimensions for unit in (dimension, *_DIMENSIONS[dimension])))
