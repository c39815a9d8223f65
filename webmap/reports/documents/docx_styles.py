"""The look of a Word document by GB/T 9704: page, fonts, styles, the head and foot of every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import Any

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from webmap.reports.documents.docx_parts import element, field, fonts, heading_list, paragraph, text
from webmap.reports.documents.model import Document, shown

BODY = "仿宋_GB2312"
_TITLE = "方正小标宋简体"
_HEADINGS = ("黑体", "楷体_GB2312", BODY)
_NUMBERING_ID = 900


@dataclass(frozen=True)
class Look:
    """Sizes in points, margins in millimetres (top, bottom, left, right); `pitch` is the distance of lines."""

    body: float
    title: float
    pitch: float
    cell: float
    note: float
    margins: tuple[float, float, float, float]
    indent_chars: int

    @property
    def width_mm(self) -> float:
        """How wide the text is on A4."""
        return 210 - self.margins[2] - self.margins[3]


OFFICIAL = Look(16, 22, 28.95, 10.5, 10.5, (37, 35, 28, 26), 200)
#: Small enough that a commander's briefing stays on one page.
BRIEF = Look(11, 18, 15.5, 9.5, 8, (18, 15, 20, 20), 0)


def look_of(document: Document) -> Look:
    """Return the look of a document."""
    return BRIEF if document.brief else OFFICIAL


def dress(word: Word, document: Document) -> None:
    """Give a new Word document its page, styles, heading numbers, marks, page numbers and properties."""
    look = look_of(document)
    _page(word, look)
    _language(word)
    _styles(word, look)
    _numbering(word, look)
    _marks(word, document)
    _page_number(word)
    _properties(word, document)


def _page(word: Word, look: Look) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, look.margins)
    section.header_distance, section.footer_distance = (
        Mm(15 if look is OFFICIAL else 9),
        Mm(25 if look is OFFICIAL else 8),
    )
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is not None:
        section._sectPr.remove(grid)


def _language(word: Word) -> None:
    defaults = word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for child in list(defaults):
        defaults.remove(child)
    defaults.extend([fonts(BODY), element("w:lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")])


def _styles(word: Word, look: Look) -> None:
    _set(word.styles["Normal"], look.body, BODY, pitch=look.pitch, indent=look.indent_chars, align="both")
    _set(word.styles["Title"], look.title, _TITLE, pitch=look.title * 1.5, align="center")
    for level, font in enumerate(_HEADINGS, start=1):
        style = word.styles[f"Heading {level}"]
        _set(style, look.body, font, pitch=look.pitch, indent=look.indent_chars, align="left")
        style.paragraph_format.keep_with_next = True
        if look is BRIEF:
            style.paragraph_format.space_before = Pt(5)
    small, cell = look.note, look.cell
    for level in (1, 2):
        _contents(word, look, level)
    signature = _add(word, "Signature Line", look.body, BODY, pitch=look.pitch, align="right").paragraph_format
    signature.space_before, signature.right_indent = Pt(look.pitch), Pt(2 * look.body)
    _add(word, "Lead", look.body + 1, "黑体", pitch=look.body * 1.6, align="left")
    _add(word, "Head Line", min(14, look.body - 1), BODY, pitch=min(24, look.pitch), align="left")
    _add(word, "Source Note", small, BODY, pitch=small * 1.35, indent=look.indent_chars, align="left")
    _add(word, "Picture", small, BODY, align="center").paragraph_format.keep_with_next = True
    _add(word, "Picture Caption", 12 if look is OFFICIAL else small, "黑体", pitch=20, align="center")
    caption = _add(word, "Table Caption", 12 if look is OFFICIAL else cell, "黑体", pitch=20, align="center")
    caption.paragraph_format.keep_with_next = True
    _add(word, "Table Text", cell, BODY, pitch=cell * 1.3, align="left")
    _add(word, "Small Text", 9, BODY, pitch=11.5, align="left")
    _add(word, "Table Head", cell, "黑体", pitch=cell * 1.3, align="center")
    _add(word, "After Table", 4, BODY, pitch=6 if look is BRIEF else 12, align="left")
    _add(word, "Headline Figure", 20, "黑体", pitch=28, align="center")
    _add(word, "Headline Title", 10, BODY, pitch=14, align="center")


def _contents(word: Word, look: Look, level: int) -> None:
    """Make a style of the contents' lines, under the name by which Word knows its own."""
    style: Any = word.styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    style.element.set(qn("w:styleId"), f"TOC{level}")
    _set(style, 12, BODY, pitch=19, align="left")
    layout = style.paragraph_format
    layout.left_indent = Pt(24 * (level - 1))
    layout.tab_stops.add_tab_stop(Mm(look.width_mm), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _add(word: Word, name: str, size: float, font: str, **layout: Any) -> Any:
    style: Any = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), name.replace(" ", ""))
    _set(style, size, font, **layout)
    return style


def _set(style: Any, size: float, font: str, *, pitch: float = 0, indent: int = 0, align: str = "left") -> None:
    """Write a style's fonts and paragraph anew: the built-in ones bring blue headings of another script."""
    marks = style.element.get_or_add_rPr()
    for child in list(marks):
        marks.remove(child)
    marks.extend([fonts(font), element("w:color", val="000000"), element("w:sz", val=round(size * 2))])
    layout = style.element.get_or_add_pPr()
    for child in list(layout):
        if child.tag not in {qn("w:keepNext"), qn("w:outlineLvl"), qn("w:keepLines")}:
            layout.remove(child)
    spacing = element("w:spacing", before=0, after=0, **_line(pitch))
    indents = element("w:ind", left=0, right=0, firstLineChars=indent, firstLine=round(indent / 100 * size * 20))
    outline = layout.find(qn("w:outlineLvl"))
    if outline is not None:
        layout.remove(outline)
    layout.extend([spacing, indents, element("w:jc", val=align), *([] if outline is None else [outline])])


def _line(pitch: float) -> dict[str, object]:
    return {"line": round(pitch * 20), "lineRule": "exact"} if pitch else {"line": 240, "lineRule": "auto"}


def _numbering(word: Word, look: Look) -> None:
    numbering = word.part.numbering_part.element
    pattern, use = heading_list(_NUMBERING_ID, look.indent_chars)
    # Word wants all patterns before all uses.
    first_use = numbering.find(qn("w:num"))
    if first_use is None:
        numbering.append(pattern)
    else:
        first_use.addprevious(pattern)
    numbering.append(use)
    for level in range(3):
        layout = word.styles[f"Heading {level + 1}"].element.get_or_add_pPr()
        told = element("w:numPr", element("w:ilvl", val=level), element("w:numId", val=_NUMBERING_ID))
        layout.find(qn("w:spacing")).addprevious(told)


def _marks(word: Word, document: Document) -> None:
    header = word.sections[0].header
    header.is_linked_to_previous = False
    words = "　".join(map(shown, document.marks))
    told = [element("w:r", element("w:rPr", fonts("黑体"), element("w:sz", val=20)), text(words))]
    header.paragraphs[0]._p.addprevious(paragraph("HeadlineTitle", told))
    header._element.remove(header.paragraphs[-1]._p)


def _page_number(word: Word) -> None:
    footer = word.sections[0].footer
    footer.is_linked_to_previous = False
    told = [element("w:r", text("— ")), *field("PAGE"), element("w:r", text(" —"))]
    for piece in told:
        piece.insert(0, element("w:rPr", fonts("宋体"), element("w:sz", val=28)))
    footer.paragraphs[0]._p.addprevious(paragraph("HeadlineTitle", told))
    footer._element.remove(footer.paragraphs[-1]._p)


def _properties(word: Word, document: Document) -> None:
    about = word.core_properties
    about.title = document.shown_title[:255]
    about.author = about.last_modified_by = shown(document.author)[:255]
    about.subject = "；".join(map(shown, document.marks))[:255]
    about.language = "zh-CN"
    about.comments = ""
    about.created = about.modified = document.made_at.astimezone(UTC).replace(tzinfo=None)
