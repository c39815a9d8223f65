"""Simple rules that people plan by. They are shown beside the plan, and the search starts from them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal

import numpy as np

from priority.restoration.board import Board, way_s
from priority.restoration.problem import Problem, Schedule
from priority.restoration.world import ImpossibleFixings, ways_of

Rule = Literal["nearest", "largest", "first_reported"]
RULES: tuple[Rule, ...] = ("nearest", "largest", "first_reported")

#: What a rule prefers: crew, its last task (-1: it is at its depot), task; the smallest is taken.
_Preference = Callable[[int, int, int], tuple[float, ...]]


def rule_schedule(problem: Problem, rule: Rule) -> Schedule:
    """Return the schedule of a simple rule; what is fixed by hand, skills and roads are kept.

    Whenever a crew is free, it is sent to one of the open faults that it can repair: `nearest` by travel time,
    `largest` to the one that alone keeps most down (level by level), `first_reported` to the one told first. Of faults
    yet to come it knows nothing; with no other left it waits for the next. Raises `ImpossibleFixings`.
    """
    return _dispatch(problem, _preference(problem, rule))


def quickest_gain(problem: Problem) -> Schedule:
    """Return the schedule that always takes the task that brings back most for each second of travel and work."""
    weight = _weights(problem)
    ways = ways_of(problem)

    def prefer(crew: int, before: int, task: int) -> tuple[float, ...]:
        seconds = max(1, int(way_s(ways, crew, before, task)) + int(ways.work_s[task]))
        return tuple(-value / seconds for value in weight[task])

    return _dispatch(problem, prefer)


def impossible_fixings(problem: Problem) -> tuple[int, ...]:
    """Return the tasks whose fixed crew or place no rule can keep; empty where one can."""
    tasks: tuple[int, ...] = ()
    for make in SEEDS:
        try:
            make(problem)
        except ImpossibleFixings as error:
            tasks = tasks or error.tasks
        else:
            return ()
    return tasks


def _by_number(problem: Problem) -> Schedule:
    return _dispatch(problem, lambda _crew, _before, task: (task,))


def _weights(problem: Problem) -> list[tuple[float, ...]]:
    model = problem.losses
    levels = int(model.level.max(initial=0)) + 1
    found = []
    for task in range(len(problem.tasks)):
        seconds = np.maximum(0, model.horizon_s - model.down_from((task,)))
        alone = np.where(seconds > 0, model.weight, 0)
        found.append(tuple(np.bincount(model.level, alone, levels).tolist()))
    return found


def _preference(problem: Problem, rule: Rule) -> _Preference:
    if rule == "largest":
        weight = _weights(problem)
        return lambda _crew, _before, task: (*(-value for value in weight[task]), task)
    if rule == "first_reported":
        reported = problem.reported or tuple(range(len(problem.tasks)))
        return lambda _crew, _before, task: (reported[task], task)
    ways = ways_of(problem)
    return lambda crew, before, task: (way_s(ways, crew, before, task), task)


def _dispatch(problem: Problem, prefer: _Preference) -> Schedule:
    board = Board(problem)
    if stuck := board.stuck():
        raise ImpossibleFixings(stuck)
    free = {crew: each.free_s for crew, each in enumerate(problem.crews)}
    while free and board.open:
        crew = min(free, key=lambda each: (free[each], each))
        release = {task: int(board.ways.release_s[task]) for task in board.candidates(crew)}
        if not release:
            del free[crew]
            continue
        known_until = max(free[crew], min(release.values()))
        before = board.lists[crew][-1] if board.lists[crew] else -1
        known = [task for task, moment in release.items() if moment <= known_until]
        task = min(known, key=lambda each: prefer(crew, before, each))
        free[crew] = board.send(crew, task, free[crew])
    if missed := board.unkept():
        raise ImpossibleFixings(missed)
    return Schedule(tuple(tuple(tasks) for tasks in board.lists))


#: The schedules that a search starts from, those that ask nothing of the losses first.
SEEDS: tuple[Callable[[Problem], Schedule], ...] = (
    _by_number,
    partial(rule_schedule, rule="nearest"),
    partial(rule_schedule, rule="first_reported"),
    partial(rule_schedule, rule="largest"),
    quickest_gain,
)
