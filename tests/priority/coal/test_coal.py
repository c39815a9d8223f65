"""When plants run short of coal, and what closed roads do to that, on a small district whose figures add up by hand.

mine "M" at (0,0) --r1-- (6,0) --r2-- (12,0) plant "P"      12 km at 60 km/h: 12 minutes
                     \\--r3-- (6,9) --r4--/                   round r2: 27.8 km in all
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from priority.coal import CoalSupply, coal_assumptions, coal_rows, lasts_s
from priority.protection.results import CoalRow
from priority.restoration.problem import NEVER
from priority.system import SupplySystem
from priority.wording import Phrases
from tests.pictures import District

AT = datetime(2026, 1, 12, 8, tzinfo=timezone(timedelta(hours=8)))
DAY_H = 24.0
TWO_PARTS = "0,0 6,0 12,0"


def district(
    *,
    demand: float | None = 100.0,
    stock_h: float | None = 5 * DAY_H,
    tonnes: float | None = 100.0,
    category: str = "heat_supply",
    roads: bool = True,
    **plant: Any,
) -> District:
    drawn = District().network("electricity", "S* - a")
    drawn.facility("M", "other", electricity=("a", 1))
    drawn.facility("P", category, coal=(None, stock_h, True, demand), **plant)
    drawn.coal_route("c1", "P", "M", tonnes, TWO_PARTS)
    if roads:
        drawn.road("r1", "0,0 6,0").road("r2", "6,0 12,0").road("r3", "6,0 6,9").road("r4", "6,9 12,0")
    return drawn


def coal(drawn: District) -> CoalSupply:
    return SupplySystem.build(drawn.frames(), "1").coal


def rows(drawn: District, *closed: str, language: Any = "zh", hours: float = 72, restricted: bool = False) -> Any:
    supply, shut = coal(drawn), frozenset(closed)
    words = Phrases(language)
    return coal_rows(supply, words, at=AT, horizon_hours=hours, closed=shut, restricted=restricted)


def row(drawn: District, *closed: str, **options: Any) -> CoalRow:
    (only,) = rows(drawn, *closed, **options)
    assert isinstance(only, CoalRow)
    return only


def test_a_plant_that_gets_what_it_uses_has_enough() -> None:
    found = row(district())
    assert (found.state, found.short_at, found.days_left) == ("enough", None, None)
    assert (found.stock_tonnes, found.daily_use_tonnes, found.deliveries_tonnes_per_day) == (500.0, 100.0, 100.0)
    assert found.days_without_deliveries == 5.0
    assert found.reason == "每天到煤 100 吨，够日用 100 吨，库存 500 吨。"
    (route,) = found.routes
    assert (route.mine, route.hours, route.closed, route.detour_hours) == (
        "M",
        pytest.approx(0.2, abs=0.01),
        False,
        None,
    )


def test_half_the_deliveries_double_the_life_of_a_stock() -> None:
    found = row(district(tonnes=50.0))
    assert (found.state, found.days_left, found.short_at) == ("running_short", 10.0, "2026-01-22T08:00:00+08:00")
    assert "库存 500 吨还能用 10 天" in found.reason
    assert "供热预案 4.5.5" in found.reason


def test_a_closed_road_sends_the_trucks_round_and_less_arrives() -> None:
    before, after = row(district(tonnes=120.0)), row(district(tonnes=120.0), "r2")
    (route,) = after.routes
    assert before.state == "enough"
    # 6 km, then 9 km and the long side of a triangle of 6 by 9 km, for 12 km.
    factor = 12 / (6 + 9 + (6**2 + 9**2) ** 0.5)
    assert route.closed
    assert route.detour_hours == pytest.approx(0.2 / factor, rel=0.02)
    assert route.tonnes_per_day == pytest.approx(120 * factor, rel=0.01)
    assert after.deliveries_tonnes_per_day == route.tonnes_per_day
    assert after.days_left == pytest.approx(5 / (1 - 1.2 * factor), rel=0.03)
    assert "绕行要" in after.reason


def test_without_a_way_round_no_coal_comes() -> None:
    found = row(district(), "r1")
    assert (found.deliveries_tonnes_per_day, found.days_left, found.state) == (0.0, 5.0, "running_short")
    assert found.routes[0].detour_hours is None
    assert "无路可绕" in found.reason
    assert row(district(), "r1", hours=120).state == "short_within_horizon"


@pytest.mark.parametrize("roads", [True, False])
def test_a_coal_route_that_is_itself_closed_brings_nothing(roads: bool) -> None:
    found = row(district(roads=roads), "c1")
    assert (found.deliveries_tonnes_per_day, found.days_left) == (0.0, 5.0)
    assert "已封闭" in found.reason


def test_a_road_closed_in_the_data_cuts_routes_as_well() -> None:
    drawn = district()
    drawn.roads[0]["closed"] = True
    assert row(drawn).deliveries_tonnes_per_day == 0.0


def test_a_road_that_the_route_only_touches_does_not_cut_it() -> None:
    assert row(district(), "r3", "r4").state == "enough"


@pytest.mark.parametrize(
    ("unknown", "missing", "known"),
    [
        ({"demand": None}, "日用煤量", (None, None, 5.0)),
        ({"stock_h": None}, "库存", (None, 100.0, None)),
        ({"tonnes": None}, "到煤量", (500.0, 100.0, 5.0)),
        ({"demand": None, "stock_h": None}, "库存、日用煤量", (None, None, None)),
    ],
)
def test_what_is_not_known_stays_unknown(unknown: Any, missing: str, known: tuple[Any, ...]) -> None:
    found = row(district(**unknown), "r1")
    assert (found.state, found.short_at, found.days_left) == ("unknown", None, None)
    assert (found.stock_tonnes, found.daily_use_tonnes, found.days_without_deliveries) == known
    assert f"{missing}未知" in found.reason


def test_a_plant_without_routes_has_unknown_deliveries_and_no_figures_are_made_up() -> None:
    drawn = district()
    drawn.coal_routes.clear()
    assert row(drawn).state == "unknown"
    assert coal(drawn).deliveries() == ()
    assert "coal_unknown" in {note.code for note in coal_assumptions(coal(drawn), Phrases("zh"))}


def test_rows_come_in_the_order_in_which_plants_run_short() -> None:
    drawn = district(tonnes=50.0)
    for name, stock_h, tonnes in (("Q", 10.0, 90.0), ("R", 500.0, 20.0), ("T", 10.0, 200.0), ("U", None, 100.0)):
        drawn.facility(name, "heat_supply", coal=(None, stock_h, True, 100.0))
        drawn.coal_route(f"c{name}", name, "M", tonnes, "0,0 6,0")
    found = rows(drawn)
    assert [item.facility for item in found] == ["Q", "P", "R", "U", "T"]
    assert [item.facility for item in rows(drawn, hours=240)] == ["Q", "P", "R", "U", "T"]


def test_heat_plants_and_others_cite_their_own_plan_in_both_languages() -> None:
    other = district(tonnes=50.0, category="utility")
    assert "能源预案 4.2.1(2)" in row(other).reason
    assert "energy plan 4.2.1(2)" in row(other, language="en").reason
    assert "heating plan 4.5.5" in row(district(tonnes=50.0), language="en").reason


def test_restricted_plants_and_mines_are_named_to_those_with_the_right_alone() -> None:
    secret_plant = district(restricted=True)
    assert rows(secret_plant) == ()
    assert len(rows(secret_plant, restricted=True)) == 1
    secret_mine = district()
    secret_mine.facilities[0]["restricted"] = True
    found = row(secret_mine, "r1")
    assert found.routes == ()
    assert found.deliveries_tonnes_per_day == 0.0
    assert "c1" not in found.reason
    assert len(row(secret_mine, restricted=True).routes) == 1


def test_a_district_without_coal_has_no_rows_and_no_assumptions() -> None:
    nothing = coal(District().network("electricity", "S* - a").facility("M", electricity=("a", 1)))
    assert coal_rows(nothing, Phrases("zh"), at=AT, horizon_hours=72) == ()
    assert coal_assumptions(nothing, Phrases("zh")) == ()


def test_the_cascade_gets_thousandths_of_the_daily_use_and_the_mine() -> None:
    drawn = district(tonnes=50.0)
    drawn.coal_route("c2", "P", None, 33.33, "12,0 12,1")
    supply = coal(drawn)
    plant, mine = supply.facilities.ids.index("P"), supply.facilities.ids.index("M")
    assert [(item.facility, item.thousandths, item.mine) for item in supply.deliveries()] == [
        (plant, 500, mine),
        (plant, 334, -1),
    ]
    assert [item.thousandths for item in supply.deliveries(frozenset({"r1"}))] == [0, 334]
    assert supply.unknown_plants == ()


def test_a_plant_that_uses_nothing_never_runs_short() -> None:
    assert row(district(demand=0.0), "r2").state == "enough"


@pytest.mark.parametrize(
    ("reserve_s", "delivered", "expected"),
    [(3600, 0, 3600), (3600, 500, 7200), (100, 999, 100_000), (10, 1000, NEVER), (0, 0, 0), (10, 1500, NEVER)],
)
def test_a_stock_lasts_longer_the_more_arrives(reserve_s: int, delivered: int, expected: int) -> None:
    assert lasts_s(reserve_s, delivered) == expected


CORNERS = [f"{east},{north}" for east in (0, 6, 12) for north in (0, 5, 9)]


@st.composite
def networks(draw: st.DrawFn) -> tuple[District, list[str]]:
    """A plant with up to three coal routes over a random net of roads; ids of what may be closed."""
    drawn = District().network("electricity", "S* - a")
    stock_h = draw(st.sampled_from([0.0, 30.0, 120.0, None]))
    drawn.facility("P", "heat_supply", coal=(None, stock_h, True, draw(st.sampled_from([40.0, 100.0, None]))))
    pair = st.tuples(st.sampled_from(CORNERS), st.sampled_from(CORNERS)).filter(lambda ends: ends[0] != ends[1])
    for number, (a, b) in enumerate(draw(st.lists(pair, min_size=1, max_size=14, unique=True))):
        drawn.road(f"r{number}", f"{a} {b}", draw(st.sampled_from([20.0, 60.0])))
    for number in range(draw(st.integers(1, 3))):
        corners = draw(st.lists(st.sampled_from(CORNERS), min_size=2, max_size=4, unique=True))
        drawn.coal_route(f"c{number}", "P", None, draw(st.sampled_from([10.0, 33.3, 60.0])), " ".join(corners))
    ids = [item["id"] for item in (*drawn.roads, *drawn.coal_routes)]
    return drawn, ids


@settings(max_examples=60, deadline=None)
@given(networks(), st.data())
def test_closing_one_more_road_never_makes_a_plant_last_longer(
    drawn: tuple[District, list[str]], data: st.DataObject
) -> None:
    frames, ids = drawn
    supply = coal(frames)
    closed = frozenset(data.draw(st.lists(st.sampled_from(ids), max_size=4)))
    more = closed | {data.draw(st.sampled_from(ids))}
    for before, after in zip(supply.deliveries(closed), supply.deliveries(more), strict=True):
        assert after.thousandths <= before.thousandths
    options: Any = {"at": AT, "horizon_hours": 72}
    (first,) = coal_rows(supply, Phrases("zh"), closed=closed, **options)
    (then,) = coal_rows(supply, Phrases("zh"), closed=more, **options)
    assert (first.state == "unknown") == (then.state == "unknown")
    if first.days_left is not None:
        assert then.days_left is not None
        assert then.days_left <= first.days_left
