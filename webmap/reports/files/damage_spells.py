"""What was broken or warned of, from when to when, with its place: read off the facts of the log."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from webmap.incidents.damage_course import AREA
from webmap.incidents.entries import AreaDrawn, FaultLocated, Repaired, WarningIssued, WarningLifted

if TYPE_CHECKING:
    import pandas as pd

    from webmap.incidents.effective import Effective
    from webmap.reports.source import ReportSource

_BETWEEN_NAMES = re.compile(r"[、，,;；\s]+")


@dataclass(frozen=True)
class Spell:
    """Something with a place that lasted: entry that began it, name, what was said, from when until when.

    `until` is None while it lasts. `place` is in EPSG:4490, None where the data no longer know it or never did.
    """

    entry: int
    key: str
    name: str
    said: str
    since: datetime
    until: datetime | None
    place: BaseGeometry | None


class Ground:
    """The places that a reader may know of, by id, township code and township name."""

    def __init__(self, source: ReportSource) -> None:
        self._source = source

    @cached_property
    def townships(self) -> Mapping[str, BaseGeometry]:
        """Outlines by code."""
        return _by(self._frame("townships"), "code")

    @cached_property
    def townships_by_name(self) -> Mapping[str, BaseGeometry]:
        """Outlines by name; a name that several townships bear is none."""
        frame = self._frame("townships")
        return {} if frame.empty else _by(frame[~frame["name"].duplicated(keep=False)], "name")

    def element(self, identifier: str) -> BaseGeometry | None:
        """Return where a node or facility stands; of a line the point half-way along. None for what is not known."""
        for places in self._elements:
            if identifier in places:
                found = places[identifier]
                return found if found.geom_type == "Point" else found.interpolate(0.5, normalized=True)
        return None

    @cached_property
    def _elements(self) -> tuple[Mapping[str, BaseGeometry], ...]:
        return tuple(_by(self._frame(layer), "id") for layer in ("network_nodes", "network_lines", "facilities"))

    def _frame(self, layer: str) -> pd.DataFrame:
        return self._source.snapshot.visible(layer, restricted=self._source.restricted)


def fault_spells(source: ReportSource, ground: Ground) -> list[Spell]:
    """Return the faults, oldest first; one that was told of twice before its repair is one."""
    spells: list[Spell] = []
    open_: dict[str, int] = {}
    for item in source.facts:
        fact = item.fact
        if isinstance(fact, FaultLocated) and fact.element not in open_:
            open_[fact.element] = len(spells)
            spells.append(_spell(source, item, fact.element, ground.element(fact.element)))
        elif isinstance(fact, Repaired) and fact.element in open_:
            number = open_.pop(fact.element)
            spells[number] = replace(spells[number], until=fact.happened_at)
    return spells


def area_spells(source: ReportSource, ground: Ground) -> list[Spell]:
    """Return the drawn areas of damage, oldest first; one ends with the next drawing or once all of it is repaired."""
    spells: list[Spell] = []
    networks: set[str] = set()
    for item in source.facts:
        fact = item.fact
        if isinstance(fact, AreaDrawn):
            if networks:
                spells[-1] = replace(spells[-1], until=fact.happened_at)
            networks = set(fact.networks)
            spells.append(_spell(source, item, AREA, _drawn(fact, ground)))
        elif isinstance(fact, Repaired) and networks and fact.element.partition("/")[0] == AREA:
            network = fact.element.partition("/")[2]
            networks -= {network} if network else set(networks)
            if not networks:
                spells[-1] = replace(spells[-1], until=fact.happened_at)
    return spells


def warning_spells(source: ReportSource, ground: Ground) -> list[Spell]:
    """Return the warnings, oldest first. The place is known where the scope is a list of townships' names."""
    lifted: dict[int, datetime] = {}
    for item in source.facts:
        if isinstance(item.fact, WarningLifted):
            lifted[item.fact.warning] = item.fact.happened_at
        elif isinstance(item.fact, WarningIssued) and item.fact.replaces is not None:
            lifted[item.fact.replaces] = item.fact.happened_at
    spells = []
    for item in source.facts:
        fact = item.fact
        if isinstance(fact, WarningIssued):
            ends = [end for end in (lifted.get(item.number), fact.expires_at) if end is not None and end <= source.at]
            spell = _spell(source, item, fact.level, _named(fact.scope, ground))
            spells.append(replace(spell, name=fact.scope, until=min(ends, default=None)))
    return spells


def _spell(source: ReportSource, item: Effective, key: str, place: BaseGeometry | None) -> Spell:
    said = source.prose.sentence(item.fact)
    name = source.prose.name_of(key) if key != AREA else said
    return Spell(item.number, key, name, said, item.fact.happened_at, None, place)


def _drawn(fact: AreaDrawn, ground: Ground) -> BaseGeometry | None:
    shapes = [ground.townships[code] for code in fact.townships if code in ground.townships]
    if fact.area is not None:
        shapes.append(shape(fact.area))
    return _union(shapes)


def _named(scope: str, ground: Ground) -> BaseGeometry | None:
    names = [name for name in _BETWEEN_NAMES.split(scope) if name]
    if not names or not all(name in ground.townships_by_name for name in names):
        return None
    return _union(ground.townships_by_name[name] for name in names)


def _union(shapes: Iterable[BaseGeometry]) -> BaseGeometry | None:
    found: BaseGeometry = shapely.union_all(list(shapes))
    return None if found.is_empty else found


def _by(frame: pd.DataFrame, column: str) -> dict[str, BaseGeometry]:
    return {} if frame.empty else dict(zip(frame[column].tolist(), frame["geometry"].tolist(), strict=True))
