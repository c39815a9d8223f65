"""Ranking, figures, the situation's sentence and the plans behind them."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from layers.vocabulary import FACILITY_CATEGORIES
from priority.errors import UnknownPlan
from priority.plans import PLAN_KEYS, load_plan
from priority.wording import en, zh
from priority.wording.phrases import Phrases
from tests.pictures import District
from tests.priority.small import assess_frames

PLANS = Path(__file__).parents[2] / "priority" / "plans"


def test_tier_then_time_left_then_dependents_then_people() -> None:
    district = District().network("electricity", "S* - s1| - a:1").network("heat", "H* - v1| - k:50\nG* - v2| - m:5")
    district.facility("h8", electricity=("a", 8)).facility("h4", electricity=("a", 4), people=10)
    district.facility("h4many", electricity=("a", 4), people=500)
    district.facility("gov", "government", electricity=("a", 48))
    district.facility("boiler", "heat_supply", feeds="H", electricity=("a", 1))
    district.facility("small", "heat_supply", feeds="G", electricity=("a", 1))
    result = assess_frames(district.frames(), {"a": 0.0})
    assert [row.id for row in result.ranking] == ["gov", "h4many", "h4", "h8", "boiler", "small"]
    assert [row.tier for row in result.ranking] == [1, 4, 4, 4, None, None]
    assert result.ranking[0].clause == "4.2.1(6)"
    heating = assess_frames(district.frames(), {"a": 0.0}, plan="heating-zezhou")
    assert [row.id for row in heating.ranking][:3] == ["boiler", "small", "gov"]
    assert heating.ranking[0].clause == "2.3"


def test_every_rank_says_why() -> None:
    district = District().network("electricity", "S* - s1| - a:1").network("heat", "H* - v1| - k:12000")
    district.facility("boiler", "heat_supply", feeds="H", electricity=("a", 1)).facility("h", electricity=("a", 3.6667))
    result = assess_frames(district.frames(), {"a": 0.0}, plan="heating-zezhou")
    assert result.ranking[0].reason == (
        "“供热热源、泵站和换热站（优先保证供热用电）”列在最前（2.3）；停电，备用还可用 1 小时，1月12日 09:00 耗尽；"
        "其后有 1.2 万户依赖它。"
    )
    assert "第 4 类“急救中心和中心医院”（4.2.1(6)）；停电，备用还可用 3 小时 40 分" in result.ranking[1].reason


def test_the_reason_names_what_ends_the_place_and_not_what_went_first() -> None:
    district = District().network("electricity", "S* - s1| - a:1").network("heat", "H* - v1| - k:5")
    district.facility("plant", "heat_supply", feeds="H", electricity=("a", 0.25))
    district.facility("ward", electricity=("a", 11), heat=("k", None))
    district.facility("home", "residential", electricity=("a", 11), heat=("k", 2))
    result = assess_frames(district.frames(), {"a": 0.0})
    reasons = {row.id: row.reason for row in result.ranking}
    assert "已停电；预计 1月12日 08:15 停热；备用时间未知，按没有备用计（15 分后失去供应）" in reasons["ward"]
    assert "已停电；预计 1月12日 08:15 停热；备用 2 小时，1月12日 10:15 失去供应（2 小时 15 分后）" in reasons["home"]


def test_pumps_that_stand_in_for_each_other_share_what_their_joint_failure_takes() -> None:
    district = District().network("electricity", "S* - s1| - a:1").network("water", "W* - p - t:90\nV* - q - t")
    district.facility("pump1", "utility", feeds="p", electricity=("a", 0)).facility(
        "pump2", "utility", feeds="q", electricity=("a", 0)
    )
    result = assess_frames(district.frames(), {"a": 0.0})
    assert result.outages["water"].customers == 90
    assert any("其后有 90 户依赖它" in row.reason for row in result.ranking)


def test_a_place_that_fails_just_at_the_horizon_is_ranked() -> None:
    district = District().network("electricity", "S* - s1| - a:1").facility("f", electricity=("a", 2 / 3))
    result = assess_frames(district.frames(), {"a": 0.0}, horizon_hours=2 / 3)
    assert [row.id for row in result.ranking] == ["f"]


def test_people_nobody_has_counted_stand_between_some_and_none() -> None:
    district = District().network("electricity", "S* - s1| - a:1")
    for identifier, people in (("none", 0), ("some", 3), ("unknown", None)):
        district.facility(identifier, electricity=("a", 2), people=people)
    result = assess_frames(district.frames(), {"a": 0.0})
    assert [row.id for row in result.ranking] == ["some", "unknown", "none"]


def test_outside_every_township_is_no_township() -> None:
    district = District().network("electricity", "S* - s1| - a:5 - b:7", {"b": 99})
    result = assess_frames(district.frames(), {"a": 0.0})
    assert "：1 个镇街、12 户停电" in result.situation
    assert "not_in_plan_county" not in {note.code for note in result.assumptions}


def test_the_situation_says_what_is_hit_and_who_falls_next() -> None:
    district = District().network("electricity", "S* - s1| - a:23000\na - b:20", {"b": 1})
    district.facility("h", electricity=("a", 3.6667)).facility("g", "government", electricity=("b", 0))
    result = assess_frames(district.frames(), {"a": 0.0})
    assert result.situation == ("点a停运：2 个镇街、2.3 万户停电；1 家重点单位失去供应；单位h 剩 3 小时 40 分。")


def test_the_next_to_fall_is_the_soonest_even_if_still_supplied_and_lower_in_the_list() -> None:
    district = District().network("electricity", "S* - s1| - a:10\nS - s2| - b:20", {"b": 1})
    district.facility("first", "government", electricity=("a", 3)).facility("soon", electricity=("b", None))
    result = assess_frames(district.frames(), {"a": 0.0, "b": 0.25})
    assert [(row.id, row.state) for row in result.ranking] == [("first", "on_reserve"), ("soon", "supplied")]
    assert "单位soon 剩 15 分" in result.situation
    assert "单位first" not in result.situation


def test_figures_count_the_plans_county_alone() -> None:
    district = District().network("electricity", "S* - s1| - a:30\nS - s3| - b:70\nS - s2| - z:900", {"b": 1, "z": 2})
    chengqu = assess_frames(district.frames(), {"a": 0.0, "z": 0.0})
    assert chengqu.figures["customers_out_share"] == 0.3
    assert chengqu.figures["affected_townships"] == 1
    assert chengqu.figure_basis["customers_out_share"].numerator == 30
    assert chengqu.figure_basis["customers_out_share"].denominator == 100
    assert "not_in_plan_county" in {note.code for note in chengqu.assumptions}
    zezhou = assess_frames(district.frames(), {"z": 0.0}, plan="heating-zezhou")
    assert zezhou.figures["power_customers_out_share"] == 1.0


def test_a_figure_without_data_is_unknown_not_zero() -> None:
    district = District().network("electricity", "S* - s1| - a:30")
    figures = assess_frames(district.frames(), {"a": 0.0}).figures
    assert figures["gas_gap_share"] is None
    assert figures["gas_local_gap_share"] is None
    assert figures["pipeline_outage_days"] is None


def test_the_gas_gap_of_the_district_and_of_the_affected_townships() -> None:
    district = District().network(
        "gas", "S* - v1| - a:10\nS - v4| - x - b:20\nS - v2| - c:50\nS - v3| - d:20", {"b": 1, "c": 1}
    )
    result = assess_frames(district.frames(), {"v1": -36.0})
    assert result.figures["gas_gap_share"] == 1.0  # the source lies beside the struck valve
    result = assess_frames(district.frames(), {"a": -36.0, "b": -36.0})
    assert result.figures["gas_gap_share"] == 0.3
    assert result.figures["gas_local_gap_share"] == 0.3
    assert result.figures["pipeline_outage_days"] == 1.5
    single = assess_frames(district.frames(), {"a": 0.0})
    assert single.figures["gas_local_gap_share"] == 0.0


def test_reported_figures_are_kept() -> None:
    result = assess_frames(District().frames(), figures={"coal_stock_share": 0.35, "coal_price": None})
    assert result.reported_figures == {"coal_stock_share": 0.35, "coal_price": None}


def test_every_plan_ranks_the_ten_classes_of_the_list() -> None:
    ten = [choice.key for choice in FACILITY_CATEGORIES][:10]
    for key in PLAN_KEYS:
        plan = load_plan(key)
        assert [plan.priority_of(category).tier for category in ten] == list(range(1, 11))  # type: ignore[union-attr]
        assert plan.interpretation("tier_order") is not None


def test_plan_files_and_plan_keys_agree() -> None:
    assert sorted(path.stem for path in PLANS.glob("*.yaml")) == sorted(PLAN_KEYS)
    with pytest.raises(UnknownPlan, match="energy-chengqu"):
        load_plan("nowhere")


def test_both_phrase_books_hold_the_same_sentences_with_the_same_places() -> None:
    assert zh.SENTENCES.keys() == en.SENTENCES.keys()
    places = lambda text: {name for _, name, _, _ in string.Formatter().parse(text) if name}  # noqa: E731
    assert {key for key in zh.SENTENCES if places(zh.SENTENCES[key]) != places(en.SENTENCES[key])} == set()
    assert not [key for key, text in en.SENTENCES.items() if re.search(r"[\u4e00-\u9fff]", text)]


def test_english_results_hold_no_chinese_sentence() -> None:
    district = District().network("electricity", "S* - s1| - a:30").facility("f", electricity=("a", 2))
    result = assess_frames(district.frames(), {"a": 0.0}, language="en")
    names = {"点", "单位", "第", "镇"}
    chinese = set(re.findall(r"[\u4e00-\u9fff]+", result.model_dump_json(exclude={"level"})))
    assert {"".join(ch for ch in word if ch not in "".join(names)) for word in chinese} <= {"", "城政办发", "号"}


@pytest.mark.parametrize(
    ("seconds", "zh_text", "en_text"),
    [
        (0, "0 分", "0 min"),
        (13_200, "3 小时 40 分", "3 h 40 min"),
        (7200, "2 小时", "2 h"),
        (267_000, "3 天 2 小时", "3 d 2 h"),
    ],
)
def test_durations_read_as_people_say_them(seconds: int, zh_text: str, en_text: str) -> None:
    assert Phrases("zh").duration(seconds) == zh_text
    assert Phrases("en").duration(seconds) == en_text


def test_a_reserve_that_outlasts_the_outage_is_told_with_the_time_of_return() -> None:
    district = District().network("electricity", "S* - s1| - a:10").facility("h", electricity=("a", 4))
    result = assess_frames(district.frames(), {"a": 0}, placements=[("h", "electricity", 1.5)])
    (row,) = result.ranking
    assert (row.state, row.hours_left) == ("on_reserve", None)
    assert row.reason == "第 4 类“急救中心和中心医院”（4.2.1(6)）；停电，备用可支撑到 1月12日 09:30 恢复供应。"


def test_a_place_without_a_source_in_the_data_is_told_to_be_unknown() -> None:
    district = District().network("electricity", "S* - s1| - a:10\nlonely - b:5").facility("h", electricity=("b", 4))
    (row,) = assess_frames(district.frames(), {"a": 0}).ranking
    assert row.state == "unknown"
    assert row.reason == "第 4 类“急救中心和中心医院”（4.2.1(6)）；数据中没有供应来源，状态未知。"
