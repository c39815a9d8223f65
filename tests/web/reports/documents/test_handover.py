"""The handover sheet: what it says, on one page, before and after the handover, and of a plan that has none."""

from __future__ import annotations

from tests.web.reports.documents.cases import HEATING, OUTAGE, after, outage, pages_of, squeezed, words_of
from tests.web.reports.documents.crowded import crowded
from tests.web.reports.sources import source_of, told
from webmap.reports.documents import build
from webmap.reports.documents.pdf import to_pdf

DONE = "密切关注事态发展，加强信息沟通。"
HANDED = told("command_handed_over", 50, office="指挥长", to="晋城市指挥部", reason="超出本县处置能力", clause="4.4(3)")


def test_the_sheet_says_level_measures_warnings_report_and_telephones() -> None:
    facts = (*OUTAGE[:5], told("measure_done", 40, measure=DONE, clause="4.2.1(2)", unit="区发改局"))
    said = words_of(build(source_of(facts, at=after(45)), "handover"))
    assert "现为 III 级响应" in said
    assert "本级措施 8 项，已落实 1 项，未见落实记录 7 项" in said
    assert f"已落实：{DONE}〔4.2.1(2)〕（区发改局）" in said
    assert "没有生效的预警" in said
    assert "续报应在" in said
    assert "2286311" in said
    # The energy plan has no such clause: the sheet says so.
    assert "没有移交指挥处置权的条款" in said


def test_it_names_who_takes_over_once_that_is_recorded() -> None:
    before = build(outage(HEATING, at=after(45)), "handover")
    assert "接管的上级指挥部" in before.gaps()
    made = build(source_of((*OUTAGE[:4], HANDED), plan=HEATING, at=after(60)), "handover")
    said = words_of(made)
    assert "泽州县供热突发事件应急救援指挥部 → 晋城市指挥部" in said
    assert "接管的上级指挥部" not in made.gaps()
    assert any("4.4(3)" in note for note in made.notes)


def test_it_is_one_page_however_long_the_names_and_marked_in_a_drill() -> None:
    pages = pages_of(to_pdf(crowded("handover")))
    assert len(pages) == 1
    assert "演练" in squeezed(pages[0])


def test_reports_the_briefing_and_the_review_tell_of_it() -> None:
    back = told("command_taken_back", 90, office="指挥长")
    source = source_of((*OUTAGE[:4], HANDED, back), plan=HEATING, at=after(120))
    (row,) = source.review.handovers
    assert (row.to, row.entry, row.back_entry) == ("晋城市指挥部", 5, 6)
    said = words_of(build(source, "final"))
    assert "指挥长向晋城市指挥部移交指挥处置权：超出本县处置能力" in said
    assert "指挥长收回指挥处置权" in said
    still = source_of((*OUTAGE[:4], HANDED), plan=HEATING, at=after(60))
    assert still.review.handovers[0].back_at is None
    assert "指挥处置权已移交晋城市指挥部（第 5 条）" in words_of(build(still, "briefing"))
