"""Areas put together: townships, strips, union and difference, and the ground that an outage reaches."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from priority.area import AreaFault
from priority.assessment import take_picture
from priority.incident import Incident
from priority.picture import Picture
from priority.plans import load_plan
from priority.system import SupplySystem
from priority.townships import Townships
from priority.warnings import WarningArea, sending_shape
from priority.warnings.reach import affected_townships, nodes_reached, numbers_of, outage_reach, townships_at
from tests.pictures import District
from tests.priority.small import assess_system, incident_document
from tests.priority.warnings.areas import areas, frames, random_points


@settings(max_examples=60)
@given(areas(), areas())
def test_union_and_difference_are_those_of_their_points(
    first: tuple[BaseGeometry, BaseGeometry], second: tuple[BaseGeometry, BaseGeometry]
) -> None:
    left, right = WarningArea.drawn([first[0]]), WarningArea.drawn([second[0]])
    frame = shapely.box(*shapely.union(left.shape, right.shape).bounds)
    points = random_points(frame, 200, 3)
    border = shapely.union(left.shape.boundary, right.shape.boundary)
    points = points[shapely.distance(border, shapely.points(points)) > 1e-9]
    in_left, in_right = left.contains(points), right.contains(points)
    assert np.array_equal(left.plus(right).contains(points), in_left | in_right)
    assert np.array_equal(left.minus(right.shape).contains(points), in_left & ~in_right)


def test_ground_taken_out_is_remembered_until_it_is_taken_in_again() -> None:
    square, half = shapely.box(112, 35, 113, 36), shapely.box(112, 35, 112.5, 36)
    area = WarningArea.drawn([square]).minus(half)
    assert area.excluded.equals(half)
    again = area.plus(WarningArea.drawn([half]))
    assert again.shape.equals(square)
    assert again.excluded.is_empty


def test_cracks_between_parts_are_filled_and_what_was_taken_out_is_not() -> None:
    left, right = shapely.box(112.80, 35.40, 112.85, 35.50), shapely.box(112.85, 35.40, 112.90, 35.50)
    # Half a metre wide and a kilometre long, closed at both ends; beside it a yard of twenty metres.
    crack = shapely.box(112.85 - 2.5e-6, 35.42, 112.85 + 2.5e-6, 35.43)
    yard = shapely.box(112.86, 35.45, 112.8602, 35.4502)
    ground = shapely.union(left, right)
    torn = WarningArea(shapely.difference(ground, shapely.union(crack, yard)))
    mended = torn.without_cracks()
    assert mended.contains(np.array([[112.85, 35.425], [112.8601, 35.4501]])).tolist() == [True, False]
    taken_out = WarningArea.drawn([ground]).minus(crack)
    assert taken_out.without_cracks().shape.equals(taken_out.shape), "somebody meant it"
    whole = WarningArea.drawn([ground])
    assert whole.without_cracks() is whole


@settings(max_examples=40)
@given(areas())
def test_filling_cracks_loses_nothing_and_covers_nothing_that_was_taken_out(
    drawn: tuple[BaseGeometry, BaseGeometry],
) -> None:
    area = WarningArea.drawn([drawn[0]]).minus(drawn[1])
    mended = area.without_cracks()
    assert shapely.area(shapely.difference(area.shape, mended.shape)) < 1e-15
    assert mended.excluded.equals(area.excluded)
    assert shapely.area(shapely.intersection(mended.shape, area.excluded)) < 1e-15


def test_townships_exclude_the_other_county_and_nothing_of_their_own() -> None:
    townships = Townships.build(frames()["townships"])
    area = WarningArea.of_townships(townships, ["140525100"])
    assert shapely.covers(shapely.buffer(area.excluded, 1e-9), townships.union(["140502001"]))
    assert shapely.area(shapely.intersection(area.excluded, townships.union(["140525101"]))) < 1e-9
    assert WarningArea.of_townships(townships, []).is_empty
    with pytest.raises(KeyError, match="999"):
        WarningArea.of_townships(townships, ["999"])


def test_a_strip_reaches_as_far_as_asked_on_the_ellipsoid() -> None:
    line = shapely.LineString([(112.7, 35.3), (113.0, 35.6)])
    strip = WarningArea.along_line(line, 500).shape
    geod = Geod(ellps="GRS80")
    near = [geod.fwd(112.7 + 0.3 * share, 35.3 + 0.3 * share, 310, 499)[:2] for share in (0.1, 0.5, 0.9)]
    far = [geod.fwd(112.7 + 0.3 * share, 35.3 + 0.3 * share, 310 + 10, 525)[:2] for share in (0.1, 0.5, 0.9)]
    assert WarningArea(strip).contains(np.array(near)).all()
    assert not WarningArea(strip).contains(np.array(far)).any()
    end = [geod.fwd(112.7, 35.3, 200, distance)[:2] for distance in (499, 506)]
    assert WarningArea(strip).contains(np.array(end)).tolist() == [True, False]


@pytest.mark.parametrize("distance", [0, -1, float("nan"), float("inf"), 60_000])
def test_a_width_that_makes_no_strip_is_refused(distance: float) -> None:
    with pytest.raises(AreaFault, match="buffer_distance"):
        WarningArea.along_line(shapely.LineString([(112.7, 35.3), (113.0, 35.6)]), distance)


def row_of_consumers() -> SupplySystem:
    """A feeder with a switch through four townships; beyond the switch is lost; a hospital on a pump of its own."""
    district = District().network(
        "electricity", "s* - a:5 - w| - b:7 - c:9", strips={"s": 0, "a": 0, "w": 0, "b": 1, "c": 1}
    )
    district.facility("f1", "hospital", strip=1, electricity=("c", 2))
    return SupplySystem.build(district.frames(), "1-test")


def picture_of(system: SupplySystem, **fields: object) -> Picture:
    incident = Incident.parse(incident_document({"w--b": 0}, **fields), "zh")  # type: ignore[arg-type]
    return take_picture(system, incident, load_plan("energy-chengqu"), restricted=True)


def test_the_reach_of_an_outage_holds_the_unsupplied_points_and_not_their_supplied_neighbours() -> None:
    system = row_of_consumers()
    picture = picture_of(system)
    lost = nodes_reached(picture, until_horizon=False)
    area = outage_reach(system, lost)
    at = {name: system.element_points[system.node_number[name]] for name in "abc"}
    assert area.contains(np.array([at["a"], at["b"], at["c"]])).tolist() == [False, True, True]


def test_between_neighbours_the_reach_ends_half_way_and_nowhere_beyond_its_limit() -> None:
    system = SupplySystem.build(_close_pair().frames(), "1-test")
    area = outage_reach(system, numbers_of(system, ["b"]), limit_m=400)
    a, b = (system.element_points[system.node_number[name]] for name in "ab")
    towards = np.array([b + (a - b) * share for share in (0.45, 0.55)])
    assert area.contains(towards).tolist() == [True, False]
    away = np.array([b + (b - a) * share for share in (1.9, 2.1)])  # 200 m apart: 380 m and 420 m off
    assert area.contains(away).tolist() == [True, False]


def _close_pair() -> District:
    district = District().network("electricity", "s* - a:5 - b:7")
    for name, x in (("a", 112.8), ("b", 112.8 + 200 / 90_700)):
        district.nodes[name]["geometry"] = shapely.Point(x, 35.5)
    return district


def test_a_failed_place_is_inside_the_reach_that_names_it() -> None:
    system = row_of_consumers()
    spot = system.facility_points[system.facility_number["f1"]]
    nothing = np.zeros(system.arrays.node_ids.size, np.bool_)
    assert outage_reach(system, nothing).is_empty
    assert outage_reach(system, nothing, ["f1"]).contains(spot[None]).all()


def test_townships_of_an_outage_are_those_with_customers_out() -> None:
    system = row_of_consumers()
    assessment = assess_system(system, {"w--b": 0})
    codes = affected_townships(assessment)
    assert codes == townships_at(picture_of(system), 0)
    assert len(codes) == 1
    assert affected_townships(assess_system(system, {})) == ()


def test_the_cascade_until_the_horizon_adds_what_it_will_reach() -> None:
    district = District().network("electricity", "s* - x| - p").network("water", "q* - k:8")
    district.facility("plant", "utility", feeds="q", electricity=("p", 3))
    system = SupplySystem.build(district.frames(), "1-test")
    incident = Incident.parse(incident_document({"x--p": 0}), "zh")
    picture = take_picture(system, incident, load_plan("energy-chengqu"), restricted=True)
    water = system.node_number["k"]
    assert not nodes_reached(picture, until_horizon=False)[water]
    assert nodes_reached(picture, until_horizon=True)[water]


@pytest.mark.parametrize("seed", range(6))
def test_the_reach_of_many_scattered_points_is_sound_and_sends_all_of_them(seed: int) -> None:
    """Hundreds of grounds side by side, some points in the same place: nearly touching edges must not cross."""
    chance = np.random.default_rng(seed)
    district = District().network("electricity", "s* - " + " - ".join(f"c{number}:3" for number in range(300)))
    for number in range(300):
        x, y = chance.normal(112.85, 0.01), chance.normal(35.5, 0.01)
        district.nodes[f"c{number}"]["geometry"] = shapely.Point(round(x, 3), round(y, 3))
    system = SupplySystem.build(district.frames(), "1-test")
    lost = np.zeros(system.arrays.node_ids.size, np.bool_)
    lost[chance.choice(lost.size, 150, replace=False)] = True
    lost[system.node_number["s"]] = False
    area = outage_reach(system, lost)
    points = system.element_points[: lost.size][lost]
    assert area.shape.is_valid
    assert area.contains(points).all()
    assert sending_shape(area).missed(area, points).size == 0


def test_a_shape_whose_edges_cross_is_no_area() -> None:
    with pytest.raises(ValueError, match="cross"):
        WarningArea(shapely.Polygon([(112, 35), (113, 36), (113, 35), (112, 36)]))
