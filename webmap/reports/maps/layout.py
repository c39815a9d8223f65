"""Where everything stands on a page, in millimetres: sheets of A4 and A3 across, and figures of documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

#: Width, height in millimetres, and how much larger the letters are than on A4.
PAPERS = {"a4": (297.0, 210.0, 1.0), "a3": (420.0, 297.0, 1.35)}
Rectangle = tuple[float, float, float, float]
#: Room for the graticule's figures below and beside a map.
_EDGE_MM = 4.5
_MARGIN_MM = 9.0
_HEAD_MM, _FOOT_MM = 15.0, 13.5
_STATES = 3
_FIGURE_FACTOR = 0.95


class Block(NamedTuple):
    """What the template sets at a place: its kind, left, top and width in millimetres, its height where it must fit."""

    kind: str
    x: float
    y: float
    width: float
    height: float | None = None


@dataclass(frozen=True)
class Layout:
    """`maps` and `window` are rectangles (left, top, width, height); `blocks` what the template sets, where, how wide.

    `signs` places have a sign, the others a dot.
    `whole` says whether the page stands alone, with title and foot; else it is a document's figure.
    """

    size_mm: tuple[float, float]
    type_factor: float
    maps: tuple[Rectangle, ...]
    window: Rectangle | None
    blocks: tuple[Block, ...]
    name_pt: float
    signs: int
    whole: bool


def sheet_layout(paper: str, *, states: bool) -> Layout:
    """Lay out a sheet: one map with a column beside it, or three states with the legend below."""
    return _states_sheet(paper) if states else _map_sheet(paper)


def figure_layout(width_mm: float, *, states: bool, square: bool, legend_rows: int) -> Layout:
    """Lay out a document's figure of a width: the map or the three states, the legend and an enlargement below."""
    return _states_figure(width_mm, legend_rows) if states else _map_figure(width_mm, legend_rows, square=square)


def _around_sheet(paper: str) -> tuple[Block, ...]:
    width, height, factor = PAPERS[paper]
    return (
        Block("title", _MARGIN_MM, _MARGIN_MM - 1, width * 0.72),
        Block("marks", width * 0.62, _MARGIN_MM, width * 0.38 - _MARGIN_MM),
        Block("foot", _MARGIN_MM, height - _MARGIN_MM - (_FOOT_MM - 2) * factor, width - 2 * _MARGIN_MM),
    )


def _map_sheet(paper: str) -> Layout:
    width, height, factor = PAPERS[paper]
    top, edge, column = _MARGIN_MM + _HEAD_MM * factor, _EDGE_MM * factor, 80 * factor
    left = _MARGIN_MM + edge
    map_width = width - _MARGIN_MM - left - column - 5
    map_height = height - top - _FOOT_MM * factor - _MARGIN_MM - edge
    beside, enlarged = left + map_width + 5, min(column - edge, map_height * 0.38)
    return Layout(
        size_mm=(width, height),
        type_factor=factor,
        maps=((left, top, map_width, map_height),),
        window=(beside + edge, top + map_height - enlarged, column - edge, enlarged),
        blocks=(*_around_sheet(paper), Block("column", beside, top, column, map_height - enlarged - 7 * factor)),
        name_pt=7.5 * factor,
        signs=round(24 * factor),
        whole=True,
    )


def _states_sheet(paper: str) -> Layout:
    width, height, factor = PAPERS[paper]
    top, edge, gap = _MARGIN_MM + (_HEAD_MM + 9) * factor, _EDGE_MM * factor, 5.0
    left = _MARGIN_MM
    each = (width - 2 * _MARGIN_MM - (_STATES - 1) * gap) / _STATES
    tall = height - top - (_FOOT_MM + 43) * factor - _MARGIN_MM
    row = top + tall + 2 * edge
    blocks = (
        Block("legend", left, row, each),
        Block("notes", left + each + gap, row, each),
        Block("symbols", left + 2 * (each + gap), row, each),
    )
    return Layout(
        size_mm=(width, height),
        type_factor=factor,
        maps=tuple((left + number * (each + gap), top, each, tall) for number in range(_STATES)),
        window=None,
        blocks=(*_around_sheet(paper), *blocks),
        name_pt=6.5 * factor,
        signs=0,
        whole=True,
    )


def _map_figure(width_mm: float, legend_rows: int, *, square: bool) -> Layout:
    edge, top = _EDGE_MM, 8.0
    inner = width_mm - edge - 0.5
    tall = inner * (0.7 if square else 0.8)
    row, third = top + tall + edge + 2, inner / 3
    below = 54.0 if square else max(50.0, 7 + 4.7 * legend_rows)
    blocks = (
        Block("marks", 0.0, 0.6, width_mm + 1.5),
        Block("legend", edge, row, third + 4),
        Block("symbols", edge + third + 8, row, third - 14),
        Block("notes", edge, row + below, inner),
    )
    return Layout(
        size_mm=(width_mm, row + below + 13),
        type_factor=_FIGURE_FACTOR,
        maps=((edge, top, inner, tall),),
        window=(edge + 2 * third - 2, row + 5, third + 2, below - 8),
        blocks=blocks,
        name_pt=7.0,
        signs=0,
        whole=False,
    )


def _states_figure(width_mm: float, legend_rows: int) -> Layout:
    top, gap = 17.0, 3.0
    each = (width_mm - 1 - (_STATES - 1) * gap) / _STATES
    tall = each * 1.05
    row = top + tall + 4
    blocks = (
        Block("marks", 0.0, 0.6, width_mm + 1.5),
        Block("legend", 0.5, row, width_mm * 0.5),
        Block("notes", width_mm * 0.56, row, width_mm * 0.44),
    )
    return Layout(
        size_mm=(width_mm, row + 7 + 4.8 * legend_rows),
        type_factor=_FIGURE_FACTOR,
        maps=tuple((0.5 + number * (each + gap), top, each, tall) for number in range(_STATES)),
        window=None,
        blocks=blocks,
        name_pt=6.0,
        signs=0,
        whole=False,
    )
