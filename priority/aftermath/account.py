"""The account of an incident: what was out at every moment, and what it adds up to. All sums are exact, in seconds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from priority.aftermath.cells import Cells, Floats
from priority.aftermath.course import Instant
from priority.aftermath.interruptions import Interruptions
from priority.aftermath.places import Places
from priority.system import SupplySystem
from priority.times import Seconds


@dataclass(frozen=True, eq=False)
class Account:
    """The moments (t) of an incident and what held from each of them to the next; after the last nothing is counted.

    `time_s` (t) seconds after the first stage; `sums` (t, 6, 4, width) what was out (see `cells`); `ever` (6, 4, width)
    the same of all that was out at any time; `failed`, `on_reserve` (t) count facilities.
    """

    time_s: Seconds
    sums: Floats
    ever: Floats
    failed: NDArray[np.int64]
    on_reserve: NDArray[np.int64]
    interruptions: Interruptions
    places: Places

    @property
    def length_s(self) -> Seconds:
        """How long each moment's state lasted (t); the last one's not at all."""
        return np.diff(self.time_s, append=self.time_s[-1:])

    def integral(self, values: Floats) -> Floats:
        """Return the integral in hours of values (t, ...) over the whole incident."""
        whole: Floats = np.tensordot(self.length_s.astype(np.float64), values, axes=1) / 3600
        return whole


def account_of(system: SupplySystem, instants: Iterable[Instant], shown: NDArray[np.bool_]) -> Account:
    """Add up the moments of an incident; `shown` (f) are the facilities that the viewer may know of.

    Without any moment the account has none either, and all sums are 0.
    """
    book = _Book(Cells.of(system), Places.of(system, shown))
    interruptions = Interruptions.of(book.cells, system.condensed.size)
    ever = np.zeros(system.condensed.size, np.bool_)
    for instant in instants:
        interruptions.take(instant.time_s, instant.down)
        book.take(instant)
        ever |= instant.down
    if book.times:
        interruptions.end(book.times[-1])
    sums = np.array(book.sums, dtype=np.float64).reshape(-1, *book.cells.sums(ever).shape)
    return Account(
        time_s=np.array(book.times, dtype=np.int64),
        sums=sums,
        ever=book.cells.sums(ever),
        failed=np.array(book.failed, dtype=np.int64),
        on_reserve=np.array(book.on_reserve, dtype=np.int64),
        interruptions=interruptions,
        places=book.places,
    )


@dataclass(eq=False)
class _Book:
    cells: Cells
    places: Places
    times: list[int] = field(default_factory=list)
    sums: list[Floats] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    on_reserve: list[int] = field(default_factory=list)

    def take(self, instant: Instant) -> None:
        """Write a moment down."""
        failed, on_reserve = self.places.take(instant)
        self.times.append(instant.time_s)
        self.sums.append(self.cells.sums(instant.down))
        self.failed.append(failed)
        self.on_reserve.append(on_reserve)
