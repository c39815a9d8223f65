"""When each task of a schedule is travelled to, begun and done."""

from __future__ import annotations

import numpy as np

from priority.restoration.problem import NEVER, Problem, Schedule, Timing


def time_schedule(problem: Problem, schedule: Schedule) -> Timing:
    """Return the times of a schedule in whole seconds; tasks on no list have `NEVER` and crew -1.

    Each crew goes from its depot to its first task and on from task to task. Work begins on arrival, but not before the
    fault has happened: a crew that knows of a fault to come leaves so late that it arrives just then. Raises
    `ValueError` where a crew lacks the skill or no road leads to a task, or where a task stands on two lists.
    """
    count = len(problem.tasks)
    crew, depart, arrive, start, done = (np.full(count, NEVER) for _ in range(5))
    crew[:] = -1
    for number, (worker, tasks) in enumerate(zip(problem.crews, schedule.lists, strict=True)):
        ready, before = worker.free_s, -1
        for task in tasks:
            way = int(problem.from_depot[number, task] if before < 0 else problem.between[before, task])
            step = problem.tasks[task]
            if way == NEVER or step.skill not in worker.skills or crew[task] >= 0:
                raise ValueError(f"crew {worker.id} cannot do {step.fault} here")
            crew[task] = number
            depart[task] = max(ready, step.release_s - way)
            arrive[task] = start[task] = depart[task] + way
            done[task] = ready = int(start[task]) + step.duration_s
            before = task
    return Timing(crew, depart, arrive, start, done)
