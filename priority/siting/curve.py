"""What one site more or less would change."""

from __future__ import annotations

from dataclasses import dataclass, replace

from priority.siting.effort import Effort
from priority.siting.problem import Question, SitingProblem
from priority.siting.results import Siting, Status
from priority.siting.solve import solve_siting


@dataclass(frozen=True)
class CurvePoint:
    """The answer with so many new sites: the objective of the model, and the share of weight within the standard."""

    sites: int
    status: Status
    objective: float | None
    gap: float | None
    covered_share: float | None
    selected: tuple[str, ...]


def curve(
    problem: SitingProblem, question: Question, answer: Siting, effort: Effort, reach: int = 1
) -> tuple[CurvePoint, ...]:
    """Return the answers with up to `reach` sites less and more, in order of their number, the given answer included.

    For `lscp`, whose number is the answer, fewer sites are judged by how much weight they can cover (`mclp`), and there
    is nothing to gain from more. A question that only has a budget, and an infeasible `lscp`, have no such number: no
    points. More sites than candidates are not asked for.
    """
    if question.model == "lscp":
        return _fewer(problem, question, answer, effort, reach)
    if question.sites is None:
        return ()
    most = int((~problem.stays).sum())
    first, last = max(0, question.sites - reach), max(question.sites, min(most, question.sites + reach))
    points = []
    for sites in range(first, last + 1):
        if sites == question.sites:
            points.append(_point(sites, answer))
            continue
        part = effort.part(1 / (last + 1 - sites))
        points.append(_point(sites, solve_siting(problem, replace(question, sites=sites), part)))
    return tuple(points)


def _fewer(
    problem: SitingProblem, question: Question, answer: Siting, effort: Effort, reach: int
) -> tuple[CurvePoint, ...]:
    if answer.objective is None:
        return ()
    least = round(answer.objective)
    points = []
    for sites in range(max(0, least - reach), least):
        part = effort.part(1 / (least - sites))
        found = solve_siting(problem, replace(question, model="mclp", sites=sites, budget=None), part)
        points.append(_point(sites, found))
    return (*points, _point(least, answer))


def _point(sites: int, answer: Siting) -> CurvePoint:
    return CurvePoint(sites, answer.status, answer.objective, answer.gap, answer.covered_share, answer.selected)
