"""The XML that Word wants: runs with Chinese fonts, fields, tables, and lists that number headings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from webmap.reports.documents.model import Aside, Column, Gap, Run, Runs, Table, Text, plain

#: Twentieths of a point, in which Word counts lengths, to a millimetre.
TWIPS_PER_MM = 1440 / 25.4
_GREY = "5A5A5A"
_LONG_CELL = 200
_SPAN = re.compile(r"(\d) (天|小时|分)")


def element(tag: str, *children: Any, **attributes: object) -> Any:
    """Return an element like `w:p` with attributes of the same name space (`val` is `w:val`) and children."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def fonts(east_asia: str, latin: str = "Times New Roman") -> Any:
    """Return the fonts of a run: Chinese signs in one, figures and Latin letters in the other."""
    return element("w:rFonts", ascii=latin, hAnsi=latin, eastAsia=east_asia, cs=latin, hint="eastAsia")


def run(piece: Run) -> Any:
    """Return a run. A gap is highlighted yellow so that it is found at a glance; a source is small and grey."""
    marks: list[Any] = []
    if isinstance(piece, Text) and piece.strong:
        marks = [fonts("黑体")]
    elif isinstance(piece, Gap):
        marks = [element("w:highlight", val="yellow")]
    elif isinstance(piece, Aside):
        marks = [element("w:color", val=_GREY), element("w:sz", val=21)]
    made = element("w:r", *([element("w:rPr", *marks)] if marks else []))
    for place, line in enumerate(piece.text.split("\n")):
        if place:
            made.append(element("w:br"))
        for tabbed, part in enumerate(line.split("\t")):
            if tabbed:
                made.append(element("w:tab"))
            made.append(text(part))
    return made


def text(words: str) -> Any:
    """Return words whose blanks are kept."""
    made = element("w:t")
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.text = words
    return made


def paragraph(style: str, runs: Iterable[Any], *marks: Any) -> Any:
    """Return a paragraph of a style (its id) made of run elements; `marks` are further properties, in Word's order."""
    return element("w:p", element("w:pPr", element("w:pStyle", val=style), *marks), *runs)


def field(instruction: str, shown: str = "1", **marks: object) -> list[Any]:
    """Return the runs of a field such as PAGE; `shown` stands there until Word computes it, `dirty` asks it to."""
    return [
        element("w:r", element("w:fldChar", fldCharType="begin", **marks)),
        element("w:r", _instruction(instruction)),
        element("w:r", element("w:fldChar", fldCharType="separate")),
        element("w:r", text(shown)),
        element("w:r", element("w:fldChar", fldCharType="end")),
    ]


def bookmarked(made: Any, place: int) -> Any:
    """Return a paragraph that lines of contents can lead to, by its place in the document."""
    made.insert(1, element("w:bookmarkStart", id=place, name=bookmark(place)))
    made.append(element("w:bookmarkEnd", id=place))
    return made


def bookmark(place: int) -> str:
    """Return the name of the bookmark of a heading at a place in the document."""
    return f"_Toc{place:06d}"


def contents_line(words: str, level: int, place: int) -> Any:
    """Return a line of the contents that leads to its heading; Word puts the page behind it."""
    linked = element("w:hyperlink", element("w:r", text(words)), anchor=bookmark(place), history=1)
    return paragraph(f"TOC{level}", [linked])


def _instruction(words: str) -> Any:
    made = element("w:instrText")
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.text = f" {words} "
    return made


def table(content: Table, width_mm: float) -> Any:
    """Return a table as wide as the text, whose heading row is repeated and whose rows are not torn apart."""
    total = sum(column.share for column in content.columns)
    widths = [round(width_mm * TWIPS_PER_MM * column.share / total) for column in content.columns]
    header = [(title, "TableHead", "center") for title in content.titles]
    style = "SmallText" if content.small else "TableText"
    made = element(
        "w:tbl",
        element("w:tblPr", *_table_marks(sum(widths))),
        element("w:tblGrid", *(element("w:gridCol", w=width) for width in widths)),
        _row([((Text(title),), style, align) for title, style, align in header], widths, is_header=True),
    )
    for cells in content.rows:
        told = [(_tight(runs), style, _side(column)) for runs, column in zip(cells, content.columns, strict=True)]
        made.append(_row(told, widths, is_header=False))
    if content.is_short:
        for row in made.tr_lst[1:-1]:
            for cell in row.tc_lst:
                cell.p_lst[0].get_or_add_pPr().get_or_add_keepNext()
    return made


def _tight(runs: Runs) -> Runs:
    """Return runs in which a figure stays on one line with its unit."""
    return tuple(
        Text(_SPAN.sub("\\1\u00a0\\2", one.text), one.strong) if isinstance(one, Text) else one for one in runs
    )


def _side(column: Column) -> str:
    return "right" if column.figures else "left"


def _table_marks(width: int) -> list[Any]:
    sides = {"top": 30, "left": 80, "bottom": 30, "right": 80}
    margins = element("w:tblCellMar", *(element(f"w:{side}", w=width, type="dxa") for side, width in sides.items()))
    return [
        element("w:tblStyle", val="TableGrid"),
        element("w:tblW", w=width, type="dxa"),
        element("w:jc", val="center"),
        element("w:tblLayout", type="fixed"),
        margins,
        element("w:tblLook", val="0420"),
    ]


def _row(cells: list[tuple[Runs, str, str]], widths: list[int], *, is_header: bool) -> Any:
    # A row is torn only where one of its cells is so long that it might not fit on a page.
    torn = any(len(plain(runs)) > _LONG_CELL for runs, _, _ in cells)
    marks = [*([] if torn else [element("w:cantSplit")]), *([element("w:tblHeader")] if is_header else [])]
    made = element("w:tr", element("w:trPr", *marks))
    for (runs, style, align), width in zip(cells, widths, strict=True):
        shade = [element("w:shd", val="clear", color="auto", fill="EEEEEE")] if is_header else []
        cell_marks = [element("w:tcW", w=width, type="dxa"), *shade, element("w:vAlign", val="center")]
        keeps = [element("w:keepNext")] if is_header else []
        filled = paragraph(style, map(run, runs), *keeps, element("w:jc", val=align))
        made.append(element("w:tc", element("w:tcPr", *cell_marks), filled))
    return made


_LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3. "))


def heading_list(identifier: int, first_line_chars: int) -> tuple[Any, Any]:
    """Return the list that numbers headings 一、 （一） 1. by their styles: its pattern and its use."""
    levels = []
    for place, (signs, pattern) in enumerate(_LEVELS):
        indent = element("w:ind", left=0, firstLineChars=first_line_chars, firstLine=first_line_chars * 3)
        levels.append(
            element(
                "w:lvl",
                element("w:start", val=1),
                element("w:numFmt", val=signs),
                element("w:pStyle", val=f"Heading{place + 1}"),
                element("w:suff", val="nothing"),
                element("w:lvlText", val=pattern),
                element("w:lvlJc", val="left"),
                element("w:pPr", indent),
                ilvl=place,
            )
        )
    pattern_of = element(
        "w:abstractNum", element("w:multiLevelType", val="multilevel"), *levels, abstractNumId=identifier
    )
    use = element("w:num", element("w:abstractNumId", val=identifier), numId=identifier)
    return pattern_of, use
