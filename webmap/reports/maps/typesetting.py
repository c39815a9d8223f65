"""Maps on paper by Typst: bodies as pictures in outlines, everything that is read as text, fonts inside."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

from priority.wording import Phrases
from webmap.languages import Language
from webmap.reports.maps.body import Body
from webmap.reports.maps.frame import scale_bar
from webmap.reports.maps.layout import Block
from webmap.reports.maps.rounding import plain_number

_TEMPLATE = Path(__file__).with_name("map.typ")
PaperFormat = Literal["pdf", "png"]
#: Of a print sheet as a picture; a figure of a document has its own.
SHEET_DOTS_PER_INCH = 200


@dataclass(frozen=True, eq=False)
class PlacedMap:
    """A body on the page: where its frame begins (millimetres), and what is written around it."""

    body: Body
    x: float
    y: float
    name_pt: float
    title: tuple[str, ...] = ()
    bar_mm: float | None = None
    north: bool = False
    edges: bool = True


@dataclass(frozen=True, eq=False)
class Page:
    """All that is set on one page. `type_factor` scales the letters."""

    size_mm: tuple[float, float]
    type_factor: float
    title: str
    subtitle: str
    marks: tuple[str, ...]
    maps: tuple[PlacedMap, ...]
    blocks: tuple[Block, ...]
    legend: Mapping[str, Any]
    foot: tuple[str, ...]
    language: Language
    made_at: datetime
    author: str = ""
    alt: str = ""
    mark_pt: float = 11.0
    files: Mapping[str, bytes] = field(default_factory=dict)


def typeset(page: Page, paper_format: PaperFormat, dots_per_inch: float = SHEET_DOTS_PER_INCH) -> bytes:
    """Return the page as PDF (text searchable, fonts embedded) or PNG. Nothing is read on the way but the fonts."""
    import typst  # noqa: PLC0415  only reports need the compiler

    files = {"main.typ": _TEMPLATE.read_bytes(), **page.files}
    maps = []
    for number, placed in enumerate(page.maps):
        files[f"map-{number}.svg"] = placed.body.svg().encode()
        maps.append(_map(placed, f"map-{number}.svg", page.language))
    files["data.json"] = json.dumps(_document(page, maps), ensure_ascii=False).encode()
    made: Any = typst.compile(
        files,
        format=paper_format,
        ppi=dots_per_inch,
        font_paths=_fonts(),
        timestamp=round(page.made_at.timestamp()),
    )
    return bytes(made)


@cache
def _fonts() -> Any:
    import pylopdf_fonts_zh_cn  # noqa: PLC0415  a package of files alone
    import typst  # noqa: PLC0415

    folder = str(pylopdf_fonts_zh_cn.sans_path().parent)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def _document(page: Page, maps: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "page": list(page.size_mm),
        "type": page.type_factor,
        "lang": page.language,
        "title": page.title,
        "subtitle": page.subtitle,
        "author": page.author,
        "alt": page.alt or page.title,
        "keywords": list(page.marks),
        "marks": list(page.marks),
        "mark-size": page.mark_pt,
        "maps": maps,
        "blocks": [{"kind": b.kind, "x": b.x, "y": b.y, "w": b.width, "h": b.height} for b in page.blocks],
        "legend": dict(page.legend),
        "foot": list(page.foot),
    }


def _map(placed: PlacedMap, file: str, language: Language) -> dict[str, Any]:
    body = placed.body
    return {
        "file": file,
        "title": list(placed.title),
        "x": placed.x,
        "y": placed.y,
        "w": body.frame.width_mm,
        "h": body.frame.height_mm,
        "name-pt": placed.name_pt,
        "names": [{"text": label.text, "x": label.x, "y": label.y} for label in body.labels],
        "meridians": [list(item) for item in body.graticule.meridians] if placed.edges else [],
        "parallels": [list(item) for item in body.graticule.parallels] if placed.edges else [],
        "bar": None if placed.bar_mm is None else _bar(placed, placed.bar_mm, language),
        "north": Phrases(language).write("map.north") if placed.north else None,
    }


def _bar(placed: PlacedMap, most_mm: float, language: Language) -> dict[str, Any]:
    bar = scale_bar(placed.body.frame, most_mm)
    unit, size = ("map.kilometres", 1000) if bar.length_m >= 1000 else ("map.metres", 1)
    half = plain_number(bar.length_m / 2 / size, language)
    whole = Phrases(language).write(unit, value=plain_number(bar.length_m / size, language))
    return {"mm": bar.length_mm, "labels": ["0", half, whole]}
