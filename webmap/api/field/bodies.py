"""The bodies that answer a report from the place, checked field by field."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from webmap.incidents.entry_fields import Id, Name, Number, Text


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NewIncident(_Body):
    """An incident that is opened from a report."""

    name: Name
    drill: Annotated[bool, Field(strict=True)] = False


class ConfirmBody(_Body):
    """The report is confirmed: written as `facts` (without any, as suggested), or said already by `entries`.

    Into `incident`, without which it is the report's own, or into a new one (`open`).
    """

    incident: Id | None = None
    open: NewIncident | None = None
    facts: list[dict[str, Any]] | None = Field(default=None, min_length=1, max_length=10)
    entries: tuple[Number, ...] | None = Field(default=None, min_length=1, max_length=10)

    @model_validator(mode="after")
    def _one_way(self) -> ConfirmBody:
        if self.facts is not None and self.entries is not None:
            raise PydanticCustomError("field_facts_or_entries", "both")
        if self.open is not None and (self.incident is not None or self.entries is not None):
            raise PydanticCustomError("field_answer", "both")
        return self


class DeclineBody(_Body):
    """The report is not taken, and why."""

    reason: Text
