"""Conditions in three values: met, not met, unknown. A figure that nobody has given is unknown, never false.

The logic is Kleene's: `all` is not met as soon as one part is not, `any` is met as soon as one part is; so adding a
figure can settle an outcome but never unsettle it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from priority.plans.conditions import AllOf, Comparison, Expression, GradeIs, Value

Outcome = Literal["met", "not_met", "unknown"]
Figures = Mapping[str, Value | None]


@dataclass(frozen=True)
class GradeRange:
    """The grades an event may have, from the lowest to the highest possible.

    `missing` figures could still decide between them, `observed` are those known so far.
    """

    possible: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    observed: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Evaluation:
    """The outcome of an expression, the figures that are known in it, and the unknown ones that could still decide."""

    outcome: Outcome
    observed: dict[str, Value]
    missing: tuple[str, ...]


def evaluate(expression: Expression, figures: Figures, grades: GradeRange) -> Evaluation:
    """Evaluate an expression over figures; a key that is missing and a value None both mean unknown."""
    if isinstance(expression, Comparison):
        return _compare(expression, figures.get(expression.figure))
    if isinstance(expression, GradeIs):
        return _grade(expression, grades)
    is_all = isinstance(expression, AllOf)
    parts = [
        evaluate(part, figures, grades)
        for part in (expression.all if isinstance(expression, AllOf) else expression.any)
    ]
    outcomes = [part.outcome for part in parts]
    deciding: Outcome = "not_met" if is_all else "met"
    observed = {key: value for part in parts for key, value in part.observed.items()}
    if deciding in outcomes:
        return Evaluation(deciding, observed, ())
    if "unknown" in outcomes:
        missing = dict.fromkeys(key for part in parts if part.outcome == "unknown" for key in part.missing)
        return Evaluation("unknown", observed, tuple(missing))
    return Evaluation("met" if is_all else "not_met", observed, ())


def _compare(comparison: Comparison, value: Value | None) -> Evaluation:
    if value is None:
        return Evaluation("unknown", {}, (comparison.figure,))
    return Evaluation("met" if _holds(comparison, value) else "not_met", {comparison.figure: value}, ())


def _holds(comparison: Comparison, value: Value) -> bool:
    if comparison.is_ is not None:
        return value == comparison.is_ and isinstance(value, bool) == isinstance(comparison.is_, bool)
    if comparison.one_of is not None:
        return value in comparison.one_of
    number = float(value)
    if comparison.at_least is not None:
        return number >= comparison.at_least
    if comparison.below is not None:
        return number < comparison.below
    lower, upper = comparison.band or (None, None)
    above = lower is None or number > lower or (number == lower and comparison.includes in ("lower", "both"))
    beneath = upper is None or number < upper or (number == upper and comparison.includes in ("upper", "both"))
    return above and beneath


def _grade(expression: GradeIs, grades: GradeRange) -> Evaluation:
    inside = [grade in expression.grade_is for grade in grades.possible]
    observed = dict(grades.observed)
    if all(inside):
        return Evaluation("met", observed, ())
    return Evaluation("unknown", observed, grades.missing) if any(inside) else Evaluation("not_met", observed, ())
