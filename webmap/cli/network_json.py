"""Answers about networks as JSON, written piece by piece: a million elements never stand in memory as one document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Records a piece of the answer holds.
_PIECE = 20_000

_encode = json.JSONEncoder(ensure_ascii=False).encode


def encoded(ids: NDArray[np.object_]) -> list[str]:
    """Return ids as JSON strings."""
    return [_encode(name) for name in ids]


def segments_json(members: list[tuple[list[str], list[str]]]) -> Iterator[str]:
    """Yield the document of segments, given the encoded nodes and lines of each, numbered from 1."""
    yield '{"segments": ['
    for start in range(0, len(members), _PIECE):
        piece = [
            f'{{"id": {number}, "nodes": [{", ".join(nodes)}], "lines": [{", ".join(lines)}]}}'
            for number, (nodes, lines) in enumerate(members[start : start + _PIECE], start + 1)
        ]
        yield (",\n" if start else "") + ",\n".join(piece)
    yield "]}\n"


def lists_json(lists: dict[str, NDArray[np.object_]]) -> Iterator[str]:
    """Yield a document of named lists of ids."""
    yield "{"
    for position, (name, ids) in enumerate(lists.items()):
        yield f'{", " if position else ""}"{name}": ['
        for start in range(0, ids.size, _PIECE):
            yield (", " if start else "") + ", ".join(encoded(ids[start : start + _PIECE]))
        yield "]"
    yield "}\n"


def ratings_json(element: Any, kind: Any, nodes: Any, weight: Any) -> Iterator[str]:
    """Yield the list of ratings from equally long arrays; whole numbers are written without a fraction."""
    yield "["
    for start in range(0, len(element), _PIECE):
        part = slice(start, start + _PIECE)
        rows = zip(encoded(element[part]), kind[part], nodes[part].tolist(), weight[part].tolist(), strict=True)
        piece = [
            f'{{"element": {name}, "kind": "{what}", "unsupplied_nodes": {count}, "unsupplied_weight": {number(sum_)}}}'
            for name, what, count, sum_ in rows
        ]
        yield (",\n" if start else "") + ",\n".join(piece)
    yield "]\n"


def number(value: float) -> str:
    """Return a number as JSON writes it, without a fraction where there is none."""
    return str(int(value)) if value.is_integer() else repr(value)
