"""What all rows of an impact are made from: the account, the words, and the clock of the incident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from priority.aftermath.account import Account
from priority.aftermath.cells import CUSTOMERS, CUSTOMERS_UNKNOWN, PEOPLE, Floats
from priority.aftermath.temperatures import Temperatures
from priority.network.kernels import BoolArray
from priority.plans import Plan
from priority.system import SupplySystem
from priority.wording import Phrases

#: Hours are told to a millionth, so that parts still add up to the whole.
_DIGITS = 6


def hours_of(seconds: float) -> float:
    """Return seconds as hours."""
    return round(float(seconds) / 3600, _DIGITS)


@dataclass(frozen=True, eq=False)
class View:
    """An account and how it is told. `origin` is the moment of the first stage, `until` without any."""

    system: SupplySystem
    plan: Plan
    phrases: Phrases
    origin: datetime
    until: datetime
    account: Account
    temperatures: Temperatures
    restricted: bool

    def iso(self, time_s: int) -> str:
        """Write the moment so many seconds after the first stage as ISO 8601."""
        return (self.origin + timedelta(seconds=int(time_s))).isoformat()

    @property
    def end_s(self) -> int:
        """Seconds from the first stage to the end."""
        return int(self.account.time_s[-1]) if self.account.time_s.size else 0

    @cached_property
    def totals(self) -> Floats:
        """Return (4, width) all customers by network and township."""
        return self.system.loads.tally(~self.system.arrays.is_device).customers

    @cached_property
    def customers(self) -> Floats:
        """Return (t, 4, width) customers out."""
        return self.account.sums[:, CUSTOMERS]

    @cached_property
    def people(self) -> Floats:
        """Return (t, 4, width) people out."""
        return self.account.sums[:, PEOPLE]

    @cached_property
    def people_hit(self) -> Floats:
        """Return (t, width) the people out on the network of the township that has most of them."""
        most: Floats = self.people.max(axis=1)
        return most

    @cached_property
    def anybody(self) -> NDArray[np.bool_]:
        """Return (t, 4, width) whether customers are out, or may be: their number is not known."""
        return (self.customers > 0) | (self.account.sums[:, CUSTOMERS_UNKNOWN] > 0)

    @cached_property
    def outside_used(self) -> bool:
        """Whether anything that counts lies in no township."""
        loads, facilities = self.system.loads, self.system.facilities
        counted = (loads.customers > 0) | loads.customers_unknown
        outside = self.system.townships.outside
        return bool((loads.township[counted] == outside).any() or (facilities.township[self.shown] == outside).any())

    @property
    def shown(self) -> BoolArray:
        """The facilities (f) that the viewer may know of."""
        return self.account.places.shown

    @property
    def rows(self) -> range:
        """The numbers of the townships that get a row; the last may stand for outside."""
        outside = self.system.townships.outside
        return range(outside + 1 if self.outside_used else outside)

    def first_s(self, out: NDArray[np.bool_]) -> int | None:
        """Return the first moment at which `out` (t) holds."""
        found = np.flatnonzero(out)
        return int(self.account.time_s[found[0]]) if found.size else None

    def over_s(self, out: NDArray[np.bool_]) -> int | None:
        """Return the first moment from which on `out` (t) never holds again; None where it never or still holds."""
        found = np.flatnonzero(out)
        if not found.size or found[-1] == out.size - 1:
            return None
        return int(self.account.time_s[found[-1] + 1])
