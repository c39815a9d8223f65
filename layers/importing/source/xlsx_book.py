"""The parts of an XLSX file: which sheets there are, shared texts, which number formats are dates. ECMA-376."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from layers.importing.source.archive import Archive, Member
from layers.importing.source.refusals import megabytes, refusal
from layers.importing.source.surrogates import whole_text
from layers.importing.source.xml_stream import elements, local_name

WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STRINGS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
#: Shared texts are held in memory, all of them.
_MOST_STRING_BYTES = 256 * 2**20
#: `_x000D_` stands for a sign that XML would change or not take.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class Book:
    """An unpacked workbook: files of its visible sheets by name in their order, shared texts, date formats."""

    sheets: Mapping[str, Path]
    strings: tuple[str, ...]
    date_styles: frozenset[int]
    from_1904: bool


def open_book(archive: Archive, folder: Path) -> Book:
    """Unpack what is needed of a workbook. Raises `UnusableFile`."""
    members = {member.name: member for member in archive.members}
    if WORKBOOK not in members:
        raise refusal("truncated", detail=WORKBOOK)
    names, from_1904 = _sheet_names(archive.unpack(members[WORKBOOK], folder / "workbook.xml"))
    targets = _targets(archive, members, folder)
    sheets: dict[str, Path] = {}
    for number, (name, relation) in enumerate(names.items(), start=1):
        member = members.get(targets.get(relation, ""))
        # Sheets of charts and macros have other parts.
        if member is not None and "worksheets/" in member.name:
            sheets[name] = archive.unpack(member, folder / f"sheet{number}.xml")
    strings = _strings(archive, members, folder)
    return Book(sheets, strings, _date_styles(archive, members, folder), from_1904)


def text_of(element: Any) -> str:
    """Return the text of a cell or shared item: its runs joined, readings of Chinese signs left out."""
    parts = [
        child.text or ""
        for child in element.iter()
        if local_name(child) == "t" and local_name(child.getparent()) != "rPh"
    ]
    return whole_text(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(parts)))


def _sheet_names(path: Path) -> tuple[dict[str, str], bool]:
    """Names of the visible sheets with their relations (all if none is visible), and whether days count from 1904."""
    shown: dict[str, str] = {}
    hidden: dict[str, str] = {}
    from_1904 = False
    for _, element in elements(path, ("sheet", "workbookPr"), ()):
        if local_name(element) == "workbookPr":
            from_1904 = element.get("date1904") in ("1", "true")
            continue
        relation = next((value for key, value in element.attrib.items() if str(key).endswith("}id")), "")
        group = shown if element.get("state", "visible") == "visible" else hidden
        group[str(element.get("name"))] = str(relation)
    return shown or hidden, from_1904


def _targets(archive: Archive, members: Mapping[str, Member], folder: Path) -> dict[str, str]:
    if _RELATIONS not in members:
        return {}
    path = archive.unpack(members[_RELATIONS], folder / "relations.xml")
    found = {}
    for _, element in elements(path, ("Relationship",), ()):
        target = str(element.get("Target", ""))
        place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        found[str(element.get("Id"))] = place
    return found


def _strings(archive: Archive, members: Mapping[str, Member], folder: Path) -> tuple[str, ...]:
    member = members.get(_STRINGS)
    if member is None:
        return ()
    if member.info.file_size > _MOST_STRING_BYTES:
        raise refusal("too_large", found=megabytes(member.info.file_size), limit=megabytes(_MOST_STRING_BYTES))
    path = archive.unpack(member, folder / "strings.xml")
    return tuple(text_of(element) for _, element in elements(path, ("si",), ("si",)))


def _date_styles(archive: Archive, members: Mapping[str, Member], folder: Path) -> frozenset[int]:
    """Numbers of the cell styles that show a number as a date."""
    if _STYLES not in members:
        return frozenset()
    path = archive.unpack(members[_STYLES], folder / "styles.xml")
    formats: dict[int, str] = dict(BUILTIN_FORMATS)
    dates: set[int] = set()
    for _, element in elements(path, ("numFmt", "cellXfs"), ()):
        if local_name(element) == "numFmt":
            formats[_number(element.get("numFmtId"))] = str(element.get("formatCode", ""))
            continue
        styles = [child for child in element if local_name(child) == "xf"]
        dates = {
            place
            for place, style in enumerate(styles)
            if is_date_format(formats.get(_number(style.get("numFmtId")), ""))
        }
    return frozenset(dates)


def _number(text: object) -> int:
    return int(str(text)) if str(text).isdecimal() else 0
