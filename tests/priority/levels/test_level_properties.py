"""Properties of the recommendation for any figures."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from priority.levels import LevelResult, recommend
from priority.plans import load_plan
from priority.plans.models import Plan
from priority.wording import Phrases

ENERGY, HEATING = load_plan("energy-chengqu"), load_plan("heating-zezhou")
GAS = ("pipeline_outage_days", "gas_gap_share", "gas_local_gap_share")
EDGES = [0.0, 0.05, 0.1, 0.13, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 1.0]
#: From calm to worst, for figures that have an order.
WORSE: dict[str, list[Any]] = {
    "coal_imbalance": ["none", "regional", "severe"],
    "coal_price": ["stable", "fluctuating", "abnormal"],
    "headquarters_judgement": ["III", "II", "I"],
    "coal_stock_share": [1.2, 0.4, 0.35, 0.3, 0.25, 0.2, 0.1, 0.0],
    "affected_townships": [0, 1, 2, 8],
    "pipeline_outage_days": [0, 0.5, 1, 2, 3, 10],
    "deaths": [0, 1, 2, 3, 9, 10, 30],
    "serious_injuries": [0, 1, 9, 10, 50, 100],
    "direct_loss_yuan": [0, 1, 10_000_000, 50_000_000, 100_000_000],
}


def scale(plan: Plan, key: str) -> list[Any]:
    figure = plan.figure(key)
    assert figure is not None
    return WORSE.get(key) or ([False, True] if figure.kind == "flag" else EDGES)


def figures_of(plan: Plan) -> st.SearchStrategy[dict[str, Any]]:
    optional = {figure.key: st.sampled_from([None, *scale(plan, figure.key)]) for figure in plan.figures}
    return st.fixed_dictionaries({}, optional=optional)


def levelled(plan: Plan, figures: dict[str, Any]) -> LevelResult:
    return recommend(plan, figures, Phrases("zh"))


def ranks(plan: Plan, result: LevelResult) -> tuple[int, int]:
    """The level that is sure and the highest that is still possible."""
    sure = plan.rank_of(result.level)
    return sure, max(sure, plan.rank_of(result.could_rise_to))


@given(st.sampled_from([ENERGY, HEATING]), st.data())
def test_more_damage_never_lowers_the_level(plan: Plan, data: st.DataObject) -> None:
    figures = data.draw(figures_of(plan))
    key = data.draw(st.sampled_from([figure.key for figure in plan.figures]))
    values = scale(plan, key)
    place = data.draw(st.integers(0, len(values) - 2))
    # Ruling 3: a gap above 10 % that has not lasted three days meets no percentage clause of the plan, though a smaller
    # one does. There an event in one township, 4.2.1(1), holds the level; without it the plan's own text has the gap.
    if plan is ENERGY and key in GAS:
        assume((figures.get("affected_townships") or 0) >= 1)
    # The heating plan's III presumes that the township copes; when it does not, II follows, and that is more.
    before = levelled(plan, {**figures, key: values[place]})
    after = levelled(plan, {**figures, key: values[place + 1]})
    if plan is HEATING and before.level == "III":
        assert after.level is not None or after.could_rise_to is not None
        return
    assert ranks(plan, after)[0] >= ranks(plan, before)[0]


@given(st.sampled_from([ENERGY, HEATING]), st.data())
def test_adding_a_figure_never_makes_the_result_less_certain(plan: Plan, data: st.DataObject) -> None:
    figures = data.draw(figures_of(plan))
    unknown = [figure.key for figure in plan.figures if figures.get(figure.key) is None]
    assume(unknown)
    key = data.draw(st.sampled_from(unknown))
    before = levelled(plan, figures)
    after = levelled(plan, {**figures, key: data.draw(st.sampled_from(scale(plan, key)))})
    settled = {row.clause: row.outcome for row in before.clauses if row.outcome != "unknown"}
    assert settled.items() <= {row.clause: row.outcome for row in after.clauses}.items()
    assert ranks(plan, before)[0] <= ranks(plan, after)[0] <= ranks(plan, after)[1] <= ranks(plan, before)[1]
    assert set(after.could_rise_by) <= set(before.could_rise_by)
    assert before.grade in (None, after.grade)


@given(st.sampled_from([ENERGY, HEATING]), st.data())
def test_unknown_never_counts_as_false(plan: Plan, data: st.DataObject) -> None:
    figures = data.draw(figures_of(plan))
    result = levelled(plan, figures)
    for row in result.clauses:
        worst = [scale(plan, key) for key in row.missing]
        if row.outcome != "unknown":
            continue
        assert row.missing, "an unknown clause names what is missing"
        assert any(len(values) > 1 for values in worst)
        assert not set(row.missing) & {key for key, value in figures.items() if value is not None}


@given(st.sampled_from([ENERGY, HEATING]), st.data())
def test_what_it_says_could_happen_is_the_most_that_can(plan: Plan, data: st.DataObject) -> None:
    figures = data.draw(figures_of(plan))
    result = levelled(plan, figures)
    filled = dict(figures)
    for figure in plan.figures:
        if filled.get(figure.key) is None:
            filled[figure.key] = data.draw(st.sampled_from(scale(plan, figure.key)))
    assert ranks(plan, result)[0] <= plan.rank_of(levelled(plan, filled).level) <= ranks(plan, result)[1]
