"""What is sent covers everything that is to be warned, never what was taken out, and reads back as it was."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from priority.townships import Townships
from priority.warnings import Exposure, WarningArea, sending_shape
from priority.warnings.pieces import simple_pieces
from tests.priority.warnings.areas import areas, counties, frames, random_points

#: Two tenths of a millimetre, in degrees: what arithmetic on nine decimals may leave.
HAIR = 2e-9


def zezhou() -> WarningArea:
    others = [shape for code, shape in counties().items() if code != "140525"]
    return WarningArea.drawn([counties()["140525"]]).minus(shapely.union_all(others))


def assert_sendable(area: WarningArea, max_points: int) -> None:
    sent = sending_shape(area, max_points)
    wanted = shapely.difference(area.shape, area.excluded)
    for piece in sent.pieces:
        assert piece.is_valid
        assert not piece.interiors
        assert shapely.get_num_coordinates(piece) <= max_points
    # Ground narrower than a hair, which overlays leave along shared borders, holds nobody.
    ground = shapely.buffer(wanted, -HAIR)
    assert shapely.difference(ground, shapely.buffer(sent.shape, HAIR)).is_empty
    forbidden = shapely.buffer(area.excluded, -HAIR)
    assert all(shapely.area(shapely.intersection(piece, forbidden)) == 0 for piece in sent.pieces)
    overlaps = sum(piece.area for piece in sent.pieces) - shapely.union_all(list(sent.pieces)).area
    assert overlaps <= HAIR
    corners = shapely.get_coordinates(ground)
    assert sent.missed(WarningArea(wanted), corners).size == 0


@settings(max_examples=30)
@given(areas(), st.sampled_from([8, 12, 30, 100, 250]))
def test_any_area_is_covered_by_simple_polygons_that_stay_off_what_is_excluded(
    case: tuple[BaseGeometry, BaseGeometry], max_points: int
) -> None:
    shape, excluded = case
    assert_sendable(WarningArea.drawn([shape]).minus(excluded), max_points)


@settings(max_examples=30)
@given(areas())
def test_coordinates_read_back_equal_from_nine_decimals(case: tuple[BaseGeometry, BaseGeometry]) -> None:
    for piece in sending_shape(WarningArea.drawn([case[0]]).minus(case[1]), 40).pieces:
        points = shapely.get_coordinates(piece)
        assert np.array_equal(points, np.array([[float(f"{x:.9f}"), float(f"{y:.9f}")] for x, y in points]))


def test_a_warning_for_zezhou_contains_no_point_of_the_city_that_it_surrounds() -> None:
    sent = sending_shape(zezhou())
    assert not sent.covers(random_points(counties()["140502"], 10_000, 1)).any()
    assert sent.covers(random_points(counties()["140525"], 10_000, 2)).all()
    for code in ("140521", "140522", "140524", "140581"):
        assert not sent.covers(random_points(counties()[code], 2_000, 3)).any()
    assert sent.tolerance_m == 0
    assert sent.added_m2 == 0
    assert len(sent.pieces) == 2


@pytest.mark.parametrize("max_points", [60, 20, 8])
def test_a_simplified_county_still_stays_out_of_its_neighbours(max_points: int) -> None:
    sent = sending_shape(zezhou(), max_points)
    assert not sent.covers(random_points(counties()["140502"], 10_000, 1)).any()
    assert sent.covers(random_points(counties()["140525"], 10_000, 2)).all()


def test_townships_keep_the_other_county_out_by_themselves() -> None:
    townships = Townships.build(frames()["townships"])
    codes = [code for code in townships.codes if code.startswith("140525")]
    area = WarningArea.of_townships(townships, codes)
    city = townships.union([code for code in townships.codes if code.startswith("140502")])
    assert not sending_shape(area, 30).covers(random_points(city, 10_000, 4)).any()
    named = Exposure.build(frames()).inside(area.shape).townships
    assert {row.code for row in named} == set(codes)


def test_a_ragged_outline_is_straightened_and_says_what_that_adds() -> None:
    ring = shapely.Point(112.85, 35.5).buffer(0.1, quad_segs=500)
    chance = np.random.default_rng(5)
    ragged = shapely.Polygon(shapely.get_coordinates(ring)[:-1] + chance.normal(0, 1e-5, (2_000, 2))).buffer(0)
    sent = sending_shape(WarningArea.drawn([ragged]))
    assert len(sent.pieces) == 1
    assert sent.points <= 250
    assert sent.tolerance_m > 0
    assert 0 < sent.added_share < 0.01
    assert shapely.covers(sent.shape, shapely.buffer(ragged, -HAIR))


def test_scattered_places_are_not_drowned_in_one_great_polygon() -> None:
    chance = np.random.default_rng(7)
    spots = np.column_stack([chance.uniform(112.5, 113.1, 80), chance.uniform(35.3, 35.7, 80)])
    area = WarningArea.drawn([shapely.Point(spot).buffer(0.001) for spot in spots])
    sent = sending_shape(area)
    assert sent.added_share <= 0.10
    assert sent.missed(area, spots).size == 0


def test_what_is_cut_off_by_excluded_ground_is_not_added() -> None:
    """The widened outline would jump over a narrow strip of another county and warn what lies behind it."""
    ring = shapely.get_coordinates(shapely.Point(112.9, 35.5).buffer(0.05, quad_segs=400))
    strip = shapely.box(112.9495, 35.3, 112.9505, 35.7)
    sent = sending_shape(WarningArea.drawn([shapely.Polygon(ring)]).minus(strip), 40)
    assert sent.tolerance_m > 0
    assert not sent.covers(np.array([[112.9506, 35.5], [112.95, 35.5]])).any()


def test_nothing_to_warn_gives_nothing_to_send() -> None:
    square = shapely.box(112, 35, 113, 36)
    for area in (WarningArea.empty(), WarningArea.drawn([square]).minus(square)):
        sent = sending_shape(area)
        assert sent.pieces == ()
        assert sent.added_share == 0
        assert not sent.covers(np.array([[112.5, 35.5]])).any()
    with pytest.raises(ValueError, match="8 points"):
        simple_pieces(square, 7)


@st.composite
def holed_drawings(draw: st.DrawFn) -> BaseGeometry:
    """A ragged drawing of up to 500 points with up to three holes, from a garden's size to a village's; valid."""
    count, chance = draw(st.integers(60, 500)), np.random.default_rng(draw(st.integers(0, 1_000)))
    angles = np.linspace(0, 2 * np.pi, count, endpoint=False)
    radii = 0.03 * (1 + draw(st.floats(0, 0.02)) * chance.uniform(-1, 1, count))
    spots = [(112.85, 35.5), (112.84, 35.505), (112.862, 35.492)][: draw(st.integers(1, 3))]
    holes = [
        shapely.Point(spot).buffer(draw(st.floats(1e-5, 3e-3)), quad_segs=draw(st.integers(1, 8))) for spot in spots
    ]
    outer = np.array([112.85, 35.5]) + radii[:, None] * np.column_stack([np.cos(angles), np.sin(angles)])
    return shapely.Polygon(outer, [hole.exterior.coords for hole in holes])


@settings(max_examples=30)
@given(holed_drawings(), st.sampled_from([12, 60, 250]))
def test_a_hole_that_was_drawn_is_never_filled(drawing: BaseGeometry, max_points: int) -> None:
    area = WarningArea.drawn([drawing])
    assert_sendable(area, max_points)
    sent = sending_shape(area, max_points)
    holes = [shapely.Polygon(ring) for ring in drawing.interiors]
    for hole in holes:
        assert shapely.area(shapely.intersection(sent.shape, shapely.buffer(hole, -HAIR))) == 0
        assert not sent.covers(shapely.get_coordinates(shapely.centroid(hole))).any()
    points = random_points(drawing, 200, 3)
    assert sent.covers(points).all()


def test_a_hole_that_another_drawing_fills_is_warned() -> None:
    ring = shapely.Point(112.85, 35.5).buffer(0.02).difference(shapely.Point(112.85, 35.5).buffer(0.01))
    filled = WarningArea.drawn([ring, shapely.Point(112.85, 35.5).buffer(0.005)])
    assert filled.contains(np.array([[112.85, 35.5]])).all()
    assert not sending_shape(filled).covers(np.array([[112.857, 35.5]])).any()
    later = WarningArea.drawn([ring]).plus(WarningArea.drawn([shapely.Point(112.85, 35.5).buffer(0.015)]))
    assert later.excluded.is_empty
