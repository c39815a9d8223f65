"""The bodies that ask for a suggestion or an area, and those that write a warning, checked field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from priority.fields import Time
from priority.plans.conditions import Value
from webmap.incidents.entry_fields import Id, Name, Text
from webmap.languages import Language
from webmap.warnings.content import AreaSpec, Content
from webmap.warnings.reading import read_as, read_step
from webmap.warnings.wanted import Wanted


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SuggestionBody(_Body):
    """What is suggested for an incident's warning; what is left out the server puts. `told` are figures by key.

    `warning` is the one that is revised or updated: where it is in force itself is no overlap.
    """

    incident: Id
    told: Annotated[dict[Id, Value | None], Field(max_length=50)] = Field(default_factory=dict)
    level: Name | None = None
    starts_at: Time | None = None
    expires_at: Time | None = None
    area: AreaSpec | None = None
    targeted: Annotated[bool, Field(strict=True)] = False
    warning: Id | None = None


class AreaBody(_Body):
    """The ground that parts make in an incident's picture; `warning` is the one that is revised or updated."""

    incident: Id
    area: AreaSpec
    warning: Id | None = None


class DraftBody(_Body):
    """A new warning of an incident. `client_key` makes a repeat find what the first one wrote."""

    incident: Id
    content: Content
    client_key: Name | None = None


@dataclass(frozen=True)
class WantedStep:
    """A step of a warning; `expected` is the number of the last step that the client has seen."""

    step: Wanted
    expected: int
    client_key: str | None


class _Seen(BaseModel):
    """What stands beside a step in its body."""

    model_config = ConfigDict(frozen=True)

    expected: Annotated[int, Field(strict=True, ge=0)]
    client_key: Name | None = None


def read_wanted_step(document: object, language: Language) -> WantedStep:
    """Return the step that a body asks for; `InvalidEntry` names every wrong field and its remedy."""
    seen = read_as(_Seen, document, language)
    rest = {name: value for name, value in dict(document).items() if name not in _Seen.model_fields}  # type: ignore[call-overload]
    return WantedStep(read_step(rest, language), seen.expected, seen.client_key)


class RetryBody(_Body):
    """Failed deliveries of a message on a channel that are to be tried again; all of them without `ids`."""

    message: Id
    channel: Name
    ids: Annotated[tuple[Id, ...], Field(max_length=10_000)] | None = None


class DoneBody(_Body):
    """What a person did for one audience of a message on a channel.

    By hand, as the channel is served; or, with `by_other_means`, for those whom the channel cannot reach: `note` must
    say then by which means.
    """

    message: Id
    channel: Name
    audience: Name
    by_other_means: Annotated[bool, Field(strict=True)] = False
    note: Text | None = None


class UndoBody(_Body):
    """What was ticked off for one audience of a message on a channel is taken back; `at` says when it was."""

    message: Id
    channel: Name
    audience: Name
    at: Name


class DecideBody(_Body):
    """What became of a delivery of which nobody knows whether it arrived."""

    id: Id
    sent: Annotated[bool, Field(strict=True)]
