"""The cascade: what fails when, and because of what.

A discrete-event simulation without repairs. Times are whole seconds after the incident's `at`. At each moment all
damages and failures due are applied together, every network is traced once, and what was lost is laid to the nearest
change. A facility whose required commodity is gone fails when its reserve ends; a failed facility takes its source
node out. Several rounds may fall on one moment, until nothing changes. Without repairs supply only shrinks, so every
loss has one time and one trigger.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from priority.damage import Damage
from priority.network import Isolation, SwitchState, blame, trace_supply
from priority.network.kernels import BoolArray
from priority.system import SupplySystem

#: The time of what never happens.
NEVER = np.iinfo(np.int64).max

_TIMES = NDArray[np.int64]


@dataclass(frozen=True)
class Trigger:
    """What set a loss off: a damage (its number) or the failure of a facility (its number); -1 for the other."""

    damage: int
    facility: int


@dataclass(frozen=True, eq=False)
class Cascade:
    """The course of an incident up to its horizon. Times that never come are `NEVER`; numbers that do not apply -1.

    `node_lost_s` (n), `line_lost_s` (m), `need_lost_s` (needs) and `facility_fails_s` (f) say when; `node_trigger`,
    `need_trigger` index `triggers`. `facility_need` names the need that ends a facility, `isolations` is one for each
    damage (None for a damaged facility). Where a reserve already runs, `facility_fails_s` is told beyond the horizon.
    """

    triggers: tuple[Trigger, ...]
    isolations: tuple[Isolation | None, ...]
    node_lost_s: _TIMES
    node_trigger: NDArray[np.int32]
    line_lost_s: _TIMES
    need_lost_s: _TIMES
    need_trigger: NDArray[np.int32]
    facility_fails_s: _TIMES
    facility_need: NDArray[np.int32]


def run_cascade(
    system: SupplySystem, damages: tuple[Damage, ...], horizon_s: int, inoperable: BoolArray | None = None
) -> Cascade:
    """Follow damages (sorted by time) until the horizon. No damage: nothing is lost.

    `inoperable` (n) are devices that cannot be operated; isolations grow over them.
    """
    course = _Course(system, damages, horizon_s, inoperable)
    while course.step():
        pass
    return course.result()


@dataclass(eq=False)
class _Course:
    """The simulation's state. `agenda` holds (time, 0 damage | 1 failure, number)."""

    system: SupplySystem
    damages: tuple[Damage, ...]
    horizon_s: int
    inoperable: BoolArray | None = None
    triggers: list[Trigger] = field(default_factory=list)
    agenda: list[tuple[int, int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        system, facilities = self.system, self.system.facilities
        self.state = SwitchState.normal(system.arrays)
        self.open_before = self.state.is_open.copy()
        self.supply = system.baseline
        self.isolations: list[Isolation | None] = [None] * len(self.damages)
        self.node_lost_s = np.full(system.arrays.node_ids.size, NEVER)
        self.node_trigger = np.full(system.arrays.node_ids.size, -1, np.int32)
        self.line_lost_s = np.full(system.arrays.line_ids.size, NEVER)
        self.need_lost_s = np.full(len(facilities.needs), NEVER)
        self.need_trigger = np.full(len(facilities.needs), -1, np.int32)
        self.fails_s = np.full(len(facilities.ids), NEVER)
        self.failed = np.zeros(len(facilities.ids), np.bool_)
        self.facility_need = np.full(len(facilities.ids), -1, np.int32)
        self.agenda = [(damage.time_s, 0, number) for number, damage in enumerate(self.damages)]
        heapq.heapify(self.agenda)

    def step(self) -> bool:
        """Apply everything due at the next moment; False when nothing more happens before the horizon."""
        if not self.agenda or self.agenda[0][0] > self.horizon_s:
            return False
        now = self.agenda[0][0]
        seeds: list[NDArray[np.intp]] = []
        labels: list[int] = []
        while self.agenda and self.agenda[0][0] == now:
            _, is_failure, number = heapq.heappop(self.agenda)
            touched = self._fail(number) if is_failure else self._strike(number, now)
            if touched.size:
                seeds.append(touched)
                labels.append(len(self.triggers) - 1)
        if seeds:
            self._retrace(now, seeds, labels)
        return True

    def _strike(self, number: int, now: int) -> NDArray[np.intp]:
        """Isolate a damage, by steps that do not hang on other faults; return the nodes it touched."""
        damage = self.damages[number]
        self.triggers.append(Trigger(number, -1))
        if damage.facility >= 0:
            self.fails_s[damage.facility] = min(self.fails_s[damage.facility], now)
            return self._fail(damage.facility, recorded=True)
        isolation = self.system.segments.isolate(
            damage.nodes.astype(np.int32), damage.lines.astype(np.int32), self.open_before, self.inoperable
        )
        self.isolations[number] = isolation
        self.state.node_out[isolation.nodes] = True
        self.state.node_out[isolation.damaged] = True
        self.state.line_out[isolation.lines] = True
        self.state.is_open[isolation.to_open] = True
        arrays = self.system.arrays
        ends = np.concatenate([arrays.line_from[isolation.lines], arrays.line_to[isolation.lines]])
        return np.unique(np.concatenate([isolation.nodes, isolation.damaged, isolation.to_open, ends])).astype(np.intp)

    def _fail(self, facility: int, *, recorded: bool = False) -> NDArray[np.intp]:
        """Let a facility fail once; return its source node if that goes out with it."""
        if self.failed[facility]:
            return np.empty(0, np.intp)
        self.failed[facility] = True
        source = int(self.system.facilities.source_node[facility])
        if source < 0:
            return np.empty(0, np.intp)
        if not recorded:
            self.triggers.append(Trigger(-1, facility))
        self.state.node_out[source] = True
        return np.array([source])

    def _retrace(self, now: int, seeds: list[NDArray[np.intp]], labels: list[int]) -> None:
        arrays = self.system.arrays
        after = trace_supply(arrays, self.state)
        lost = self.supply.supplied & ~after.supplied
        self.line_lost_s[self.supply.live & ~after.live] = now
        self.supply = after
        if lost.any():
            self.node_lost_s[lost] = now
            trigger = blame(arrays, lost, seeds, labels)
            self.node_trigger[lost] = trigger[lost]
            self._lose_needs(now, lost)

    def _lose_needs(self, now: int, lost: BoolArray) -> None:
        """Start the reserves of every need whose last feed was just lost, and put its failure on the agenda."""
        for number in self._hit(lost):
            need = self.system.facilities.needs[number]
            if any(self.supply.supplied[node] for node in need.nodes) or self.need_lost_s[number] != NEVER:
                continue
            last = next(node for node in need.nodes if lost[node])
            self.need_lost_s[number] = now
            self.need_trigger[number] = self.node_trigger[last]
            fails_s = now + need.counted_reserve_s
            if need.required and fails_s < self.fails_s[need.facility]:
                self.fails_s[need.facility] = fails_s
                self.facility_need[need.facility] = number
                heapq.heappush(self.agenda, (fails_s, 1, need.facility))

    def _hit(self, lost: BoolArray) -> list[int]:
        fed = self.system.needs_by_node
        hit = {number for node in self.system.fed_nodes[lost[self.system.fed_nodes]] for number in fed[int(node)]}
        return sorted(hit)

    def result(self) -> Cascade:
        return Cascade(
            triggers=tuple(self.triggers),
            isolations=tuple(self.isolations),
            node_lost_s=self.node_lost_s,
            node_trigger=self.node_trigger,
            line_lost_s=self.line_lost_s,
            need_lost_s=self.need_lost_s,
            need_trigger=self.need_trigger,
            facility_fails_s=self.fails_s,
            facility_need=self.facility_need,
        )
