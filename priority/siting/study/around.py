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
    Where time ended a search early, what fewer sites reach holds for more. Shares are of `weight`, that of all demand.
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
            return _never_worse(problem, question, rows, centre), False
        if sites == 0 and not problem.stays.any() and asked.model != "mclp" and problem.demand_ids:
            rows[0] = CurveRow(sites=0, status="infeasible", objective=None, gap=None, covered_share=None, selected=())
            continue
        part = Effort(effort.deadline.left_s / (len(numbers) - place), None, effort.cancelled, effort.enough_gap)
        effort.tell("curve")
        rows[sites] = _row(sites, solve_siting(problem, replace(asked, sites=sites), part), asked, weight)
    return _never_worse(problem, question, rows, centre), True


def _never_worse(
    problem: SitingProblem, question: Question, rows: dict[int, CurveRow], centre: int
) -> tuple[CurveRow, ...]:
    """Return the rows by number of sites; an unproven one that fewer sites surpass takes over what those reach.

    The answer's own row stays as it is. With several classes a larger sum may be a worse answer: nothing is compared.
    """
    told, best = list[CurveRow](), None
    more = question.model in ("lscp", "mclp")
    for sites in sorted(rows):
        row = rows[sites]
        if (
            best is not None
            and sites != centre
            and row.status in ("gap", "unknown")
            and _is_worse(row, best, more=more)
        ):
            row = best.model_copy(update={"sites": sites, "status": "gap", "gap": None})
        if row.objective is not None and problem.tiers.size == 1 and (best is None or _is_worse(best, row, more=more)):
            best = row
        told.append(row)
    return tuple(told)


def _is_worse(row: CurveRow, than: CurveRow, *, more: bool) -> bool:
    """Whether an answer surpasses a row; with `more` the larger measure is the better one."""
    if row.objective is None or than.objective is None:
        return row.objective is None
    return row.objective < than.objective if more else row.objective > than.objective


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
