"""GCJ-02 and BD-09 against places converted by other software and by the maps' own services."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from layers.importing.datum.bd09 import bd09_to_gcj02, from_bd09, gcj02_to_bd09, to_bd09
from layers.importing.datum.gcj02 import from_gcj02, to_gcj02

Convert = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]

_EARTH = Geod(ellps="GRS80")

#: City: true place, in GCJ-02, in BD-09 (published with seven decimals, which is a centimetre).
CITIES = {
    "郑州": ((113.6192856, 34.7478004), (113.6253334, 34.7466173), (113.6317519, 34.7528605)),
    "运城": ((111.0017421, 35.0271663), (111.0075355, 35.0264171), (111.0139261, 35.0327206)),
    "沈阳": ((123.4253306, 41.8032629), (123.4314787, 41.8057023), (123.438095, 41.8114013)),
    "酒泉": ((98.4937175, 39.7319946), (98.4943595, 39.7328234), (98.5008441, 39.7388949)),
    "汕头": ((116.6775114, 23.3567569), (116.6819735, 23.3540964), (116.6885014, 23.3598884)),
    "那曲": ((92.0499619, 31.4784436), (92.0512438, 31.4762063), (92.0576832, 31.4824421)),
    "锡林浩特": ((116.0414035, 43.9312805), (116.0482308, 43.9334573), (116.0546232, 43.9397782)),
}
_IN_CHINA = st.tuples(st.floats(74.0, 134.0), st.floats(18.5, 53.0))


def _apart_m(one: tuple[np.ndarray, np.ndarray], other: tuple[np.ndarray, np.ndarray]) -> float:
    return float(np.max(_EARTH.inv(one[0], one[1], other[0], other[1])[2]))


def _column(which: int) -> tuple[np.ndarray, np.ndarray]:
    places = np.array([rows[which] for rows in CITIES.values()])
    return places[:, 0], places[:, 1]


@pytest.mark.parametrize(
    ("convert", "start", "end", "within_m"),
    [
        (to_gcj02, 0, 1, 0.8),
        (from_gcj02, 1, 0, 0.8),
        (gcj02_to_bd09, 1, 2, 0.02),
        (bd09_to_gcj02, 2, 1, 0.02),
        (to_bd09, 0, 2, 0.8),
        (from_bd09, 2, 0, 0.8),
    ],
)
def test_cities_lie_where_other_software_has_them(convert: Convert, start: int, end: int, within_m: float) -> None:
    # The formulas in general use follow the maps' own service to some 0.7 m, the same way everywhere.
    assert _apart_m(convert(*_column(start)), _column(end)) < within_m


def test_a_published_point_of_the_capital() -> None:
    x, y = to_gcj02(np.array([116.404]), np.array([39.915]))
    assert (x[0], y[0]) == pytest.approx((116.41024449916938, 39.91640428150164), abs=1e-11)
    x, y = gcj02_to_bd09(np.array([116.404]), np.array([39.915]))
    assert (x[0], y[0]) == pytest.approx((116.41036949371029, 39.92133699351021), abs=1e-11)


@settings(max_examples=100, deadline=None)
@given(st.lists(_IN_CHINA, min_size=1, max_size=30))
def test_the_inverse_undoes_the_offset_to_less_than_a_centimetre(places: list[tuple[float, float]]) -> None:
    x, y = np.array(places).T
    for forward, inverse in ((to_gcj02, from_gcj02), (to_bd09, from_bd09)):
        moved = forward(x, y)
        assert _apart_m(moved, (x, y)) > 20
        assert _apart_m(inverse(*moved), (x, y)) < 0.01


@pytest.mark.parametrize("convert", [to_gcj02, from_gcj02, to_bd09, from_bd09])
def test_places_out_of_china_stay(convert: Convert) -> None:
    x, y = np.array([139.76, 2.35, -74.0, 151.2]), np.array([35.68, 48.86, 40.7, -33.87])
    out_x, out_y = convert(x, y)
    assert out_x.tolist() == x.tolist()
    assert out_y.tolist() == y.tolist()


def test_nothing_gives_nothing() -> None:
    empty = np.zeros(0)
    assert [part.size for part in from_bd09(empty, empty)] == [0, 0]
