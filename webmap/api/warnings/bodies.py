"""The bodies that ask for a suggestion or an area, and those that write a warning, checked field by field."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from priority.fields import Time
from priority.plans.conditions import Value
from webmap.incidents.entry_fields import Id, Name
from webmap.warnings.content import AreaSpec, Content


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SuggestionBody(_Body):
    """What is suggested for an incident's warning; what is left out the server puts. `told` are figures by key."""

    incident: Id
    told: Annotated[dict[Id, Value | None], Field(max_length=50)] = Field(default_factory=dict)
    level: Name | None = None
    starts_at: Time | None = None
    expires_at: Time | None = None
    area: AreaSpec | None = None


class AreaBody(_Body):
    """The ground that parts make in an incident's picture."""

    incident: Id
    area: AreaSpec


class DraftBody(_Body):
    """A new warning of an incident. `client_key` makes a repeat find what the first one wrote."""

    incident: Id
    content: Content
    client_key: Name | None = None


class StepBody(_Body):
    """A step of a warning: `step` is read by its kind. `expected` is the number of the last step that was seen."""

    step: dict[str, Any]
    expected: Annotated[int, Field(strict=True, ge=0)] | None = None
    client_key: Name | None = None
