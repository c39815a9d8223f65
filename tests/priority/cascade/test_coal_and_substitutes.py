"""Coal by road and other energies that stand in for it: cases in hours after eight, to be checked by hand."""

from __future__ import annotations

import pytest

from tests.pictures import District
from tests.priority.cascade.reading import events, falls, place
from tests.priority.small import assess_frames


def coal_district(*routes: tuple[str, float | None], reserve_h: float | None = 24, demand: float = 100.0) -> District:
    """A heat plant that burns coal, 100 t a day; routes from a mine that lives on a feeder, with a battery of 2 h."""
    district = District().network("heat", "H* - v1| - k:50").network("electricity", "S* - s1| - m:10")
    district.facility("plant", "heat_supply", feeds="H", coal=(None, reserve_h, True, demand))
    district.facility("mine", "other", electricity=("m", 2))
    for identifier, tonnes in routes:
        district.coal_route(identifier, "plant", "mine", tonnes)
    return district


def test_with_all_roads_open_the_stock_stays() -> None:
    result = assess_frames(coal_district(("north", 60), ("south", 40)).frames())
    assert {row.state for row in result.facilities} == {"supplied"}
    assert events(result) == []


def test_a_closed_road_lets_the_stock_shrink_by_what_it_no_longer_brings() -> None:
    frames = coal_district(("north", 60), ("south", 40)).frames()
    one = assess_frames(frames, closed_roads=["south"])  # a quarter and a bit: 24 h / 0.4
    assert falls(one, "plant") == ("on_reserve", 60, None)
    both = assess_frames(frames, closed_roads=["south", "north"], started_h=0)
    assert falls(both, "plant") == ("on_reserve", 24, None)
    assert both.outages["heat"].at_horizon.customers == 50
    later = assess_frames(frames, closed_roads=["south", "north"], started_h=0, later_h=30)
    assert falls(later, "plant") == ("failed", 24, None)
    assert later.outages["heat"].customers == 50


def test_more_than_the_plant_burns_makes_up_for_a_closed_road() -> None:
    frames = coal_district(("north", 100), ("south", 100)).frames()
    assert falls(assess_frames(frames, closed_roads=["south"]), "plant") == ("supplied", None, None)


def test_a_thousandth_is_counted_and_the_last_second_begun_is_whole() -> None:
    frames = coal_district(("north", 70), ("south", 30), reserve_h=1).frames()
    result = assess_frames(frames, closed_roads=["north"])  # 3600 s / 0.7 = 5142.86 s
    assert place(result, "plant").fails_at == "2026-01-12T09:25:43+08:00"


def test_a_mine_that_fails_stops_its_coal_until_it_is_back() -> None:
    frames = coal_district(("north", 100)).frames()
    down = assess_frames(frames, {"m": 0})
    assert events(down) == [(2, ("mine",), ()), (26, ("plant",), ())]
    short = assess_frames(frames, {"m": 0}, repairs={"m": 10})
    assert events(short) == [(2, ("mine",), ()), (10, (), ("mine",))]
    assert falls(assess_frames(frames, {"m": 0}, repairs={"m": 10}, later_h=20), "plant") == ("supplied", None, None)
    again = assess_frames(frames, {"m": 0, "s1--m": 20}, repairs={"m": 10}, horizon_hours=72)
    assert events(again)[2:] == [(20, ("mine",), ()), (36, ("plant",), ())]


def test_the_plant_is_back_when_the_coal_is() -> None:
    frames = coal_district(("north", 100)).frames()
    result = assess_frames(frames, {"mine": 0}, repairs={"mine": 30})
    assert events(result) == [(0, ("mine",), ()), (24, ("plant",), ()), (30, (), ("mine", "plant"))]


def test_the_chain_of_causes_names_the_mines_fault_and_the_coal() -> None:
    frames = coal_district(("north", 100)).frames()
    causes = place(assess_frames(frames, {"m": 0}, later_h=3), "plant").causes
    assert causes[0] == "点m故障（1月12日 08:00）"
    assert any("mine" in sentence for sentence in causes)
    closed = place(assess_frames(frames, closed_roads=["north"]), "plant").causes
    assert "运煤" in closed[0]


@pytest.mark.parametrize("routes", [(), (("north", None),), (("north", None), ("south", None))])
def test_unknown_deliveries_count_as_usual_and_are_told(routes: tuple[tuple[str, float | None], ...]) -> None:
    result = assess_frames(coal_district(*routes).frames(), closed_roads=[name for name, _ in routes])
    assert falls(result, "plant") == ("supplied", None, None)
    assert any("煤" in note.text for note in result.assumptions)


def test_an_unknown_stock_counts_as_none() -> None:
    frames = coal_district(("north", 100), reserve_h=None).frames()
    assert falls(assess_frames(frames, closed_roads=["north"]), "plant")[:2] == ("failed", 0)


def with_gas() -> District:
    return coal_district(("north", 100)).network("gas", "G* - g1| - b:1").stand_in("plant", "coal", "gas", "b")


def test_gas_stands_in_for_coal_under_the_energy_plan_alone() -> None:
    frames = with_gas().frames()
    energy = assess_frames(frames, closed_roads=["north"])
    assert falls(energy, "plant") == ("supplied", None, None)
    heating = assess_frames(frames, closed_roads=["north"], plan="heating-zezhou")
    assert falls(heating, "plant") == ("on_reserve", 24, None)


def test_coal_counts_from_when_the_gas_is_gone_until_it_is_back() -> None:
    frames = with_gas().frames()
    gone = assess_frames(frames, {"b": 10}, repairs={"b": 20}, closed_roads=["north"], horizon_hours=48)
    assert events(gone) == []
    for_good = assess_frames(frames, {"b": 10}, closed_roads=["north"], horizon_hours=48)
    assert events(for_good) == [(34, ("plant",), ())]


def test_a_stand_in_is_no_need_of_its_own() -> None:
    result = assess_frames(with_gas().frames(), {"b": 0})
    assert falls(result, "plant") == ("supplied", None, None)
    assert place(result, "plant").lost == ()


def test_heat_stands_in_for_electricity_and_fails_with_its_own_plant() -> None:
    district = District().network("electricity", "S* - s1| - a:1").network("heat", "H* - v1| - k:1")
    district.facility("boiler", "heat_supply", feeds="H", electricity=("a", 5))
    frames = district.facility("ward", electricity=("a", 1)).stand_in("ward", "electricity", "heat", "k").frames()
    assert events(assess_frames(frames, {"a": 0})) == [(5, ("boiler",), ()), (6, ("ward",), ())]
    assert events(assess_frames(frames, {"a": 0}, plan="heating-zezhou")) == [(1, ("ward",), ()), (5, ("boiler",), ())]


def test_a_stock_that_outlasts_the_horizon_is_no_reserve_running_out_whatever_else_befell_the_plant() -> None:
    frames = coal_district(("north", 90), reserve_h=8).frames()  # a tenth is missing: the stock lasts 80 h
    calm = assess_frames(frames, horizon_hours=40)
    assert falls(calm, "plant")[0] == "supplied"
    struck = assess_frames(frames, {"plant": 1}, repairs={"plant": 2}, horizon_hours=40, later_h=3)
    assert falls(struck, "plant")[0] == "supplied"
    far = assess_frames(frames, horizon_hours=100)
    assert falls(far, "plant") == ("on_reserve", 80, None)


def test_a_closed_road_sends_the_coal_round_and_half_of_it_arrives() -> None:
    district = coal_district().coal_route("coal", "plant", "mine", 100, path="0,0 10,0")
    district.road("straight", "0,0 10,0").road("round", "0,0 0,5 10,5 10,0")  # 10 km or 20 km
    frames = district.frames()
    assert falls(assess_frames(frames), "plant") == ("supplied", None, None)
    detour = falls(assess_frames(frames, closed_roads=["straight"], horizon_hours=96), "plant")
    assert detour[0] == "on_reserve"
    assert detour[1] == pytest.approx(48, rel=0.02)
    both = assess_frames(frames, closed_roads=["straight", "round"])
    assert falls(both, "plant") == ("on_reserve", 24, None)


def test_three_routes_that_bring_a_third_each_leave_no_shortage() -> None:
    frames = coal_district(("north", 100), ("south", 100), ("west", 100), reserve_h=8, demand=300).frames()
    assert falls(assess_frames(frames), "plant") == ("supplied", None, None)
    short = place(assess_frames(frames, closed_roads=["north"]), "plant")
    assert short.fails_at == "2026-01-13T08:05:47+08:00"  # 8 h / 0.332, to the second begun
