"""Scale, scale bar and graticule of a frame, and names that do not lie on each other."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from webmap.reports.maps.frame import degrees, fit, graticule, scale_bar
from webmap.reports.maps.labels import Box, place_labels

_sizes = st.floats(100, 400_000)


@settings(max_examples=150)
@given(_sizes, _sizes, st.floats(40, 400), st.floats(40, 280))
def test_a_frame_holds_everything_at_a_round_scale(east: float, north: float, width: float, height: float) -> None:
    bounds = (400_000.0, 3_900_000.0, 400_000.0 + east, 3_900_000.0 + north)
    frame = fit(bounds, width, height)
    assert frame.holds(bounds[0], bounds[1])
    assert frame.holds(bounds[2], bounds[3])
    assert len(f"{frame.denominator:.0f}".rstrip("0")) <= 3
    # The next smaller round scale is at the most half as large again: the sheet is not left empty.
    used = max(east, 1_000) / frame.metres_per_mm / width, max(north, 1_000) / frame.metres_per_mm / height
    assert max(used) > 0.6


@settings(max_examples=100)
@given(_sizes, st.floats(40, 400))
def test_the_scale_bar_is_as_long_as_it_says(extent: float, width: float) -> None:
    frame = fit((0, 0, extent, extent), width, width)
    bar = scale_bar(frame, width * 0.2)
    assert bar.length_mm / 1000 * frame.denominator == pytest.approx(bar.length_m)
    assert width * 0.2 / 2.5 - 1e-6 <= bar.length_mm <= width * 0.2 + 1e-6
    assert bar.length_m / 10 ** math.floor(math.log10(bar.length_m) + 1e-9) == pytest.approx(
        min((1, 2, 5), key=lambda first: abs(bar.length_m / 10 ** math.floor(math.log10(bar.length_m) + 1e-9) - first))
    )


def test_the_graticule_meets_the_edges_where_the_projection_says() -> None:
    frame = fit((367_713, 3_896_109, 430_648, 3_954_640), 190, 150)
    net = graticule(frame)
    west, south, _, north = frame.bounds
    back = Transformer.from_crs("EPSG:4547", "EPSG:4490", always_xy=True)
    assert len(net.meridians) >= 2
    assert len(net.parallels) >= 2
    for x_mm, label in net.meridians:
        longitude, _ = back.transform(west + x_mm * frame.metres_per_mm, south)
        assert degrees(longitude, "E") == label
    for y_mm, label in net.parallels:
        _, latitude = back.transform(west, north - y_mm * frame.metres_per_mm)
        assert degrees(latitude, "N") == label


def test_angles_are_written_with_seconds_only_where_there_are_any() -> None:
    assert degrees(112.5, "E") == "112°30′E"
    assert degrees(35 + 1 / 120, "N") == "35°00′30″N"


_places = st.lists(
    st.tuples(
        st.sampled_from(["城", "东街街道", "开发区街道", "Nancun"]), st.floats(5, 95), st.floats(5, 75), st.floats(0, 9)
    ),
    max_size=30,
)


@settings(max_examples=150)
@given(_places)
def test_names_lie_on_no_other_and_on_no_symbol_and_stay_on_the_map(
    named: list[tuple[str, float, float, float]],
) -> None:
    symbol = Box(40, 30, 60, 50)
    labels = place_labels(named, 100, 80, 7.5, [symbol])
    for one, other in itertools.combinations([*(label.box for label in labels), symbol], 2):
        assert not one.meets(other)
    assert all(label.box.left >= 0 and label.box.right <= 100 and label.box.bottom <= 80 for label in labels)
    assert all(math.hypot(label.x - label.anchor[0], label.y - label.anchor[1]) < 45 for label in labels)


def test_a_name_with_room_stands_in_its_middle() -> None:
    (label,) = place_labels([("高都镇", 50, 40, 8)], 100, 80, 7.5)
    assert (label.x, label.y, label.led) == (50, 40, False)


def test_names_that_matter_are_placed_before_roomier_ones() -> None:
    crowded = [("大镇", 4.0, 4.0, 9.0), ("小街", 4.0, 4.0, 0.1)]
    assert [label.text for label in place_labels(crowded, 8, 4.4, 7)] == []
    first = place_labels(crowded, 9, 8, 7, first=frozenset({"小街"}))
    assert first[0].text == "小街"
    assert place_labels(crowded, 9, 8, 7)[0].text == "大镇"
