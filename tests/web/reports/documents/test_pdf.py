"""The PDF: searchable Chinese, fonts inside, marks on every page, one page where one is promised, no markup."""

from __future__ import annotations

import ctypes
import io
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image

from tests.web.reports.documents.cases import HEATING, NASTY, OUTAGE, draw, outage, pages_of, squeezed
from tests.web.reports.documents.crowded import crowded_briefing
from tests.web.reports.sources import source_of, told
from webmap.reports.documents import KINDS, build
from webmap.reports.documents.model import Figure
from webmap.reports.documents.pdf import to_pdf


@pytest.mark.parametrize("kind", KINDS)
def test_chinese_is_found_and_every_page_is_marked_and_numbered(kind: str) -> None:
    pages = pages_of(to_pdf(build(outage(HEATING, drill=True), kind, draw)))
    assert "东站停电" in squeezed("".join(pages))
    for number, page in enumerate(pages, start=1):
        assert "【演练】演练文件，不作为实际处置的依据" in page
        assert "示例数据" in page
        assert f"—{number}—" in squeezed(page)


def test_headings_have_their_numbers() -> None:
    said = squeezed("".join(pages_of(to_pdf(build(outage(HEATING), "first")))))
    assert "一、供热突发事件发生的时间" in said
    assert "十六、报告人的姓名、单位和联系电话" in said
    assert "【待补：事件类别】" in said


def _fonts(pdf: bytes) -> dict[str, bool]:
    """Return the fonts that texts are set in, and whether each is inside."""
    found: dict[str, bool] = {}
    opened = pypdfium2.PdfDocument(pdf)
    for page in opened:
        for piece in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            font = pdfium.FPDFTextObj_GetFont(piece.raw)
            name = ctypes.create_string_buffer(200)
            pdfium.FPDFFont_GetBaseFontName(font, name, 200)
            found[name.value.decode()] = bool(pdfium.FPDFFont_GetIsEmbedded(font))
    opened.close()
    return found


def test_fonts_are_inside() -> None:
    fonts = _fonts(to_pdf(build(outage(), "first")))
    assert all(fonts.values())
    assert any("NotoSerifSC" in name for name in fonts)
    assert any("NotoSansSC" in name for name in fonts)


def test_title_and_author_are_in_the_file() -> None:
    opened = pypdfium2.PdfDocument(to_pdf(build(outage(), "first")))
    about = opened.get_metadata_dict()
    opened.close()
    assert about["Title"] == "关于“东站停电”的首次报告"
    assert about["Author"] == "值班员甲"


def test_what_people_write_is_never_markup() -> None:
    facts = (
        told("reported", 0, text=NASTY, place=NASTY, source=NASTY),
        told("detail_given", 5, item="evacuation", text=NASTY + "\n#pagebreak()\n第三行"),
        told("detail_given", 5, item="person_in_charge", name=NASTY[:60], unit='#read("main.typ")'),
    )
    said = squeezed("".join(pages_of(to_pdf(build(source_of(facts, plan=HEATING), "first")))))
    assert squeezed(NASTY) in said
    assert "#pagebreak()" in said
    assert '#read("main.typ")' in said


def test_signs_that_no_file_can_carry_are_left_out() -> None:
    document = build(source_of((told("reported", 0, text="停电"),)), "first")
    odd = replace(document, title="停\x00电\ud800\ufffe")
    assert "停电" in squeezed(pages_of(to_pdf(odd))[0])


def test_a_briefing_is_one_page_however_long_the_names() -> None:
    pages = pages_of(to_pdf(crowded_briefing()))
    assert len(pages) == 1
    assert "0356-1234567,0356-7654321" in squeezed(pages[0])


def test_no_heading_is_left_alone_at_the_end_of_a_page() -> None:
    document = build(outage(HEATING), "evaluation", draw)
    pages = pages_of(to_pdf(document))
    heads = {squeezed(block.text) for block in document.blocks if hasattr(block, "level")}
    for page in pages[1:]:
        lines = [squeezed(line) for line in page.splitlines() if squeezed(line)]
        last = next(line for line in reversed(lines) if not line.startswith("—"))
        assert not any(last.endswith(head) for head in heads), last


def _lowest_point(pdf: bytes) -> float:
    """Return how far above the lower edge the lowest word or picture of all pages ends (points)."""
    opened = pypdfium2.PdfDocument(pdf)
    lowest = min(piece.get_bounds()[1] for page in opened for piece in page.get_objects())
    opened.close()
    return lowest


def test_a_word_that_fills_a_cell_and_a_picture_that_fills_a_page_stay_inside() -> None:
    file = io.BytesIO()
    Image.new("RGB", (100, 900), "white").save(file, "PNG")
    reason = "长" * 1_900
    late = told("correction", 300, corrects=1, replacement=None, reason=reason)
    document = build(source_of((*OUTAGE, late)), "evaluation", lambda *_: file.getvalue())
    pdf = to_pdf(document)
    assert squeezed("".join(pages_of(pdf))).count("长") == 1_900
    assert _lowest_point(pdf) > 0
    figures = [block for block in document.blocks if isinstance(block, Figure)]
    assert all(block.fitting_width_mm * 9 <= 200 for block in figures)


def test_five_hundred_entries_are_all_set() -> None:
    notes = tuple(
        told("note", number, text=f"第 {number} 次巡查，设备运行正常，未见异常情况。") for number in range(490)
    )
    source = source_of((*OUTAGE, *notes))
    document = build(source, "evaluation", draw)
    pages = pages_of(to_pdf(document))
    assert squeezed("第 489 次巡查") in squeezed("".join(pages))
    heads = [page for page in pages if "时间内容〔日志编号〕" in squeezed(page)]
    assert len(heads) > 5
