"""The event's grade (heating plan 1.5): the highest of its scales. What nobody has counted may still raise it."""

from __future__ import annotations

from priority.levels.evaluation import Figures, GradeRange, evaluate
from priority.plans.models import BELOW_ALL_GRADES, Plan

_NO_GRADES = GradeRange()


def grade_range(plan: Plan, figures: Figures) -> GradeRange:
    """Return the grades that the event may have, lowest first; empty for a plan that does not grade events.

    The lowest is the highest grade that is met by what is known, the highest the highest that unknown figures could
    still cause. `none` stands for below all grades.
    """
    if not plan.grades:
        return _NO_GRADES
    keys = (BELOW_ALL_GRADES, *(grade.key for grade in plan.grades))
    results = [evaluate(grade.test, figures, _NO_GRADES) for grade in plan.grades]
    lowest = max((place for place, item in enumerate(results, start=1) if item.outcome == "met"), default=0)
    highest = max((place for place, item in enumerate(results, start=1) if item.outcome == "unknown"), default=0)
    missing = dict.fromkeys(key for item in results[lowest:] for key in item.missing)
    observed = {key: value for item in results for key, value in item.observed.items()}
    return GradeRange(keys[lowest : max(lowest, highest) + 1], tuple(missing), observed)


def known_grade(grades: GradeRange) -> str | None:
    """Return the grade, None while several are possible."""
    return grades.possible[0] if len(grades.possible) == 1 else None
