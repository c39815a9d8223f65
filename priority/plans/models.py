"""A plan as typed data: the whole, and what must hold between its parts."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from priority.plans.base import Clause, Language, NetworkKey, PlanPart, Quotation, Wording
from priority.plans.conditions import Expression
from priority.plans.organisation import Organisation
from priority.plans.response import (
    CauseMeasures,
    Ending,
    Evaluation,
    Grade,
    Handover,
    Interval,
    Level,
    Reports,
    SupplierTakeover,
    Warnings,
)

#: The grade of an event below the lowest one that a plan names.
BELOW_ALL_GRADES = "none"

__all__ = ["Figure", "FigureMeasure", "Interpretation", "Language", "Plan", "PriorityClass", "Wording"]


class PriorityClass(PlanPart):
    """A class of the priority-guarantee list. `adopted` says that another plan's list was borrowed here."""

    tier: int
    category: str
    clause: Clause
    name: Wording
    adopted: bool = False


class FigureMeasure(PlanPart):
    """How a figure is computed from an assessment, from a small vocabulary so that a new plan needs no code.

    `affected_townships` counts townships with a customer out on any of `networks`; `customers_out_share` and
    `load_lost_share` are shares of the county's total; `local_gap_share` is the share over the affected townships
    alone, when there are at least two; `outage_days` is the time since the first customer was lost, up to now.
    """

    kind: Literal["affected_townships", "customers_out_share", "load_lost_share", "local_gap_share", "outage_days"]
    networks: tuple[NetworkKey, ...] = Field(min_length=1)


class Figure(PlanPart):
    """A figure that the plan's conditions use: computed where it has a `measure`, otherwise reported by people.

    A share above `maximum` is taken for a slip (30 where 0.30 is meant).
    """

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    kind: Literal["share", "count", "days", "yuan", "flag", "choice"]
    title: Wording
    clauses: tuple[Clause, ...] = Field(min_length=1)
    measure: FigureMeasure | None = None
    choices: tuple[str, ...] = ()
    choice_titles: tuple[Wording, ...] = ()
    hint: Wording | None = None
    maximum: float = 1.0

    @model_validator(mode="after")
    def _choices_belong_to_choice(self) -> Figure:
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError(f"figure {self.key}: `choices` goes with kind `choice`, and only with it")
        if self.choice_titles and len(self.choice_titles) != len(self.choices):
            raise ValueError(f"figure {self.key}: as many `choice_titles` as `choices`")
        return self


class Interpretation(PlanPart):
    """A ruling where the plan's text leaves a gap, with its reason; shown wherever it mattered.

    It matters where `when` holds, on an edge of a condition (`on_edge`), where a figure is unknown (`on_unknown`), or
    with every result (`always`); the others stand on the plan's own page.
    With `level` it recommends that level where `when` holds.
    """

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    clause: Clause
    text: Wording
    reason: Wording
    when: Expression | None = None
    level: str | None = None
    on_edge: bool = False
    on_unknown: bool = False
    always: bool = False


class FuelSubstitution(PlanPart):
    """The plan allows to put one form of energy in another's place during an emergency."""

    clause: Clause
    text: Quotation


class Plan(PlanPart):
    """A published emergency plan. `levels` and `grades` run from the lowest to the highest.

    That its parts agree with each other is checked when a file is read (`priority.plans.agreement`).
    """

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    title: Wording
    document_number: Quotation
    issuer: Quotation
    issued_on: date
    county_code: Annotated[str, Field(pattern=r"^\d{6}$")]
    county_name: Wording
    office: Wording
    commodities: tuple[Literal["electricity", "gas", "heat", "water", "coal"], ...] = Field(min_length=1)
    revision: Interval
    drills: Interval | None = None
    organisation: Organisation
    figures: tuple[Figure, ...]
    grades: tuple[Grade, ...] = ()
    levels: tuple[Level, ...] = Field(min_length=1)
    reports: Reports
    ending: Ending
    evaluation: Evaluation | None = None
    handover: Handover | None = None
    takeover: SupplierTakeover | None = None
    cause_measures: tuple[CauseMeasures, ...] = ()
    priority_list: tuple[PriorityClass, ...] = Field(min_length=1)
    fuel_substitution: FuelSubstitution | None = None
    warnings: Warnings
    interpretations: tuple[Interpretation, ...]

    def priority_of(self, category: str) -> PriorityClass | None:
        """Return the list's entry for a category of facility, or None for a class outside the list."""
        return next((item for item in self.priority_list if item.category == category), None)

    def figure(self, key: str) -> Figure | None:
        """Return the figure of that key, or None."""
        return next((item for item in self.figures if item.key == key), None)

    def interpretation(self, key: str) -> Interpretation | None:
        """Return the interpretation of that key, or None."""
        return next((item for item in self.interpretations if item.key == key), None)

    def rank_of(self, level: str | None) -> int:
        """Return a level's place, 0 for the lowest; -1 for no level."""
        return next((place for place, item in enumerate(self.levels) if item.level == level), -1)
