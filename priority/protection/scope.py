"""What a protection list is made for: system, plan, moment, horizon, and what the viewer may know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from priority.cascade.wiring import Wiring
from priority.network.arrays import NETWORK_KEYS
from priority.network.kernels import BoolArray
from priority.plans import Plan
from priority.system import SupplySystem
from priority.wording import Phrases

#: The tier of places that the plan does not list, or that the viewer may not know of.
UNLISTED = -1


@dataclass(frozen=True, eq=False)
class Scope:
    """System and plan from the moment `at` on. Restricted places exist for viewers with that right alone.

    They still work, fail and take others with them, but are neither counted nor named.
    """

    system: SupplySystem
    plan: Plan
    at: datetime
    horizon_s: int
    phrases: Phrases
    restricted: bool

    @cached_property
    def shown(self) -> BoolArray:
        """Facilities (f) that the viewer may know of."""
        hidden = self.system.facilities.restricted
        return np.ones(hidden.size, np.bool_) if self.restricted else ~hidden

    @cached_property
    def tier(self) -> NDArray[np.int64]:
        """Each facility's tier (f) in the plan's list, `UNLISTED` for those outside it or not shown."""
        tiers = {item.category: item.tier for item in reversed(self.plan.priority_list)}
        listed = [tiers.get(category, UNLISTED) for category in self.system.facilities.categories]
        return np.where(self.shown, np.array(listed, dtype=np.int64), UNLISTED)

    @cached_property
    def tiers(self) -> tuple[int, ...]:
        """The list's tiers, the first to be protected first."""
        return tuple(sorted({item.tier for item in self.plan.priority_list}))

    @cached_property
    def weighing(self) -> BoolArray:
        """Nodes (n) that carry customers or people."""
        loads = self.system.loads
        return ~self.system.arrays.is_device & ((loads.customers > 0) | (loads.population > 0))

    @cached_property
    def listed_needs(self) -> tuple[int, ...]:
        """Numbers of the required needs of listed places that a network meets in the normal state."""
        return tuple(
            number
            for number, need in enumerate(self.system.facilities.needs)
            if need.required
            and self.tier[need.facility] != UNLISTED
            and need.commodity in NETWORK_KEYS
            and self.feeds(number)
        )

    def feeds(self, need: int) -> tuple[int, ...]:
        """Return the nodes that can meet a need in the normal state; what stands in for it too if the plan allows it.

        Energy plan 4.2.1(5).
        """
        supplied, item = self.system.baseline.supplied, self.system.facilities.needs[need]
        nodes = (*item.nodes, *item.substitute_nodes) if self.substitution else item.nodes
        return tuple(sorted({node for node in nodes if supplied[node]}))

    @property
    def substitution(self) -> bool:
        """Whether the plan lets one fuel or commodity stand in for another."""
        return self.plan.fuel_substitution is not None

    @cached_property
    def wiring(self) -> Wiring:
        """What cascades run on: coal as it comes today, and what stands in for what under the plan."""
        return self.system.wired(substitution=self.substitution)
