"""The picture at a moment: the cascade's course read at a time, for a viewer. Shared by all parts of an assessment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from priority.cascade import Cascade, ReportedReserve
from priority.damage import Damage
from priority.incident import Incident
from priority.loads import Tally
from priority.network.arrays import NETWORK_KEYS
from priority.network.kernels import BoolArray
from priority.plans import Plan
from priority.results import FacilityState
from priority.system import Dependents, SupplySystem
from priority.wording import Phrases


@dataclass(frozen=True, eq=False)
class Picture:
    """System, incident, plan and course together, with the viewer's language and right to restricted records."""

    system: SupplySystem
    incident: Incident
    plan: Plan
    damages: tuple[Damage, ...]
    area: BaseGeometry | None
    cascade: Cascade
    phrases: Phrases
    restricted: bool

    @property
    def horizon_s(self) -> int:
        """Seconds from `at` to the end of the horizon."""
        return round(self.incident.horizon_hours * 3600)

    def moment(self, time_s: int) -> datetime:
        """Return the moment of that many seconds after `at`, in the incident's offset."""
        return self.incident.at + timedelta(seconds=int(time_s))

    def iso(self, time_s: int) -> str:
        """Write that moment as ISO 8601 with offset."""
        return self.moment(time_s).isoformat()

    def clock(self, time_s: int) -> str:
        """Write that moment for people."""
        return self.phrases.clock(self.moment(time_s))

    @cached_property
    def counted(self) -> BoolArray:
        """Nodes that an outage counts (n): all but devices."""
        return ~self.system.arrays.is_device

    def lost_nodes(self, time_s: int) -> BoolArray:
        """Return the nodes (n) without supply at a time that have it in the normal state; devices left out."""
        return self.counted & self.cascade.lost(time_s)

    @cached_property
    def tally_now(self) -> Tally:
        """Losses by network and township at `at`."""
        return self.system.loads.tally(self.lost_nodes(0))

    @cached_property
    def tally_all(self) -> Tally:
        """All customers, people and demand by network and township."""
        return self.system.loads.tally(self.counted)

    @cached_property
    def shown_facilities(self) -> NDArray[np.intp]:
        """Numbers of the facilities that the viewer may see."""
        restricted = self.system.facilities.restricted
        return np.arange(restricted.size) if self.restricted else np.flatnonzero(~restricted)

    @cached_property
    def dependents(self) -> tuple[Dependents, ...]:
        """What hangs on each facility (f), of what the viewer may know.

        The customers are those that it alone would take with it in the normal state, or those that its failure took in
        this incident where that is more (of several pumps that stand in for each other, the last one takes them all).
        """
        alone = self.system.dependents if self.restricted else self.system.public_dependents
        return tuple(
            item if taken <= item.customers else replace(item, customers=taken)
            for item, taken in zip(alone, self._taken_customers.tolist(), strict=True)
        )

    @cached_property
    def _taken_customers(self) -> NDArray[np.int64]:
        """Customers lost through each facility's failure (f), as it will be at the horizon."""
        count = len(self.system.facilities.ids)
        lost = self.lost_nodes(self.horizon_s)
        facility = self.cascade.lost_spells(self.horizon_s).cause[lost] - len(self.damages)
        by_facility = (facility >= 0) & (facility < count)
        taken = np.bincount(facility[by_facility], self.system.loads.customers[lost][by_facility], minlength=count)
        return taken.astype(np.int64)

    @cached_property
    def unfed(self) -> BoolArray:
        """Facilities (f) with a required commodity that, in the data, comes from nowhere even in the normal state.

        A stock of coal needs no network; every other commodity does.
        """
        unfed = np.zeros(len(self.system.facilities.ids), np.bool_)
        supplied = self.system.baseline.supplied
        for need in self.system.facilities.needs:
            networked = need.commodity in NETWORK_KEYS
            if need.required and networked and not any(supplied[node] for node in need.nodes):
                unfed[need.facility] = True
        return unfed

    def failed(self, time_s: int) -> BoolArray:
        """Return which facilities (f) have failed at a time."""
        return self.cascade.failed(time_s)

    def on_reserve(self, time_s: int) -> BoolArray:
        """Return which facilities (f) live on a reserve at a time.

        A stock of coal that is filled more slowly than it is used counts once it ends within the horizon.
        """
        tells, facility = self._reserves
        living = np.zeros(len(self.system.facilities.ids), np.bool_)
        living[facility[tells & self.cascade.need_track.down(time_s)]] = True
        return living & ~self.failed(time_s)

    @cached_property
    def _reserves(self) -> tuple[BoolArray, NDArray[np.intp]]:
        """Needs (q) that tell of life on a reserve while they are unmet, and the facility of each need (q)."""
        needs, left = self.system.facilities.needs, self.cascade.ended.left
        tells = [need.required and (bool(need.nodes) or not left[number]) for number, need in enumerate(needs)]
        return np.array(tells, dtype=np.bool_), np.array([need.facility for need in needs], dtype=np.intp)

    @cached_property
    def _reported(self) -> dict[int, ReportedReserve]:
        return {item.need: item for item in self.cascade.actions.reported}

    def told_reserve(self, need: int, fails_s: int) -> ReportedReserve | None:
        """Return the report that counts for a need whose reserve ends at `fails_s` (`NEVER`: not within the horizon).

        None where the data's figure counts: nobody reported, or it ended before somebody said that nothing is left.
        """
        report = self._reported.get(need)
        if report is None or (not report.left_s and min(fails_s, self.horizon_s) < report.time_s):
            return None
        return report

    def reserve_s(self, need: int, fails_s: int) -> int:
        """Return a need's reserve in seconds as it counts up to `fails_s`, `UNKNOWN_RESERVE` where nobody knows it."""
        report = self.told_reserve(need, fails_s)
        return self.system.facilities.needs[need].reserve_s if report is None else report.left_s

    @cached_property
    def _failed_now(self) -> BoolArray:
        return self.failed(0)

    @cached_property
    def _on_reserve_now(self) -> BoolArray:
        return self.on_reserve(0)

    def state(self, facility: int) -> FacilityState:
        """Return a facility's state at `at`."""
        if self._failed_now[facility]:
            return "failed"
        if self._on_reserve_now[facility]:
            return "on_reserve"
        return "unknown" if self.unfed[facility] else "supplied"

    def facility_name(self, facility: int) -> str:
        """Return a facility's name, or a neutral word where the viewer may not know it."""
        if not self.may_know(facility):
            return self.phrases.write("name.restricted")
        return self.system.facilities.names[facility]

    def may_know(self, facility: int) -> bool:
        """Tell whether the viewer may know of a facility."""
        return self.restricted or not self.system.facilities.restricted[facility]

    def damage_name(self, damage: Damage) -> str:
        """Return the name of what a damage struck."""
        if damage.kind == "area":
            return self.phrases.write("name.area")
        if damage.kind == "facility":
            return self.facility_name(damage.facility)
        offset = 0 if damage.kind == "node" else self.system.arrays.node_ids.size
        number = damage.nodes[0] if damage.kind == "node" else damage.lines[0]
        return str(self.system.element_names[offset + number])
