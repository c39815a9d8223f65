"""The shapes of what the routes of drafts answer, for the published schemas; the tests hold every answer to them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from webmap.editing.drafts import State

Deed = Literal["edit", "review", "commit", "rebase", "discard", "take_back", "undo"]
_GEOMETRY = Field(description="GeoJSON geometry, EPSG:4490; null without one")


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Named(_Shape):
    """A record by name."""

    layer: str
    id: str
    name: str


class Step(_Shape):
    """An operation that counts, or was undone, and how it is told."""

    operation: dict[str, Any]
    title: str


class Value(_Shape):
    """A value before and after; null is unknown."""

    field: str
    before: str | float | bool | None
    after: str | float | bool | None


class Change(_Shape):
    """A record that differs: the values that do, and its geometry where that does."""

    layer: str
    id: str
    name: str
    kind: Literal["added", "changed", "removed"]
    fields: list[Value]
    moved: bool
    before: dict[str, Any] | None = _GEOMETRY
    after: dict[str, Any] | None = _GEOMETRY


class Problem(_Shape):
    """What is wrong, where, and what to do; `operation` is the number of the step from 0."""

    code: str
    severity: Literal["error", "warning", "note"]
    layer: str
    id: str
    field: str | None
    message: str
    remedy: str
    names: list[str]
    place: list[float] | None
    operation: int | None


class Counts(_Shape):
    """How many records are added, changed and removed."""

    added: int
    changed: int
    removed: int


class ListedDraft(_Shape):
    """A draft in the list; `total` counts its steps, of which `length` hold."""

    id: str
    name: str
    state: State
    state_title: str
    author: str
    created_at: str
    updated_at: str
    length: int
    total: int
    revision: int
    base_version: str
    committed_version: str | None


class Draft(ListedDraft):
    """A draft whole, against the present data; `clashes` are records that others changed since it took them up."""

    data_version: str
    steps: list[Step]
    last: list[Named] = Field(description="What the last step concerned, the record that it was about first")
    counts: Counts
    changes: list[Change]
    more: int = Field(description="Changes that are not listed")
    problems: list[Problem]
    clashes: list[Named]
    reviewed: bool = Field(description="Whether the networks were asked about as well")
    may: list[Deed]


class Drafts(_Shape):
    """The viewer's own drafts, open ones first."""

    drafts: list[ListedDraft]


class RecordNow(_Shape):
    """A record as it stands in a draft, and who refers to it."""

    layer: str
    id: str
    name: str
    values: dict[str, str | float | bool | None]
    geometry: dict[str, Any] | None = _GEOMETRY
    users: list[Named]
    users_more: int
