"""Facilities and what they need: places of the priority list, their supplies, and how long each lasts on its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from layers.vocabulary import COMMODITIES
from priority.errors import UnsoundNetwork

COMMODITY_KEYS: tuple[str, ...] = tuple(choice.key for choice in COMMODITIES)
#: Reserve of a need when nobody has told it.
UNKNOWN_RESERVE = -1


@dataclass(frozen=True)
class Need:
    """A facility's need of one commodity.

    It is met while any of `nodes` has supply (several nodes: several feeds). `reserve_s` is the time in seconds that
    the facility lasts without it, the longest of its records, `UNKNOWN_RESERVE` if none tells. A need without nodes is
    a stock (coal) that no network feeds.
    """

    facility: int
    commodity: str
    nodes: tuple[int, ...]
    reserve_s: int
    required: bool

    @property
    def counted_reserve_s(self) -> int:
        """The reserve as counted: an unknown one counts as none, the worst case."""
        return max(self.reserve_s, 0)


@dataclass(frozen=True, eq=False)
class Facilities:
    """`f` facilities in the order of their ids. `source_node` is the node a plant feeds, -1 for most places."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    categories: tuple[str, ...]
    restricted: NDArray[np.bool_]
    people: NDArray[np.float64]
    source_node: NDArray[np.intp]
    township: NDArray[np.intp]
    needs: tuple[Need, ...]

    @classmethod
    def build(
        cls, frame: pd.DataFrame, supplies: pd.DataFrame, node_index: pd.Index, township: NDArray[np.intp]
    ) -> Facilities:
        """Read the layers `facilities` (sorted by id, `township` (f) in that order) and `supplies`.

        Raises `UnsoundNetwork` if a record names a node or facility that is not there.
        """
        ids = tuple(frame["id"])
        return cls(
            ids=ids,
            names=tuple(frame["name"]),
            categories=tuple(frame["category"]),
            restricted=frame["restricted"].to_numpy(dtype=bool),
            people=frame["people"].to_numpy(dtype=float, na_value=np.nan),
            source_node=_numbers(node_index, frame["source_node"], "facilities.source_node"),
            township=township,
            needs=_needs(ids, supplies.sort_values("id", kind="stable"), node_index),
        )

    def needs_by_node(self) -> dict[int, tuple[int, ...]]:
        """Return for each node the numbers of the needs that it feeds."""
        fed: dict[int, list[int]] = {}
        for number, need in enumerate(self.needs):
            for node in need.nodes:
                fed.setdefault(node, []).append(number)
        return {node: tuple(numbers) for node, numbers in fed.items()}


def _numbers(index: pd.Index, ids: pd.Series, field: str) -> NDArray[np.intp]:
    numbers = index.get_indexer(pd.Index(ids.to_numpy(dtype=object)))
    wrong = (numbers < 0) & ids.notna().to_numpy(dtype=bool)
    if wrong.any():
        raise UnsoundNetwork(f"{field} {ids.iloc[int(np.argmax(wrong))]!r} is no node")
    return numbers


def _needs(ids: tuple[str, ...], supplies: pd.DataFrame, node_index: pd.Index) -> tuple[Need, ...]:
    number = {facility: position for position, facility in enumerate(ids)}
    nodes = _numbers(node_index, supplies["node_id"], "supplies.node_id")
    gathered: dict[tuple[int, int], list[tuple[int, float, bool]]] = {}
    columns = zip(
        supplies["facility_id"],
        supplies["commodity"],
        nodes,
        supplies["reserve_hours"],
        supplies["required"],
        strict=True,
    )
    for facility_id, commodity, node, reserve_hours, required in columns:
        if facility_id not in number:
            raise UnsoundNetwork(f"supplies.facility_id {facility_id!r} is no facility")
        key = (number[facility_id], COMMODITY_KEYS.index(commodity))
        gathered.setdefault(key, []).append((int(node), float(reserve_hours), bool(required)))
    return tuple(_need(key, gathered[key]) for key in sorted(gathered))


def _need(key: tuple[int, int], records: list[tuple[int, float, bool]]) -> Need:
    reserves = [hours for _, hours, _ in records if not np.isnan(hours)]
    return Need(
        facility=key[0],
        commodity=COMMODITY_KEYS[key[1]],
        nodes=tuple(sorted({node for node, _, _ in records if node >= 0})),
        reserve_s=round(max(reserves) * 3600) if reserves else UNKNOWN_RESERVE,
        required=any(required for _, _, required in records),
    )
