"""Energy plan: every threshold just below, at, and just above; every joined condition with a part missing; the rulings.

Each row gives figures and the level that clauses 4.2.1 to 4.2.3 ask for, read from the plan's text by hand.
"""

from __future__ import annotations

from typing import Any

import pytest

from priority.levels import LevelResult, recommend
from priority.plans import load_plan
from priority.wording import Phrases

PLAN = load_plan("energy-chengqu")
COAL = ("coal_imbalance", "coal_price", "coal_stock_share")
GAS = ("pipeline_outage_days", "gas_gap_share", "gas_local_gap_share")


def levelled(**figures: Any) -> LevelResult:
    return recommend(PLAN, figures, Phrases("zh"))


def rulings(result: LevelResult) -> set[str]:
    return {ruling.key for ruling in result.rulings}


@pytest.mark.parametrize(
    ("value", "level"),
    [
        (0.0, None),
        (0.1999, None),
        (0.2, "III"),
        (0.2001, "III"),
        (0.3999, "III"),
        (0.4, "II"),
        (0.4001, "II"),
        (0.5999, "II"),
        (0.6, "I"),
        (0.6001, "I"),
        (1.0, "I"),
    ],
)
def test_chengqu_load(value: float, level: str | None) -> None:
    assert levelled(chengqu_load_lost_share=value).level == level


@pytest.mark.parametrize(
    ("value", "level"),
    [
        (0.0, None),
        (0.2999, None),
        (0.3, "III"),
        (0.3001, "III"),
        (0.4999, "III"),
        (0.5, "II"),
        (0.5001, "II"),
        (0.6999, "II"),
        (0.7, "I"),
        (0.7001, "I"),
        (1.0, "I"),
    ],
)
def test_customers_without_power(value: float, level: str | None) -> None:
    assert levelled(customers_out_share=value).level == level


@pytest.mark.parametrize(
    ("value", "shared", "level"),
    [
        (0.0499, True, None),
        (0.05, True, "III"),
        (0.0501, True, "III"),
        (0.0999, True, "III"),
        (0.1, True, "II"),
        (0.1001, True, "II"),
        (0.1299, True, "II"),
        (0.13, True, "I"),
        (0.1301, True, "I"),
        (0.2999, True, "I"),
        (0.3, True, "I"),
        (0.3001, True, "I"),
        (0.9, True, "I"),
        (0.05, False, None),
        (0.12, False, None),
        (0.25, False, None),
        (0.5, False, None),
        (0.12, None, None),
    ],
)
def test_shanxi_load_counts_only_in_a_shared_blackout(value: float, shared: bool | None, level: str | None) -> None:
    result = levelled(shanxi_load_lost_share=value, blackout_shared_with_other_counties=shared)
    assert result.level == level
    assert ("shanxi_above_scale" in rulings(result)) == (value >= 0.3 and shared is True)


@pytest.mark.parametrize(
    ("imbalance", "price", "stock", "level"),
    [
        ("regional", "fluctuating", 0.4001, None),
        ("regional", "fluctuating", 0.4, None),
        ("regional", "fluctuating", 0.3999, "III"),
        ("regional", "fluctuating", 0.3, "III"),
        ("regional", "fluctuating", 0.2999, "II"),
        ("regional", "fluctuating", 0.2, "II"),
        ("regional", "fluctuating", 0.1999, "II"),
        ("severe", "abnormal", 0.2, "II"),
        ("severe", "abnormal", 0.1999, "I"),
        ("severe", "abnormal", 0.35, "III"),
        ("severe", "fluctuating", 0.1, "II"),
        ("regional", "abnormal", 0.1, "II"),
        ("none", "fluctuating", 0.1, None),
        ("regional", "stable", 0.1, None),
        (None, "fluctuating", 0.1, None),
        ("regional", None, 0.1, None),
        ("regional", "fluctuating", None, None),
    ],
)
def test_coal_needs_imbalance_price_and_stock_together(
    imbalance: str | None, price: str | None, stock: float | None, level: str | None
) -> None:
    assert levelled(coal_imbalance=imbalance, coal_price=price, coal_stock_share=stock).level == level


@pytest.mark.parametrize(
    ("days", "gap", "local", "level", "ruling"),
    [
        (0.99, 0.05, 0.0, None, None),
        (1, 0.05, 0.0, "III", None),
        (1, 0.0, 0.0, None, None),
        (1, 0.0999, 0.0, "III", None),
        (1, 0.1, 0.0, "III", None),
        (1, 0.1001, 0.0, None, "gas_gap_short"),
        (2.99, 0.15, 0.0, None, "gas_gap_short"),
        (2.99, 0.5, 0.0, None, "gas_gap_short"),
        (1, 0.0, 0.1, "III", None),
        (1, 0.0, 0.2999, "III", None),
        (1, 0.0, 0.3, None, "gas_gap_short"),
        (3, 0.05, 0.0, "III", None),
        (3, 0.0999, 0.0, "III", None),
        (3, 0.1, 0.0, "II", "gas_gap_exactly_10"),
        (3, 0.1001, 0.0, "II", None),
        (3, 0.15, 0.0, "II", None),
        (3, 0.1999, 0.0, "II", None),
        (3, 0.2, 0.0, "II", "gas_gap_exactly_20"),
        (3, 0.2001, 0.0, "I", None),
        (3, 0.0, 0.2999, "III", None),
        (3, 0.0, 0.3, "II", None),
        (3, 0.0, 0.3999, "II", None),
        (3, 0.0, 0.4, "I", None),
        (3, 0.0, 0.4001, "I", None),
        (2, 0.05, 0.4, "III", "gas_gap_short"),
        (None, 0.5, 0.5, None, None),
    ],
)
def test_gas(days: float | None, gap: float, local: float, level: str | None, ruling: str | None) -> None:
    result = levelled(pipeline_outage_days=days, gas_gap_share=gap, gas_local_gap_share=local)
    assert result.level == level
    assert {key for key in rulings(result) if key.startswith("gas_")} == ({ruling} if ruling else set())


@pytest.mark.parametrize(
    ("figures", "level"),
    [
        ({"affected_townships": 0}, None),
        ({"affected_townships": 1}, "III"),
        ({"affected_townships": 2}, "III"),
        ({"affected_townships": 8}, "III"),
        ({"beyond_township_capacity": True}, "II"),
        ({"beyond_township_capacity": False}, None),
        ({"beyond_district_capacity": True}, "I"),
        ({"beyond_district_capacity": False}, None),
        ({"headquarters_judgement": "III"}, "III"),
        ({"headquarters_judgement": "II"}, "II"),
        ({"headquarters_judgement": "I"}, "I"),
        ({"affected_townships": 1, "customers_out_share": 0.55}, "II"),
        ({"customers_out_share": 0.75, "chengqu_load_lost_share": 0.25}, "I"),
        ({}, None),
    ],
)
def test_townships_capacity_and_judgement(figures: dict[str, Any], level: str | None) -> None:
    result = levelled(**figures)
    assert result.level == level
    assert ("several_townships" in rulings(result)) == (figures.get("affected_townships", 0) >= 2)


@pytest.mark.parametrize(
    ("level", "who", "minutes"),
    [("III", ("办公室主任",), 180), ("II", ("指挥长", "副指挥长"), 120), ("I", ("指挥长",), 60)],
)
def test_each_level_names_who_decides_and_how_often_to_report(level: str, who: tuple[str, ...], minutes: int) -> None:
    result = levelled(headquarters_judgement=level)
    assert (result.decided_by, result.report_every_minutes) == (who, minutes)


def test_a_value_on_a_shared_edge_goes_up_and_says_by_which_ruling() -> None:
    assert "lower_bound_included" in rulings(levelled(customers_out_share=0.5))
    assert "lower_bound_included" not in rulings(levelled(customers_out_share=0.51))


def test_the_unknown_is_listed_with_what_it_could_still_cause() -> None:
    result = levelled(customers_out_share=0.45)
    assert (result.level, result.could_rise_to) == ("III", "I")
    assert "chengqu_load_lost_share" in result.could_rise_by
    assert "customers_out_share" not in result.could_rise_by
    known = dict.fromkeys(("chengqu_load_lost_share", "gas_gap_share", "gas_local_gap_share"), 0.0)
    settled = levelled(
        customers_out_share=0.45,
        **known,
        coal_imbalance="none",
        blackout_shared_with_other_counties=False,
        beyond_township_capacity=False,
        beyond_district_capacity=False,
        headquarters_judgement="III",
    )
    assert (settled.could_rise_to, settled.could_rise_by) == (None, ())


def test_when_no_clause_is_met_the_nearest_one_is_shown() -> None:
    nearest = levelled(customers_out_share=0.27, chengqu_load_lost_share=0.05).nearest
    assert nearest is not None
    assert (nearest.clause, nearest.shortfalls[0].needed) == ("4.2.1(5)", 0.3)
    short = levelled(pipeline_outage_days=2, gas_gap_share=0.15, gas_local_gap_share=0.0)
    assert short.level is None
    assert short.nearest is not None
    assert short.nearest.clause in {"4.2.1(6)", "4.2.2(6)"}


def test_why_names_the_clause_and_the_figure() -> None:
    assert levelled(customers_out_share=0.45).why == "符合 4.2.1(5)：城区停电用户占比 45 %"
    assert "4.2.3(2)" in levelled(shanxi_load_lost_share=0.4, blackout_shared_with_other_counties=True).why


def test_every_clause_stands_in_the_result_with_its_wording_and_evidence() -> None:
    result = levelled(customers_out_share=0.45)
    clauses = {row.clause: row for row in result.clauses}
    assert len(clauses) == 21
    assert clauses["4.2.1(5)"].observed == {"customers_out_share": 0.45}
    assert clauses["4.2.1(5)"].outcome == "met"
    assert clauses["4.2.2(5)"].outcome == "not_met"
    assert clauses["4.2.1(4)"].missing == ("chengqu_load_lost_share",)
    assert "30%以上50%以下" in clauses["4.2.1(5)"].text.replace(" ", "")


def test_a_reported_figure_overrides_a_computed_one_and_both_are_shown() -> None:
    result = recommend(PLAN, {"customers_out_share": 0.55}, Phrases("zh"), {"customers_out_share": 0.35})
    assert result.level == "II"
    row = next(item for item in result.figures if item.key == "customers_out_share")
    assert (row.value, row.source, row.computed, row.reported) == (0.55, "reported", 0.35, 0.55)
    assert recommend(PLAN, {}, Phrases("zh"), {"customers_out_share": 0.35}).level == "III"
