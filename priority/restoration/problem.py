"""The restoration problem as numbers: tasks, crews, travel, and what every moment of waiting costs.

All times are whole seconds after the start of planning, all losses whole numbers (unit-seconds), so that two schedules
compare exactly. Losses are vectors, compared from the left: the first level counts before all others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from priority.times import NEVER, Seconds

__all__ = [
    "NEVER",
    "Crew",
    "Fixed",
    "LossModel",
    "Problem",
    "Schedule",
    "Seconds",
    "Solution",
    "Task",
    "Timing",
]


class LossModel(Protocol):
    """What waiting costs. Repairing earlier or more never raises any loss (tested as a property of the cascade).

    There are `g` groups of things that lose supply together (a facility; people of one part of a network). Group `i`
    adds `weight[i]` to level `level[i]` for every second that it is down, until `horizon_s`.
    """

    @property
    def horizon_s(self) -> int:
        """The end of the time that counts."""
        ...

    @property
    def level(self) -> NDArray[np.int64]:
        """The level (g) that each group adds to."""
        ...

    @property
    def weight(self) -> NDArray[np.int64]:
        """What each group (g) adds a second."""
        ...

    def evaluate(self, done_s: Seconds) -> NDArray[np.int64]:
        """Return the exact loss of each level if task `t` is done at `done_s[t]` (`NEVER` for never)."""
        ...

    def down_from(self, open_tasks: tuple[int, ...]) -> Seconds:
        """Return for each group (g) the moment from which it surely is down while all of `open_tasks` stay undone.

        `NEVER` where they alone do not take it down, or not for good. By monotony this holds whatever else happens: in
        every schedule, a group is down at each moment from `down_from(K)` on until the first task of K is done. It is
        what lower bounds are made of.
        """
        ...


@dataclass(frozen=True)
class Task:
    """A repair: `release_s` is when the fault occurs, `duration_s` the work on the spot, `skill` what it takes."""

    fault: str
    skill: str
    release_s: int
    duration_s: int


@dataclass(frozen=True)
class Crew:
    """A crew, free from `free_s` on at its depot."""

    id: str
    skills: frozenset[str]
    free_s: int


@dataclass(frozen=True)
class Fixed:
    """What the commander has fixed by hand: a task's crew, and its place in that crew's list (0 first) if given.

    Without a crew the task only has to be on a list; several places without crews may be refused though they fit.
    """

    task: int
    crew: int | None
    position: int | None


@dataclass(frozen=True, eq=False)
class Problem:
    """Tasks (t), crews (c), travel in seconds: `from_depot` (c, t) and `between` (t, t); `NEVER` where no road leads.

    A crew may do a task whose skill it has and which it can reach. `reported` (t) is the order in which the faults were
    told, for the rule "first reported"; without it, the order of `tasks`.
    """

    tasks: tuple[Task, ...]
    crews: tuple[Crew, ...]
    from_depot: Seconds
    between: Seconds
    losses: LossModel
    fixed: tuple[Fixed, ...] = ()
    reported: tuple[int, ...] = ()


@dataclass(frozen=True)
class Schedule:
    """For each crew its tasks in order. A task that stands nowhere is not done."""

    lists: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, eq=False)
class Timing:
    """When each task (t) is travelled to, begun and done; `NEVER` for those not done. `crew` (t) is -1 for those."""

    crew: NDArray[np.int64]
    depart_s: Seconds
    arrive_s: Seconds
    start_s: Seconds
    done_s: Seconds


@dataclass(frozen=True, eq=False)
class Solution:
    """The best schedule found. `loss` and `bound` are one for each level.

    `bound[k]`: no schedule that is at least as good on all levels before k loses less than this on level k.
    `optimal` tells that bound and loss agree on every level. `method` names how it was found ("exact", "search").
    """

    schedule: Schedule
    timing: Timing
    loss: NDArray[np.int64]
    bound: NDArray[np.int64]
    optimal: bool
    method: str
    seconds: float
