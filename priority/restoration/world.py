"""A problem as plain arrays for compiled loops: who may do what, what is fixed, and what waiting costs at least."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from priority.errors import PriorityError
from priority.restoration.problem import Problem, Schedule, Seconds


class ImpossibleFixings(PriorityError):
    """No schedule holds all that was fixed by hand: `tasks` are those whose place cannot be kept."""

    def __init__(self, tasks: tuple[int, ...]) -> None:
        self.tasks = tasks
        super().__init__(f"fixed steps that cannot be held: {tasks}")


class Ways(NamedTuple):
    """Crews (c) and tasks (t): `may` (c, t) says who can be sent where, `must` (t) what has to be on a list."""

    free_s: Seconds
    depot_s: Seconds
    between_s: Seconds
    release_s: Seconds
    work_s: Seconds
    may: NDArray[np.bool_]
    must: NDArray[np.bool_]


class Pins(NamedTuple):
    """Places fixed by hand: `task` stands at `position` of the list of `crew` (-1: whichever does it)."""

    task: NDArray[np.int64]
    crew: NDArray[np.int64]
    position: NDArray[np.int64]


class Cuts(NamedTuple):
    """What waiting costs at least. Group g has cuts `first_cut[g]` up to `first_cut[g + 1]`, by rising `from_s`.

    Cut k says that the group is down from `from_s[k]` until the first of its tasks `task[first_task[k]:...]` is done.
    """

    first_cut: NDArray[np.int64]
    from_s: Seconds
    first_task: NDArray[np.int64]
    task: NDArray[np.int64]
    level: NDArray[np.int64]
    weight: NDArray[np.int64]
    horizon_s: int
    levels: int


class World(NamedTuple):
    """All that a compiled loop needs."""

    ways: Ways
    pins: Pins
    cuts: Cuts


def ways_of(problem: Problem) -> Ways:
    """Return the crews' possibilities: skill, road, and what the commander left open."""
    tasks, crews = problem.tasks, problem.crews
    skilled = np.array([[task.skill in crew.skills for task in tasks] for crew in crews], bool)
    # A task to which no road leads from the depot may still be reached from another task; travel itself says where.
    may = skilled.reshape(len(crews), len(tasks))
    must = np.zeros(len(tasks), bool)
    for fixed in problem.fixed:
        must[fixed.task] = True
        if fixed.crew is not None:
            may[np.arange(len(crews)) != fixed.crew, fixed.task] = False
    return Ways(
        np.array([crew.free_s for crew in crews], np.int64),
        np.ascontiguousarray(problem.from_depot, np.int64).reshape(len(crews), len(tasks)),
        np.ascontiguousarray(problem.between, np.int64).reshape(len(tasks), len(tasks)),
        np.array([task.release_s for task in tasks], np.int64),
        np.array([task.duration_s for task in tasks], np.int64),
        may,
        must,
    )


def pins_of(problem: Problem) -> Pins:
    """Return the fixed places."""
    placed = [fixed for fixed in problem.fixed if fixed.position is not None]
    return Pins(
        np.array([fixed.task for fixed in placed], np.int64),
        np.array([-1 if fixed.crew is None else fixed.crew for fixed in placed], np.int64),
        np.array([fixed.position for fixed in placed], np.int64),
    )


def as_rows(schedule: Schedule, tasks: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return a schedule as rows of task numbers with their lengths; the last row holds the tasks not done."""
    crews = len(schedule.lists)
    rows = np.full((crews + 1, tasks), -1, np.int64)
    length = np.zeros(crews + 1, np.int64)
    on_lists = {task for tasks_ in schedule.lists for task in tasks_}
    for number, listed in enumerate((*schedule.lists, sorted(set(range(tasks)) - on_lists))):
        rows[number, : len(listed)] = listed
        length[number] = len(listed)
    return rows, length


def as_schedule(rows: NDArray[np.int64], length: NDArray[np.int64]) -> Schedule:
    """Return the schedule that rows stand for."""
    return Schedule(tuple(tuple(row[:count].tolist()) for row, count in zip(rows[:-1], length[:-1], strict=True)))
