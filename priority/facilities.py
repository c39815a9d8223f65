"""Facilities and what they need: places of the priority list, their supplies, and how long each lasts on its own."""

from __future__ import annotations

import math
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
    a stock (coal) that no network feeds. `demand` is what it draws (kW, m³/h, tonnes of coal a day), the largest of
    its records, because each feed must carry it alone; NaN if none tells. `substitute_nodes` can stand in for `nodes`
    where a plan allows it: nodes of the commodities `substitute_commodities`, which make no needs of their own.
    """

    facility: int
    commodity: str
    nodes: tuple[int, ...]
    reserve_s: int
    required: bool
    demand: float = math.nan
    substitute_nodes: tuple[int, ...] = ()
    substitute_commodities: tuple[str, ...] = ()

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

        Raises `UnsoundNetwork` if a record names a node or facility that is not there. A record that stands in for a
        commodity which its facility does not need is left aside.
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


def _numbers(index: pd.Index, ids: pd.Series, field: str) -> NDArray[np.intp]:
    numbers = index.get_indexer(pd.Index(ids.to_numpy(dtype=object)))
    wrong = (numbers < 0) & ids.notna().to_numpy(dtype=bool)
    if wrong.any():
        raise UnsoundNetwork(f"{field} {ids.iloc[int(np.argmax(wrong))]!r} is no node")
    return numbers


@dataclass(frozen=True)
class _Record:
    """One row of `supplies`; `node` is -1 where it names none."""

    commodity: str
    node: int
    reserve_hours: float
    required: bool
    demand: float


def _needs(ids: tuple[str, ...], supplies: pd.DataFrame, node_index: pd.Index) -> tuple[Need, ...]:
    number = {facility: position for position, facility in enumerate(ids)}
    nodes = _numbers(node_index, supplies["node_id"], "supplies.node_id")
    own: dict[tuple[int, int], list[_Record]] = {}
    standing_in: dict[tuple[int, int], list[_Record]] = {}
    columns = ("facility_id", "commodity", "reserve_hours", "required", "demand", "substitutes_for")
    for node, row in zip(nodes, zip(*(supplies[name] for name in columns), strict=True), strict=True):
        facility_id, commodity, reserve_hours, required, demand, instead_of = row
        if facility_id not in number:
            raise UnsoundNetwork(f"supplies.facility_id {facility_id!r} is no facility")
        record = _Record(commodity, int(node), float(reserve_hours), bool(required), float(demand))
        stands_in = isinstance(instead_of, str)
        key = (number[facility_id], COMMODITY_KEYS.index(instead_of if stands_in else commodity))
        (standing_in if stands_in else own).setdefault(key, []).append(record)
    return tuple(_need(key, own[key], standing_in.get(key, [])) for key in sorted(own))


def _need(key: tuple[int, int], records: list[_Record], substitutes: list[_Record]) -> Need:
    reserves = [record.reserve_hours for record in records if not np.isnan(record.reserve_hours)]
    demands = [record.demand for record in records if not np.isnan(record.demand)]
    return Need(
        facility=key[0],
        commodity=COMMODITY_KEYS[key[1]],
        nodes=_nodes(records),
        reserve_s=round(max(reserves) * 3600) if reserves else UNKNOWN_RESERVE,
        required=any(record.required for record in records),
        demand=max(demands) if demands else math.nan,
        substitute_nodes=_nodes(substitutes),
        substitute_commodities=tuple(sorted({record.commodity for record in substitutes}, key=COMMODITY_KEYS.index)),
    )


def _nodes(records: list[_Record]) -> tuple[int, ...]:
    return tuple(sorted({record.node for record in records if record.node >= 0}))
