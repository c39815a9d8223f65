"""What the documents say beyond the clause's items: changes, endings, the response against the plan, hindsight."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.web.network import HIDDEN_NAME
from tests.web.reports.documents.cases import ENERGY, HEATING, OUTAGE, after, draw, outage, words_of
from tests.web.reports.sources import source_of, told
from webmap.reports.documents import KINDS, build
from webmap.reports.documents.model import Document, Heading, Headline, Table, plain
from webmap.reports.documents.phrasing import headline
from webmap.reports.progress import Cancelled


def table(document: Document, caption: str) -> list[list[str]]:
    """Return the table of that caption as texts."""
    found = next(block for block in document.blocks if isinstance(block, Table) and block.caption == caption)
    return [[plain(cell) for cell in row] for row in found.rows]


def headings(document: Document, level: int = 1) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading) and block.level == level]


@pytest.mark.parametrize("plan", [ENERGY, HEATING])
@pytest.mark.parametrize("kind", KINDS)
def test_every_document_names_plan_moment_data_and_marks(plan: str, kind: str) -> None:
    document = build(outage(plan, drill=True), kind, draw)
    said = words_of(document)
    assert document.shown_title.startswith("【演练】")
    assert any("演练" in mark for mark in document.marks)
    assert any("示例数据" in mark for mark in document.marks)
    assert "数据版本 small-1" in said
    assert "第 10 条" in said
    assert {ENERGY: "城政办发〔2025〕15号", HEATING: "泽政办发〔2023〕11号"}[plan] in said


def test_moments_are_of_china_whatever_offset_they_came_with() -> None:
    source = outage(at=after(60).astimezone(UTC))
    source.made_at = datetime(2026, 1, 12, 17, 5, tzinfo=UTC)
    said = words_of(build(source, "first"))
    assert "信息截至：2026年1月12日9时00分" in said
    assert "2026年1月13日1时05分生成" in said
    assert "区指挥部办公室\n2026年1月13日" in said


def test_a_real_incident_is_not_called_a_drill() -> None:
    document = build(outage(), "first")
    assert "演练" not in words_of(document) + "".join(document.marks)


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_log_makes_every_document(kind: str) -> None:
    said = words_of(build(source_of((), at=after(0)), kind, draw))
    assert "东站停电" in said
    assert "None" not in said


def test_a_follow_up_tells_what_has_changed_since_the_report_as_it_knew_it() -> None:
    facts = (
        *OUTAGE[:5],
        told("note", 36, text="早已知道的事"),
        told("fault_located", 40, element="e-home"),
        told("correction", 41, corrects=3, replacement=None, reason="没有派出"),
        told("crew_sent", 42, crew="抢修二队"),
    )
    document = build(source_of(facts, at=after(300)), "follow_up")
    compared = {row[0]: row[1:] for row in table(document, "与上次报告比较")}
    assert compared["停电户数"] == ["110", "110"]
    assert compared["停热户数"] == ["0", "50"]
    since = table(document, "上次报告以来的记录和更正")
    assert [row[1] for row in since] == [
        "早已知道的事〔第 6 条〕",
        "节点 e-home 故障〔第 7 条〕",
        "派出抢修二队〔第 9 条〕",
    ]
    said = words_of(document)
    assert "上次报告后撤回的记录：〔第 3 条〕" in said
    assert "向区委、区政府书面首报〔第 5 条〕" in said
    assert (document.title, document.subtitle) == ("关于“东站停电”的续报", "（第 1 期）")


def test_a_follow_up_compares_with_what_the_last_report_says_it_spoke_of() -> None:
    sent = told("report_sent", 35, to="区政府", report="follow_up", speaks_of=after(-10).isoformat(), known=1)
    document = build(source_of((*OUTAGE[:4], sent), at=after(60)), "follow_up")
    compared = {row[0]: row[1:] for row in table(document, "与上次报告比较")}
    assert compared["停电户数"] == ["0", "110"]
    assert document.subtitle == "（第 2 期）"


def test_a_follow_up_without_a_report_before_it_says_so() -> None:
    assert "日志中没有此前发出书面报告的记录。" in words_of(build(source_of(OUTAGE[:3]), "follow_up"))


def test_a_final_report_tells_who_ended_the_response_or_that_nobody_has() -> None:
    assert "1月12日 11:20，办公室主任宣布响应结束〔第 10 条〕" in words_of(build(outage(), "final"))
    running = build(outage(at=after(100)), "final")
    assert "响应结束的时间和宣布机关（4.4）" in running.gaps()


def test_reports_go_to_whom_they_went_before() -> None:
    assert "主送：区委、区政府〔第 5 条〕" in words_of(build(outage(at=after(60)), "follow_up"))
    assert "主送：区委、区政府和上级有关部门〔4.1〕" in words_of(build(outage(at=after(30)), "first"))
    assert "主送：县委、县政府和上级有关部门〔4.1〕" in words_of(build(outage(HEATING, at=after(30)), "first"))


def test_an_evaluation_has_what_the_clauses_ask_for() -> None:
    document = build(outage(HEATING), "evaluation", draw)
    assert headings(document) == [
        "事件概况",
        "事件起因和性质",
        "事件影响",
        "应急处置过程",
        "对照预案的响应情况",
        "投入资源",
        "责任认定",
        "经验教训和改进建议",
        "更正与补记",
        "附件一　大事记",
        "附件二　指标定义与研判前提",
    ]
    assert {"事件性质", "责任认定", "经验教训和改进建议"} <= set(document.gaps())
    assert "预案要求（5.4）" in words_of(document)


@pytest.mark.parametrize(
    ("item", "gap"),
    [
        ("nature", "事件性质"),
        ("responsibility", "责任认定"),
        ("lessons", "经验教训和改进建议"),
        ("resources", "投入的人员、队伍、物资和经费"),
        ("cause", "事件原因"),
    ],
)
def test_what_people_find_out_fills_the_evaluation(item: str, gap: str) -> None:
    assert gap in build(outage(), "evaluation", draw).gaps()
    facts = (*OUTAGE, told("detail_given", 300, item=item, text="调查组的结论"))
    document = build(source_of(facts), "evaluation", draw)
    assert gap not in document.gaps()
    assert "调查组的结论。〔第 11 条〕" in words_of(document)


def test_an_evaluation_holds_what_was_due_against_what_was_done() -> None:
    source = outage()
    document = build(source, "evaluation", draw)
    reports = table(document, "信息报告情况")
    assert len(reports) == len(source.review.reports)
    assert any(row[6] == "5" for row in reports)
    assert len(table(document, "响应措施落实情况")) == len(source.review.measures)
    assert [row[1] for row in table(document, "应急响应的启动、调整和结束")] == ["III 级", "结束"]
    impact = {row[0]: row[1:] for row in table(document, "各类供应的停供与恢复")}
    part = source.impact.networks["electricity"]
    assert impact["停供用户（户）"][0] == "110"
    assert impact["停供户时（户·时）"][0] == str(round(part.customer_hours))
    assert len(table(document, "大事记")) == len(source.review.course)


def test_an_evaluation_begins_with_the_figures_of_the_page() -> None:
    document = build(outage(), "evaluation", draw)
    first, then = [block for block in document.blocks if isinstance(block, Headline)]
    assert [(title, plain(value)) for title, value, _ in first.figures] == [
        ("受影响人数（人）", "400"),
        ("停供人时（人·时）", "887"),
        ("全部恢复用时", "2 小时 55 分"),
    ]
    assert first.figures[2][2] == "首次停供 1月12日 07:55至全部恢复 1月12日 10:50"
    assert [(title, plain(value)) for title, value, _ in then.figures][1:] == [
        ("重点保障单位曾失去供应", "1"),
        ("响应历时", "2 小时 50 分"),
    ]
    assert headline(18_623_456) == "1862 万"


def test_townships_count_the_same_places_as_the_text() -> None:
    source = outage(at=after(45))
    found = source.assessment
    outside = {**found["facilities"][0], "id": "f-other", "name": "某校", "tier": None, "state": "failed"}
    listed = {**outside, "id": "f-listed", "name": "某所", "tier": 6, "township": found["townships"][0]["code"]}
    source.__dict__["assessment"] = {**found, "facilities": [outside, {**outside, "id": "f-more"}, listed]}
    rows = table(build(source, "first"), "各乡镇（街道）停供情况")
    assert sum(int(row[-1]) for row in rows) == 1
    assert "重点保障单位失去供应 1 家（某所）" in words_of(build(source, "first"))


def test_the_figures_of_an_evaluation_are_drawn_and_told() -> None:
    seen: list[tuple[str, int, int]] = []
    source = outage()
    source.progress = lambda stage, done, total: seen.append((stage, done, total))
    drawn: list[str] = []

    def noted(_source: Any, name: str, _width_mm: float) -> bytes:
        drawn.append(name)
        return draw(_source, name, _width_mm)

    build(source, "evaluation", noted)
    wanted = {"loss_map", "bivariate_map", "multiples_map", "loss_chart", "reserves_chart", "timeline_chart"}
    assert set(drawn) == wanted
    assert [step for step in seen if step[0] == "figures"] == [("figures", done, 6) for done in range(6)]


def test_making_stops_when_nobody_waits() -> None:
    def gone(stage: str, _done: int, _total: int) -> None:
        if stage == "figures":
            raise Cancelled

    source = outage()
    source.progress = gone
    with pytest.raises(Cancelled):
        build(source, "evaluation", draw)


def test_a_correction_after_the_end_is_told_with_both_figures() -> None:
    late = told(
        "correction", 400, corrects=2, reason="实际更早", replacement=told("fault_located", -65, element="e-source")
    )
    document = build(source_of((*OUTAGE, late)), "evaluation", draw)
    assert document.head[-1][0] == "信息截至"
    then = build(source_of((*OUTAGE, late), at=after(260)), "evaluation", draw)
    told_of = "情况截至：2026年1月12日12时20分；日志读到第 11 条（2026年1月12日14时40分写入）"
    assert told_of in words_of(then)
    assert any(note.startswith(told_of.replace("：", "")) for note in then.notes)
    rows = {row[0]: row[1:] for row in table(document, "响应结束时所知与现在所知")}
    before, after_it = rows["停电户·时"]
    assert int(after_it) - int(before) == 110
    ((which, _, first, since, _),) = table(document, "更正记录")
    assert which == "第 11 条更正第 2 条"
    assert (first[:11], since[:11]) == ("01-12 07:55", "01-12 06:55")
    assert "没有改变影响数字的记录" in words_of(build(outage(), "evaluation", draw))


@pytest.mark.parametrize("kind", KINDS)
def test_a_reader_without_the_right_finds_no_hidden_place(kind: str) -> None:
    facts = (*OUTAGE[:3], told("reserve_reported", 10, facility="f-hidden-7731", commodity="electricity", hours=1.0))
    facts = (*facts, *OUTAGE[3:])
    open_to = words_of(build(source_of(facts, at=after(160), restricted=False), kind, draw))
    assert HIDDEN_NAME not in open_to
    assert "f-hidden" not in open_to
    assert "不含限制公开的单位；另有 1 条记录涉及这些单位" in open_to


def test_a_briefing_says_level_places_decisions_and_telephones() -> None:
    document = build(outage(at=after(45)), "briefing")
    said = words_of(document)
    assert headings(document) == ["响应级别", "剩余时间最短的单位", "需要决定的事项", "联系电话"]
    assert "现为 III 级响应，1月12日 08:30 由办公室主任决定（第 4 条）" in said
    assert "没有生效的预警，是否发布（3.3）" in said
    assert "续报应在" in said
    assert "2286311" in said  # the office's seat, appendix 8.3
    least = next(block for block in document.blocks if isinstance(block, Table))
    assert [plain(cell) for cell in least.rows[0]] == [
        "某部隐蔽营区",
        "武装部队、国防设施（2）",
        "10 分",
        "1月12日 08:55",
    ]
    assert document.brief


def test_a_briefing_without_published_telephones_says_so() -> None:
    assert "值班电话：预案没有公布" in build(outage(HEATING, at=after(45)), "briefing").gaps()
