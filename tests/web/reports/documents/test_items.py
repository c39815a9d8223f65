"""A report says what the plan's clause names, in its words and order, and marks what nobody has entered."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.reports.documents.cases import ENERGY, HEATING, after, outage, words_of
from tests.web.reports.sources import source_of, told
from webmap.reports.documents import build, items_of
from webmap.reports.documents.model import Table, plain

#: By hand, from the texts of the plans (energy 4.1, heating 4.1).
CLAUSES = {
    ENERGY: [
        ("time", "事件发生的时间"),
        ("place", "地点"),
        ("cause", "原因"),
        ("scope", "范围"),
        ("loss", "造成的损失"),
        ("trend", "发展趋势"),
    ],
    HEATING: [
        ("time", "供热突发事件发生的时间"),
        ("place", "地点"),
        ("source", "信息来源"),
        ("category", "事件类别"),
        ("course", "基本过程"),
        ("property_loss", "财产损失"),
        ("casualties", "人员伤亡情况"),
        ("grade", "对事件的初判级别"),
        ("measures", "已经采取的措施"),
        ("secondary_hazards", "有无次生或衍生危害"),
        ("dangers_nearby", "周边有无危险源"),
        ("warnings", "警报发布情况"),
        ("evacuation", "是否需要疏散群众"),
        ("support_needed", "需要支援事项和亟需帮助解决的问题"),
        ("person_in_charge", "现场负责人的姓名、单位和联系电话"),
        ("reporter", "报告人的姓名、单位和联系电话"),
    ],
}
BARE = (told("reported", 0, text="有情况"),)


def given(item: str, text: str = "某某情况") -> dict[str, Any]:
    return told("detail_given", 5, item=item, text=text)


def person(item: str, **fields: str) -> dict[str, Any]:
    return told("detail_given", 5, item=item, **fields)


@pytest.mark.parametrize("plan", [ENERGY, HEATING])
@pytest.mark.parametrize("kind", ["first", "follow_up", "final"])
def test_items_are_those_of_the_clause_in_its_order(plan: str, kind: str) -> None:
    items = items_of(source_of(BARE, plan=plan), kind)
    assert [(item.key, item.title) for item in items] == CLAUSES[plan]
    assert {item.clause for item in items} == {"4.1"}


@pytest.mark.parametrize("plan", [ENERGY, HEATING])
@pytest.mark.parametrize("kind", ["first", "follow_up", "final"])
def test_every_item_is_a_section_of_the_document(plan: str, kind: str) -> None:
    document = build(source_of(BARE, plan=plan), kind)
    headings = [block.text for block in document.blocks if hasattr(block, "level")]
    wanted = [title for _, title in CLAUSES[plan]]
    assert [heading for heading in headings if heading in wanted] == wanted


#: What is entered, and what the item then says. Without the entry the item has a gap.
FILLED = [
    (ENERGY, "place", told("reported", 5, text="停电", place="西镇一路"), "西镇一路"),
    (ENERGY, "cause", given("cause", "施工挖断电缆"), "施工挖断电缆"),
    (ENERGY, "scope", given("scope", "东镇全镇"), "东镇全镇"),
    (ENERGY, "trend", given("trend", "短时间难以恢复"), "短时间难以恢复"),
    (HEATING, "source", told("reported", 5, text="停热", source="热力公司"), "热力公司"),
    (HEATING, "category", given("category"), "某某情况"),
    (HEATING, "property_loss", given("property_loss", "锅炉损坏"), "锅炉损坏"),
    (HEATING, "property_loss", told("figure_reported", 5, figure="direct_loss_yuan", value=12_000_000), "1200 万元"),
    (HEATING, "casualties", given("casualties", "2 人轻伤"), "2 人轻伤"),
    (HEATING, "measures", told("crew_sent", 5, crew="抢修二队"), "抢修二队"),
    (HEATING, "measures", given("measures", "已关闭阀门"), "已关闭阀门"),
    (HEATING, "secondary_hazards", given("secondary_hazards"), "某某情况"),
    (HEATING, "dangers_nearby", given("dangers_nearby"), "某某情况"),
    (HEATING, "evacuation", given("evacuation"), "某某情况"),
    (HEATING, "support_needed", given("support_needed"), "某某情况"),
    (
        HEATING,
        "reporter",
        person("reporter", name="王五", unit="县住建局", telephone="0356-3031234"),
        "王五，县住建局，0356-3031234",
    ),
]


@pytest.mark.parametrize(("plan", "key", "entry", "says"), FILLED)
def test_a_gap_is_there_until_somebody_enters_it(plan: str, key: str, entry: dict[str, Any], says: str) -> None:
    def item(facts: tuple[dict[str, Any], ...]) -> Any:
        return next(one for one in items_of(source_of(facts, plan=plan), "first") if one.key == key)

    before, now = item(BARE), item((*BARE, entry))
    assert before.gaps
    assert before.text is None or says not in before.text
    assert not now.gaps
    assert says in now.text
    assert 2 in now.basis


def test_a_person_without_telephone_has_a_gap_for_it_alone() -> None:
    source = source_of((*BARE, person("person_in_charge", name="赵六", unit="供热公司")), plan=HEATING)
    found = next(item for item in items_of(source, "first") if item.key == "person_in_charge")
    assert found.text is not None
    assert found.text.startswith("赵六，供热公司")
    assert found.gaps == ("现场负责人联系电话",)


def test_casualties_nobody_counted_are_not_zero() -> None:
    counted = told("figure_reported", 5, figure="deaths", value=0)
    source = source_of((*BARE, counted), plan=HEATING)
    found = next(item for item in items_of(source, "first") if item.key == "casualties")
    assert "死亡 0 人" in found.text
    assert found.gaps == ("重伤人数",)
    assert found.figures == ("serious_injuries",)
    nobody = next(item for item in items_of(source_of(BARE, plan=HEATING), "first") if item.key == "casualties")
    assert "0 人" not in (nobody.text or "")
    assert nobody.figures == ("deaths", "serious_injuries")


def test_a_figure_taken_back_is_a_gap_again() -> None:
    facts = (
        *BARE,
        told("figure_reported", 5, figure="direct_loss_yuan", value=500),
        told("figure_reported", 6, figure="direct_loss_yuan", value=None),
    )
    found = next(item for item in items_of(source_of(facts, plan=HEATING), "first") if item.key == "property_loss")
    assert found.gaps == ("财产损失",)


def test_the_grade_names_the_figures_that_are_missing() -> None:
    found = next(item for item in items_of(source_of(BARE, plan=HEATING), "first") if item.key == "grade")
    assert found.gaps == ("事件等级",)
    assert set(found.figures) == {"deaths", "serious_injuries", "direct_loss_yuan"}
    known = [told("figure_reported", 5, figure=key, value=0) for key in ("serious_injuries", "direct_loss_yuan")]
    facts = (*BARE, told("figure_reported", 5, figure="deaths", value=3), *known)
    graded = next(item for item in items_of(source_of(facts, plan=HEATING), "first") if item.key == "grade")
    assert not graded.gaps
    assert "初判为较大" in graded.text


def test_extent_and_loss_are_computed_and_say_so() -> None:
    document = build(outage(at=after(20)), "first")
    said = words_of(document)
    assert "目前涉及 1 个乡镇（街道）：东镇；受影响的供应：电力。" in said
    assert "停电 110 户、260 人" in said
    assert "〔据日志和数据版本 small-1 推算〕" in said


def test_a_final_report_tells_of_the_whole_incident() -> None:
    items = {item.key: item for item in items_of(outage(), "final")}
    assert "先后涉及" in items["scope"].text
    assert "累计停电 110 户" in items["loss"].text
    assert "供应已全部恢复" in items["trend"].text
    assert items["loss"].source == "impact"


def test_entries_behind_an_item_are_those_of_the_log() -> None:
    items = {item.key: item for item in items_of(outage(HEATING, at=after(70)), "first")}
    assert items["time"].basis == (2, 1)
    assert items["source"].basis == (1,)
    assert items["measures"].basis == (3, 6, 7)
    assert "〔第 3 条〕" in words_of(build(outage(HEATING, at=after(70)), "first"))


def test_the_same_in_chinese_for_a_reader_of_english() -> None:
    chinese, english = outage(), outage(language="en")
    assert [item.text for item in items_of(english, "final")] == [item.text for item in items_of(chinese, "final")]
    assert words_of(build(english, "final")) == words_of(build(chinese, "final"))


def test_whoever_falls_next_is_told_though_still_supplied() -> None:
    # It loses its supply in 10 minutes and nobody knows its reserve; another lives on its reserve for longer.
    source = outage(at=after(20))
    found = source.assessment
    listed = [row for row in found["facilities"] if row["state"] == "on_reserve" and row["tier"] is not None]
    soon = {**listed[0], "id": "f-soon", "name": "中心医院分院", "state": "supplied", "hours_left": 0.1667}
    soon |= {"fails_at": after(30).isoformat(), "reserve_unknown": True}
    source.__dict__["assessment"] = {**found, "facilities": [*found["facilities"], soon]}
    trend = next(item for item in items_of(source, "first") if item.key == "trend")
    assert "中心医院分院预计于 1月12日 08:30 失去供应（尚余 10 分，备用未知，按没有备用计）" in trend.text
    tables = [
        block for kind in ("first", "briefing") for block in build(source, kind).blocks if isinstance(block, Table)
    ]
    rows = [[plain(cell) for cell in row] for made in tables for row in made.rows]
    told = [row for row in rows if row[0] == "中心医院分院"]
    assert [row[2] for row in told] == ["供应正常", "10 分＊"]
    assert told[0][4] == "10 分（备用未知，按没有备用计）"
    assert "＊ 备用未知，按没有备用计。" in words_of(build(source, "briefing"))
