"""A plan as typed data. Unknown keys are errors, so a misspelt one is found when the file is loaded."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Language = Literal["zh", "en"]
NetworkKey = Literal["electricity", "gas", "heat", "water"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Wording(_Model):
    """A text in both languages of the product. Quotations of the plan have the plan's Chinese in `zh`."""

    zh: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the text in that language."""
        return self.zh if language == "zh" else self.en


class PriorityClass(_Model):
    """A class of the priority-guarantee list. `adopted` says that another plan's list was borrowed here."""

    tier: int
    category: str
    clause: str
    name: Wording
    adopted: bool = False


class Measure(_Model):
    """How a figure is computed from an assessment, from a small vocabulary so that a new plan needs no code.

    `affected_townships` counts townships with a customer out on any of `networks`; `customers_out_share` and
    `load_lost_share` are shares of the county's total; `local_gap_share` is the share over the affected townships
    alone, when there are at least two; `outage_days` is the time since the first customer was lost, up to now.
    """

    kind: Literal["affected_townships", "customers_out_share", "load_lost_share", "local_gap_share", "outage_days"]
    networks: tuple[NetworkKey, ...] = Field(min_length=1)


class Figure(_Model):
    """A figure that the plan's conditions use: computed where it has a `measure`, otherwise reported by people."""

    key: str
    kind: Literal["share", "count", "days", "yuan", "flag", "choice"]
    title: Wording
    clauses: tuple[str, ...]
    measure: Measure | None = None
    choices: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _choices_belong_to_choice(self) -> Figure:
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError(f"figure {self.key}: `choices` goes with kind `choice`, and only with it")
        return self


class Interpretation(_Model):
    """A ruling where the plan's text leaves a gap, with its reason; shown wherever it mattered."""

    key: str
    clause: str
    text: Wording
    reason: Wording


class Plan(_Model):
    """A published emergency plan: identity, what it covers, its priority list, figures and interpretations."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    title: Wording
    document_number: str
    issued_on: date
    county_code: Annotated[str, Field(pattern=r"^\d{6}$")]
    county_name: Wording
    office: Wording
    commodities: tuple[Literal["electricity", "gas", "heat", "water", "coal"], ...] = Field(min_length=1)
    priority_list: tuple[PriorityClass, ...] = Field(min_length=1)
    figures: tuple[Figure, ...]
    interpretations: tuple[Interpretation, ...]

    @model_validator(mode="after")
    def _keys_are_unique(self) -> Plan:
        for name, keys in (
            ("priority_list", [item.category for item in self.priority_list]),
            ("figures", [item.key for item in self.figures]),
            ("interpretations", [item.key for item in self.interpretations]),
        ):
            repeated = sorted({key for key in keys if keys.count(key) > 1})
            if repeated:
                raise ValueError(f"{name} names {', '.join(repeated)} more than once")
        return self

    def priority_of(self, category: str) -> PriorityClass | None:
        """Return the list's entry for a category of facility, or None for a class outside the list."""
        return next((item for item in self.priority_list if item.category == category), None)

    def figure(self, key: str) -> Figure | None:
        """Return the figure of that key, or None."""
        return next((item for item in self.figures if item.key == key), None)

    def interpretation(self, key: str) -> Interpretation | None:
        """Return the interpretation of that key, or None."""
        return next((item for item in self.interpretations if item.key == key), None)
