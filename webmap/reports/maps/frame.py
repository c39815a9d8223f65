"""A map's frame on paper: a round scale, where a place lies in it, its scale bar and its graticule."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from layers.crs import to_metric, to_storage

#: First digits of the scales that maps are printed at.
_ROUND = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.5, 8.0)
_BAR = (1.0, 2.0, 5.0)
_MINUTES = (0.5, 1, 2, 5, 10, 15, 20, 30, 60, 120, 300)
_MARGIN_SHARE = 0.03
#: The least that a frame shows, so that a single place still has surroundings.
_LEAST_M = 1_000.0


@dataclass(frozen=True)
class Frame:
    """A window of EPSG:4547 around a centre (metres) on `width_mm` by `height_mm` of paper at 1:`denominator`."""

    centre: tuple[float, float]
    width_mm: float
    height_mm: float
    denominator: float

    @property
    def metres_per_mm(self) -> float:
        """How many metres a millimetre of paper stands for."""
        return self.denominator / 1000

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north edge in metres."""
        half_x, half_y = (size * self.metres_per_mm / 2 for size in (self.width_mm, self.height_mm))
        x, y = self.centre
        return (x - half_x, y - half_y, x + half_x, y + half_y)

    def on_paper(self, x: float, y: float) -> tuple[float, float]:
        """Return where a place (metres) lies: millimetres from the frame's left and from its top."""
        west, _, _, north = self.bounds
        return ((x - west) / self.metres_per_mm, (north - y) / self.metres_per_mm)

    def holds(self, x: float, y: float) -> bool:
        """Whether a place (metres) is within the frame."""
        west, south, east, north = self.bounds
        return west <= x <= east and south <= y <= north


def fit(bounds: tuple[float, float, float, float], width_mm: float, height_mm: float) -> Frame:
    """Return the frame of that size that shows bounds (metres) at the largest round scale, with a margin."""
    west, south, east, north = bounds
    inner = 1 - 2 * _MARGIN_SHARE
    across = max(east - west, _LEAST_M) / (width_mm * inner)
    along = max(north - south, _LEAST_M) / (height_mm * inner)
    denominator = _round_up(max(across, along) * 1000)
    return Frame(((west + east) / 2, (south + north) / 2), width_mm, height_mm, denominator)


def _round_up(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(value))
    return next((first * power for first in _ROUND if first * power >= value * (1 - 1e-9)), 10 * power)


@dataclass(frozen=True)
class ScaleBar:
    """A length that can be read off: `length_m` in the world is `length_mm` on paper."""

    length_m: float
    length_mm: float


def scale_bar(frame: Frame, most_mm: float) -> ScaleBar:
    """Return the longest bar of 1, 2 or 5 times a power of ten metres that is `most_mm` at the most."""
    most_m = most_mm * frame.metres_per_mm
    power = 10.0 ** math.floor(math.log10(most_m))
    length = max(first * power for first in _BAR if first * power <= most_m * (1 + 1e-9))
    return ScaleBar(length, length / frame.metres_per_mm)


@dataclass(frozen=True)
class Graticule:
    """Meridians and parallels of CGCS2000: lines in metres, and where each meets the lower or left edge, in mm."""

    lines: tuple[Any, ...]
    meridians: tuple[tuple[float, str], ...]
    parallels: tuple[tuple[float, str], ...]


def graticule(frame: Frame) -> Graticule:
    """Return the graticule of a frame, three to six lines each way where it can be."""
    west, south, east, north = frame.bounds
    corners = to_storage().transform([west, west, east, east], [south, north, south, north])
    (left, right), (bottom, top) = ((min(values), max(values)) for values in corners)
    step = next((m / 60 for m in _MINUTES if (right - left) * 60 / m <= 5), _MINUTES[-1] / 60)
    meridians = [_line(np.full(33, value), np.linspace(bottom, top, 33)) for value in _steps(left, right, step)]
    parallels = [_line(np.linspace(left, right, 33), np.full(33, value)) for value in _steps(bottom, top, step)]
    at_bottom = [(_crossing(line[:, 1], line[:, 0], south), value) for line, value in meridians]
    at_left = [(_crossing(line[:, 0], line[:, 1], west), value) for line, value in parallels]
    return Graticule(
        lines=tuple(line for line, _ in (*meridians, *parallels)),
        meridians=tuple(
            (frame.on_paper(x, south)[0], degrees(value[0], "E")) for x, value in at_bottom if west < x < east
        ),
        parallels=tuple(
            (frame.on_paper(west, y)[1], degrees(value[1], "N")) for y, value in at_left if south < y < north
        ),
    )


def degrees(value: float, hemisphere: str) -> str:
    """Write an angle as 112°30′E; with seconds where it is no whole minute."""
    seconds = round(value * 3600)
    minutes, rest = divmod(seconds, 60)
    whole, minutes = divmod(minutes, 60)
    return f"{whole}°{minutes:02d}′{f'{rest:02d}″' if rest else ''}{hemisphere}"


def _steps(low: float, high: float, step: float) -> Any:
    return np.arange(math.ceil(low / step), math.floor(high / step) + 1) * step


def _line(longitudes: Any, latitudes: Any) -> tuple[Any, tuple[float, float]]:
    x, y = to_metric().transform(longitudes, latitudes)
    return np.column_stack([x, y]), (float(longitudes[0]), float(latitudes[0]))


def _crossing(along: Any, across: Any, edge: float) -> float:
    """Return where a line meets an edge: `across` where `along`, which rises, is `edge`."""
    return float(np.interp(edge, along, across, left=np.nan, right=np.nan))
