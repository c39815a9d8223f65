"""The bodies that change a draft, checked field by field; operations are read by `layers.editing`."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from webmap.incidents.entry_fields import Name

_Count = Annotated[int, Field(ge=0, le=10_000, strict=True)]
_Note = Annotated[str, Field(max_length=500)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class BeginBody(_Body):
    """A new draft; without a name it is called after the day."""

    name: Name | None = None


class NameBody(_Body):
    """Another name of a draft."""

    name: Name
    revision: _Count


class StepsBody(_Body):
    """Steps of a draft: the first `keep` stay, `add` follow them, the first `length` of all of these count."""

    revision: _Count
    keep: _Count
    add: list[dict[str, Any]] = Field(default=[], max_length=2_000)
    length: _Count


class RevisionBody(_Body):
    """The revision of the draft that was looked at."""

    revision: _Count


class CommitBody(_Body):
    """Write a draft into the data, with a note for the history."""

    revision: _Count
    note: _Note = ""
