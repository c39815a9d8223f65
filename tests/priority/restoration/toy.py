"""A made-up district for the restoration problem: groups of places that need repairs, with reserves and chains."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from priority.restoration.problem import NEVER, Crew, Fixed, Problem, Seconds, Task

HOUR = 3600


@dataclass(frozen=True)
class Need:
    """Supply is there while any of `feeds` is whole: all its tasks done, and its facility up (-1: needs none)."""

    feeds: tuple[tuple[tuple[int, ...], int], ...]
    reserve_s: int


@dataclass(frozen=True)
class Group:
    """A place that is down while a need is unmet and its reserve used up; it fails only over places before it."""

    level: int
    weight: int
    needs: tuple[Need, ...]


class ToyLosses:
    """The cascade of a toy, worked through event by event. Reserves are used up while a need is unmet, for good."""

    def __init__(self, groups: list[Group], levels: int, horizon_s: int) -> None:
        self.groups = groups
        self.levels = levels
        self.horizon_s = horizon_s
        self.calls = 0

    @property
    def level(self) -> NDArray[np.int64]:
        return np.array([group.level for group in self.groups], np.int64)

    @property
    def weight(self) -> NDArray[np.int64]:
        return np.array([group.weight for group in self.groups], np.int64)

    def _down(self, done_s: list[int]) -> list[list[tuple[int, int]]]:
        """Return each group's down times: groups before it are known, so each is worked out once, in order."""
        down: list[list[tuple[int, int]]] = []
        for group in self.groups:
            times: list[tuple[int, int]] = []
            for need in group.needs:
                left = need.reserve_s
                for begin, end in self._unmet(need, done_s, down):
                    start = begin + left
                    left = max(0, left - (end - begin))
                    if start < end:
                        times.append((start, end))
            down.append(_united(times))
        return down

    def _unmet(self, need: Need, done_s: list[int], down: list[list[tuple[int, int]]]) -> list[tuple[int, int]]:
        unmet = [(0, self.horizon_s)]
        for tasks, facility in need.feeds:
            until = min(self.horizon_s, max((done_s[task] for task in tasks), default=0))
            gone = _united([(0, until), *(down[facility] if facility >= 0 else [])])
            unmet = [(max(a, c), min(b, d)) for a, b in unmet for c, d in gone if max(a, c) < min(b, d)]
        return unmet

    def evaluate(self, done_s: Seconds) -> NDArray[np.int64]:
        self.calls += 1
        loss = [0] * self.levels
        for group, times in zip(self.groups, self._down(done_s.tolist()), strict=True):
            loss[group.level] += group.weight * sum(end - begin for begin, end in times)
        return np.array(loss, np.int64)

    def down_from(self, open_tasks: tuple[int, ...]) -> Seconds:
        self.calls += 1
        size = 1 + max(
            [*open_tasks, *(t for g in self.groups for n in g.needs for f, _ in n.feeds for t in f)], default=0
        )
        done = [int(NEVER) if task in open_tasks else 0 for task in range(size)]
        last = [times[-1] if times else (0, 0) for times in self._down(done)]
        return np.array([begin if end == self.horizon_s else NEVER for begin, end in last], np.int64)


def _united(times: list[tuple[int, int]]) -> list[tuple[int, int]]:
    united: list[tuple[int, int]] = []
    for begin, end in sorted(time for time in times if time[0] < time[1]):
        if united and begin <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((begin, end))
    return united


def random_problem(
    seed: int, tasks: int, crews: int, *, groups: int | None = None, skills: int = 2, levels: int = 2
) -> Problem:
    """Return a problem on a plane of 30 km, with 50 km/h; two or three crews have more than one skill."""
    rng = np.random.default_rng(seed)
    names = ("electricity", "gas", "heat", "water")[:skills]
    spots = rng.uniform(0, 25, (tasks, 2))
    depots = rng.uniform(5, 20, (crews, 2))
    work = rng.integers(1 * HOUR, 8 * HOUR, tasks)
    late = rng.random(tasks) < 0.15
    task_list = tuple(
        Task(f"f{i}", names[i % skills], int(late[i] * rng.integers(0, 6 * HOUR)), int(work[i])) for i in range(tasks)
    )
    crew_list = tuple(
        Crew(
            f"c{i}",
            frozenset({names[i % skills], *([names[rng.integers(skills)]] if i % 3 == 0 else [])}),
            int(rng.integers(0, 3) * HOUR // 2),
        )
        for i in range(crews)
    )

    def seconds(a: NDArray[np.float64], b: NDArray[np.float64]) -> Seconds:
        km = np.hypot(a[:, None, 0] - b[None, :, 0], a[:, None, 1] - b[None, :, 1])
        return (300 + km / 50 * 3600).astype(np.int64)

    between = seconds(spots, spots)
    np.fill_diagonal(between, 0)
    model = ToyLosses(_random_groups(rng, tasks, groups or 3 * tasks, levels), levels, 72 * HOUR)
    return Problem(task_list, crew_list, seconds(depots, spots), between, model)


def _random_groups(rng: np.random.Generator, tasks: int, count: int, levels: int) -> list[Group]:
    """People hang on one to three repairs at once; facilities have reserves, second feeds and each other."""
    groups: list[Group] = []
    for number in range(count):
        people = rng.random() < 0.5
        if people:
            needed = rng.choice(tasks, min(tasks, int(rng.choice([1, 1, 2, 3]))), replace=False)
            need = Need(((tuple(needed.tolist()), -1),), 0)
            groups.append(Group(levels - 1, int(rng.integers(50, 3000)), (need,)))
            continue
        needs = []
        for _ in range(int(rng.choice([1, 2]))):
            feeds = []
            for _ in range(int(rng.choice([1, 1, 2]))):
                needed = rng.choice(tasks, min(tasks, int(rng.choice([1, 2]))), replace=False)
                facility = int(rng.integers(number)) if number and rng.random() < 0.2 else -1
                feeds.append((tuple(needed.tolist()), facility))
            needs.append(Need(tuple(feeds), int(rng.choice([0, 0, 2, 4, 8, 24]) * HOUR)))
        groups.append(Group(int(rng.integers(levels)), 1, tuple(needs)))
    return groups


def with_fixed(problem: Problem, *fixed: Fixed) -> Problem:
    """Return the problem with these steps fixed by hand."""
    return Problem(
        problem.tasks, problem.crews, problem.from_depot, problem.between, problem.losses, fixed, problem.reported
    )
