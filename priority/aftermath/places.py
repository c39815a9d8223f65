"""Facilities over the course of an incident: when they failed, when they lived on reserves, and how much of them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from priority.aftermath.course import Instant
from priority.cascade.wiring import FULL_RATE
from priority.facilities import UNKNOWN_RESERVE, Facilities
from priority.network.arrays import NETWORK_KEYS
from priority.network.kernels import BoolArray
from priority.results import FacilityState
from priority.system import SupplySystem
from priority.times import Seconds


@dataclass(frozen=True)
class Failure:
    """A facility was out from `begin_s` to `end_s` (None: it still is), ended by `need` (-1: its own damage)."""

    begin_s: int
    end_s: int | None
    need: int


@dataclass(frozen=True)
class Told:
    """A reserve was reported: `used` of it was used until then (thousandths of a second), `left_s` was left."""

    used: int
    left_s: int


@dataclass(eq=False)
class Places:
    """What happened to the facilities (f) and their needs (q) that the viewer may know of (`shown`).

    `failed_s`, `on_reserve_s` (f) are seconds, `used` (q) thousandths of seconds of a reserve at full use. `failures`
    and `states` (moment, state: changes alone) are by facility, `told` and `ran_out_s` by need. `touched` (q): the need
    was unmet at some time.
    """

    facilities: Facilities
    owner: NDArray[np.intp]
    required: BoolArray
    shown: BoolArray
    unfed: BoolArray
    failed: BoolArray
    on_reserve: BoolArray
    failed_s: Seconds
    on_reserve_s: Seconds
    used: Seconds
    shrinking: Seconds
    touched: BoolArray
    failures: dict[int, list[Failure]] = field(default_factory=dict)
    states: dict[int, list[tuple[int, FacilityState]]] = field(default_factory=dict)
    told: dict[int, Told] = field(default_factory=dict)
    ran_out_s: dict[int, int] = field(default_factory=dict)
    last_s: int = 0

    @classmethod
    def of(cls, system: SupplySystem, shown: BoolArray) -> Places:
        """Begin with everything supplied that is in the normal state."""
        facilities = system.facilities
        size, needs = len(facilities.ids), len(facilities.needs)
        return cls(
            facilities=facilities,
            owner=np.array([need.facility for need in facilities.needs], dtype=np.intp),
            required=np.array([need.required for need in facilities.needs], dtype=np.bool_),
            shown=shown,
            unfed=_unfed(system),
            failed=np.zeros(size, np.bool_),
            on_reserve=np.zeros(size, np.bool_),
            failed_s=np.zeros(size, np.int64),
            on_reserve_s=np.zeros(size, np.int64),
            used=np.zeros(needs, np.int64),
            shrinking=np.zeros(needs, np.int64),
            touched=np.zeros(needs, np.bool_),
        )

    def take(self, instant: Instant) -> tuple[int, int]:
        """Go on to a moment; return how many facilities have failed and live on a reserve from then on."""
        self._pass_time(instant.time_s)
        for need, left_s in instant.reports.items():
            self.told[need] = Told(int(self.used[need]), left_s)
        failed = instant.failed & self.shown
        on_reserve = np.zeros_like(failed)
        on_reserve[self.owner[instant.unmet & instant.counts]] = True
        on_reserve &= self.shown & ~failed
        for facility in np.flatnonzero(failed != self.failed).tolist():
            self._turn(facility, instant, failed=bool(failed[facility]))
        changed = (failed != self.failed) | (on_reserve != self.on_reserve)
        self.failed, self.on_reserve = failed, on_reserve
        for facility in np.flatnonzero(changed).tolist():
            self.states.setdefault(facility, []).append((instant.time_s, self._state(facility)))
        using = instant.unmet & self.required & self.shown[self.owner] & ~failed[self.owner]
        self.shrinking = np.where(using, instant.rate, 0)
        self.touched |= instant.unmet & self.required & (instant.rate > 0)
        return int(failed.sum()), int(on_reserve.sum())

    def _pass_time(self, time_s: int) -> None:
        passed_s = time_s - self.last_s
        self.failed_s += passed_s * self.failed
        self.on_reserve_s += passed_s * self.on_reserve
        self.used += passed_s * self.shrinking
        self.last_s = time_s

    def _turn(self, facility: int, instant: Instant, *, failed: bool) -> None:
        spells = self.failures.setdefault(facility, [])
        if not failed:
            spells[-1] = Failure(spells[-1].begin_s, instant.time_s, spells[-1].need)
            return
        need = int(instant.cause[facility])
        spells.append(Failure(instant.time_s, None, need))
        if need >= 0 and (need in self.told or self.facilities.needs[need].reserve_s != UNKNOWN_RESERVE):
            self.ran_out_s[need] = instant.time_s

    def _state(self, facility: int) -> FacilityState:
        if self.failed[facility]:
            return "failed"
        if self.on_reserve[facility]:
            return "on_reserve"
        return "unknown" if self.unfed[facility] else "supplied"

    def known(self, need: int) -> int | None:
        """Return what a need's reserve was in all, in thousandths of a second; None where nobody knows."""
        told = self.told.get(need)
        if told is not None:
            return told.used + told.left_s * FULL_RATE
        reserve_s = self.facilities.needs[need].reserve_s
        return None if reserve_s == UNKNOWN_RESERVE else reserve_s * FULL_RATE


def _unfed(system: SupplySystem) -> BoolArray:
    """Return the facilities (f) with a required need that has no supply even in the normal state."""
    unfed = np.zeros(len(system.facilities.ids), np.bool_)
    for need in system.facilities.needs:
        if need.required and need.commodity in NETWORK_KEYS:
            unfed[need.facility] |= not any(system.baseline.supplied[node] for node in need.nodes)
    return unfed
