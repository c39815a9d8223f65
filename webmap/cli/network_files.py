"""Networks from files, for commands that need no database: nodes, lines, and which of them the user named."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from layers.errors import InvalidFile
from layers.files import Columns, as_flags, as_numbers, as_text, read_columns
from layers.vocabulary import NODE_KINDS
from priority.errors import UnsoundNetwork
from priority.network import NetworkArrays
from webmap.cli.failures import WrongInput

_NODES = Columns(("id", "kind"), ("network", "normally_open", "in_service"), ("network_nodes", "nodes"))
_LINES = Columns(("id", "from_node", "to_node"), ("in_service",), ("network_lines", "lines"))
_KNOWN_KINDS = frozenset(choice.key for choice in NODE_KINDS)

Numbers = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class NetworkFiles:
    """Networks read from two files: their arrays, and the nodes' weights (n), all 1 where no column was named."""

    arrays: NetworkArrays
    weights: NDArray[np.float64]

    @classmethod
    def read(cls, nodes_path: Path, lines_path: Path, weight: str | None = None) -> NetworkFiles:
        """Read nodes and lines; what is odd but usable is told on stderr. Raises `InvalidFile`."""
        nodes = _nodes(nodes_path, weight).sort_values("id", kind="stable")
        lines = _lines(lines_path)
        try:
            arrays = NetworkArrays.build(nodes, lines)
        except UnsoundNetwork:
            _require_distinct(nodes_path, nodes["id"], lines_path, lines["id"])
            _require_ends(nodes, lines_path, lines)
            raise
        if not (arrays.is_source & arrays.carries_node).any():
            _tell("没有投运的电源（气源、热源），全部无供应 (no source in service: nothing is supplied)")
        return cls(arrays, nodes["weight"].to_numpy(dtype=float))

    def devices(self, ids: tuple[str, ...]) -> Numbers:
        """Return the numbers of the devices that `--open` names."""
        numbers = self._found(self.arrays.node_ids, ids)
        for name, number in zip(ids, numbers, strict=True):
            if number < 0:
                raise WrongInput(f"--open {name}: 没有这个编号的节点 (no such node)", "检查节点文件的 id 列")
            if not self.arrays.is_device[number]:
                raise WrongInput(
                    f"--open {name}: 不是开关或阀门 (not a device)", "只有 kind 为 switch 或 valve 的节点可以断开"
                )
        return numbers

    def faulted(self, ids: tuple[str, ...]) -> tuple[Numbers, Numbers]:
        """Return the numbers of the nodes and of the lines that `--fault` names."""
        arrays = self.arrays
        nodes, lines = self._found(arrays.node_ids, ids), self._found(arrays.line_ids, ids)
        for name, node, line in zip(ids, nodes, lines, strict=True):
            if node < 0 and line < 0:
                raise WrongInput(f"--fault {name}: 没有这个编号 (no such node or line)", "检查节点与管线文件的 id 列")
            if not (arrays.carries_node[node] if node >= 0 else arrays.carries_line[line]):
                _tell(f"{name} 未投运，其故障不产生影响 (out of service: its fault changes nothing)")
        return nodes[nodes >= 0], lines[lines >= 0]

    @staticmethod
    def _found(known: NDArray[np.object_], ids: tuple[str, ...]) -> Numbers:
        return np.asarray(pd.Index(known).get_indexer(pd.Index(ids, dtype=object)), dtype=np.int32)


def _tell(message: str) -> None:
    click.echo(f"注意 (note): {message}", err=True)


def _nodes(path: Path, weight: str | None) -> pd.DataFrame:
    columns = Columns((*_NODES.required, *([weight] if weight else [])), _NODES.optional, _NODES.layers)
    table = read_columns(path, columns)
    kinds = table["kind"].astype(object).where(table["kind"].notna(), "")
    odd = ~kinds.isin(_KNOWN_KINDS)
    if odd.any():
        named = ", ".join(sorted({repr(str(kind)) for kind in kinds[odd]})[:3])
        _tell(f"{path}: kind {named} 未知，{int(odd.sum())} 个节点按普通节点处理 (unknown kinds: taken as plain nodes)")
    return pd.DataFrame(
        {
            "id": as_text(path, table["id"]),
            "network": table.get("network"),
            "kind": kinds,
            "normally_open": _flags(path, table, "normally_open", default=False),
            "in_service": _flags(path, table, "in_service", default=True),
            "weight": _weights(path, table, weight),
        }
    )


def _lines(path: Path) -> pd.DataFrame:
    table = read_columns(path, _LINES)
    ids = {name: as_text(path, table[name]) for name in _LINES.required}
    return pd.DataFrame({**ids, "in_service": _flags(path, table, "in_service", default=True)})


def _flags(path: Path, table: pd.DataFrame, column: str, *, default: bool) -> NDArray[np.bool_]:
    return as_flags(path, table[column], default) if column in table else np.full(len(table), default, np.bool_)


def _weights(path: Path, table: pd.DataFrame, weight: str | None) -> NDArray[np.float64]:
    if weight is None:
        return np.ones(len(table))
    numbers = as_numbers(path, table[weight])
    unknown = np.isnan(numbers)
    if unknown.any():
        _tell(f"列 {weight} 有 {int(unknown.sum())} 个未知值，按 0 计 (column {weight}: unknown values count as 0)")
    return np.where(unknown, 0.0, numbers)


def _require_distinct(nodes_path: Path, node_ids: pd.Series[Any], lines_path: Path, line_ids: pd.Series[Any]) -> None:
    remedy = "编号在节点与管线中不得重复 (ids must differ among all nodes and lines)"
    for path, ids in ((nodes_path, node_ids), (lines_path, line_ids)):
        if not ids.is_unique:
            raise InvalidFile(path, f"列 id 的值 {ids[ids.duplicated()].iloc[0]!r} 重复 (column id: repeated)", remedy)
    shared = line_ids.isin(node_ids)
    if shared.any():
        raise InvalidFile(
            lines_path, f"列 id 的值 {line_ids[shared].iloc[0]!r} 也是节点编号 (column id: also a node's)", remedy
        )


def _require_ends(nodes: pd.DataFrame, path: Path, lines: pd.DataFrame) -> None:
    for column in ("from_node", "to_node"):
        lost = ~lines[column].isin(nodes["id"])
        if lost.any():
            line = lines[lost].iloc[0]
            raise InvalidFile(
                path,
                f"管线 {line['id']} 的 {column} {line[column]!r} 不是节点 (line {line['id']}: {column} is no node)",
                "在节点文件中补上，或改正该列 (add the node or correct the column)",
            )
