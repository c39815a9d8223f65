"""How large the type of a notice can be so that everything goes on one page: reckoned, not tried."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

#: Sizes in points, the largest first. `notice.css` has a class for each.
SIZES_PT = (22, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9)
#: What the page has inside its margins, in points (A4 less 16 mm left and right, 14 mm above and below), with a little
#: to spare for fonts that are wider or higher than others.
_WIDTH_PT, _HEIGHT_PT = 504.0, 762.0 * 0.95
#: In units of the type size, as `notice.css` has them: line height, column of titles, space round an item.
_LINE, _TITLES, _GAP, _ITEM = 1.5, 7.4, 0.8, 0.64
_HEADING, _GAPS = 4.1, 3.8
_SEAL_PT, _MARKS_PT, _MARKS_SIGN_PT, _FOOTER_PT = 125.0, 44.0, 18.0, 24.0
#: The English block stands beside the seal and is smaller, but not too small to read.
_ENGLISH, _ENGLISH_LEAST_PT, _ENGLISH_LINE, _ENGLISH_WIDTH_PT = 0.62, 9.5, 1.35, 305.0
_WIDE = frozenset("WFA")


@dataclass(frozen=True)
class Layout:
    """What stands on a notice: items as title and text, the sentence before them, the English lines, the marks."""

    opening: str
    items: Sequence[tuple[str, str]]
    english: Sequence[str]
    marks: str


def size_of(layout: Layout) -> int:
    """Return the largest type size in points at which it all goes on one page; the smallest if it never does."""
    return next((size for size in SIZES_PT if _height_pt(layout, size) <= _HEIGHT_PT), SIZES_PT[-1])


def _height_pt(layout: Layout, size: float) -> float:
    own = _WIDTH_PT / size
    height = (_HEADING + _GAPS + _LINE * _lines(layout.opening, own - 2)) * size
    for title, text in layout.items:
        lines = max(_lines(title, _TITLES, 0.0), _lines(text, own - _TITLES - _GAP))
        height += (_LINE * lines + _ITEM) * size
    small = max(_ENGLISH * size, _ENGLISH_LEAST_PT)
    english = sum(_ENGLISH_LINE * _lines(line, _ENGLISH_WIDTH_PT / small) * small for line in layout.english)
    if layout.marks:
        height += _MARKS_PT + (_lines(layout.marks, _WIDTH_PT / _MARKS_SIGN_PT) - 1) * _LINE * _MARKS_SIGN_PT
    return height + max(english, _SEAL_PT) + _FOOTER_PT


def _lines(text: str, width: float, ragged: float = 0.7) -> int:
    """Return how many lines a text takes in a width of so many Chinese signs, `ragged` of it left empty.

    A line that the text itself breaks is one.
    """
    return sum(max(1, math.ceil(_width(line) / max(width - ragged, 1.0))) for line in text.split("\n"))


def _width(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(sign) in _WIDE else 0.53 for sign in text)
