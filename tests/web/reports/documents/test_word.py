"""The Word file: opened again by python-docx, and turned into pages by LibreOffice."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tests.web.reports.documents.cases import HEATING, NASTY, OUTAGE, draw, outage, pages_of, squeezed
from tests.web.reports.documents.crowded import crowded_briefing
from tests.web.reports.sources import source_of, told
from webmap.reports.documents import KINDS, build
from webmap.reports.documents.docx import to_docx


def opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


@pytest.fixture(scope="module")
def evaluation() -> Any:
    return opened(to_docx(build(outage(HEATING, drill=True), "evaluation", draw)))


@pytest.mark.parametrize("kind", KINDS)
def test_every_document_is_a_word_file_on_a4(kind: str) -> None:
    document = build(outage(HEATING, drill=True), kind, draw)
    word = opened(to_docx(document))
    section = word.sections[0]
    assert abs(section.page_width - Mm(210)) < Mm(1)
    assert word.core_properties.title == document.shown_title
    assert word.core_properties.author == "值班员甲"
    assert word.core_properties.language == "zh-CN"
    assert "【演练】" in section.header.paragraphs[0].text
    assert "示例数据" in section.header.paragraphs[0].text


def test_margins_and_lines_are_those_of_the_standard(evaluation: Any) -> None:
    section = evaluation.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(length.mm) for length in margins] == [37, 35, 28, 26]
    assert evaluation.styles["Normal"].font.size == Pt(16)
    assert evaluation.styles["Normal"].paragraph_format.line_spacing == Pt(28.95)


@pytest.mark.parametrize(
    ("style", "font"),
    [
        ("Normal", "仿宋_GB2312"),
        ("Title", "方正小标宋简体"),
        ("Heading 1", "黑体"),
        ("Heading 2", "楷体_GB2312"),
        ("Heading 3", "仿宋_GB2312"),
    ],
)
def test_chinese_fonts_are_named(evaluation: Any, style: str, font: str) -> None:
    marks = evaluation.styles[style].element.rPr
    assert marks.find(qn("w:rFonts")).get(qn("w:eastAsia")) == font


def test_headings_are_words_own_and_counted_by_word(evaluation: Any) -> None:
    styles = {one.style.name for one in evaluation.paragraphs}
    assert {"Title", "Heading 1", "Heading 2"} <= styles
    first = next(one for one in evaluation.paragraphs if one.style.name == "Heading 1")
    assert first.text == "事件概况"
    for level in (1, 2, 3):
        style = evaluation.styles[f"Heading {level}"].element
        assert style.pPr.numPr is not None
        assert style.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == str(level - 1)
        assert evaluation.styles[f"Heading {level}"].paragraph_format.keep_with_next


def test_the_page_number_is_a_field(evaluation: Any) -> None:
    footer = evaluation.sections[0].footer._element.xml
    assert " PAGE " in footer
    assert "— " in footer


def test_heading_rows_are_repeated_and_rows_are_not_torn(evaluation: Any) -> None:
    assert len(evaluation.tables) > 8
    for one in evaluation.tables:
        head = one.rows[0]._tr.trPr
        assert head.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in one.rows)


def test_a_row_that_may_be_longer_than_a_page_is_torn() -> None:
    late = told("correction", 300, corrects=1, replacement=None, reason="长" * 1_900)
    word = opened(to_docx(build(source_of((*OUTAGE, late)), "evaluation", draw)))
    row = next(row for one in word.tables for row in one.rows if "长" * 1_900 in row.cells[-1].text)
    assert row._tr.trPr.find(qn("w:cantSplit")) is None


def test_pictures_have_words_for_who_cannot_see_them(evaluation: Any) -> None:
    told_of = [shape._inline.docPr.get("descr") for shape in evaluation.inline_shapes]
    assert len(told_of) == 6
    assert all(told_of)


def test_gaps_are_highlighted_and_nothing_else() -> None:
    document = build(outage(HEATING), "first")
    word = opened(to_docx(document))
    runs = [run for one in word.paragraphs for run in one.runs]
    yellow = [run.text for run in runs if run.font.highlight_color == WD_COLOR_INDEX.YELLOW]
    assert yellow == [f"【待补：{gap}】" for gap in document.gaps()]
    assert not [run.text for run in runs if "待补：" in run.text and run.font.highlight_color is None]


def test_what_people_write_is_in_the_file_as_it_was_written() -> None:
    facts = (told("reported", 0, text="停热"), told("detail_given", 5, item="evacuation", text=f"{NASTY}\n第二行"))
    word = opened(to_docx(build(source_of(facts, plan=HEATING), "first")))
    assert any(NASTY in one.text and "第二行" in one.text for one in word.paragraphs)


def test_libreoffice_turns_it_into_pages(soffice_path: str, tmp_path: Path) -> None:
    facts = (*OUTAGE, told("detail_given", 300, item="lessons", text=NASTY))
    made = {
        "evaluation": build(source_of(facts, plan=HEATING, drill=True), "evaluation", draw),
        "briefing": crowded_briefing(),
    }
    for name, document in made.items():
        (tmp_path / f"{name}.docx").write_bytes(to_docx(document))
    profile = (tmp_path / "profile").as_uri()
    command = [soffice_path, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run(
        [*command, str(tmp_path), *(str(tmp_path / f"{name}.docx") for name in made)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    pages = pages_of((tmp_path / "evaluation.pdf").read_bytes())
    said = squeezed("".join(pages))
    # LibreOffice counts the headings itself, in Chinese.
    assert "一、事件概况" in said
    assert "（一）起因" in said
    assert "九、更正与补记" in said
    assert "十、附件" not in said
    assert squeezed(NASTY) in said
    for number, page in enumerate(pages, start=1):
        assert "【演练】" in page
        assert f"—{number}—" in squeezed(page)
    assert len(pages_of((tmp_path / "briefing.pdf").read_bytes())) == 1
