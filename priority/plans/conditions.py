"""Conditions as data: comparisons over named figures, joined by all and any.

A comparison is exactly one of:

- `band: [a, b]`: a place on a scale, a <= value < b by default; `includes` changes which ends belong. `null` is open.
  Bands of one figure in different levels must not overlap.
- `at_least: a` or `below: b`: a threshold. 以上 includes the figure, 以下 excludes it (State Council Order 493, 3).
- `is: value` or `one_of: [values]`: a flag, a choice or an exact number.
- `grade_is: [keys]`: the event's grade, where the plan grades events.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from priority.plans.base import PlanPart

Value = bool | float | str


class Comparison(PlanPart):
    """One figure against fixed values."""

    figure: str
    band: tuple[float | None, float | None] | None = None
    includes: Literal["lower", "upper", "both", "none"] = "lower"
    at_least: float | None = None
    below: float | None = None
    is_: Annotated[Value | None, Field(alias="is")] = None
    one_of: tuple[Value, ...] | None = None

    @model_validator(mode="after")
    def _one_way_of_comparing(self) -> Comparison:
        given = [name for name in ("band", "at_least", "below", "is_", "one_of") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(f"{self.figure}: give exactly one of band, at_least, below, is, one_of")
        if self.band is not None:
            lower, upper = self.band
            if lower is None and upper is None:
                raise ValueError(f"{self.figure}: a band needs at least one end")
            if lower is not None and upper is not None and lower >= upper:
                raise ValueError(f"{self.figure}: the band's lower end is not below its upper end")
        return self

    @property
    def edges(self) -> tuple[float, ...]:
        """The numbers at which the outcome changes."""
        ends = (*(self.band or ()), self.at_least, self.below)
        return tuple(end for end in ends if end is not None)


class GradeIs(PlanPart):
    """The event's grade is one of these; `none` stands for below the lowest grade."""

    grade_is: tuple[str, ...] = Field(min_length=1)


class AllOf(PlanPart):
    """Every part must hold."""

    all: tuple[Expression, ...] = Field(min_length=1)


class AnyOf(PlanPart):
    """One part is enough."""

    any: tuple[Expression, ...] = Field(min_length=1)


def _kind(value: Any) -> str:
    keys = value.keys() if isinstance(value, dict) else type(value).model_fields.keys()
    return next((key for key in ("all", "any", "grade_is") if key in keys), "figure")


Expression = Annotated[
    Annotated[Comparison, Tag("figure")]
    | Annotated[GradeIs, Tag("grade_is")]
    | Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")],
    Discriminator(_kind),
]

AllOf.model_rebuild()
AnyOf.model_rebuild()


def comparisons(expression: Comparison | GradeIs | AllOf | AnyOf) -> Iterator[Comparison]:
    """Yield every comparison inside an expression."""
    if isinstance(expression, Comparison):
        yield expression
    elif isinstance(expression, AllOf | AnyOf):
        for part in expression.all if isinstance(expression, AllOf) else expression.any:
            yield from comparisons(part)


def grades_named(expression: Comparison | GradeIs | AllOf | AnyOf) -> Iterator[str]:
    """Yield every grade that an expression names."""
    if isinstance(expression, GradeIs):
        yield from expression.grade_is
    elif isinstance(expression, AllOf | AnyOf):
        for part in expression.all if isinstance(expression, AllOf) else expression.any:
            yield from grades_named(part)
