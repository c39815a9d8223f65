"""Interpretations that mattered for an event."""

from __future__ import annotations

from priority.levels.evaluation import Figures, GradeRange, evaluate
from priority.levels.results import Ruling
from priority.plans.conditions import Comparison, comparisons
from priority.plans.models import Interpretation, Plan
from priority.wording import Phrases


def rulings_that_matter(
    plan: Plan, figures: Figures, grades: GradeRange, phrases: Phrases, *, could_rise: bool
) -> tuple[Ruling, ...]:
    """Return the plan's interpretations that this event meets, in the plan's order.

    `could_rise` tells whether unknown figures could still raise the level.
    """
    on_edge = _an_edge_decided(plan, figures, grades)
    return tuple(
        Ruling(
            key=item.key,
            clause=item.clause,
            text=item.text.in_language(phrases.language),
            reason=item.reason.in_language(phrases.language),
            level=item.level,
        )
        for item in plan.interpretations
        if _matters(item, figures, grades) or (item.on_edge and on_edge) or (item.on_unknown and could_rise)
    )


def _matters(item: Interpretation, figures: Figures, grades: GradeRange) -> bool:
    if item.when is None:
        return item.always
    return evaluate(item.when, figures, grades).outcome == "met"


def _an_edge_decided(plan: Plan, figures: Figures, grades: GradeRange) -> bool:
    """Tell whether a clause or grade is met by a figure that stands exactly on one of its numbers.

    Zero is no edge (nothing happened there), nor is a threshold on a plain count: one township is one township.
    """
    tests = [condition.test for level in plan.levels for condition in level.conditions]
    tests += [grade.test for grade in plan.grades]
    met = [test for test in tests if evaluate(test, figures, grades).outcome == "met"]
    return any(_on_edge(plan, comparison, figures) for test in met for comparison in comparisons(test))


def _on_edge(plan: Plan, comparison: Comparison, figures: Figures) -> bool:
    figure, value = plan.figure(comparison.figure), figures.get(comparison.figure)
    if figure is None or not value or isinstance(value, bool | str):
        return False
    if comparison.band is None and figure.kind == "count":
        return False
    return value in comparison.edges
