"""The ground of a study: the places in play, and for each case its demand, its distances and the problem to solve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from priority.network.kernels import BoolArray
from priority.siting.distances import Distances, Floats, Ints
from priority.siting.effort import Effort
from priority.siting.problem import InvalidSiting, Question, SitingProblem
from priority.siting.study.cases import Case
from priority.siting.study.demand import Demand, demand_of, demand_problems
from priority.siting.study.exclusions import IN, Verdict, undecided, verdicts_for_all, verdicts_of
from priority.siting.study.feeds import Feeds
from priority.siting.study.places import Place, place_problems, places_of
from priority.siting.study.reach import distances_of, road_problems
from priority.siting.study.setting import Setting
from priority.validation import first_problems, problem


@dataclass(frozen=True, eq=False)
class Ground:
    """One case: `demand` (n), `distances` (n, m) to the places in play.

    `whole` tells that all distances are there, not those within the standard alone. `counted` (n) are the demands in
    the problem: of the p-median and the p-center those that some place can reach.
    """

    case: Case
    demand: Demand
    distances: Distances
    whole: bool

    @property
    def counted(self) -> BoolArray:
        """Which demands (n) the problem has."""
        if self.case.setting.study.question.model in ("lscp", "mclp"):
            return np.ones(len(self.demand), np.bool_)
        reached: BoolArray = np.diff(self.distances.start) > 0
        return reached


@dataclass(frozen=True, eq=False)
class Layout:
    """All `places` with their `verdicts`; `kept` are the numbers of those in play, in each of the `grounds` alike.

    `undecided` places are in play although nobody can say what feeds them.
    """

    setting: Setting
    places: tuple[Place, ...]
    verdicts: tuple[Verdict, ...]
    kept: tuple[int, ...]
    grounds: tuple[Ground, ...]
    feeds: Feeds
    undecided: int

    @property
    def sites(self) -> tuple[Place, ...]:
        """The places in play (m)."""
        return tuple(self.places[number] for number in self.kept)

    @property
    def stays(self) -> BoolArray:
        """Which places in play (m) have a site already."""
        return np.array([place.stays for place in self.sites], dtype=np.bool_)

    def problem(self, ground: Ground) -> SitingProblem:
        """Return the problem of a case. Raises `InvalidSiting` where a budget meets unknown costs."""
        counted, demand, sites = ground.counted, ground.demand, self.sites
        capacity = [place.capacity for place in sites]
        limited = self.setting.study.capacities
        return SitingProblem(
            tuple(identifier for identifier, own in zip(demand.ids, counted, strict=True) if own),
            demand.weight[counted],
            demand.order[counted],
            tuple(place.id for place in sites),
            self.stays,
            self._costs(),
            np.array([np.inf if each is None or not limited else each for each in capacity], dtype=np.float64),
            _rows(ground.distances, counted),
        )

    def problem_with(self, ground: Ground, opened: BoolArray) -> SitingProblem:
        """Return the problem in which these places (m) have a site and no other may get one."""
        problem = self.problem(ground)
        distances = problem.distances.keep(opened[problem.distances.site])
        return replace(problem, distances=distances, stays=np.ones(len(self.sites), np.bool_))

    def _costs(self) -> Floats:
        """Costs in yuan; 1 each where they do not matter and some are unknown."""
        sites = self.sites
        unknown = [place for place in sites if place.cost is None and not place.stays]
        if unknown and self.setting.study.question.budget is not None:
            names = self.setting.phrases.join([place.name for place in unknown[:5]])
            told = {"count": len(unknown), "names": names}
            raise InvalidSiting([problem(self.setting.phrases, "question.budget", "siting_cost_unknown", told)])
        if unknown:
            return np.ones(len(sites))
        return np.array([0.0 if place.cost is None else place.cost for place in sites], dtype=np.float64)


def question_of(setting: Setting) -> Question:
    """Return the question; an lscp finds its number by itself."""
    asked = setting.study.question
    sites = None if asked.model == "lscp" else asked.sites
    return Question(asked.model, sites, asked.budget, asked.standard, asked.backup, asked.shared)


def lay_out(setting: Setting, cases: Sequence[Case], effort: Effort | None = None) -> Layout:
    """Return the places and the demand of every case with the distances between them. Raises `InvalidSiting`."""
    places = places_of(setting)
    wrong = [*demand_problems(cases[0]), *place_problems(setting, places), *road_problems(setting)]
    if wrong:
        raise InvalidSiting(first_problems(wrong, setting.phrases))
    feeds = Feeds(setting.system)
    verdicts, hits = _judge(setting, cases, places, feeds)
    kept = [number for number, verdict in enumerate(verdicts) if verdict.excluded is None]
    sites = [places[number] for number in kept]
    if effort:
        effort.tell("distances")
    grounds = []
    for case, hit in zip(cases, hits, strict=True):
        demand = demand_of(case)
        distances, whole = distances_of(case, demand, sites)
        grounds.append(Ground(case, demand, distances.keep(~hit[kept][distances.site]), whole))
    in_reach = _in_reach(grounds, sites)
    for number, reached in zip(kept, in_reach.tolist(), strict=True):
        if not reached:
            verdicts[number] = Verdict("unreachable", setting.phrases.write("siting.excluded.unreachable"))
    grounds = [replace(ground, distances=_columns(ground.distances, in_reach)) for ground in grounds]
    kept = [number for number, reached in zip(kept, in_reach.tolist(), strict=True) if reached]
    unsure = max(undecided(case, [places[number] for number in kept], feeds) for case in cases)
    return Layout(setting, places, tuple(verdicts), tuple(kept), tuple(grounds), feeds, unsure)


def _judge(
    setting: Setting, cases: Sequence[Case], places: Sequence[Place], feeds: Feeds
) -> tuple[list[Verdict], list[BoolArray]]:
    """Return the verdict on each place, and for each case the places that its incident hits.

    What every case hits is out; what some of several hit serves nobody in those.
    """
    always = verdicts_for_all(setting, places)
    by_case = [verdicts_of(case, places, feeds) for case in cases]
    hits = [np.array([verdict is not IN for verdict in own], dtype=np.bool_) for own in by_case]
    in_all = np.logical_and.reduce(hits)
    verdicts = [
        first if first is not IN or not everywhere else own
        for first, own, everywhere in zip(always, by_case[0], in_all.tolist(), strict=True)
    ]
    return verdicts, hits


def _in_reach(grounds: Sequence[Ground], sites: Sequence[Place]) -> BoolArray:
    """Which places (m) some demand of some case can reach; existing sites pass, and all where that is not known."""
    reached = np.array([place.stays for place in sites], dtype=np.bool_)
    if not all(ground.whole for ground in grounds) or not any(len(ground.demand) for ground in grounds):
        return np.ones(len(sites), np.bool_)
    for ground in grounds:
        reached[np.unique(ground.distances.site)] = True
    return reached


def _columns(distances: Distances, kept: BoolArray) -> Distances:
    """The distances to some of the places alone, numbered anew."""
    if kept.all():
        return distances
    number = np.cumsum(kept) - 1
    part = distances.keep(kept[distances.site])
    return replace(part, site=number[part.site].astype(np.int64), sites=int(kept.sum()))


def _rows(distances: Distances, kept: BoolArray) -> Distances:
    """The distances of some of the demands alone, numbered anew."""
    if kept.all():
        return distances
    size: Ints = np.diff(distances.start)[kept]
    part = distances.keep(kept[distances.demand])
    return replace(part, start=np.concatenate([[0], np.cumsum(size)]).astype(np.int64))
