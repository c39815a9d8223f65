"""Heating plan: the grade of 1.5 and the levels of 4.3, read from the plan's text by hand."""

from __future__ import annotations

from typing import Any

import pytest

from priority.levels import LevelResult, recommend
from priority.plans import load_plan
from priority.wording import Phrases

PLAN = load_plan("heating-zezhou")
CALM: dict[str, Any] = {
    "deaths": 0,
    "serious_injuries": 0,
    "direct_loss_yuan": 0,
    "beyond_township_capacity": False,
    "beyond_county_capacity": False,
}


def levelled(**figures: Any) -> LevelResult:
    return recommend(PLAN, figures, Phrases("zh"))


@pytest.mark.parametrize(
    ("figure", "value", "grade", "level"),
    [
        ("deaths", 0, "none", "III"),
        ("deaths", 1, "general", "II"),
        ("deaths", 2, "general", "II"),
        ("deaths", 3, "large", "I"),
        ("deaths", 9, "large", "I"),
        ("deaths", 10, "major", "I"),
        ("deaths", 29, "major", "I"),
        ("deaths", 30, "extraordinary", "I"),
        ("serious_injuries", 1, "general", "II"),
        ("serious_injuries", 9, "general", "II"),
        ("serious_injuries", 10, "large", "I"),
        ("serious_injuries", 49, "large", "I"),
        ("serious_injuries", 50, "major", "I"),
        ("serious_injuries", 99, "major", "I"),
        ("serious_injuries", 100, "extraordinary", "I"),
        ("direct_loss_yuan", 1, "general", "II"),
        ("direct_loss_yuan", 9_999_999, "general", "II"),
        ("direct_loss_yuan", 10_000_000, "large", "I"),
        ("direct_loss_yuan", 49_999_999, "large", "I"),
        ("direct_loss_yuan", 50_000_000, "major", "I"),
        ("direct_loss_yuan", 99_999_999, "major", "I"),
        ("direct_loss_yuan", 100_000_000, "extraordinary", "I"),
    ],
)
def test_each_scale_of_the_grade(figure: str, value: int, grade: str, level: str) -> None:
    result = levelled(**{**CALM, figure: value})
    assert (result.grade, result.level) == (grade, level)


@pytest.mark.parametrize(
    ("figures", "grade", "level"),
    [
        ({"deaths": 2, "serious_injuries": 60, "direct_loss_yuan": 0}, "major", "I"),
        ({"deaths": 4, "serious_injuries": 1, "direct_loss_yuan": 5}, "large", "I"),
        ({"beyond_township_capacity": True}, "none", "II"),
        ({"beyond_county_capacity": True}, "none", "I"),
        ({"headquarters_judgement": "II"}, "none", "II"),
        ({"headquarters_judgement": "I"}, "none", "I"),
    ],
)
def test_the_highest_scale_and_the_other_conditions(figures: dict[str, Any], grade: str, level: str) -> None:
    result = levelled(**{**CALM, **figures})
    assert (result.grade, result.level) == (grade, level)


def test_nothing_known_means_nothing_decided() -> None:
    result = levelled()
    assert (result.grade, result.level, result.could_rise_to) == (None, None, "I")
    assert {"deaths", "serious_injuries", "direct_loss_yuan"} <= set(result.could_rise_by)


def test_one_unknown_scale_keeps_the_grade_open_but_not_the_level_that_is_sure() -> None:
    result = levelled(deaths=1, serious_injuries=0, beyond_township_capacity=True, beyond_county_capacity=False)
    assert result.grade is None
    assert (result.level, result.could_rise_to) == ("II", "I")
    assert "direct_loss_yuan" in result.could_rise_by
    sure = levelled(deaths=30)
    assert (sure.grade, sure.level, sure.could_rise_to) == ("extraordinary", "I", None)


def test_one_death_is_at_least_general_whatever_else_comes_to_light() -> None:
    result = levelled(deaths=1)
    assert (result.grade, result.level, result.could_rise_to) == (None, "II", "I")
    assert result.why == "符合 4.3.2(1)①：死亡人数 1"


def test_below_every_grade_needs_the_townships_own_strength() -> None:
    assert levelled(**CALM).level == "III"
    unknown = levelled(deaths=0, serious_injuries=0, direct_loss_yuan=0)
    assert (unknown.grade, unknown.level) == ("none", None)
    assert "beyond_township_capacity" in unknown.could_rise_by


def test_reports_are_limits_in_minutes_not_an_interval() -> None:
    result = levelled(**CALM)
    assert result.report_every_minutes is None
    assert result.reports is not None
    assert (result.reports.first_written_minutes, result.reports.answer_minutes) == (30, 30)
    assert result.reports.final_written is True


def test_who_decides() -> None:
    assert levelled(**CALM).decided_by == ("办公室主任",)
    assert levelled(**{**CALM, "deaths": 1}).decided_by == ("指挥长", "副指挥长")
    assert levelled(**{**CALM, "deaths": 5}).decided_by == ("指挥长",)


def test_the_ruling_on_what_is_below_general_is_shown_where_it_matters() -> None:
    small = {ruling.key for ruling in levelled(**{**CALM, "direct_loss_yuan": 500}).rulings}
    assert "below_general_threshold" in small
    assert "below_general_threshold" not in {ruling.key for ruling in levelled(**{**CALM, "deaths": 12}).rulings}
