"""Entries as sentences: every kind in both languages, with names, clauses, marks of drills and of corrections."""

from __future__ import annotations

import re
import string

import pytest

from priority.plans import load_plan
from priority.wording import Phrases
from priority.wording.en.log import SENTENCES as ENGLISH
from priority.wording.zh.log import SENTENCES as CHINESE
from tests.web.incidents.logs import after, document, fact, log_of
from webmap.incidents.entries import KINDS, Fact
from webmap.incidents.prose import Prose
from webmap.incidents.records import Log
from webmap.languages import Language

NAMES = {"e-1": "东环一线", "f-1": "市人民医院", "r-1": "泽州路", "140502001": "东街街道", "u-1": "1 号发电车"}
_RING = [[112.8, 35.5], [112.9, 35.5], [112.9, 35.6], [112.8, 35.5]]
_SQUARE = {"type": "Polygon", "coordinates": [_RING]}

#: A fact, and what it is to say in Chinese.
SAID: list[tuple[Fact, str]] = [
    (fact("reported", 0, text="东站全停", source="供电中心", place="东街"), "接供电中心报告：东站全停（东街）"),
    (fact("reported", 0, text="东站全停"), "接报：东站全停"),
    (fact("fault_located", 0, element="e-1", text="断线"), "东环一线故障：断线"),
    (
        fact("area_drawn", 0, area=_SQUARE, townships=["140502001"], networks=["heat"]),
        "划定受损区域（供热）：手绘范围、东街街道",
    ),
    (
        fact("figure_reported", 0, figure="customers_out_share", value=0.45, source="供电中心"),
        "城区停电用户占比：45 %，供电中心提供",
    ),
    (fact("figure_reported", 0, figure="customers_out_share", value=None), "城区停电用户占比：尚不掌握"),
    (fact("device_operated", 0, device="e-1", action="open"), "断开东环一线"),
    (fact("device_operated", 0, device="e-1", action="close"), "合上东环一线"),
    (fact("device_operated", 0, device="e-1", action="close", outcome="stuck"), "东环一线未能合上，已卡住"),
    (fact("device_operated", 0, device="e-1", outcome="stuck"), "东环一线不能操作"),
    (fact("unit_placed", 0, facility="f-1", commodity="heat", unit="u-1"), "1 号发电车到位，向市人民医院供热"),
    (fact("unit_placed", 0, facility="f-1", commodity="electricity"), "移动机组到位，向市人民医院供电"),
    (
        fact("reserve_reported", 0, facility="f-1", commodity="electricity", hours=2.5),
        "市人民医院的电备用还能支撑 2.5 小时",
    ),
    (fact("crew_sent", 0, crew="一队", element="e-1", task="换线"), "派出一队前往东环一线：换线"),
    (fact("crew_sent", 0, crew="一队"), "派出一队"),
    (fact("temperature_reported", 0, celsius=-12.5, station="城区站"), "室外气温 −12.5 ℃，城区站提供"),
    (fact("temperature_reported", 0, celsius=3.0), "室外气温 3 ℃"),
    (fact("detail_given", 0, item="evacuation", text="不需要"), "补充报告内容（疏散群众）：不需要"),
    (
        fact("detail_given", 0, item="person_in_charge", name="张三", unit="供电中心", telephone="0356-2024568"),
        "补充报告内容（现场负责人）：张三，供电中心，0356-2024568",
    ),
    (fact("level_recommended", 0, level="II", text="停电用户过半"), "建议启动 II 级响应：停电用户过半"),
    (fact("level_recommended", 0, level=None), "未建议启动响应"),
    (
        fact("level_started", 0, office="办公室主任", level="III", recommended="III", clause="4.2.1"),
        "办公室主任启动 III 级响应（4.2.1）",
    ),
    (
        fact("level_changed", 0, office="指挥长", level="II", recommended="III", reason="还在扩大"),
        "指挥长将响应级别调整为 II 级（建议为 III 级，理由：还在扩大）",
    ),
    (
        fact("level_started", 0, office="指挥长", level="I", recommended=None, reason="上级要求"),
        "指挥长启动 I 级响应（当时没有建议级别，理由：上级要求）",
    ),
    (fact("level_ended", 0, office="指挥长", reason="处置完毕"), "指挥长宣布响应结束：处置完毕"),
    (
        fact(
            "warning_issued", 0, office="指挥长", level="large", scope="东街", text="可能停电。", approved_by="指挥长"
        ),
        "指挥长发布较大预警，范围：东街。可能停电。（经指挥长批准）",
    ),
    (fact("warning_lifted", 0, office="指挥长", warning=7), "指挥长解除第 7 条发布的预警"),
    (
        fact("priority_ordered", 0, office="副指挥长", categories=["hospital", "school"], reason="夜间低温"),
        "副指挥长调整优先保障次序为 急救中心、中心医院 → 学校，其余按预案：夜间低温",
    ),
    (
        fact("priority_ordered", 0, office="指挥长", categories=[], reason="不再低温"),
        "指挥长恢复预案的优先保障次序：不再低温",
    ),
    (
        fact("command_handed_over", 0, office="指挥长", to="市指挥部", reason="超出本县处置能力", clause="4.4(3)"),
        "指挥长向市指挥部移交指挥处置权：超出本县处置能力（4.4(3)）",
    ),
    (fact("command_taken_back", 0, office="指挥长", clause="4.4(3)"), "指挥长收回指挥处置权（4.4(3)）"),
    (
        fact("supply_taken_over", 0, office="指挥长", stopped="h-1", by="h-2", reason="无法保障供热", clause="4.5.3"),
        "指挥长指定h-2临时接管h-1的供热区域：无法保障供热（4.5.3）",
    ),
    (
        fact("supply_taken_over", 0, office="副指挥长", stopped="h-1", by=None, reason="已修好"),
        "副指挥长决定h-1恢复自行供热，接管结束：已修好",
    ),
    (
        fact("measure_done", 0, measure="密切关注事态", unit="区指挥部", clause="4.2.1(2)"),
        "已落实：密切关注事态（区指挥部）（4.2.1(2)）",
    ),
    (fact("report_sent", 0, to="区政府", report="follow_up"), "向区政府续报"),
    (fact("repaired", 0, element="e-1"), "东环一线修复"),
    (fact("repaired", 0, element="area"), "受损区域修复"),
    (fact("repaired", 0, element="area/heat"), "受损区域供热修复"),
    (fact("data_adopted", 0, data_version="7-abc", reason="图纸有误"), "改按数据版本 7-abc 研判：图纸有误"),
    (fact("road_closed", 0, road="r-1"), "泽州路封闭"),
    (fact("road_closed", 0, road="r-1", closed=False), "泽州路恢复通行"),
    (fact("note", 0, text="{text} 100%"), "{text} 100%"),
    (fact("closed", 0, reason="误报"), "事件结案：误报"),
    (
        fact("correction", 9, corrects=2, replacement=document("repaired", 5, element="e-1"), reason="报错"),
        "更正第 2 条为“2026-01-12 08:05 东环一线修复”，原因：报错",
    ),
    (fact("correction", 9, corrects=2, replacement=None, reason="误报"), "撤回第 2 条，原因：误报"),
]


def prose(language: Language) -> Prose:
    return Prose(Phrases(language), load_plan("energy-chengqu"), lambda key: NAMES.get(key, key))


def test_every_kind_is_said() -> None:
    assert {one.kind for one, _ in SAID} == set(KINDS)


@pytest.mark.parametrize(("one", "expected"), SAID, ids=[f"{one.kind}-{n}" for n, (one, _) in enumerate(SAID)])
def test_what_it_says(one: Fact, expected: str) -> None:
    assert prose("zh").sentence(one) == expected
    english = prose("en").sentence(one)
    assert english != expected or one.kind == "note"
    own_words = "".join(NAMES.values()) + expected + "较大预警城区停电用户占比"
    strange = [sign for sign in re.findall(r"[一-鿿]", english) if sign not in own_words]
    assert not strange


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_both_languages_have_the_same_sentences_with_the_same_places() -> None:
    assert {key: places(text) for key, text in CHINESE.items()} == {key: places(text) for key, text in ENGLISH.items()}


def lines(log: Log, language: Language = "zh") -> list[str]:
    return prose(language).lines(log)


def test_a_line_says_when_and_by_whom_and_that_it_was_written_late() -> None:
    # Written from 09:01 on, one a minute.
    log = log_of([fact("note", 55, text="甲"), fact("note", 30, text="乙")])
    assert lines(log) == [
        "1. 2026-01-12 08:55 值班员甲：甲",
        "2. 2026-01-12 08:30（2026-01-12 09:02 补记）值班员甲：乙",
    ]


def test_corrected_and_withdrawn_entries_stay_and_say_so() -> None:
    facts = [
        fact("repaired", 60, element="e-1"),
        fact("note", 60, text="甲"),
        fact("correction", 61, corrects=1, replacement=document("repaired", 59, element="e-1"), reason="看错"),
        fact("correction", 61, corrects=2, replacement=None, reason="误记"),
    ]
    found = lines(log_of(facts))
    assert found[0].endswith("东环一线修复〔已由第 3 条更正为：2026-01-12 08:59 东环一线修复〕")
    assert found[1].endswith("甲〔已由第 4 条撤回〕")
    assert lines(log_of(facts), "en")[0].endswith("[corrected by entry 3 to: 2026-01-12 08:59 东环一线 repaired]")


@pytest.mark.parametrize(("language", "mark"), [("zh", "【演练】"), ("en", "[DRILL]")])
def test_every_line_of_a_drill_says_so_and_no_other(language: Language, mark: str) -> None:
    facts = [fact("reported", 0, text="甲"), fact("note", 1, text="乙")]
    assert all(line.startswith(mark) for line in lines(log_of(facts, drill=True), language))
    assert not any("演练" in line or "DRILL" in line for line in lines(log_of(facts), language))


def test_without_plan_and_names_keys_stand_in() -> None:
    bare = Prose(Phrases("zh"))
    assert bare.sentence(fact("figure_reported", 0, figure="deaths", value=2)) == "deaths：2"
    assert bare.sentence(fact("repaired", 0, element="e-1")) == "e-1 修复"
    issued = fact("warning_issued", 0, office="区长", level="snow", scope="西区", text="雪")
    assert bare.sentence(issued) == "区长发布snow，范围：西区。雪"


def test_times_are_told_in_the_offset_of_the_fact() -> None:
    log = log_of([fact("note", 0, text="甲")])
    entry = log.entries[0]
    assert entry.written_at == after(61)
    assert "09:01 补记" in lines(log)[0]


def test_a_name_that_ends_in_a_figure_stands_apart() -> None:
    """「医院 6的电」 would be read as something else, and no blank stands before a full stop."""
    numbered = Prose(Phrases("zh"), name_of=lambda _: "示例医院 6")
    reserve = fact("reserve_reported", 0, facility="f-1", commodity="electricity", hours=2.0)
    assert numbered.sentence(reserve) == "示例医院 6 的电备用还能支撑 2 小时"
    assert numbered.sentence(fact("road_closed", 0, road="r-1")).startswith("示例医院 6 封闭")
    assert numbered.sentence(fact("fault_located", 0, element="e-1", text="x")) == "示例医院 6 故障：x"


def test_names_in_free_words_stand_apart_as_well_and_what_people_wrote_stays_as_it_is() -> None:
    """A telephone number runs into the next word otherwise; blanks of the text itself are nobody's to take out."""
    reported = fact("reported", 0, text="全停 （东站）\n 在查", source="刘工 0356-2022222")
    assert prose("zh").sentence(reported) == "接刘工 0356-2022222 报告：全停 （东站）\n 在查"
    line = Prose(Phrases("zh"), name_of=lambda _: "110 kV 示例东线 1")
    assert line.sentence(fact("crew_sent", 0, crew="一队", element="e-1")) == "派出一队前往 110 kV 示例东线 1"
    assert line.sentence(fact("crew_sent", 0, crew="抢修 2", element="e-1")) == "派出抢修 2 前往 110 kV 示例东线 1"
    assert line.sentence(fact("device_operated", 0, device="e-1", outcome="stuck")) == "110 kV 示例东线 1 不能操作"
    assert prose("zh").sentence(fact("report_sent", 0, to="市 12345", report="follow_up")) == "向市 12345 续报"
