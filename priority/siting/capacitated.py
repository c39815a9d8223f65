"""Every model where sites can be full: a first choice by search, a bound by prices, and HiGHS for what is between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from priority.network.kernels import BoolArray
from priority.siting.capacity_bound import Fillable, Opening, least_cost, most_worth, usable_capacity
from priority.siting.cover import Choice, fewest_sites
from priority.siting.distances import Floats
from priority.siting.effort import Effort
from priority.siting.interchange import Interchange
from priority.siting.problem import Question, SitingProblem
from priority.siting.program import common_measure
from priority.siting.served import Served, ServingProgram, all_sites, few_enough, weighted, without_proof
from priority.siting.served_stages import Costs, Start, complete, equal, part_of, under
from priority.siting.served_start import OpeningSearch, Sender, Sent

#: Shares of the time left for the search and for bounds.
_SEARCHING, _BOUNDING = 0.3, 0.3
#: A program with more pairs than this is not put to HiGHS for a gap that is small enough.
_QUICK = 5_000
#: How much a weight of earlier tiers counts where a later one is bounded.
_EARLIER = (1.0, 6.0)
#: Rounds of a bound that is only to see what is plain.
_AT_A_GLANCE = 8
_NOBODY_CAN = Served(Choice(None, (), (), finished=True, infeasible=True), None)


def most_served(problem: SitingProblem, question: Question, effort: Effort) -> Served:
    """Choose the sites that serve the most weight within the standard and their capacities, tier by tier."""
    return _Case(problem, question, problem.distances.within(float(question.radius or 0.0))).most(effort)


def least_serving(problem: SitingProblem, question: Question, effort: Effort) -> Served:
    """Choose the sites that serve every demand within their capacities with the least travel, tier by tier."""
    return _Case(problem, question, np.ones(len(problem.distances.value), np.bool_)).least(effort)


def fewest_serving(problem: SitingProblem, question: Question, effort: Effort, limit: Floats | float) -> Served:
    """Choose the fewest sites that serve every demand within a limit and their capacities."""
    asked = replace(question, sites=None, budget=None)
    return _Case(problem, asked, problem.distances.within(limit)).fewest(effort)


def fitting(problem: SitingProblem, question: Question, effort: Effort, limit: Floats) -> Served:
    """Find any choice within the question's limits that serves every demand within a limit (n)."""
    return _Case(problem, question, problem.distances.within(limit)).any_fitting(effort)


def most_places(problem: SitingProblem, question: Question, effort: Effort, limit: Floats | float) -> Served:
    """Choose sites that leave as few demands without service as possible: to name those where not all can be served."""
    asked = replace(question, sites=None, budget=None) if question.model == "lscp" else question
    return _Case(problem, asked, problem.distances.within(limit)).places(effort)


class _Case:
    """A question with the pairs (p) that may serve. Capacities are less what whole demands cannot fill."""

    def __init__(self, problem: SitingProblem, question: Question, pairs: BoolArray) -> None:
        if not question.shared:
            pairs = pairs & (problem.weight[problem.distances.demand] <= problem.capacity[problem.distances.site])
            start, demand, _ = problem.distances.keep(pairs).by_site
            room = usable_capacity(start, demand, problem.weight, problem.capacity)
            problem = replace(problem, capacity=room)
        self.problem, self.question, self.pairs = problem, question, pairs
        self.kept = problem.distances.keep(pairs)
        self.fillable = Fillable(self.kept.start, self.kept.site, problem.weight, problem.capacity)
        self.opening = Opening.of(problem.stays, problem.cost, question)
        self._measure = 0.0 if question.shared else common_measure(problem.weight)

    def most(self, effort: Effort) -> Served:
        problem, stage = self.problem, "mclp"
        total = float(problem.weight.sum())
        sender = self._sender(everyone=False)
        costs = Costs(-problem.weight[problem.distances.demand], all_served=False)
        found = self._searched(sender, costs, effort, tell=lambda sent: effort.tell(stage, total - sum(sent.figures)))
        weights = [float(problem.weight[problem.tier == tier].sum()) for tier in problem.tiers]
        reached = [weight - left for weight, left in zip(weights, found.figures, strict=False)]
        bounds = [self._most_in_tier(number, reached, effort) for number in range(len(reached))]
        effort.tell(stage, sum(reached), sum(bounds))
        start = Start(found, [-each for each in reached], [-each for each in bounds])
        return self._finished(start, costs, effort, stage)

    def _most_in_tier(self, number: int, reached: Sequence[float], effort: Effort) -> float:
        """Bound the weight of one tier among choices that are as good for those before it."""
        problem = self.problem
        own = problem.tier == problem.tiers[number]
        before = problem.tier < problem.tiers[number]
        best = float(problem.weight[own].sum())
        for times in _EARLIER if number else (0.0,):
            held = times * sum(reached[:number])
            worth = problem.weight * (own + times * before)
            part = part_of(effort, _BOUNDING / len(reached))
            bound = most_worth(self.fillable, worth, self.opening, held + reached[number], part)
            best = min(best, bound - held)
        if self._measure:
            best = float(np.floor(best / self._measure + 1e-6)) * self._measure
        return max(best, reached[number])

    def least(self, effort: Effort) -> Served:
        problem, stage = self.problem, "pmedian"
        sender = self._sender(everyone=True, nearest=True)

        def tell(sent: Sent) -> None:
            if complete(sent):
                effort.tell(stage, sum(sent.figures[2:]))

        costs = Costs(weighted(problem), all_served=True)
        if self._too_few(self.opening, part_of(effort, _BOUNDING), _AT_A_GLANCE):
            return _NOBODY_CAN
        part = part_of(effort, _SEARCHING)
        search = OpeningSearch(sender, self.question, tell)
        found = search.run(part.part(0.5))
        if self.question.sites is not None and self.question.budget is None:
            begin = Interchange(problem, self.question.sites).run(part.part(0.5))
            found = min(found, search.run(part, sender.send(begin)), key=lambda sent: sent.figures)
        found = self._shared_out(found, sender, costs, effort)
        if not complete(found):
            # Whoever goes to the nearest may leave others out: first all, then the nearest.
            fit = self._searched(self._sender(everyone=True), Costs(None, all_served=True), effort)
            near = sender.send(fit.opened, deep=True)
            found = min(near, replace(fit, figures=sender.figures(fit.share)), key=lambda sent: sent.figures)
        if not complete(found):
            return self._without_start(costs, effort, stage)
        reached = list(found.figures[2 : 2 + len(problem.tiers)])
        bounds = [self._least_in_tier(number, reached, effort) for number in range(len(reached))]
        effort.tell(stage, sum(reached), sum(bounds))
        return self._finished(Start(found, reached, bounds), costs, effort, stage)

    def _least_in_tier(self, number: int, reached: Sequence[float], effort: Effort) -> float:
        problem = self.problem
        weight = np.where(problem.tier == problem.tiers[number], problem.weight, 0.0)
        start, demand, value = self.kept.by_site
        pairs = replace(self.fillable, weight=weight)
        near = self.kept.nearest(np.ones(len(problem.site_ids), np.bool_))[1]
        by_site = start, demand, weight[demand] * value
        part = part_of(effort, _BOUNDING / len(reached))
        bound = least_cost(by_site, pairs, weight * near * 1.5, self.opening, reached[number], part)
        return min(max(0.0, bound), reached[number])

    def fewest(self, effort: Effort) -> Served:
        stage, problem = "lscp", self.problem
        sender = self._sender(everyone=True)
        costs = Costs(None, all_served=True)
        counted = replace(costs, sites=np.ones(len(problem.site_ids)))
        found = self._searched(sender, costs, effort)
        if not complete(found):
            return self._without_start(counted, effort, stage)
        floor = self._least_number(found, part_of(effort, _BOUNDING))
        part, least = part_of(effort, _SEARCHING), floor
        while found.opened.sum() > least and not part.over:
            effort.tell(stage, float(found.opened.sum()), float(floor))
            number = (least + int(found.opened.sum()) - 1) // 2
            fewer = self._searched(sender, costs, part, sites=number)
            if complete(fewer):
                found = fewer
            else:
                least = number + 1
        size = float(found.opened.sum())
        effort.tell(stage, size, float(floor))
        return self._finished(Start(found, [size], [min(size, float(floor))]), counted, effort, stage)

    def _least_number(self, found: Sent, effort: Effort) -> int:
        """Return a number of new sites that cannot be undercut: with fewer not everyone can be served."""
        problem, most = self.problem, int(found.opened.sum())
        unlimited = replace(problem, distances=self.kept, capacity=np.full(found.opened.size, np.inf))
        covering = fewest_sites(unlimited, self.question, effort.part(0.5), np.inf)
        floor = max([0, *(int(np.ceil(each - 1e-6)) for each in covering.bounds[:1] if np.isfinite(each))])
        while floor < most and not effort.over and self._too_few(replace(self.opening, sites=floor), effort):
            floor += 1
        return floor

    def _too_few(self, opening: Opening, effort: Effort, rounds: int = 100) -> bool:
        """Whether it is proven that so many sites cannot serve everyone: neither all weight nor all places."""
        for worth in (self.problem.weight, np.ones(len(self.problem.demand_ids))):
            total = float(worth.sum())
            if most_worth(self.fillable, worth, opening, total, effort, rounds) < total * (1 - 1e-7):
                return True
        return False

    def any_fitting(self, effort: Effort) -> Served:
        if self._too_few(self.opening, effort, _AT_A_GLANCE):
            return _NOBODY_CAN
        sender, costs = self._sender(everyone=True), Costs(None, all_served=True)
        found = self._searched(sender, costs, effort)
        if complete(found):
            return Served(Choice(found.opened, (), (), finished=True), found.share)
        return self._without_start(costs, effort, "pcenter")

    def places(self, effort: Effort) -> Served:
        problem, stage = replace(self.problem, tier=np.zeros(len(self.problem.demand_ids), np.int64)), "infeasible"
        sender = Sender(problem, self.pairs, everyone=True, shared=self.question.shared, lightest=True)
        found = OpeningSearch(sender, self.question).run(part_of(effort, _SEARCHING))
        program, thinned = self._program(Costs(None, all_served=False), found)
        cost = np.concatenate([np.zeros(program.sites.size), -np.ones(program.pairs.size)])
        start = program.start(found.opened, found.share)
        served = program.solve([cost], replace(effort.part(1.0), listener=None), start, stage)
        return without_proof(served, thinned=thinned)

    def _searched(
        self,
        sender: Sender,
        costs: Costs,
        effort: Effort,
        tell: Callable[[Sent], None] | None = None,
        sites: int | None = None,
    ) -> Sent:
        """Search first as if demands could be shared: what a packing leaves over blurs which sites are better.

        `sites` is another number than the question's.
        """
        asked = self.question if sites is None else replace(self.question, sites=sites)
        part = part_of(effort, _SEARCHING)
        begin = None
        if not self.question.shared:
            loose = Sender(self.problem, self.pairs, everyone=sender.everyone, shared=True)
            opened = OpeningSearch(loose, asked).run(part.part(0.4)).opened
            begin = sender.send(opened, deep=True)
        return self._shared_out(OpeningSearch(sender, asked, tell).run(part, begin), sender, costs, effort)

    def _sender(self, *, everyone: bool, nearest: bool = False) -> Sender:
        shared = self.question.shared and self.problem.limited
        return Sender(self.problem, self.pairs, everyone=everyone, nearest=nearest, shared=shared)

    def _shared_out(self, found: Sent, sender: Sender, costs: Costs, effort: Effort) -> Sent:
        """Share demands out among the open sites as well as can be, where they may be shared."""
        if not (self.question.shared and self.problem.limited) or not any(found.figures):
            return found
        pairs = self.pairs & (found.opened | self.problem.stays)[self.problem.distances.site]
        program = ServingProgram(self.problem, self.question, pairs, found.opened, all_served=costs.all_served)
        start = None if costs.all_served and not complete(found) else program.start(found.opened, found.share)
        quiet = replace(part_of(effort, _SEARCHING), listener=None)
        share = program.solve(costs.of(program), quiet, start).share
        if share is None:
            return found
        better = replace(found, share=share, figures=sender.figures(share))
        return better if better.figures < found.figures else found

    def _program(self, costs: Costs, found: Sent | None) -> tuple[ServingProgram, bool]:
        pairs, thinned = few_enough(self.problem, self.pairs)
        if found is not None:
            pairs = pairs | (found.share > 0)
        problem, question = self.problem, self.question
        program = ServingProgram(problem, question, pairs, all_sites(problem), all_served=costs.all_served)
        program.limit()
        return program, thinned

    def _without_start(self, costs: Costs, effort: Effort, stage: str) -> Served:
        """Where the search served not everyone: perhaps nobody can, else HiGHS may find how."""
        if self._too_few(self.opening, part_of(effort, _BOUNDING)):
            return _NOBODY_CAN
        program, thinned = self._program(costs, None)
        return without_proof(program.solve(costs.of(program), effort, stage=stage), thinned=thinned)

    def _finished(self, start: Start, costs: Costs, effort: Effort, stage: str) -> Served:
        """Return the start where it is proven or good enough, else what HiGHS makes of it, with the better bounds."""
        found = start.served()
        small = start.gap <= effort.enough_gap and int(self.pairs.sum()) > _QUICK
        if found.choice.finished or small or effort.over:
            return found
        program, thinned = self._program(costs, start.sent)
        known = program.start(start.sent.opened, start.sent.share)
        told = under(effort, stage, start)
        exact = without_proof(program.solve(costs.of(program), told, known, stage), thinned=thinned)
        if exact.choice.chosen is None:
            return found
        better = found if found.choice.reached < exact.choice.reached else exact
        pairs = zip(better.choice.reached, exact.choice.bounds, start.bounds, strict=True)
        bounds = tuple(min(reached, max(one, other)) for reached, one, other in pairs)
        finished = exact.choice.finished or equal(better.choice.reached, bounds)
        return replace(better, choice=replace(better.choice, bounds=bounds, finished=finished))
