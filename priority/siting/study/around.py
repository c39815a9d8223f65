"""The curve: what any other number of sites would reach."""

from __future__ import annotations

from dataclasses import replace

from priority.siting.effort import Effort
from priority.siting.problem import Question, SitingProblem
from priority.siting.results import Siting
from priority.siting.solve import solve_siting
from priority.siting.study.results import CurveRow
from priority.siting.study.rounding import measure_figure, share_figure

#: How many sites more than asked for the curve shows.
_MORE = 2
#: With more points than this the smaller numbers are thinned out.
_MOST_POINTS = 24
#: How far the curve goes where no number of sites is enough for a standard for all.
_INFEASIBLE = 10


def curve_of(
    problem: SitingProblem, question: Question, answer: Siting, effort: Effort, weight: float
) -> tuple[tuple[CurveRow, ...], bool]:
    """Return the answers with 0 sites up to two more than asked for, and whether time sufficed for all.

    The answer's own number is among them. Of an lscp fewer sites are judged by how much weight they can cover (`mclp`);
    more than the fewest gain nothing, and neither do more than a budget allows. The nearest numbers come first.
    Shares are of `weight`, that of all demand.
    """
    if answer.status == "unknown":
        return (), True
    asked = question if question.model != "lscp" else replace(question, model="mclp", sites=0, budget=None, backup=0)
    centre = _centre(problem, question, answer)
    rows: dict[int, CurveRow] = {}
    if question.model != "lscp" or answer.objective is not None:
        rows[centre] = _row(centre, answer, question, weight)
    numbers = [number for number in _numbers(problem, question, answer, centre) if number not in rows]
    for place, sites in enumerate(numbers):
        if effort.over:
            return tuple(rows[number] for number in sorted(rows)), False
        if sites == 0 and not problem.stays.any() and asked.model != "mclp" and problem.demand_ids:
            rows[0] = CurveRow(sites=0, status="infeasible", objective=None, gap=None, covered_share=None, selected=())
            continue
        part = Effort(effort.deadline.left_s / (len(numbers) - place), None, effort.cancelled, effort.enough_gap)
        effort.tell("curve")
        rows[sites] = _row(sites, solve_siting(problem, replace(asked, sites=sites), part), asked, weight)
    return tuple(rows[number] for number in sorted(rows)), True


def _centre(problem: SitingProblem, question: Question, answer: Siting) -> int:
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


def _row(sites: int, answer: Siting, question: Question, weight: float) -> CurveRow:
    objective = answer.covered_weight if question.model == "lscp" else answer.objective
    return CurveRow(
        sites=sites,
        status=answer.status,
        objective=measure_figure(objective),
        gap=answer.gap,
        covered_share=None if answer.objective is None else share_figure(answer.covered_weight, weight),
        selected=answer.selected,
    )
