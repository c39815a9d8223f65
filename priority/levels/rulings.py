"""Interpretations that mattered for an event."""

from __future__ import annotations

from priority.levels.evaluation import Figures, GradeRange, evaluate
from priority.levels.results import ClauseOutcome, Ruling
from priority.plans.conditions import comparisons
from priority.plans.models import Interpretation, Plan
from priority.wording import Phrases


def rulings_that_matter(
    plan: Plan, figures: Figures, grades: GradeRange, clauses: tuple[ClauseOutcome, ...], phrases: Phrases
) -> tuple[Ruling, ...]:
    """Return the plan's interpretations that this event meets, in the plan's order."""
    on_edge = _some_figure_on_an_edge(plan, figures)
    unknown = any(row.outcome == "unknown" for row in clauses)
    return tuple(
        Ruling(
            key=item.key,
            clause=item.clause,
            text=item.text.in_language(phrases.language),
            reason=item.reason.in_language(phrases.language),
            level=item.level,
        )
        for item in plan.interpretations
        if _matters(item, figures, grades) or (item.on_edge and on_edge) or (item.on_unknown and unknown)
    )


def _matters(item: Interpretation, figures: Figures, grades: GradeRange) -> bool:
    if item.when is None:
        return item.always
    return evaluate(item.when, figures, grades).outcome == "met"


def _some_figure_on_an_edge(plan: Plan, figures: Figures) -> bool:
    """Tell whether a figure stands exactly on a number of a condition (zero apart: nothing happened there)."""
    tests = [condition.test for level in plan.levels for condition in level.conditions]
    tests += [grade.test for grade in plan.grades]
    for test in tests:
        for comparison in comparisons(test):
            value = figures.get(comparison.figure)
            if value and not isinstance(value, bool | str) and value in comparison.edges:
                return True
    return False
