"""What is known for sure of the losses: sets of tasks that keep a group down while all of them are open.

By monotony a group is down from `down_from(K)` until the first task of K is done, in every schedule. Lower bounds, the
search and the proof for small problems all rest on these cuts; only the cascade itself knows the exact loss.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from priority.restoration.clock import Deadline
from priority.restoration.problem import LossModel, Seconds
from priority.restoration.world import Cuts

#: All triples are asked for up to so many tasks; with more, only those that a schedule has shown to matter.
_TRIPLES_UP_TO = 10
#: How many sets are asked for at most while one schedule is explained.
_QUESTIONS = 2000


class CutPool:
    """The cuts of a problem, found by asking the model; `levels` is how many levels its losses have."""

    def __init__(self, model: LossModel, tasks: int, levels: int) -> None:
        self._model = model
        self._tasks = tasks
        self._levels = levels
        self._answers: dict[tuple[int, ...], Seconds] = {}
        # For each group its cuts: the set of tasks and the moment.
        self._cuts: list[dict[frozenset[int], int]] = [{} for _ in model.level]

    @classmethod
    def of_small_sets(cls, model: LossModel, tasks: int, levels: int, deadline: Deadline) -> CutPool:
        """Ask for all tasks together, all single ones, all pairs, and all triples of few tasks, as far as time goes."""
        pool = cls(model, tasks, levels)
        if tasks > 1:
            pool._take(tuple(range(tasks)))
        for size in (1, 2, 3) if tasks <= _TRIPLES_UP_TO else (1, 2):
            for chosen in combinations(range(tasks), size):
                if deadline.passed:
                    return pool
                pool._take(chosen)
        return pool

    def _ask(self, tasks: tuple[int, ...]) -> Seconds:
        if tasks not in self._answers:
            self._answers[tasks] = np.minimum(self._model.down_from(tasks), self._model.horizon_s)
        return self._answers[tasks]

    def _known(self, group: int, tasks: frozenset[int]) -> int:
        cuts = self._cuts[group]
        return min((start for chosen, start in cuts.items() if chosen <= tasks), default=self._model.horizon_s)

    def _take(self, tasks: tuple[int, ...]) -> int:
        """Add what a set says beyond its subsets; return the number of new cuts."""
        chosen, added = frozenset(tasks), 0
        starts = self._ask(tasks)
        for group in np.flatnonzero(starts < self._model.horizon_s).tolist():
            start = int(starts[group])
            if start < self._known(group, chosen):
                cuts = self._cuts[group]
                for larger in [other for other, later in cuts.items() if chosen < other and start <= later]:
                    del cuts[larger]
                cuts[chosen] = start
                added += 1
        return added

    def explain(self, done_s: Seconds, deadline: Deadline) -> int:
        """Add cuts that show why groups are down while this schedule is carried out; return how many are new.

        Between two repairs the open tasks keep certain groups down. Where no known cut says so, the open tasks are
        thinned out as long as the group stays down, so that the new cut says as much as it can.
        """
        ends = np.minimum(done_s, self._model.horizon_s)
        moments = np.unique(np.append(ends, 0)).tolist()
        added, limit = 0, len(self._answers) + _QUESTIONS
        for begin, end in zip(moments, [*moments[1:], self._model.horizon_s], strict=True):
            open_tasks = tuple(np.flatnonzero(ends > begin).tolist())
            if not open_tasks or begin == end:
                continue
            if deadline.passed:
                return added
            starts = self._ask(open_tasks)
            for group in np.flatnonzero(starts < end).tolist():
                if deadline.passed or len(self._answers) > limit:
                    return added
                if max(int(starts[group]), begin) < self._known(group, frozenset(open_tasks)):
                    added += self._take(self._thinned(group, open_tasks, max(int(starts[group]), begin), deadline))
        return added

    def _thinned(self, group: int, tasks: tuple[int, ...], moment: int, deadline: Deadline) -> tuple[int, ...]:
        for task in tasks:
            if deadline.passed:
                break
            rest = tuple(other for other in tasks if other != task)
            if rest and self._ask(rest)[group] <= moment:
                tasks = rest
        return tasks

    def table(self) -> Cuts:
        """Return all cuts as arrays; groups with the same level and cuts are one, those without a cut are left out."""
        weight: dict[tuple[int, tuple[tuple[int, tuple[int, ...]], ...]], int] = {}
        for level, each, cuts in zip(self._model.level.tolist(), self._model.weight.tolist(), self._cuts, strict=True):
            key = (level, tuple(sorted((start, tuple(sorted(chosen))) for chosen, start in cuts.items())))
            if cuts and each:
                weight[key] = weight.get(key, 0) + each
        flat = [cut for _, cuts in weight for cut in cuts]
        return Cuts(
            np.cumsum([0, *(len(cuts) for _, cuts in weight)], dtype=np.int64),
            np.array([start for start, _ in flat], np.int64),
            np.cumsum([0, *(len(tasks) for _, tasks in flat)], dtype=np.int64),
            np.array([task for _, tasks in flat for task in tasks], np.int64),
            np.array([level for level, _ in weight], np.int64),
            np.array(list(weight.values()), np.int64),
            self._model.horizon_s,
            self._levels,
        )
