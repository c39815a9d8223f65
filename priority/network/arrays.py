"""All networks as one set of arrays. Nodes and lines are numbered in the order of their ids, so row order is forgotten.

Lines join nodes of one network only; electricity, gas, heat and water therefore lie side by side without touching.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from layers.vocabulary import DEVICE_KINDS, NETWORKS
from priority.errors import UnsoundNetwork
from priority.network.kernels import BoolArray, IntArray

#: Network keys in the order of their codes in `NetworkArrays.network`.
NETWORK_KEYS: tuple[str, ...] = tuple(choice.key for choice in NETWORKS)


@dataclass(frozen=True, eq=False)
class NetworkArrays:
    """Nodes and lines of all networks; `n` nodes, `m` lines, numbered by sorted id.

    `network` (n) is the code of each node's network (`NETWORK_KEYS`). `carries_node` (n) and `carries_line` (m) are
    false for what is out of service: it carries nothing and belongs to no segment. A line with an end that is out of
    service carries nothing either. `indptr`, `neighbour`, `edge` list the lines at each node in compressed rows.
    """

    node_ids: NDArray[np.object_]
    line_ids: NDArray[np.object_]
    network: IntArray
    line_from: IntArray
    line_to: IntArray
    is_device: BoolArray
    normally_open: BoolArray
    is_source: BoolArray
    carries_node: BoolArray
    carries_line: BoolArray
    indptr: IntArray
    neighbour: IntArray
    edge: IntArray

    @classmethod
    def build(cls, nodes: pd.DataFrame, lines: pd.DataFrame) -> NetworkArrays:
        """Number nodes and lines (columns as in the catalogue) and index their adjacency.

        Empty frames give empty arrays. Raises `UnsoundNetwork` for a repeated id or a line whose end is no node.
        """
        nodes = nodes.sort_values("id", kind="stable")
        lines = lines.sort_values("id", kind="stable")
        node_ids = nodes["id"].to_numpy(dtype=object)
        line_ids = lines["id"].to_numpy(dtype=object)
        index = pd.Index(node_ids)
        _require_unique(pd.Index(np.concatenate([node_ids, line_ids])))
        line_from = _ends(index, lines, "from_node")
        line_to = _ends(index, lines, "to_node")
        carries_node = nodes["in_service"].to_numpy(dtype=bool)
        carries_line = lines["in_service"].to_numpy(dtype=bool) & carries_node[line_from] & carries_node[line_to]
        kinds = nodes["kind"]
        indptr, neighbour, edge = adjacency(len(node_ids), line_from, line_to)
        return cls(
            node_ids=node_ids,
            line_ids=line_ids,
            network=pd.Categorical(nodes["network"], categories=list(NETWORK_KEYS)).codes.astype(np.int32),
            line_from=line_from,
            line_to=line_to,
            is_device=kinds.isin(DEVICE_KINDS).to_numpy(dtype=bool),
            normally_open=nodes["normally_open"].to_numpy(dtype=bool),
            is_source=(kinds == "source").to_numpy(dtype=bool),
            carries_node=carries_node,
            carries_line=carries_line,
            indptr=indptr,
            neighbour=neighbour,
            edge=edge,
        )

    @property
    def line_network(self) -> IntArray:
        """Code of each line's network, that of its first end (m)."""
        return self.network[self.line_from]

    def lines_at(self, node: int) -> IntArray:
        """Return the numbers of the lines that end at a node."""
        return self.edge[self.indptr[node] : self.indptr[node + 1]]


def _require_unique(ids: pd.Index) -> None:
    if not ids.is_unique:
        raise UnsoundNetwork(f"id {ids[ids.duplicated()][0]!r} is used by more than one node or line")


def _ends(index: pd.Index, lines: pd.DataFrame, column: str) -> IntArray:
    numbers = index.get_indexer(pd.Index(lines[column].to_numpy(dtype=object)))
    if (numbers < 0).any():
        line = lines.iloc[int(np.argmin(numbers))]
        raise UnsoundNetwork(f"line {line['id']!r}: {column} {line[column]!r} is no node")
    return np.asarray(numbers, dtype=np.int32)


def adjacency(size: int, line_from: IntArray, line_to: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Return the compressed rows of `size` points joined by lines: where each row begins, neighbours, lines."""
    numbers = np.arange(line_from.size, dtype=np.int32)
    start = np.concatenate([line_from, line_to])
    order = np.argsort(start, kind="stable")
    indptr = np.zeros(size + 1, np.int32)
    np.cumsum(np.bincount(start, minlength=size), out=indptr[1:])
    neighbour = np.concatenate([line_to, line_from])[order]
    return indptr, neighbour, np.concatenate([numbers, numbers])[order]
