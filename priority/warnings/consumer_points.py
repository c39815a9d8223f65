"""The consumer points of a district with their figures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from priority.network.arrays import NETWORK_KEYS
from priority.warnings.point_index import Frame, PointIndex

_CONSUMER_KINDS = ("consumer", "transformer")
_FIGURES = ("customers", "population", "vulnerable_people")


@dataclass(frozen=True, eq=False)
class ConsumerPoints:
    """`p` consumer points: longitude, latitude (p, 2), network by place in `NETWORK_KEYS`, figures; NaN is unknown."""

    points: NDArray[np.float64]
    network: NDArray[np.int64]
    customers: NDArray[np.float64]
    population: NDArray[np.float64]
    vulnerable_people: NDArray[np.float64]

    @classmethod
    def of(cls, nodes: pd.DataFrame) -> ConsumerPoints:
        """Take the consumer points out of the layer `network_nodes`."""
        nodes = nodes[nodes["kind"].isin(_CONSUMER_KINDS)]
        figures = [nodes[name].to_numpy(dtype=float, na_value=np.nan) for name in _FIGURES]
        network = nodes["network"].map({key: code for code, key in enumerate(NETWORK_KEYS)})
        points = shapely.get_coordinates(nodes["geometry"].to_numpy(dtype=object)).reshape(-1, 2)
        return cls(points, np.asarray(network, dtype=np.int64), *figures)

    def index(self, code: int, frame: Frame) -> PointIndex:
        """Index the points of a network (by place in `NETWORK_KEYS`).

        Columns are the three figures, for each of them 1 where it is unknown, and 1 for the point itself.
        """
        chosen = self.network == code
        figures = np.column_stack([self.customers, self.population, self.vulnerable_people])[chosen]
        unknown = np.isnan(figures)
        columns = np.hstack([np.where(unknown, 0.0, figures), unknown.astype(np.float64), np.ones((len(figures), 1))])
        return PointIndex.build(self.points[chosen], columns, frame)
