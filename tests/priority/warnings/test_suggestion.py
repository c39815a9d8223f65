"""The level that the plans' rules suggest, and what a warning must say."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from priority.assessment import take_picture
from priority.errors import InvalidPlan
from priority.incident import Incident
from priority.picture import Picture
from priority.plans import load_plan
from priority.plans.reading import parse_plan
from priority.plans.warning_figures import NO_RESPONSE, WARNING_FIGURES
from priority.system import SupplySystem
from priority.warnings import Exposure, Suggestion, suggest
from priority.warnings.content import Facts, missing_content
from priority.warnings.figures import UnknownFigure, warning_figures
from priority.warnings.suggestion import authority_of
from priority.wording import Phrases
from tests.pictures import District
from tests.priority.small import incident_document
from tests.third_plan import THIRD_PLAN

ENERGY, HEATING = load_plan("energy-chengqu"), load_plan("heating-zezhou")
ZH, EN = Phrases("zh"), Phrases("en")


def energy(running: str | None = NO_RESPONSE, **figures: Any) -> Suggestion:
    known = {"townships_at_risk": 1.0, "spreading": False, "supply_at_risk": True, "running_level": running}
    return suggest(ENERGY, {**known, **figures}, Facts(), ZH)


def heating(**figures: Any) -> Suggestion:
    return suggest(HEATING, {"supply_at_risk": True, "running_level": NO_RESPONSE, **figures}, Facts(), ZH)


@pytest.mark.parametrize(
    ("running", "figures", "level"),
    [
        (NO_RESPONSE, {}, "general"),
        (NO_RESPONSE, {"townships_at_risk": 0.0, "authority_warned": True}, "general"),
        (NO_RESPONSE, {"townships_at_risk": 0.0, "authority_warned": False}, None),
        ("III", {"townships_at_risk": 2.0, "spreading": True}, "large"),
        ("III", {"townships_at_risk": 2.0, "spreading": False}, "general"),
        ("III", {"townships_at_risk": 1.0, "spreading": True}, "general"),
        (NO_RESPONSE, {"townships_at_risk": 5.0, "spreading": True}, "general"),
        ("II", {"beyond_district_capacity": True}, "major"),
        ("II", {"support_requested": True, "beyond_district_capacity": False}, "major"),
        ("II", {"support_requested": False, "beyond_district_capacity": False, "spreading": True}, "general"),
        ("I", {"support_requested": True}, "major"),
        ("III", {"support_requested": True}, "general"),
    ],
)
def test_energy_levels_are_those_of_3_3(running: str, figures: dict[str, Any], level: str | None) -> None:
    found = energy(running, **figures)
    assert found.level == level
    assert {row.clause for row in found.levels} == {"3.3"}


@pytest.mark.parametrize(
    ("figures", "level"),
    [
        ({"settled_within_hours": 12.0}, "general"),
        ({"settled_within_hours": 12.5}, None),
        ({"settled_within_hours": 30.0, "direct_loss_yuan": 1.0}, "general"),
        ({"several_departments": True}, "large"),
        ({"direct_loss_yuan": 10_000_000.0}, "large"),
        ({"several_departments": True, "supply_at_risk": False, "direct_loss_yuan": 0.0}, None),
        ({"grave_for_county": True}, "major"),
        ({"deaths": 30.0}, "major"),
        ({"deaths": 29.0, "several_departments": True}, "large"),
    ],
)
def test_heating_levels_are_the_three_situations_of_3_3(figures: dict[str, Any], level: str | None) -> None:
    found = heating(**figures)
    assert found.level == level
    assert [row.clause for row in found.levels] == ["3.3(1)", "3.3(2)", "3.3(3)"]


def test_what_is_unknown_stays_unknown_and_says_what_it_could_still_cause() -> None:
    found = energy("II", townships_at_risk=2.0)
    assert found.level == "general"
    assert found.could_rise_to == "major"
    assert {item.key for item in found.could_rise_by} == {"beyond_district_capacity", "support_requested"}
    assert "超过区指挥部应急处置能力" in found.why
    nothing = suggest(ENERGY, {}, Facts(), ZH)
    assert nothing.level is None
    assert {row.outcome for row in nothing.levels} == {"unknown"}
    settled = energy("II", beyond_district_capacity=False, support_requested=False, spreading=False)
    assert (settled.could_rise_to, settled.could_rise_by) == (None, ())
    assert "尚不掌握" not in settled.why


def test_authority_is_the_plans_and_where_it_is_silent_that_is_said() -> None:
    large = authority_of(HEATING, "large", ZH)
    assert large.approved_by == ("指挥长", "副指挥长")
    assert large.issued_by == "县指挥部办公室"
    assert "广播系统" in large.channels
    assert large.remarks == ()
    assert large.lifting_clause == "3.4"
    assert "特殊人群" in (authority_of(HEATING, "major", ZH).targeted_notice or "")
    assert [("3.3" in text) for text in authority_of(ENERGY, "large", ZH).remarks] == [True, True]
    with pytest.raises(KeyError, match="huge"):
        authority_of(ENERGY, "huge", ZH)


def test_content_is_what_the_plan_asks_for_in_its_order_and_what_is_not_known_is_left_open() -> None:
    items = heating(several_departments=True).content
    assert tuple(item.name for item in items) == HEATING.warnings.required_content
    texts = {item.name: item.text for item in items}
    assert texts["预警级别"] == "较大风险预警"
    assert texts["发布机关"] == "县指挥部办公室"
    # What people should do depends on what is lost; what the plan's units do is told apart.
    assert authority_of(HEATING, "large", ZH).action == HEATING.warnings.levels[1].action
    unknown = ("应采取的措施", "预警类别", "预警区域或场所", "预警期起始时间", "可能影响范围")
    assert [texts[name] for name in unknown] == [None] * 5
    said = missing_content(HEATING, "large", texts, ZH)
    assert len(said) == 6
    assert said[0] == "缺少“预警类别”（3.3(2) 要求写明）。"
    assert missing_content(ENERGY, "general", dict.fromkeys(ENERGY.warnings.required_content, "有"), ZH) == ()
    assert len(missing_content(ENERGY, "general", dict.fromkeys(ENERGY.warnings.required_content, " "), EN)) == 6


def district() -> District:
    """A feeder into a second township behind a switch; a heat plant that holds out for three hours."""
    found = District().network("electricity", "s* - a:5 - w| - b:7", strips={"b": 1})
    found.network("heat", "h* - m:9 - n:4", strips={"m": 2, "n": 3})
    found.facility("plant", "heat_supply", feeds="h", strip=2, electricity=("b", 3))
    return found


def picture_of(plan: str, faults: dict[str, float]) -> Picture:
    incident = Incident.parse(incident_document(faults, plan=plan), "zh")
    return take_picture(SupplySystem.build(district().frames(), "1"), incident, load_plan(plan), restricted=True)


def test_figures_are_reckoned_on_the_networks_that_the_warnings_are_about() -> None:
    electricity = warning_figures(picture_of("energy-chengqu", {"w--b": 0}), "III", {})
    assert electricity["townships_at_risk"] == 1
    assert electricity["running_level"] == "III"
    assert electricity["support_requested"] is None
    heat = warning_figures(picture_of("heating-zezhou", {"w--b": 0}), None, {"settled_within_hours": 5})
    assert heat["townships_at_risk"] == 2, "the plant fails after three hours, within the horizon"
    assert heat["spreading"] is True
    assert heat["supply_at_risk"] is True
    assert heat["settled_within_hours"] == 5
    calm = warning_figures(picture_of("heating-zezhou", {}), NO_RESPONSE, {})
    assert (calm["townships_at_risk"], calm["supply_at_risk"], calm["spreading"]) == (0, False, False)


def test_people_may_know_better_than_the_reckoning() -> None:
    picture = picture_of("energy-chengqu", {"w--b": 0})
    told = warning_figures(picture, "III", {"townships_at_risk": 3, "spreading": True})
    assert suggest(ENERGY, told, Facts(), ZH).level == "large"


@pytest.mark.parametrize(
    ("running", "told"),
    [
        ("IV", {}),
        ("III", {"unheard_of": True}),
        ("III", {"spreading": 1}),
        ("III", {"townships_at_risk": True}),
        ("III", {"settled_within_hours": -1}),
        ("III", {"settled_within_hours": float("nan")}),
        ("III", {"running_level": "II"}),
    ],
)
def test_figures_that_no_level_can_weigh_are_refused(running: str, told: dict[str, Any]) -> None:
    with pytest.raises(UnknownFigure):
        warning_figures(picture_of("energy-chengqu", {}), running, told)


def filled(language: Any) -> dict[str, str | None]:
    exposure = Exposure.build(district().frames())
    facts = Facts(
        starts_at=datetime.fromisoformat("2026-01-12T08:00:00+08:00"),
        townships=("测试镇",),
        networks=("heat",),
        inside=exposure.inside(district().frames()["townships"].geometry.union_all(), restricted=True),
    )
    found = suggest(HEATING, {"several_departments": True, "supply_at_risk": True}, facts, Phrases(language))
    return {item.name: item.text for item in found.content}


def test_content_is_filled_from_facts_in_both_languages() -> None:
    chinese, english = filled("zh"), filled("en")
    assert chinese["预警类别"] == "供热中断"
    assert chinese["预警期起始时间"] == "2026年1月12日 08:00起，到解除时止"
    assert "供热用户 13 户" in (chinese["可能影响范围"] or "")
    assert "一氧化碳" in (chinese["警示事项"] or "")
    assert english["预警类别"] == "Loss of Heating"
    assert "Heating: 13 customers" in (english["可能影响范围"] or "")
    assert all(english.values())


def test_every_figure_of_the_vocabulary_is_used_by_a_plan_and_named_in_both_languages() -> None:
    asked = {
        item.key for plan in (ENERGY, HEATING) for row in suggest(plan, {}, Facts(), EN).levels for item in row.missing
    }
    assert set(WARNING_FIGURES) <= asked
    assert all(figure.title.zh != figure.title.en for figure in WARNING_FIGURES.values())


def test_a_plan_without_readings_suggests_nothing_and_one_with_wrong_names_is_refused() -> None:
    third = parse_plan(THIRD_PLAN, "third.yaml")
    assert suggest(third, {"running_level": "四级"}, Facts(), ZH).level is None
    wrong = THIRD_PLAN.replace("criteria:", "test: {figure: nobody, is: true}, criteria:", 1)
    assert wrong != THIRD_PLAN
    with pytest.raises(InvalidPlan, match="nobody"):
        parse_plan(wrong, "third.yaml")
