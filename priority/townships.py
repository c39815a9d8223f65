"""Townships: which one a place lies in. Towns 镇, townships 乡 and subdistricts 街道 alike, by 9-digit code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, eq=False)
class Townships:
    """`k` townships in the order of their codes; `shapes` are polygons in EPSG:4490."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    county_codes: NDArray[np.object_]
    shapes: NDArray[np.object_]
    tree: shapely.STRtree

    @classmethod
    def build(cls, frame: pd.DataFrame) -> Townships:
        """Read the catalogue's `townships` layer. An empty frame gives no townships; every place is then outside."""
        frame = frame.sort_values("code", kind="stable")
        shapes = frame["geometry"].to_numpy(dtype=object)
        return cls(
            codes=tuple(frame["code"]),
            names=tuple(frame["name"]),
            county_codes=frame["county_code"].to_numpy(dtype=object),
            shapes=shapes,
            tree=shapely.STRtree(shapes),
        )

    @property
    def outside(self) -> int:
        """The number that stands for "in no township": one past the last."""
        return len(self.codes)

    def locate(self, places: NDArray[np.object_]) -> NDArray[np.intp]:
        """Return the township's number for each geometry (p), `outside` where there is none.

        A place on a shared border belongs to the smaller code, so that nothing is counted twice.
        """
        numbers = np.full(len(places), self.outside, dtype=np.intp)
        place, township = self.tree.query(places, predicate="intersects")
        np.minimum.at(numbers, place, township)
        return numbers

    def in_county(self, county_code: str) -> NDArray[np.bool_]:
        """Return (k + 1) whether each township belongs to a county; the last place, outside, never does."""
        return np.append(self.county_codes == county_code, False).astype(np.bool_)

    def union(self, codes: Sequence[str]) -> BaseGeometry:
        """Return the area of these townships together; `KeyError` names a code that is not there."""
        number = {code: index for index, code in enumerate(self.codes)}
        return shapely.union_all([self.shapes[number[code]] for code in codes])
