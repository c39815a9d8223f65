"""Where names stand on a map: beside each other, never on each other; in their own township where there is room."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

#: Millimetres of a typographic point.
POINT_MM = 25.4 / 72
_GAP_MM = 0.5
_RINGS_MM = (0.0, 2.5, 4.0, 6.0, 8.5, 11.5, 15.0, 19.0, 24.0)
_DIRECTIONS = 16
#: A name further from its place than this has a line to it.
_NEAR_MM = 5.0


@dataclass(frozen=True)
class Box:
    """A rectangle on paper in millimetres, from the frame's left and top."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two have any area in common."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True)
class Label:
    """A name at a place: its middle in millimetres, its box, and whether a line leads to the place it names."""

    text: str
    x: float
    y: float
    box: Box
    anchor: tuple[float, float]

    @property
    def led(self) -> bool:
        """Whether it stands so far from its place that a line must lead there."""
        return math.hypot(self.x - self.anchor[0], self.y - self.anchor[1]) > _NEAR_MM


def text_width_mm(text: str, size_pt: float) -> float:
    """Return about how wide a text is: an em for a Chinese character, 0.6 for a Latin letter."""
    return sum(0.6 if character.isascii() else 1.0 for character in text) * size_pt * POINT_MM


def place_labels(
    named: Sequence[tuple[str, float, float, float]],
    width_mm: float,
    height_mm: float,
    size_pt: float,
    taken: Sequence[Box] = (),
    first: frozenset[str] = frozenset(),
) -> list[Label]:
    """Place names (text, x, y, room), those of `first` first, then the roomiest; `room` is a place's radius in mm.

    What finds no free spot within the rings around its place is left out: a table has it. `taken` is not covered.
    """
    placed: list[Label] = []
    filled = [*taken]
    whole = Box(0, 0, width_mm, height_mm)
    for text, x, y, _room in sorted(named, key=lambda item: (item[0] not in first, -item[3], item[0])):
        label = next((one for one in _candidates(text, x, y, size_pt) if _fits(one.box, whole, filled)), None)
        if label is not None:
            placed.append(label)
            filled.append(label.box)
    return placed


def _candidates(text: str, x: float, y: float, size_pt: float) -> list[Label]:
    half_width, half_height = text_width_mm(text, size_pt) / 2 + _GAP_MM, size_pt * POINT_MM * 0.6 + _GAP_MM
    found = []
    for ring in _RINGS_MM:
        for angle in np.linspace(0, 2 * math.pi, _DIRECTIONS if ring else 1, endpoint=False):
            # Sideways further than up and down: names are wider than high.
            middle_x = x + math.sin(angle) * ring * 1.6
            middle_y = y + math.cos(angle) * ring
            box = Box(middle_x - half_width, middle_y - half_height, middle_x + half_width, middle_y + half_height)
            found.append(Label(text, middle_x, middle_y, box, (x, y)))
    return found


def _fits(box: Box, whole: Box, filled: Sequence[Box]) -> bool:
    inside = whole.left <= box.left and whole.top <= box.top and box.right <= whole.right
    return inside and box.bottom <= whole.bottom and not any(box.meets(other) for other in filled)
