"""The loss of a schedule, seen from its cuts, as a sum that a linear program can hold.

The time until the horizon is divided into slots. Within a slot a group's down time is at least, for each of its cuts
(tasks K, from d): (length of the slot after d) - (time after d in which any task of K is done). With that time summed
over tasks instead of united it is smaller still, so every true schedule satisfies it. Where one cut with one task is
all there is, the down time is exactly that, and needs no variable.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from priority.restoration.problem import Seconds
from priority.restoration.world import Cuts

_Cut = tuple[int, tuple[int, ...]]


class Single(NamedTuple):
    """While `task` is open, the level loses `weight` a second from `low_s` to `high_s`."""

    level: int
    weight: int
    task: int
    low_s: int
    high_s: int


class Joint(NamedTuple):
    """A variable: down time of groups in a slot, `weight` a second; one row (tasks, low, high) for each cut."""

    level: int
    weight: int
    rows: tuple[tuple[tuple[int, ...], int, int], ...]


@dataclass(frozen=True, eq=False)
class Terms:
    """All terms up to level `level`. `limit` has the losses not to be exceeded, on `level` too; `latest_s` (t) follows.

    `single` has `Single` as rows. The rows of `joint`, one after the other, are `row_*`; `link_*` has their tasks.
    """

    level: int
    limit: tuple[int, ...]
    horizon_s: int
    latest_s: Seconds
    single: NDArray[np.int64]
    joint: tuple[Joint, ...]
    row_joint: NDArray[np.int64]
    row_low: Seconds
    row_high: Seconds
    link_row: NDArray[np.int64]
    link_task: NDArray[np.int64]

    def always(self, level: int) -> int:
        """Return what a level's single terms lose if nothing is ever done."""
        mine = self.single[self.single[:, 0] == level]
        return int((mine[:, 1] * (mine[:, 4] - mine[:, 3])).sum())

    @classmethod
    def build(cls, cuts: Cuts, tasks: int, level: int, limit: tuple[int, ...], slots: Seconds) -> Terms:
        """Build from the cuts; `slots` are the moments at which slots begin, the first 0."""
        bounds = np.unique(np.append(slots[slots < cuts.horizon_s], [0, cuts.horizon_s])).tolist()
        single: dict[tuple[int, int, int, int], int] = {}
        joint: dict[tuple[int, tuple[tuple[tuple[int, ...], int, int], ...]], int] = {}
        latest = np.full(tasks, np.iinfo(np.int64).max)
        for group in np.flatnonzero(cuts.level <= level).tolist():
            of_level, weight = int(cuts.level[group]), int(cuts.weight[group])
            known = _cuts_of(cuts, group)
            for start, chosen in known:
                if len(chosen) == 1 and start + limit[of_level] // weight < cuts.horizon_s:
                    latest[chosen[0]] = min(latest[chosen[0]], start + limit[of_level] // weight)
            for rows in _parts(known, bounds):
                if len(rows) == 1 and len(rows[0][0]) == 1:
                    key = (of_level, rows[0][0][0], rows[0][1], rows[0][2])
                    single[key] = single.get(key, 0) + weight
                else:
                    joint[of_level, rows] = joint.get((of_level, rows), 0) + weight
        return cls._of(cuts.horizon_s, level, limit, latest, single, joint)

    @classmethod
    def _of(
        cls,
        horizon_s: int,
        level: int,
        limit: tuple[int, ...],
        latest: Seconds,
        single: dict[tuple[int, int, int, int], int],
        joint: dict[tuple[int, tuple[tuple[tuple[int, ...], int, int], ...]], int],
    ) -> Terms:
        listed = [Single(key[0], weight, *key[1:]) for key, weight in single.items()]
        joints = tuple(Joint(key[0], weight, key[1]) for key, weight in joint.items())
        rows = [(number, row) for number, each in enumerate(joints) for row in each.rows]
        links = [(number, task) for number, (_, row) in enumerate(rows) for task in row[0]]
        return cls(
            level,
            limit,
            horizon_s,
            latest,
            np.array(listed, np.int64).reshape(-1, 5),
            joints,
            np.array([number for number, _ in rows], np.int64),
            np.array([row[1] for _, row in rows], np.int64),
            np.array([row[2] for _, row in rows], np.int64),
            np.array([row for row, _ in links], np.int64),
            np.array([task for _, task in links], np.int64),
        )


def _cuts_of(cuts: Cuts, group: int) -> list[_Cut]:
    found = []
    for cut in range(int(cuts.first_cut[group]), int(cuts.first_cut[group + 1])):
        tasks = cuts.task[cuts.first_task[cut] : cuts.first_task[cut + 1]]
        found.append((int(cuts.from_s[cut]), tuple(tasks.tolist())))
    return found


def _parts(known: list[_Cut], bounds: list[int]) -> list[tuple[tuple[tuple[int, ...], int, int], ...]]:
    """Return a group's rows slot by slot; neighbouring slots with one and the same single task become one."""
    if len(known) == 1 and len(known[0][1]) == 1:
        return [((known[0][1], known[0][0], bounds[-1]),)]
    parts = []
    for low, high in pairwise(bounds):
        rows = tuple((tasks, max(low, start), high) for start, tasks in known if start < high)
        if rows:
            parts.append(rows)
    return parts
