"""One choice for several scenarios: that whose worst regret is least.

The regret of a scenario is by how much a choice is worse there than the choice that would be best for it alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from priority.errors import Problem
from priority.network.kernels import BoolArray
from priority.siting.distances import Floats, Ints
from priority.siting.effort import Effort
from priority.siting.problem import InvalidSiting, Question, SitingProblem
from priority.siting.program import Answer, Program
from priority.siting.regret_cover import CoverRegret
from priority.siting.regret_search import Interchange, Scene
from priority.siting.results import Siting, Status
from priority.siting.served import MOST_PAIRS, ServingProgram, nearest_share, weighted
from priority.siting.solve import solve_siting


@dataclass(frozen=True)
class ScenarioRegret:
    """A scenario's own optimum, what the common choice reaches there, and the difference, never below 0."""

    best: float
    reached: float
    regret: float


@dataclass(frozen=True)
class RobustSiting:
    """The common choice. `bound` is proven: no choice has a smaller worst regret.

    Without a solution `selected` and `scenarios` are empty; `infeasible` numbers the scenarios (from 0) that have none
    even by themselves; if none of them is to blame, no choice serves all scenarios.
    """

    status: Status
    selected: tuple[str, ...]
    scenarios: tuple[ScenarioRegret, ...]
    worst_regret: float | None
    bound: float | None
    infeasible: tuple[int, ...] = ()


def least_regret(problems: Sequence[SitingProblem], question: Question, effort: Effort | None = None) -> RobustSiting:
    """Choose one set of sites for all scenarios, which have the same sites but their own demands and distances.

    `mclp` and `pmedian` alone, over all tiers together: regrets of tiers cannot be compared one after the other without
    weighing scenarios. Raises `InvalidSiting`. No scenarios give no sites.
    """
    effort = effort or Effort()
    _require_comparable(problems, question)
    if not problems:
        return RobustSiting("optimal", (), (), 0.0, 0.0)
    flat = [_without_tiers(problem) for problem in problems]
    alone = [solve_siting(problem, question, effort.part(0.5 / len(flat))) for problem in flat]
    blocked = tuple(number for number, answer in enumerate(alone) if answer.objective is None)
    if blocked:
        proven = all(alone[number].status == "infeasible" for number in blocked)
        return RobustSiting("infeasible" if proven else "unknown", (), (), None, None, blocked if proven else ())
    # A bound in place of an optimum that is not proven overstates regrets, and so stays on the safe side.
    best = [float(answer.objective if answer.bound is None else answer.bound) for answer in alone]  # type: ignore[arg-type]
    proven = all(each.status == "optimal" for each in alone)
    if not flat[0].limited:
        return _exchanged(flat, question, effort, (alone, best), proven=proven)
    joint = _Joint(flat, question, best)
    answer = joint.solve(effort)
    if answer.values is None:
        return RobustSiting("infeasible" if answer.infeasible else "unknown", (), (), None, None)
    return joint.read(answer, proven=proven)


def _exchanged(
    problems: list[SitingProblem],
    question: Question,
    effort: Effort,
    own: tuple[list[Siting], list[float]],
    *,
    proven: bool,
) -> RobustSiting:
    """Without capacities: a choice by interchange from each scenario's own, then a program that begins with it."""
    alone, best = own
    scenes = [Scene.of(problem, question, each) for problem, each in zip(problems, best, strict=True)]
    first = problems[0]
    search = Interchange(scenes, first.stays, first.cost, question)
    part = effort.part(0.5)
    starts = [np.isin(first.site_ids, answer.selected) for answer in alone]
    found = [search.improved(start, part.part(1 / (len(starts) - at))) for at, start in enumerate(starts)]
    chosen = min(found, key=search.measure)
    bound, finished = 0.0, False
    if search.measure(chosen)[0] <= 0 and search.serves_all(chosen):
        finished = True
    elif question.model == "mclp":
        answer, better = CoverRegret(problems, question, best).solve(effort, chosen, search.measure(chosen)[0])
        bound, finished = answer.bound, answer.finished
        chosen = _better(search, chosen, better, effort)
    elif sum(len(problem.distances.value) for problem in problems) <= MOST_PAIRS:
        joint = _Joint(problems, question, best)
        start = joint.start(chosen, search.measure(chosen)[0]) if search.serves_all(chosen) else None
        answer = joint.solve(effort, start)
        if answer.infeasible:
            return RobustSiting("infeasible", (), (), None, None)
        bound, finished = answer.bound, answer.finished
        chosen = _better(search, chosen, joint.sites(answer), effort)
    if not search.serves_all(chosen):
        return RobustSiting("unknown", (), (), None, None)
    return _told(first, scenes, chosen, bound, sure=finished and proven, proven=proven)


def _better(search: Interchange, chosen: BoolArray, other: BoolArray | None, effort: Effort) -> BoolArray:
    """The better of two choices, with what exchanges still gain in the sum of regrets."""
    if other is None:
        return chosen
    better = search.improved(other, effort.part(0.5))
    return min((better, chosen), key=lambda each: (not search.serves_all(each), search.measure(each)))


def _told(
    problem: SitingProblem, scenes: list[Scene], chosen: BoolArray, bound: float, *, sure: bool, proven: bool
) -> RobustSiting:
    """The choice with every scenario's figures, computed anew."""
    opened = chosen | problem.stays
    rows = []
    for scene in scenes:
        regret = max(0.0, scene.regret(opened))
        rows.append(ScenarioRegret(scene.best, scene.reached(opened), regret))
    worst = max(row.regret for row in rows)
    least = min(worst, max(0.0, bound)) if proven and np.isfinite(bound) else 0.0
    ids = tuple(problem.site_ids[site] for site in np.flatnonzero(chosen))
    return RobustSiting("optimal" if sure else "gap", ids, tuple(rows), worst, worst if sure else least)


class _Joint:
    """One program: the sites, then each scenario's pairs, then the worst regret."""

    def __init__(self, problems: list[SitingProblem], question: Question, best: list[float]) -> None:
        self._problems, self._question, self._best = problems, question, best
        self._parts = [self._part(problem) for problem in problems]
        self._sites = self._parts[0].sites
        sizes = [part.pairs.size for part in self._parts]
        self._first = self._sites.size + np.cumsum([0, *sizes])
        whole = [part.program.integer[self._sites.size :] for part in self._parts]
        integer = np.concatenate([np.ones(self._sites.size, np.bool_), *whole, [False]])
        upper = np.append(np.ones(integer.size - 1), np.inf)
        self._program = Program(upper, integer, whole=False)
        for number, part in enumerate(self._parts):
            for row, column, value, low, high in part.program.blocks:
                self._program.add_rows(row, self._moved(column, number), value, low, high)
            self._add_regret(number)
        self._parts[0].limit_in(self._program)

    def _part(self, problem: SitingProblem) -> ServingProgram:
        covering = self._question.model == "mclp"
        pairs = problem.distances.within(float(self._question.radius or 0.0) if covering else np.inf)
        sites = np.ones(len(problem.site_ids), np.bool_)
        return ServingProgram(problem, self._question, pairs, sites, all_served=not covering)

    def _moved(self, column: Ints, number: int) -> Ints:
        """Columns of a scenario's own program in the common one."""
        own = column >= self._sites.size
        return np.where(own, column - self._sites.size + self._first[number], column)

    def _cost(self, number: int) -> Floats:
        """What each pair of a scenario adds to its objective, smaller is better."""
        problem, part = self._problems[number], self._parts[number]
        cost = weighted(problem) if self._question.model == "pmedian" else -problem.weight[problem.distances.demand]
        return cost[part.pairs]

    def _add_regret(self, number: int) -> None:
        cost, sign = self._cost(number), 1.0 if self._question.model == "pmedian" else -1.0
        scale = max(1.0, abs(self._best[number])) / 1e3
        column = np.concatenate([np.arange(self._first[number], self._first[number + 1]), [self._first[-1]]])
        value = np.append(cost, -1.0) / scale
        self._program.add_row(column, value, high=sign * self._best[number] / scale)

    def solve(self, effort: Effort, start: Floats | None = None) -> Answer:
        cost = np.zeros(int(self._first[-1]) + 1)
        cost[-1] = 1.0
        return self._program.minimise(cost, effort, start, stage="regret")

    def start(self, chosen: BoolArray, worst: float) -> Floats:
        """A choice (m) that serves everybody, with its worst regret, in columns."""
        values = [chosen[self._sites].astype(np.float64)]
        values += [
            nearest_share(problem, chosen)[part.pairs]
            for problem, part in zip(self._problems, self._parts, strict=True)
        ]
        return np.concatenate([*values, [max(0.0, worst)]])

    def sites(self, answer: Answer) -> BoolArray | None:
        """The sites (m) of an answer."""
        if answer.values is None:
            return None
        chosen = np.zeros(len(self._problems[0].site_ids), np.bool_)
        chosen[self._sites[answer.values[: self._sites.size] > 0.5]] = True
        return chosen

    def read(self, answer: Answer, *, proven: bool) -> RobustSiting:
        assert answer.values is not None  # noqa: S101  asked for with a solution alone
        rows = []
        for number, best in enumerate(self._best):
            own = answer.values[self._first[number] : self._first[number + 1]]
            reached = abs(float(self._cost(number) @ own))
            rows.append(ScenarioRegret(best, reached, max(0.0, abs(reached - best))))
        chosen = self._sites[answer.values[: self._sites.size] > 0.5]
        worst = max(row.regret for row in rows)
        sure = proven and answer.finished
        ids = self._problems[0].site_ids
        return RobustSiting(
            "optimal" if sure else "gap",
            tuple(ids[site] for site in chosen),
            tuple(rows),
            worst,
            worst if sure else (min(worst, max(0.0, answer.bound)) if proven else 0.0),
        )


def _without_tiers(problem: SitingProblem) -> SitingProblem:
    return SitingProblem(
        problem.demand_ids,
        problem.weight,
        np.ones(len(problem.demand_ids), np.int64),
        problem.site_ids,
        problem.stays,
        problem.cost,
        problem.capacity,
        problem.distances,
    )


def _require_comparable(problems: Sequence[SitingProblem], question: Question) -> None:
    wrong = []
    if question.model not in ("mclp", "pmedian") or question.backup:
        wrong.append(Problem("model", "regret is known for mclp and pmedian without backup", "choose one of them"))
    if any(each.site_ids != problems[0].site_ids for each in problems):
        wrong.append(Problem("sites", "the scenarios have different sites", "give all of them the same candidates"))
    elif any((each.stays != problems[0].stays).any() for each in problems):
        wrong.append(Problem("sites", "the scenarios have different existing sites", "give all the same ones"))
    if wrong:
        raise InvalidSiting(wrong)
