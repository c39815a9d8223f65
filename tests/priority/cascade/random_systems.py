"""Random small systems with everything that a cascade knows: coupled networks, stand-ins, coal, repairs, mobile units.

Most hours are multiples of half an hour, so that many things fall on the same second.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from priority.assessment import Assessment
from priority.system import SupplySystem
from tests.pictures import District
from tests.priority.cascade.slow import Happenings
from tests.priority.small import assess_system

NETWORKS = {"e": "electricity", "h": "heat", "g": "gas"}
SUBSTITUTING, NOT_SUBSTITUTING = "energy-chengqu", "heating-zezhou"
HORIZON_H = 48
#: An hour before anything happens.
BEFORE_ALL_H = -4.0
#: What a failing example shows of each row.
_NODE = ("kind", "normally_open", "in_service")
_NEED = ("facility_id", "commodity", "node_id", "reserve_hours", "required", "demand", "substitutes_for")
_ROUTE = ("id", "facility_id", "source_facility_id", "tonnes_per_day")
_MARKS = ["*", "", ":7", ":3", "|", "|", "|", "/", "/"]
_RESERVES = [0, 0, 0.5, 1, 2.5, 8, None]
#: Hours that are reported to be left, and when: before all faults, amidst them, after most reserves have ended.
_REPORTED = [0.0, 0.0, 0.5, 1.0, 2.5, 8.0]
_REPORTS_H = [-3.0, 0.0, 1.0, 2.5, 3.0, 4.25, 7.0, 12.0]
_HOURS = [-2.0, 0.0, 0.0, 1.0, 2.5, 3.0, 5.5]


@dataclass(frozen=True)
class Act:
    """Everything that happens, in hours after eight o'clock."""

    faults: dict[str, float]
    repairs: dict[str, float]
    placements: tuple[tuple[str, str, float], ...]
    operations: tuple[tuple[str, str, float], ...]
    closed_roads: tuple[str, ...]
    inoperable: tuple[str, ...]
    reserves: tuple[tuple[str, str, float, float], ...]
    started_h: float | None

    def fields(self) -> dict[str, Any]:
        """The fields of an incident document, faults included."""
        return {**self.__dict__}


class World:
    """A district with its layers and its supply system, each made once."""

    def __init__(self, district: District) -> None:
        self.district = district

    def __repr__(self) -> str:
        rows = self.district
        feeds = {row["id"]: row["source_node"] for row in rows.facilities}
        needs = [tuple(row[key] for key in _NEED) for row in rows.supplies]
        routes = [tuple(row[key] for key in _ROUTE) for row in rows.coal_routes]
        nodes = {key: tuple(row[field] for field in _NODE) for key, row in rows.nodes.items()}
        return f"World(nodes={nodes}, lines={[row['id'] for row in rows.lines]}, {feeds=}, {needs=}, {routes=})"

    @cached_property
    def frames(self) -> dict[str, pd.DataFrame]:
        """The layers. To change one, copy."""
        return self.district.frames()

    @cached_property
    def system(self) -> SupplySystem:
        """The system that an assessment needs."""
        return SupplySystem.build(self.frames, "1-test")


@dataclass(frozen=True)
class RandomSystem:
    """A district, what happens in it, and the plan that it is seen under."""

    world: World
    act: Act
    plan: str

    @property
    def district(self) -> District:
        """The district as rows."""
        return self.world.district

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """The layers of the district."""
        return self.world.frames

    def seen_at(self, hour: float, frames: Mapping[str, pd.DataFrame] | None = None) -> Assessment:
        """Assess at eight o'clock plus `hour`, to the common horizon; `frames` in place of its own."""
        system = self.world.system if frames is None else SupplySystem.build(frames, "1-test")
        document = {**self.act.fields(), "plan": self.plan, "horizon_hours": HORIZON_H - hour}
        return assess_system(system, **document, later_h=hour)

    def happenings(self, seen_at_s: int = 0) -> Happenings:
        """The same act for the slow simulator, in seconds; `seen_at_s` is the incident's own time."""
        act = self.act
        return Happenings(
            faults={key: seconds(hour) for key, hour in act.faults.items()},
            repairs={key: seconds(hour) for key, hour in act.repairs.items()},
            placements=tuple((place, what, seconds(hour)) for place, what, hour in act.placements),
            operations=tuple((device, action, seconds(hour)) for device, action, hour in act.operations),
            closed_roads=act.closed_roads,
            inoperable=act.inoperable,
            reserves=tuple((*key, seconds(left_h), seconds(hour)) for *key, left_h, hour in act.reserves),
            substitution=self.plan == SUBSTITUTING,
            seen_at_s=seen_at_s,
            started_s=None if act.started_h is None else seconds(act.started_h),
        )

    def with_act(self, **changes: Any) -> RandomSystem:
        """The same system with parts of the act changed."""
        return replace(self, act=replace(self.act, **changes))


def seconds(hour: float) -> int:
    """Whole seconds after eight o'clock."""
    return round(hour * 3600)


@st.composite
def coupled_districts(draw: st.DrawFn) -> District:
    """Draw up to three networks of at most 6 nodes and up to 5 facilities that need some and feed others."""
    district = District()
    names: dict[str, list[str]] = {}
    for prefix in "ehg"[: draw(st.integers(2, 3))]:
        count = draw(st.integers(2, 6))
        marks = ["*", *draw(st.lists(st.sampled_from(_MARKS), min_size=count - 1, max_size=count - 1))]
        names[prefix] = [f"{prefix}{number}" for number in range(count)]
        for number, (name, mark) in enumerate(zip(names[prefix], marks, strict=True)):
            out = "~" if number and draw(st.integers(0, 15)) == 0 else ""
            district.network(NETWORKS[prefix], f"{out}{name}{mark}", strips={name: number % district.townships})
        ends = st.sampled_from(names[prefix])
        pairs = draw(st.lists(st.tuples(ends, ends), max_size=8))
        chain = [(names[prefix][number], names[prefix][number + 1]) for number in range(count - 1)]
        for number, (left, right) in enumerate([*chain, *pairs]):
            if left != right:
                district.line(NETWORKS[prefix], left, right, suffix=f"#{number}")
    places = [f"f{number}" for number in range(draw(st.integers(1, 5)))]
    for identifier in places:
        _add_facility(draw, district, names, identifier)
    _add_coal(draw, district, places)
    return district


def _add_facility(draw: st.DrawFn, district: District, names: dict[str, list[str]], identifier: str) -> None:
    needs: dict[str, Any] = {}
    for prefix, nodes in names.items():
        if draw(st.integers(0, 2)):
            feeds = draw(st.lists(st.sampled_from(nodes), min_size=1, max_size=3, unique=True))
            needs[NETWORKS[prefix]] = (feeds, draw(st.sampled_from(_RESERVES)), draw(st.integers(0, 4)) > 0)
    if draw(st.booleans()):
        demand = draw(st.sampled_from([100.0, 100.0, 100.0, None]))
        needs["coal"] = (None, draw(st.sampled_from(_RESERVES)), draw(st.integers(0, 4)) > 0, demand)
    sources = [f"{prefix}0" for prefix in names]
    anywhere = [node for nodes in names.values() for node in nodes]
    feeds_node = draw(st.one_of(st.none(), st.sampled_from(sources), st.sampled_from(anywhere)))
    category = draw(st.sampled_from(["hospital", "heat_supply", "school", "government"]))
    district.facility(identifier, category, feeds=feeds_node, strip=draw(st.integers(0, 3)), **needs)
    for wanted in needs:
        prefix = draw(st.sampled_from(sorted(names)))
        if NETWORKS[prefix] != wanted and draw(st.integers(0, 2)) == 0:
            district.stand_in(identifier, wanted, NETWORKS[prefix], draw(st.sampled_from(names[prefix])))


def _add_coal(draw: st.DrawFn, district: District, places: list[str]) -> None:
    burning = sorted({row["facility_id"] for row in district.supplies if row["commodity"] == "coal"})
    for number in range(draw(st.integers(1, 3)) if burning else 0):
        mine = draw(st.sampled_from([None, *places, *places]))
        tonnes = draw(st.sampled_from([20.0, 30.0, 50.0, 70.0, 100.0, 100.0, None]))
        district.coal_route(f"c{number}", draw(st.sampled_from(burning)), mine, tonnes)


@st.composite
def systems(draw: st.DrawFn) -> RandomSystem:
    """Draw a district and an act: up to four faults, some repaired, and what people do and report meanwhile."""
    district = draw(coupled_districts())
    places = [row["id"] for row in district.facilities]
    devices = [key for key, row in district.nodes.items() if row["kind"] == "switch"]
    elements = [*district.nodes, *(line["id"] for line in district.lines), *places]
    hours = st.sampled_from(_HOURS)
    struck = draw(st.lists(st.one_of(st.sampled_from(elements), st.sampled_from(places)), max_size=4, unique=True))
    faults = {item: draw(hours) for item in struck}
    lengths = {item: draw(st.sampled_from([None, 0.0, 0.5, 1.0, 3.0, 8.0])) for item in faults}
    needs = sorted(
        {
            (row["facility_id"], row["commodity"])
            for row in district.supplies
            if row["commodity"] in ("electricity", "heat") and not row["substitutes_for"]
        }
    )
    placed = draw(st.lists(st.sampled_from(needs), max_size=2, unique=True)) if needs else []
    own = sorted({(row["facility_id"], row["commodity"]) for row in district.supplies if not row["substitutes_for"]})
    told = draw(st.lists(st.sampled_from(own), max_size=3, unique=True)) if own else []
    stuck = draw(st.lists(st.sampled_from(devices), max_size=2, unique=True)) if devices else []
    free = sorted(set(devices) - set(stuck))
    steps = st.lists(st.tuples(st.sampled_from(free), hours), max_size=3, unique=True) if free else st.just([])
    operated = draw(steps) if draw(st.integers(0, 2)) else []
    act = Act(
        faults=faults,
        repairs={item: faults[item] + length for item, length in lengths.items() if length is not None},
        placements=tuple((*key, draw(hours)) for key in placed),
        operations=tuple((device, draw(st.sampled_from(["open", "close"])), hour) for device, hour in operated),
        closed_roads=tuple(row["id"] for row in district.coal_routes if draw(st.booleans())),
        inoperable=tuple(stuck),
        reserves=tuple((*key, draw(st.sampled_from(_REPORTED)), draw(st.sampled_from(_REPORTS_H))) for key in told),
        started_h=draw(st.sampled_from([None, -3.0, 0.0, 1.5])),
    )
    return RandomSystem(World(district), act, draw(st.sampled_from([SUBSTITUTING, SUBSTITUTING, NOT_SUBSTITUTING])))
