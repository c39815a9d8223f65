"""The curve: what any other number of sites would reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from priority.siting.effort import Effort
from priority.siting.problem import Question, SitingProblem
from priority.siting.results import Siting
from priority.siting.solve import solve_siting
from priority.siting.study.better import best_number, better_answer
from priority.siting.study.results import CurveRow
from priority.siting.study.rounding import measure_figure, share_figure

#: How many sites more than asked for the curve shows.
_MORE = 2
#: With more points than this the smaller numbers are thinned out.
_MOST_POINTS = 24
#: How far the curve goes where no number of sites is enough for a standard for all.
_INFEASIBLE = 10


@dataclass(frozen=True)
class Curve:
    """The rows by number of sites, whether time sufficed for all, and the answer: perhaps a better one found here."""

    rows: tuple[CurveRow, ...]
    whole: bool
    answer: Siting


def curve_of(problem: SitingProblem, question: Question, answer: Siting, effort: Effort, weight: float) -> Curve:
    """Return the answers with 0 sites up to two more than asked for.

    The answer's own number is among them. Of an lscp fewer sites are judged by how much weight they can cover (`mclp`);
    more than the fewest gain nothing, and neither do more than a budget allows. The nearest numbers come first.
    Where time ended a search early, a better answer with as many sites or fewer takes its place, of the answer itself
    too. Shares are of `weight`, that of all demand.
    """
    if answer.status == "unknown":
        return Curve((), True, answer)
    asked = question if question.model != "lscp" else replace(question, model="mclp", sites=0, budget=None, backup=0)
    centre = _centre(question, answer)
    found: dict[int, Siting] = {}
    if question.model != "lscp" or answer.objective is not None:
        found[centre] = answer
    numbers = [number for number in _numbers(problem, question, answer, centre) if number not in found]
    none_serve = not problem.stays.any() and asked.model != "mclp" and bool(problem.demand_ids)
    solved = _solved(problem, asked, [number for number in numbers if number or not none_serve], effort)
    found |= solved
    answer = better_answer(question, answer, found)
    if answer.objective is not None:
        centre = _centre(question, answer)
        found = {sites: each for sites, each in found.items() if question.sites is not None or sites < centre}
        found[centre] = answer
    rows = {sites: _row(problem, question, sites, found, weight) for sites in found}
    if none_serve and 0 in numbers:
        rows[0] = CurveRow(sites=0, status="infeasible", objective=None, gap=None, covered_share=None, selected=())
    whole = len(solved) == len(numbers) - (none_serve and 0 in numbers)
    return Curve(tuple(rows[sites] for sites in sorted(rows)), whole, answer)


def _solved(problem: SitingProblem, asked: Question, numbers: list[int], effort: Effort) -> dict[int, Siting]:
    """The answers with other numbers of sites, as far as time suffices, which the rest of them share."""
    found: dict[int, Siting] = {}
    for place, sites in enumerate(numbers):
        if effort.over:
            break
        part = Effort(effort.deadline.left_s / (len(numbers) - place), None, effort.cancelled, effort.enough_gap)
        effort.tell("curve")
        found[sites] = solve_siting(problem, replace(asked, sites=sites), part)
    return found


def _centre(question: Question, answer: Siting) -> int:
    """The number of sites that the answer stands for."""
    if question.sites is not None:
        return question.sites
    return len(answer.selected)


def _numbers(problem: SitingProblem, question: Question, answer: Siting, centre: int) -> list[int]:
    """The numbers of sites to ask for, the most telling first."""
    most = int((~problem.stays).sum())
    if question.model == "lscp":
        last = centre if answer.objective is not None else min(most, _INFEASIBLE)
    elif question.sites is None:
        last = centre
    else:
        last = max(centre, min(most, centre + _MORE))
    below = list(range(min(centre, last) - 1, -1, -1))
    if len(below) > _MOST_POINTS:
        near, far = below[: _MOST_POINTS // 2], below[_MOST_POINTS // 2 :]
        step = -(-len(far) // (_MOST_POINTS // 2))
        below = [*near, *far[step - 1 :: step]]
    return list(dict.fromkeys([*range(centre + 1, last + 1), *below, 0]))


def _row(
    problem: SitingProblem, question: Question, sites: int, found: Mapping[int, Siting], weight: float
) -> CurveRow:
    """One row; where a search was cut short, the best answer that needs no more sites."""
    number = best_number(question, sites, found)
    answer = found[number]
    proven = answer.status == "optimal" and number >= sites
    same = number == sites
    objective = answer.covered_weight if question.model == "lscp" else answer.objective
    covered = _covered(problem, question, answer)
    return CurveRow(
        sites=sites,
        status=answer.status if same else "optimal" if proven else "gap",
        objective=measure_figure(objective),
        gap=answer.gap if same or proven else None,
        covered_share=None if answer.objective is None else share_figure(covered, weight),
        selected=answer.selected,
    )


def _covered(problem: SitingProblem, question: Question, answer: Siting) -> float:
    """The weight within the standard, everybody at the nearest open site where capacities do not matter."""
    if problem.limited:
        return answer.covered_weight
    opened = problem.stays | np.isin(np.asarray(problem.site_ids, dtype=object), answer.selected)
    nearest = problem.distances.nearest(opened)[1]
    limit = np.inf if question.radius is None else question.radius * (1 + 1e-12)
    return float(problem.weight[np.isfinite(nearest) & (nearest <= limit)].sum())
