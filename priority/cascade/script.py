"""From damages and what people do about them to the events of a simulation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from priority.cascade.wiring import (
    FACILITY_DAMAGE,
    NETWORK_DAMAGE,
    OPERATION,
    PLACEMENT,
    RESERVE_REPORT,
    STOCKS_COUNT,
    Script,
    Wiring,
)
from priority.network import Isolation
from priority.network.condensed import CondensedNetwork
from priority.network.kernels import IntArray
from priority.times import NEVER

if TYPE_CHECKING:
    from priority.damage import Damage

_NONE = np.empty(0, np.int32)
#: A reserve that no course uses up, in thousandths of a second, and far from where the arithmetic ends.
LASTING = 2**60


@dataclass(frozen=True)
class OperatedDevice:
    """A device (its node) that is opened or closed at `time_s`."""

    time_s: int
    node: int
    opens: bool


@dataclass(frozen=True)
class PlacedUnit:
    """A mobile unit that meets a need from `time_s` on."""

    time_s: int
    need: int


@dataclass(frozen=True)
class ReportedReserve:
    """The reserve of a need lasts `left_s` more seconds without supply, said at `time_s`."""

    time_s: int
    need: int
    left_s: int


@dataclass(frozen=True)
class Actions:
    """What people do beside repairing, and what they report; of each need one reserve at most."""

    operated: tuple[OperatedDevice, ...] = ()
    placed: tuple[PlacedUnit, ...] = ()
    reported: tuple[ReportedReserve, ...] = ()


def with_reported(wiring: Wiring, reported: Sequence[ReportedReserve]) -> Wiring:
    """Return the wiring in which a reserve that is reported to have seconds left lasts at least until the report.

    A report of nothing left leaves the time before it to the data.
    """
    lasting = [item.need for item in reported if item.left_s]
    if not lasting:
        return wiring
    reserve = wiring.reserve.copy()
    reserve[lasting] = LASTING
    return wiring._replace(reserve=reserve)


@dataclass(frozen=True, eq=False)
class Outline:
    """The events that do not depend on when repairs are done, and the rows of what each damage takes.

    `rows` holds (time, kind, number, sign or seconds left, label); `begins_s`, `facility` are of each damage (facility
    -1: a network damage). Labels: damages first, then the facilities by number, then operated devices.
    """

    condensed: CondensedNetwork
    rows: tuple[tuple[int, int, int, int, int], ...]
    begins_s: tuple[int, ...]
    facility: tuple[int, ...]
    out: tuple[IntArray, IntArray]
    edge_out: tuple[IntArray, IntArray]
    held: tuple[IntArray, IntArray]

    @classmethod
    def of(
        cls,
        condensed: CondensedNetwork,
        facilities: int,
        damages: Sequence[Damage],
        isolations: Sequence[Isolation | None],
        actions: Actions,
    ) -> Outline:
        """Write down damages and actions; `facilities` is their number, `isolations` one for each damage."""
        rows = []
        taken = [(_NONE, _NONE, _NONE) if item is None else condensed.taken_by(item) for item in isolations]
        for number, damage in enumerate(damages):
            rows.append((damage.time_s, *_subject(damage.facility, number), 1, number))
        first = len(damages) + facilities
        for place, operated in enumerate(actions.operated):
            vertex = int(condensed.of_node[operated.node])
            if vertex >= 0:
                rows.append((operated.time_s, OPERATION, vertex, 1 if operated.opens else -1, first + place))
        rows += [(unit.time_s, PLACEMENT, unit.need, 1, -1) for unit in actions.placed]
        rows += [(item.time_s, RESERVE_REPORT, item.need, item.left_s, -1) for item in actions.reported]
        return cls(
            condensed=condensed,
            rows=tuple(rows),
            begins_s=tuple(damage.time_s for damage in damages),
            facility=tuple(damage.facility for damage in damages),
            out=_table([item[0] for item in taken]),
            edge_out=_table([item[1] for item in taken]),
            held=_table([item[2] for item in taken]),
        )

    def script(self, ends_s: Sequence[int] | NDArray[np.int64], stocks_from_s: int | None) -> Script:
        """Return the events with each damage ending at its `ends_s` (`NEVER`: it stays).

        A damage that ends before it begins ends as it begins. Stocks shrink from `stocks_from_s` on; None: from the
        first damage, or 0 if that is earlier (what people do does not count, so that help never harms).
        """
        rows = list(self.rows)
        for number, end_s in enumerate(ends_s):
            if end_s != NEVER:
                moment_s = max(int(end_s), self.begins_s[number])
                rows.append((moment_s, *_subject(self.facility[number], number), -1, number))
        first = min([0, *(row[0] for row in rows)])
        usual_s = min([0, *self.begins_s])
        rows.append((usual_s if stocks_from_s is None else stocks_from_s, STOCKS_COUNT, 0, 1, -1))
        rows.sort()
        table = np.array(rows, dtype=np.int64).reshape(-1, 5)
        kinds, numbers, signs, labels = (
            np.ascontiguousarray(table[:, column], dtype=np.int32) for column in range(1, 5)
        )
        time_s = np.ascontiguousarray(table[:, 0])
        return Script(
            min(first, rows[0][0]), time_s, kinds, numbers, signs, labels, *self.out, *self.edge_out, *self.held
        )


def _subject(facility: int, number: int) -> tuple[int, int]:
    return (FACILITY_DAMAGE, facility) if facility >= 0 else (NETWORK_DAMAGE, number)


def _table(rows: list[IntArray]) -> tuple[IntArray, IntArray]:
    starts = np.concatenate([[0], np.cumsum([row.size for row in rows])]).astype(np.int32)
    return starts, np.concatenate([_NONE, *rows]).astype(np.int32)
