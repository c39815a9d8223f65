"""Courses of lines: ends that move, and the place where a line is split. EPSG:4490, lengths in metres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from layers.editing.operations import DECIMALS, End, Position

_DEGREE_M = 111_320.0
#: What lies nearer than this lies at the same place.
TOUCH_M = 0.1

Corners = NDArray[np.float64]


def corners_of(line: BaseGeometry) -> Corners:
    """Return the corners of a line, one row each: longitude, latitude."""
    return shapely.get_coordinates(line)


def apart_m(one: Position | Corners, other: Position | Corners) -> float:
    """Return the distance of two places near each other, in metres."""
    gap = (np.asarray(one) - np.asarray(other)) * _DEGREE_M
    return float(np.hypot(gap[0] * np.cos(np.radians(other[1])), gap[1]))


def with_end(line: BaseGeometry, end: End, place: Position) -> BaseGeometry:
    """Return the line with one end moved to a place; its other corners stay."""
    corners = corners_of(line).copy()
    corners[0 if end == "from" else -1] = place
    return shapely.LineString(corners)


def end_of(line: BaseGeometry, end: End) -> Corners:
    """Return where a line begins (`from`) or ends (`to`)."""
    found: Corners = corners_of(line)[0 if end == "from" else -1]
    return found


@dataclass(frozen=True)
class Nearest:
    """The place of a line that is nearest to a point: behind how many corners it lies, where, and how far away."""

    behind: int
    place: Position
    away_m: float


def nearest_on(line: BaseGeometry, at: Position) -> Nearest:
    """Return where on a line a point is nearest to; of two places equally near, the first."""
    # A degree of longitude is shorter than one of latitude: without the scale the nearest would not be the nearest.
    scale = np.array([np.cos(np.radians(at[1])), 1.0])
    corners = corners_of(line)
    start, step = corners[:-1], np.diff(corners, axis=0)
    scaled = step * scale
    length_2 = (scaled**2).sum(axis=1)
    share = ((np.asarray(at) - start) * scale * scaled).sum(axis=1) / np.where(length_2 > 0, length_2, 1.0)
    places = start + step * np.clip(share, 0.0, 1.0)[:, None]
    away = np.hypot(*((places - np.asarray(at)) * scale).T)
    piece = int(away.argmin())
    x, y = places[piece].round(DECIMALS)
    return Nearest(piece + 1, (float(x), float(y)), float(away[piece]) * _DEGREE_M)


def split_at(line: BaseGeometry, nearest: Nearest, joint: Position) -> tuple[BaseGeometry, BaseGeometry]:
    """Return the two parts of a line, which meet at `joint`."""
    corners = corners_of(line)
    before, after = corners[: nearest.behind], corners[nearest.behind :]
    # A corner at the very joint would be a piece without length.
    before = before if apart_m(before[-1], joint) > TOUCH_M / 10 or len(before) == 1 else before[:-1]
    after = after if apart_m(after[0], joint) > TOUCH_M / 10 or len(after) == 1 else after[1:]
    return shapely.LineString([*before, joint]), shapely.LineString([joint, *after])
