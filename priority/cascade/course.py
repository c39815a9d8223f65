"""The course of an incident: the records of a simulation, read for nodes, lines, needs and facilities at any moment."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from priority.cascade.script import Actions
from priority.cascade.track import Spells, Track
from priority.cascade.wiring import FACILITY, NEED, VERTEX, Ended, Wiring
from priority.network import Isolation, SwitchState
from priority.network.condensed import CondensedNetwork
from priority.network.kernels import BoolArray
from priority.times import NEVER, Seconds

if TYPE_CHECKING:
    from priority.damage import Damage
    from priority.facilities import Facilities
    from priority.network import NetworkArrays

_Value = TypeVar("_Value", bound=np.generic)


@dataclass(frozen=True)
class Trigger:
    """What set a loss off: a damage, the failure of a facility or an operated device (its number); -1 for the others.

    All -1: coal that is not delivered.
    """

    damage: int = -1
    facility: int = -1
    operated: int = -1


@dataclass(frozen=True, eq=False)
class Cascade:
    """What is lost and back when, until the horizon. `isolations` is one for each damage, None for a damaged facility.

    Moments are seconds after the incident's `at`. `facility_spells` and `need_spells` are as seen from 0: the present
    spell or the next one. Where a reserve is being used at the horizon, the facility's failure is told beyond it.
    """

    arrays: NetworkArrays
    condensed: CondensedNetwork
    facilities: Facilities
    wiring: Wiring
    damages: tuple[Damage, ...]
    isolations: tuple[Isolation | None, ...]
    actions: Actions
    ended: Ended
    stocks_from_s: int | None
    horizon_s: int

    def _track(self, kind: int, size: int) -> Track:
        records = self.ended.records
        return Track(size, records[records[:, 1] == kind][:, [0, 2, 3, 4]])

    @cached_property
    def vertex_track(self) -> Track:
        """The records of the condensed networks' vertices."""
        return self._track(VERTEX, self.condensed.size)

    @cached_property
    def need_track(self) -> Track:
        """The records of needs; down is unmet. A stock of coal is unmet while less is delivered than used."""
        return self._track(NEED, len(self.facilities.needs))

    @cached_property
    def facility_track(self) -> Track:
        """The records of facilities; the cause is the need that ended it, -1 if it was damaged."""
        return self._track(FACILITY, len(self.facilities.ids))

    @cached_property
    def times_s(self) -> Seconds:
        """Every moment at which anything changes."""
        return np.unique(self.ended.records[:, 0])

    def lost(self, time_s: int) -> BoolArray:
        """Return the nodes (n) without supply at a moment that have it in the normal state."""
        return self._of_nodes(self.vertex_track.down(time_s), False)

    def lost_spells(self, time_s: int) -> Spells:
        """Return the spells without supply of nodes (n) as seen from a moment."""
        found = self.vertex_track.spells(time_s)
        return Spells(
            self._of_nodes(found.begins_s, NEVER), self._of_nodes(found.ends_s, NEVER), self._of_nodes(found.cause, -1)
        )

    def _of_nodes(self, values: NDArray[_Value], outside: Any) -> NDArray[_Value]:
        """Return the values of vertices for nodes (n), `outside` for those out of service."""
        padded = np.append(values, outside).astype(values.dtype)
        return padded[self.condensed.of_node]

    @cached_property
    def need_spells(self) -> Spells:
        """The needs (q) as seen from 0."""
        return self.need_track.spells(0)

    @cached_property
    def facility_spells(self) -> Spells:
        """The facilities (f) as seen from 0; `cause` is the need."""
        found = self.facility_track.spells(0)
        begins, cause = found.begins_s.copy(), found.cause.copy()
        up = ~self.facility_track.down(self.horizon_s)
        foreseen_s = self._next_event_s
        for number, need in enumerate(self.facilities.needs):
            rate = int(self.ended.rate[number])
            if not rate or not need.required or not up[need.facility] or found.begins_s[need.facility] != NEVER:
                continue
            fails_s = self.horizon_s + -(-int(self.ended.left[number]) // rate)
            if fails_s < min(begins[need.facility], foreseen_s):
                begins[need.facility], cause[need.facility] = fails_s, number
        return Spells(begins, found.ends_s, cause)

    @property
    def _next_event_s(self) -> int:
        """When, beyond the horizon, something is entered that may change the course; `NEVER` if nothing is."""
        said = [device.time_s for device in self.actions.operated] + [unit.time_s for unit in self.actions.placed]
        said += [report.time_s for report in self.actions.reported]
        said += [moment for damage in self.damages for moment in (damage.time_s, damage.ends_s)]
        return min((moment for moment in said if moment > self.horizon_s), default=NEVER)

    def failed(self, time_s: int) -> BoolArray:
        """Return which facilities (f) have failed at a moment."""
        return self.facility_track.down(time_s)

    def trigger(self, label: int) -> Trigger:
        """Return what a label of a cause stands for."""
        label -= len(self.damages)
        if label < 0:
            return Trigger(damage=label + len(self.damages))
        if label < len(self.facilities.ids):
            return Trigger(facility=label)
        label -= len(self.facilities.ids)
        return Trigger(operated=label) if label < len(self.actions.operated) else Trigger()

    def active(self, time_s: int) -> list[int]:
        """Return the numbers of the damages that last at a moment."""
        return [number for number, damage in enumerate(self.damages) if damage.time_s <= time_s < damage.ends_s]

    def state(self, time_s: int) -> SwitchState:
        """Return the state of the networks at a moment: devices, and what is out by damage or by a plant's failure."""
        state = SwitchState.normal(self.arrays)
        for operated in sorted(self.actions.operated, key=lambda item: (item.time_s, item.opens)):
            if operated.time_s <= time_s:
                state.is_open[operated.node] = operated.opens
        for number in self.active(time_s):
            isolation = self.isolations[number]
            if isolation is None:
                continue
            for nodes in (isolation.nodes, isolation.damaged):
                state.node_out[nodes] = True
            state.line_out[isolation.lines] = True
            state.is_open[isolation.to_open] = True
            state.is_open[isolation.already_open] = True
        sources = self.facilities.source_node[self.failed(time_s)]
        state.node_out[sources[sources >= 0]] = True
        return state

    def dead_lines(self, live: BoolArray, time_s: int) -> BoolArray:
        """Return the lines (m) that carry nothing at a moment but do in the normal state (`live`)."""
        state = self.state(time_s)
        feeds = ~self.lost(time_s) & ~state.node_out & ~state.is_open
        feeds &= self._of_nodes(self.wiring.supplied, False)
        return live & ~(~state.line_out & (feeds[self.arrays.line_from] | feeds[self.arrays.line_to]))
