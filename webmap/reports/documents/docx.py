"""A document as a Word file that an officer goes on writing in: real styles, numbered headings, fields, tables."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from webmap.reports.documents.docx_parts import (
    bookmarked,
    contents_line,
    element,
    field,
    paragraph,
    run,
    table,
)
from webmap.reports.documents.docx_styles import dress, look_of
from webmap.reports.documents.model import (
    Block,
    Column,
    Contents,
    Document,
    Figure,
    Heading,
    Headline,
    PageBreak,
    Paragraph,
    Table,
    Text,
    shown,
)
from webmap.reports.documents.numbering import numbered

_STYLES = {"body": "Normal", "note": "SourceNote", "signature": "SignatureLine", "lead": "Lead"}


def to_docx(document: Document) -> bytes:
    """Return the document as DOCX. Fonts are named (仿宋_GB2312, 黑体, 楷体_GB2312, 方正小标宋简体), not inside.

    Headings are Word's own styles with numbers that Word counts; what is missing is highlighted yellow.
    """
    word = docx.Document()
    dress(word, document)
    body = word.element.body
    for old in list(body)[:-1]:
        body.remove(old)
    end = body[-1]
    page = _Page(word, document)
    for made in chain(
        _opening(document),
        *(_WRITE[type(block)](page, block, number) for block, number in numbered(document.blocks)),
        _notes(document),
    ):
        end.addprevious(made)
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def _opening(document: Document) -> list[Any]:
    made = [paragraph("Title", [run(Text("\n".join(document.title_lines)))])]
    if document.subtitle is not None:
        made.append(paragraph("HeadLine", [run(Text(document.subtitle))], element("w:jc", val="center")))
    if document.brief:
        told = [piece for label, runs in document.head for piece in (Text(f"{label}："), *runs, Text("　　"))]
        lines = [paragraph("HeadLine", map(run, told[:-1]), element("w:jc", val="center"))] if told else []
    else:
        lines = [paragraph("HeadLine", map(run, (Text(f"{label}：", True), *runs))) for label, runs in document.head]
    if lines:
        rule = element("w:bottom", val="single", sz=6, space=4, color="777777")
        marks = lines[-1].find(lines[-1][0].tag)
        marks.insert(1, element("w:pBdr", rule))
    return [*made, *lines]


@dataclass(frozen=True)
class _Page:
    """What blocks need of the file that they come into."""

    word: Any
    document: Document

    def place_of(self, block: Block) -> int:
        """Return where a block stands among the document's; two of the same words are two."""
        return next(place for place, one in enumerate(self.document.blocks, start=1) if one is block)

    @property
    def width_mm(self) -> float:
        return look_of(self.document).width_mm


def _heading(page: _Page, block: Heading, _number: str) -> list[Any]:
    # List 0 is none: the style's number is taken away.
    uncounted = [] if block.counted else [element("w:numPr", element("w:ilvl", val=0), element("w:numId", val=0))]
    made = paragraph(f"Heading{block.level}", [run(Text(block.text))], *uncounted)
    return [bookmarked(made, page.place_of(block))]


def _paragraph(_page: _Page, block: Paragraph, _number: str) -> list[Any]:
    return [paragraph(_STYLES[block.style], map(run, block.runs))]


def _figure(page: _Page, block: Figure, number: str) -> list[Any]:
    return [_picture(page.word, block), paragraph("PictureCaption", [run(Text(f"{number}　{block.caption}"))])]


def _page_break(_page: _Page, _block: PageBreak, _number: str) -> list[Any]:
    return [paragraph("TableText", [element("w:r", element("w:br", type="page"))])]


def _table(page: _Page, block: Table, number: str) -> list[Any]:
    caption = [] if block.caption is None else [paragraph("TableCaption", [run(Text(f"{number}　{block.caption}"))])]
    # Two tables without a paragraph between them would become one.
    return [*caption, table(block, page.width_mm), paragraph("AfterTable", [])]


def _headline(page: _Page, block: Headline, _number: str) -> list[Any]:
    columns = tuple(Column(title) for title, _, _ in block.figures)
    made = table(Table(columns, (tuple(value for _, value, _ in block.figures),)), page.width_mm)
    heads, cells = made.tr_lst
    for cell in heads.tc_lst:
        cell.p_lst[0].style = "HeadlineTitle"
    for cell, (_, _, note) in zip(cells.tc_lst, block.figures, strict=True):
        cell.p_lst[0].style = "HeadlineFigure"
        cell.p_lst[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        cell.append(paragraph("HeadlineTitle", [run(Text(note))]))
    return [made, paragraph("AfterTable", [])]


def _picture(word: Any, block: Figure) -> Any:
    made = word.add_paragraph(style="Picture")
    picture = made.add_run().add_picture(io.BytesIO(block.png), width=Mm(block.fitting_width_mm))
    about = picture._inline.docPr
    about.set("descr", shown(block.alt))
    about.set("title", shown(block.caption))
    return made._p


def _contents(page: _Page, _block: Contents, _number: str) -> list[Any]:
    """A field that Word fills with pages when it opens the file; elsewhere the headings stand there as they are."""
    lines = [
        contents_line(f"{number}{block.text}", block.level, page.place_of(block))
        for block, number in numbered(page.document.blocks)
        if isinstance(block, Heading) and block.level < 3
    ] or [paragraph("TOC1", [])]
    begin, code, middle, _, end = field(r'TOC \o "1-2" \h \z \u', dirty="true")
    for place, piece in enumerate((begin, code, middle), start=1):
        lines[0].insert(place, piece)
    lines[-1].append(end)
    return [paragraph("TableCaption", [run(Text("目　录"))]), *lines]


def _notes(document: Document) -> list[Any]:
    told = [f"注 {place}：{shown(note)}" for place, note in enumerate(document.notes, start=1)]
    flush = (element("w:ind", firstLine=0, firstLineChars=0) for _ in told)
    return [paragraph("SourceNote", [run(Text(line))], indent) for line, indent in zip(told, flush, strict=True)]


_WRITE: Mapping[type[Any], Callable[[_Page, Any, str], list[Any]]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Table: _table,
    Headline: _headline,
    Figure: _figure,
    Contents: _contents,
    PageBreak: _page_break,
}
