"""The clause that is nearest to being met, shown when none is."""

from __future__ import annotations

import math

from priority.levels.evaluation import Figures, GradeRange, evaluate
from priority.levels.results import ClauseOutcome, Nearest, Shortfall
from priority.plans.conditions import AllOf, Comparison, Expression, GradeIs
from priority.plans.models import Plan


def nearest_clause(
    plan: Plan, figures: Figures, grades: GradeRange, clauses: tuple[ClauseOutcome, ...]
) -> Nearest | None:
    """Return the not-met clause whose known numbers lack least, as a part of what is asked; None if none has numbers.

    Distances are relative: 36 % of customers against 40 % lacks a tenth. Clauses with a part that is no number
    (a flag that is false, a grade) are not near.
    """
    tests = {condition.clause: condition.test for level in plan.levels for condition in level.conditions}
    best: tuple[float, ClauseOutcome, tuple[Shortfall, ...]] | None = None
    for row in reversed(clauses):
        if row.outcome == "met":
            continue
        distance, shortfalls = _distance(tests[row.clause], figures, grades)
        if shortfalls and (best is None or distance < best[0]):
            best = (distance, row, shortfalls)
    if best is None or math.isinf(best[0]):
        return None
    return Nearest(clause=best[1].clause, level=best[1].level, text=best[1].text, shortfalls=best[2])


def _distance(test: Expression, figures: Figures, grades: GradeRange) -> tuple[float, tuple[Shortfall, ...]]:
    outcome = evaluate(test, figures, grades).outcome
    if outcome == "met":
        return 0.0, ()
    if isinstance(test, Comparison):
        return _lack(test, figures)
    if isinstance(test, GradeIs):
        return math.inf, ()
    if isinstance(test, AllOf):
        parts = [_distance(part, figures, grades) for part in test.all]
        return max(part[0] for part in parts), tuple(item for part in parts for item in part[1])
    return min((_distance(part, figures, grades) for part in test.any), key=lambda part: part[0])


def _lack(comparison: Comparison, figures: Figures) -> tuple[float, tuple[Shortfall, ...]]:
    value = figures.get(comparison.figure)
    if value is None or isinstance(value, bool | str) or comparison.is_ is not None or comparison.one_of is not None:
        return math.inf, ()
    lower, upper = comparison.band or (comparison.at_least, comparison.below)
    needed = upper if upper is not None and value >= upper else lower
    if needed is None:
        return math.inf, ()
    scale = abs(needed) or 1.0
    return abs(value - needed) / scale, (Shortfall(figure=comparison.figure, observed=value, needed=needed),)
