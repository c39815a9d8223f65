"""Reading records: what is down at a moment, since when, until when, and why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from priority.network.kernels import BoolArray
from priority.times import NEVER, Seconds


@dataclass(frozen=True, eq=False)
class Spells:
    """The spell of being down of each thing, as seen from a moment: the present one, or the next if it is up.

    `begins_s`, `ends_s` are `NEVER` where there is none, or no end; `cause` is -1 where there is none.
    """

    begins_s: Seconds
    ends_s: Seconds
    cause: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Track:
    """The records of `size` things of one kind: (k, 4) time, number, 0 down or 1 up, cause, in order of time."""

    size: int
    rows: NDArray[np.int64]

    def down(self, time_s: int) -> BoolArray:
        """Return what is down at a moment (changes of that moment counted)."""
        last, _ = self._around(time_s)
        return np.asarray((last >= 0) & (self._column(2, last) == 0), dtype=np.bool_)

    def spells(self, time_s: int) -> Spells:
        """Return the present spell of what is down at a moment, the next of what is up."""
        last, following = self._around(time_s)
        down = (last >= 0) & (self._column(2, last) == 0)
        told = np.where(down, last, following)
        begin = np.where(told >= 0, self._runs[0][told], -1)
        end = np.where(told >= 0, self._runs[1][told], -1)
        return Spells(
            np.where(begin >= 0, self._column(0, begin), NEVER),
            np.where(end >= 0, self._column(0, end), NEVER),
            np.where(told >= 0, self._column(3, told), -1),
        )

    def spell_of(self, number: int, time_s: int) -> tuple[int, int]:
        """Return when a thing that is down at a moment went down, and why it is down then."""
        mine = np.flatnonzero((self.rows[:, 1] == number) & (self.rows[:, 0] <= time_s))
        return int(self.rows[self._runs[0][mine[-1]], 0]), int(self.rows[mine[-1], 3])

    def named_s(self, number: int, time_s: int) -> int:
        """Return since when a thing that is down at a moment is down for the cause that it has then."""
        mine = (self.rows[:, 1] == number) & (self.rows[:, 0] <= time_s)
        return int(self.rows[mine, 0][-1])

    def changed(self, time_s: int, value: int) -> NDArray[np.intp]:
        """Return what goes down (0) or comes up (1) just at a moment."""
        begins = self._runs[0][:-1] == np.arange(len(self.rows))
        return np.sort(self.rows[(self.rows[:, 0] == time_s) & (self.rows[:, 2] == value) & begins, 1])

    def _column(self, column: int, rows: NDArray[np.intp]) -> NDArray[np.int64]:
        padded = np.append(self.rows[:, column], -1)
        return np.asarray(padded[rows], dtype=np.int64)

    def _around(self, time_s: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return for each thing the last row until a moment and the first one after it, -1 where there is none."""
        cut = int(np.searchsorted(self.rows[:, 0], time_s, side="right"))
        last = np.full(self.size, -1, np.intp)
        last[self.rows[:cut, 1]] = np.arange(cut)  # of a repeated index the last one stays
        following = np.full(self.size, -1, np.intp)
        following[self.rows[cut:, 1][::-1]] = np.arange(cut, len(self.rows))[::-1]
        return last, following

    @cached_property
    def _runs(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """For each row the first and the one after the last of its run: of the same thing, all down or all up.

        A thing that stays down for another cause has several rows in one run. -1 where nothing comes after the run; one
        more place for "no row".
        """
        rows = len(self.rows)
        first, after = np.arange(rows + 1), np.full(rows + 1, -1, np.intp)
        order = np.argsort(self.rows[:, 1], kind="stable")
        number, value = self.rows[order, 1], self.rows[order, 2]
        begins = np.ones(rows, np.bool_)
        begins[1:] = (number[1:] != number[:-1]) | (value[1:] != value[:-1])
        starts = np.flatnonzero(begins)
        run = np.cumsum(begins) - 1
        first[order] = order[starts[run]]
        following = np.append(starts[1:], -1)[run]
        same = (following >= 0) & (number[following] == number)
        after[order[same]] = order[following[same]]
        return first, after
