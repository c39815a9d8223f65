"""What topology building gives back: lines that name their nodes, the nodes made, and every change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

#: `snapped`: an end now is at a node that was there; `joined`: at one that was made; `split`: a line was cut at a node;
#: `node_made`: a node was made.
ChangeKind = Literal["snapped", "joined", "split", "node_made"]

Shapes = NDArray[np.object_]

#: Places nearer than this are one place, in metres: drawings and projections are not finer.
SAME_PLACE_M = 0.001


class Change(NamedTuple):
    """One change: the line as it was named before, the node, where (longitude, latitude), how far something moved.

    `moved_m` is how far an end moved (`snapped`, `joined`), or how far a line was bent aside to reach the node that
    cuts it (`split`); 0 for a node that was made. `line_id` of `node_made` is the line whose end gave the node its id.
    """

    kind: ChangeKind
    line_id: str
    node_id: str
    place: tuple[float, float]
    moved_m: float


@dataclass(frozen=True, eq=False)
class Topology:
    """Lines with `from_node` and `to_node`, nodes made, and what was changed.

    `lines` are sorted by the id they had and then along the line; EPSG:4490, all columns carried over. `nodes` are
    those made (kind junction), without those given. `parts` gives, for each line that was cut, the ids of its parts.
    `crossings` are (longitude, latitude) where two lines of a network cross without a node: they were not joined.
    `off_line` are the ids of the given nodes that no line reaches.
    """

    lines: gpd.GeoDataFrame
    nodes: gpd.GeoDataFrame
    changes: tuple[Change, ...]
    parts: Mapping[str, tuple[str, ...]]
    crossings: tuple[tuple[float, float], ...]
    off_line: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Drawing:
    """The lines of one network, sorted by id, `n` lines and `v` vertices; plane coordinates in metres.

    The start of line `i` is end `2 i`, its end `2 i + 1`. `along` is the length from the start of the line to a vertex.
    `reach` is how far the ends of a line may move, in metres: the tolerance, and at most 0.4 of the line's length, so
    that no line shrinks to nothing.
    """

    ids: NDArray[np.object_]  # (n,)
    first: Ints  # (n + 1,) number of each line's first vertex
    degrees: Numbers  # (v, 2)
    metres: Numbers  # (v, 2)
    along: Numbers  # (v,)
    shapes: Shapes  # (n,) in metres
    length: Numbers  # (n,)
    reach: Numbers  # (n,)

    @cached_property
    def tree(self) -> shapely.STRtree:
        """Finds lines by place."""
        return shapely.STRtree(self.shapes)

    @property
    def end_vertices(self) -> Ints:
        """Number of the vertex of each of the `2 n` ends."""
        return np.column_stack([self.first[:-1], self.first[1:] - 1]).ravel()


@dataclass(frozen=True, eq=False)
class Anchors:
    """The nodes of one network that are there already, sorted by id; `m` of them."""

    ids: NDArray[np.object_]  # (m,)
    degrees: Numbers  # (m, 2)
    metres: Numbers  # (m, 2)
    device: Flags  # (m,)


@dataclass(eq=False)
class Joints:
    """At which node each end is: one of the `m` anchors, or one of the `k` made after them; -1 for none.

    `founder` is the end that gives a made node its id. `degrees` and `metres` are the places of all `m + k`. `limit` is
    how far from a node a line may pass and still be cut there, in metres.
    """

    node: Ints  # (2 n,)
    given: Flags  # (2 n,) the line named the node itself
    founder: Ints  # (k,)
    degrees: Numbers  # (m + k, 2)
    metres: Numbers  # (m + k, 2)
    limit: Numbers  # (m + k,)
