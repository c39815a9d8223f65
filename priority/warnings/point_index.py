"""Points in the order of a curve that fills the ground, with running sums: any area is summed up by its border alone.

The frame round all points is halved both ways, again and again. Cells are numbered so that every larger cell is one
run of smaller ones (Morton's order). A cell wholly inside an area is then a run of points whose sums are two look-ups;
only points in cells that the border crosses are asked one by one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

#: The frame is cut into 2^8 x 2^8 cells.
_LEVELS = 8
_CELLS = 1 << _LEVELS
#: Cells are asked about this much larger than they are, so that rounding puts no point beside its cell.
_MARGIN = 1e-9
_COLUMN_OF_QUARTER, _ROW_OF_QUARTER = np.array([0, 1, 0, 1], np.int64), np.array([0, 0, 1, 1], np.int64)
_FLOATS = NDArray[np.float64]
_INTS = NDArray[np.int64]


@dataclass(frozen=True)
class Frame:
    """A rectangle of ground in degrees, the same for all points that are asked about together."""

    west: float
    south: float
    width: float
    height: float

    @classmethod
    def around(cls, points: _FLOATS) -> Frame:
        """Return the frame of points (p, 2); of no points any frame will do."""
        if not len(points):
            return cls(0.0, 0.0, 1.0, 1.0)
        (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
        return cls(float(west), float(south), float(east - west) or 1e-9, float(north - south) or 1e-9)

    def codes(self, points: _FLOATS) -> _INTS:
        """Return the number of each point's cell (p)."""
        scaled = (points - [self.west, self.south]) / [self.width, self.height] * _CELLS
        cells = np.clip(np.floor(scaled), 0, _CELLS - 1).astype(np.int64)
        return _spread(cells[:, 0]) | (_spread(cells[:, 1]) << 1)

    def boxes(self, column: _INTS, row: _INTS, level: int) -> NDArray[np.object_]:
        """Return the ground of cells of a level as polygons, a little larger."""
        width, height = self.width / (1 << level), self.height / (1 << level)
        west, south = self.west + column * width, self.south + row * height
        boxes = shapely.box(west - _MARGIN, south - _MARGIN, west + width + _MARGIN, south + height + _MARGIN)
        return np.asarray(boxes, dtype=object)


@dataclass(frozen=True, eq=False)
class Cover:
    """The cells of a frame that an area takes: runs of cells wholly inside, and runs that its border crosses (r, 2)."""

    inside: _INTS
    border: _INTS


def cover(area: BaseGeometry, frame: Frame) -> Cover:
    """Return the cells that an area (Polygon or MultiPolygon, EPSG:4490) takes; none for an empty area."""
    shapely.prepare(area)
    column, row = np.zeros(1, np.int64), np.zeros(1, np.int64)
    inside: list[_INTS] = []
    for level in range(_LEVELS + 1):
        boxes = frame.boxes(column, row, level)
        touched = shapely.intersects(area, boxes)
        column, row, boxes = column[touched], row[touched], boxes[touched]
        whole = shapely.contains_properly(area, boxes)
        inside.append(_runs(column[whole], row[whole], level))
        column, row = column[~whole], row[~whole]
        if level < _LEVELS:
            column = (column[:, None] * 2 + _COLUMN_OF_QUARTER).ravel()
            row = (row[:, None] * 2 + _ROW_OF_QUARTER).ravel()
    return Cover(np.concatenate(inside), _runs(column, row, _LEVELS))


@dataclass(frozen=True, eq=False)
class PointIndex:
    """`p` points with `k` columns of figures. `order` leads from places in the index to the points as given."""

    frame: Frame
    points: _FLOATS
    codes: _INTS
    order: NDArray[np.intp]
    columns: _FLOATS
    running: _FLOATS

    @classmethod
    def build(cls, points: _FLOATS, columns: _FLOATS, frame: Frame) -> PointIndex:
        """Index points (p, 2; longitude, latitude in the frame) with figures (p, k), none of them NaN."""
        codes = frame.codes(points)
        order = np.argsort(codes, kind="stable")
        columns = np.ascontiguousarray(columns[order], dtype=np.float64)
        running = np.zeros((len(points) + 1, columns.shape[1]))
        np.cumsum(columns, axis=0, out=running[1:])
        return cls(frame, np.ascontiguousarray(points[order]), codes[order], order, columns, running)

    def sums(self, area: BaseGeometry, cells: Cover) -> _FLOATS:
        """Return the sums (k) over the points inside an area; `cells` is its cover in this frame. Border is inside."""
        first, last = self._spans(cells.inside)
        total: _FLOATS = (self.running[last] - self.running[first]).sum(axis=0)
        total += self.columns[self._on_border(area, cells)].sum(axis=0)
        return total

    def members(self, area: BaseGeometry, cells: Cover) -> NDArray[np.intp]:
        """Return the numbers of the points inside an area, in the order in which they were given."""
        places = [_expanded(*self._spans(cells.inside)), self._on_border(area, cells)]
        return np.sort(self.order[np.concatenate(places)])

    def _on_border(self, area: BaseGeometry, cells: Cover) -> NDArray[np.intp]:
        """Return the places of points inside that lie in cells which the border crosses."""
        near = _expanded(*self._spans(cells.border))
        inside = shapely.intersects_xy(area, self.points[near, 0], self.points[near, 1])
        return near[np.asarray(inside, dtype=np.bool_)]

    def _spans(self, runs: _INTS) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        return np.searchsorted(self.codes, runs[:, 0]), np.searchsorted(self.codes, runs[:, 1])


def _expanded(first: NDArray[np.intp], last: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return every number of the spans [first, last)."""
    lengths = last - first
    offset = np.repeat(first - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths) if lengths.size else lengths
    return np.asarray(np.arange(lengths.sum()) + offset, dtype=np.intp)


def _runs(column: _INTS, row: _INTS, level: int) -> _INTS:
    """Return the runs (r, 2) of the smallest cells in cells of a level."""
    shift = 2 * (_LEVELS - level)
    first = (_spread(column) | (_spread(row) << 1)) << shift
    return np.column_stack([first, first + (1 << shift)])


def _spread(values: _INTS) -> _INTS:
    """Put a zero between the bits of numbers below 2^16."""
    values = (values | (values << 8)) & 0x00FF00FF
    values = (values | (values << 4)) & 0x0F0F0F0F
    values = (values | (values << 2)) & 0x33333333
    return (values | (values << 1)) & 0x55555555
