"""Every schedule there is, one by one: slow, and beyond doubt."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

import numpy as np

from priority.restoration.problem import NEVER, Problem, Schedule, Seconds


def done_s(problem: Problem, schedule: Schedule) -> Seconds | None:
    """Return when each task is done, None where the schedule cannot be carried out."""
    done = [int(NEVER)] * len(problem.tasks)
    for crew, tasks in enumerate(schedule.lists):
        now = problem.crews[crew].free_s
        place = None
        for task in tasks:
            way = int(problem.from_depot[crew, task] if place is None else problem.between[place, task])
            if way == NEVER or problem.tasks[task].skill not in problem.crews[crew].skills:
                return None
            now = max(now + way, problem.tasks[task].release_s) + problem.tasks[task].duration_s
            done[task], place = now, task
    return np.array(done, np.int64)


def keeps_fixed(problem: Problem, schedule: Schedule) -> bool:
    """Return whether each fixed task stands where it was fixed."""
    for fixed in problem.fixed:
        at = [(crew, tasks.index(fixed.task)) for crew, tasks in enumerate(schedule.lists) if fixed.task in tasks]
        if not at or (fixed.crew is not None and at[0][0] != fixed.crew):
            return False
        if fixed.position is not None and at[0][1] != fixed.position:
            return False
    return True


def schedules(tasks: int, crews: int) -> Iterator[Schedule]:
    """Yield all ways to give tasks to crews in some order; each task may also be left out."""

    def give(left: tuple[int, ...], lists: tuple[tuple[int, ...], ...]) -> Iterator[Schedule]:
        if len(lists) == crews:
            yield Schedule(lists)
            return
        for size in range(len(left) + 1):
            for chosen in permutations(left, size):
                yield from give(tuple(task for task in left if task not in chosen), (*lists, chosen))

    yield from give(tuple(range(tasks)), ())


def all_losses(problem: Problem) -> list[tuple[int, ...]]:
    """Return the losses of every schedule that can be carried out and keeps what is fixed."""
    found: dict[bytes, tuple[int, ...]] = {}
    for schedule in schedules(len(problem.tasks), len(problem.crews)):
        if keeps_fixed(problem, schedule):
            done = done_s(problem, schedule)
            if done is not None and done.tobytes() not in found:
                found[done.tobytes()] = tuple(problem.losses.evaluate(done).tolist())
    return list(found.values())
