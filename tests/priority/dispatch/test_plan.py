"""The dispatch plan: who runs out of what, who is reached in time, and what is said of those who are not."""

from __future__ import annotations

import pytest

from priority.dispatch.input import Supply
from priority.dispatch.results import DispatchPlan
from priority.errors import InvalidSupply
from tests.pictures import District
from tests.priority.dispatch.towns import both, planned, row_of, stock, strip, vehicle

WATER = "W* - wa - wb:10"
POWER = "S* - ea - eb:10"
CUT = {"W": 0.0}
DARK = {"S": 0.0}


def thirsty(hours: float | None = 2, demand: float | None = 5.0, **fields: object) -> District:
    district = District().network("water", WATER)
    return district.facility("h", water=("wb", hours, True, demand), **fields)


def lit(hours: float | None = 2, demand: float | None = 100.0) -> District:
    return District().network("electricity", POWER).facility("h", electricity=("eb", hours, True, demand))


def test_a_tanker_comes_again_and_again_until_the_horizon() -> None:
    plan = planned(thirsty(), CUT, both("water"))
    row = row_of(plan, "h")
    assert (row.commodity, row.unit, row.deadline_at, row.state) == ("water", "m³", "2026-01-12T10:00:00+08:00", "kept")
    assert (row.per_hour, row.need, row.brought) == (5.0, 110.0, 110.0)
    assert row.held_until == row.until_at == "2026-01-13T08:00:00+08:00"
    assert len(plan.trips) == 11
    assert [trip.position for trip in plan.trips] == list(range(1, 12))
    first, second = plan.trips[:2]
    assert (first.amount, first.minutes, first.slack_minutes) == (10.0, 40.0, 80.0)
    assert first.deadline_at == row.deadline_at
    assert second.leave_at == first.unloaded_at
    assert second.deadline_at == "2026-01-12T12:00:00+08:00"
    assert plan.status == "proven"
    assert plan.sentence == "1 处在储备用完前送到。"
    assert plan.stocks[0].left == 890.0


def test_a_repair_ends_what_is_wanted() -> None:
    plan = planned(thirsty(), CUT, both("water"), repairs={"W": 6})
    row = row_of(plan, "h")
    assert (row.until_at, row.need, row.state) == ("2026-01-12T14:00:00+08:00", 20.0, "kept")


def test_enough_for_some_hours_is_enough() -> None:
    plan = planned(thirsty(), CUT, both("water", keep_hours=3.0))
    assert row_of(plan, "h").need == 15.0
    assert any(item.code == "keep_hours" for item in plan.assumptions)


def test_who_is_too_far_is_told_when_it_would_come() -> None:
    plan = planned(thirsty(0.5, strip=2), CUT, both("water"))
    row = row_of(plan, "h")
    assert (row.state, row.reason_code) == ("late", "too_far")
    assert row.soonest_at is not None
    assert row.deadline_at == "2026-01-12T08:30:00+08:00" < row.soonest_at
    assert row.reason.startswith("水最早 09:")
    assert plan.sentence.startswith("1 处都来不及：单位h（水最早")
    assert plan.trips[0].slack_minutes < 0
    assert plan.status == "proven"
    assert row.hours_without == plan.levels[0].hours_without_bound > 0


def test_a_closed_road_cuts_a_place_off() -> None:
    """The stock lies at the west end of the only road, the place at its east end."""
    district = thirsty(demand=2.0).road("r", "0,33 40,33")
    supply = {
        "stocks": [stock("water", depot=[112.4, 35.5])],
        "vehicles": [vehicle("water", depot=[112.4, 35.5])],
    }
    assert row_of(planned(district, CUT, supply), "h").state == "kept"
    closed = planned(district, CUT, supply, closed_roads=["r"])
    assert (row_of(closed, "h").state, row_of(closed, "h").reason_code) == ("never", "no_road")
    assert row_of(closed, "h").soonest_at is None
    assert closed.trips == ()
    assert closed.status == "proven"


def test_the_way_leads_from_the_vehicle_past_the_stock() -> None:
    district = thirsty(strip=0).road("r", "0,33 40,33")
    supply = {"stocks": [stock("water", depot=[112.2, 35.5])], "vehicles": [vehicle("water", depot=[112.4, 35.5])]}
    trip = planned(district, CUT, supply).trips[0]
    assert trip.route[0] == (112.4, 35.5)
    assert trip.route[-1] == tuple(strip(0))
    assert any(abs(longitude - 112.2) < 0.001 for longitude, _ in trip.route)


def test_diesel_keeps_a_generator_running() -> None:
    plan = planned(lit(), DARK, both("diesel", load=300.0))
    row = row_of(plan, "h")
    assert (row.commodity, row.unit, row.per_hour, row.need) == ("diesel", "L", 27.0, 594.0)
    assert row.state == "kept"
    assert [trip.amount for trip in plan.trips] == [300.0, 294.0]
    assert any(item.code == "diesel" and "0.27" in item.text for item in plan.assumptions)


@pytest.mark.parametrize(("hours", "why"), [(0, "no_generator"), (None, "generator_unknown")])
def test_without_a_generator_diesel_does_not_help(hours: float | None, why: str) -> None:
    plan = planned(lit(hours), DARK, both("diesel"))
    assert plan.facilities == ()
    assert [(row.facility, row.reason_code) for row in plan.beyond] == [("h", why)]
    assert plan.sentence.endswith("1 处因其他原因中断。")


def test_who_knows_of_a_generator_says_so() -> None:
    supply = both("diesel", load=500.0, needs=[{"facility": "h", "commodity": "diesel", "per_hour": 20.0}])
    row = row_of(planned(lit(None), DARK, supply), "h")
    assert (row.per_hour, row.state, row.reason_code) == (20.0, "late", "already")


def test_a_reported_reserve_counts() -> None:
    plan = planned(lit(2), DARK, both("diesel", load=300.0), reserves=[("h", "electricity", 6, 1)])
    assert row_of(plan, "h").deadline_at == "2026-01-12T15:00:00+08:00"


def test_coal_is_brought_for_what_deliveries_leave_open() -> None:
    district = District().network("heat", "H* - k:5")
    district.facility("p", "heat_supply", feeds="H", coal=(None, 6, True, 48.0))
    district.facility("m", "other").coal_route("c", "p", "m", 24.0)
    plan = planned(district, {}, both("coal", load=30.0), started_h=0)
    row = row_of(plan, "p")
    assert (row.commodity, row.unit, row.per_hour) == ("coal", "t", 1.0)
    assert row.deadline_at == "2026-01-12T20:00:00+08:00"
    assert (row.need, row.brought, row.state) == (12.0, 12.0, "kept")


def test_an_unknown_use_is_said_to_be_unknown() -> None:
    plan = planned(thirsty(demand=None), CUT, both("water"))
    row = row_of(plan, "h")
    assert (row.per_hour, row.need, row.held_until) == (None, None, None)
    assert (row.state, row.reason_code, row.brought) == ("kept", "kept_unknown", 10.0)
    assert "不明" in row.reason
    assert any(item.code == "use_unknown" for item in plan.assumptions)


def test_an_amount_that_is_told_is_brought() -> None:
    supply = both("water", needs=[{"facility": "h", "commodity": "water", "amount": 22.0}])
    unknown = row_of(planned(thirsty(demand=None), CUT, supply), "h")
    assert (unknown.need, unknown.per_hour, unknown.state) == (22.0, 1.0, "kept")
    known = row_of(planned(thirsty(demand=5.0), CUT, supply), "h")
    assert (known.need, known.until_at) == (22.0, "2026-01-12T14:24:00+08:00")


def test_a_stock_that_nobody_measured_is_taken_to_be_enough() -> None:
    plan = planned(thirsty(), CUT, both("water", amount=None))
    assert row_of(plan, "h").state == "kept"
    assert (plan.stocks[0].amount, plan.stocks[0].left, plan.stocks[0].taken) == (None, None, 110.0)
    assert any(item.code == "unmeasured" for item in plan.assumptions)


@pytest.mark.parametrize(
    ("supply", "code"),
    [
        ({"stocks": [stock("water")]}, "no_vehicle"),
        ({"vehicles": [vehicle("water")]}, "no_stock"),
        (both("water", amount=0.0), "no_stock"),
        (both("water", amount=50.0), "stock_short"),
        (both("water", load=2.0), "too_slow"),
    ],
)
def test_what_is_missing_is_named(supply: dict[str, object], code: str) -> None:
    plan = planned(thirsty(), CUT, supply)
    assert row_of(plan, "h").reason_code == code
    assert plan.status == "proven" or code in ("too_slow", "stock_short")


def two_classes() -> District:
    district = District().network("water", WATER)
    district.facility("school", "school", water=("wb", 2, True, 1.0))
    return district.facility("h", "hospital", water=("wb", 3, True, 1.0))


def test_the_last_of_a_stock_goes_to_the_first_class() -> None:
    plan = planned(two_classes(), CUT, both("water", amount=21.0, load=50.0))
    assert (row_of(plan, "h").state, row_of(plan, "school").state) == ("kept", "never")
    assert row_of(plan, "school").reason_code in ("stock_used", "stock_short")
    assert [(level.tier, level.places_without) for level in plan.levels] == [(4, 0), (None, 1)]
    assert plan.sentence.startswith("1 处在储备用完前送到，1 处来不及：单位school（")


def test_a_commanders_order_turns_it_round() -> None:
    order = {"categories": ["school"], "reason": "考试"}
    plan = planned(two_classes(), CUT, both("water", amount=22.0, load=50.0), priority_order=order)
    assert (row_of(plan, "school").state, row_of(plan, "h").state) == ("kept", "never")


def test_a_place_that_lacks_two_things_counts_once() -> None:
    district = District().network("water", WATER).network("electricity", POWER)
    district.facility("h", water=("wb", 2, True, 1.0), electricity=("eb", 4, True, 10.0))
    supply = {
        "stocks": [stock("water"), stock("diesel")],
        "vehicles": [vehicle("water", 30.0), vehicle("diesel", 100.0)],
    }
    plan = planned(district, {**CUT, **DARK}, supply)
    assert {row.commodity: row.deadline_at[11:13] for row in plan.facilities} == {"water": "10", "diesel": "12"}
    assert (plan.levels[0].places, plan.levels[0].places_without) == (1, 0)
    dry = planned(district, {**CUT, **DARK}, {**supply, "vehicles": supply["vehicles"][:1]})
    assert (row_of(dry, "h", "water").state, row_of(dry, "h", "diesel").state) == ("kept", "never")
    assert dry.sentence.startswith("1 处都来不及")


def test_what_fails_for_want_of_heat_wants_water_only_until_then() -> None:
    district = District().network("water", WATER).network("heat", "H* - hb:10")
    district.facility("h", water=("wb", 1, True, 1.0), heat=("hb", 5, True, 10.0))
    row = row_of(planned(district, {**CUT, "H": 0.0}, both("water")), "h")
    assert (row.until_at, row.need) == ("2026-01-12T13:00:00+08:00", 4.0)
    assert "13:00 起仍会停运" in row.reason
    gone = planned(district, {**CUT, "H": -6.0}, both("water"))
    assert gone.facilities == ()
    assert gone.beyond[0].reason_code == "not_by_road"


def test_a_hidden_place_is_neither_served_nor_named() -> None:
    district = thirsty(restricted=True)
    hidden = planned(district, CUT, both("water"), restricted=False)
    assert hidden.facilities == hidden.trips == hidden.beyond == ()
    assert hidden.sentence == "推演时段内没有单位缺水、缺煤或缺柴油，不用调运。"
    assert "单位h" not in str(hidden.document())
    with pytest.raises(InvalidSupply) as refused:
        planned(district, CUT, both("water", needs=[{"facility": "h", "commodity": "water"}]), restricted=False)
    assert [problem.field for problem in refused.value.problems] == ["needs[0].facility"]
    assert planned(district, CUT, both("water")).facilities[0].facility == "h"


def test_a_need_that_is_not_in_danger_is_told() -> None:
    plan = planned(thirsty(), {}, both("water", needs=[{"facility": "h", "commodity": "water", "per_hour": 2.0}]))
    assert plan.notes == ("单位h在推演时段内不会因缺水中断，没有安排。",)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"stocks": [stock("water", site="nowhere")]}, "stocks[0].site"),
        ({"stocks": [stock("water", site="x", depot=strip(0))]}, "stocks[0].site"),
        ({"vehicles": [vehicle("water", depot=None)]}, "vehicles[0].site"),
        ({"vehicles": [vehicle("water", -1.0)]}, "vehicles[0].load"),
        ({"vehicles": [vehicle("gas")]}, "vehicles[0].commodity"),
        ({"vehicles": [vehicle("water"), vehicle("water")]}, "vehicles[1].id"),
        ({"stocks": [stock("water", -1.0)]}, "stocks[0].amount"),
        ({"needs": [{"facility": "x", "commodity": "water"}]}, "needs[0].facility"),
        ({"needs": [{"facility": "h", "commodity": "water", "amount": 0}]}, "needs[0].amount"),
        ({"keep_hours": 0}, "keep_hours"),
        ({"seconds": True}, "seconds"),
        ({"surprise": 1}, "surprise"),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_wrong_field_is_named_with_a_remedy(wrong: dict[str, object], field: str, language: str) -> None:
    with pytest.raises(InvalidSupply) as refused:
        planned(thirsty(), CUT, wrong, language=language)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert all(problem.message and problem.remedy for problem in refused.value.problems)


def test_a_supply_is_an_object() -> None:
    with pytest.raises(InvalidSupply):
        Supply.parse([])


def test_the_same_in_english() -> None:
    plan = planned(thirsty(0.5, strip=2), CUT, both("water"), language="en")
    assert plan.sentence.startswith("All 1 place(s) are not in time: 单位h (water comes at 09:")
    assert plan.proof.startswith("Proven: level by level")
    assert DispatchPlan.model_validate_json(plan.model_dump_json()) == plan
