"""The shapes of what the routes of reports from the place answer; the tests hold every answer to them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from webmap.field.body import What
from webmap.field.records import State

_GEOMETRY = Field(description="GeoJSON geometry, EPSG:4490")
_FACTS = Field(description="Facts as a duty officer could write them: see fact.json; null for who may not")


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OpenIncident(_Shape):
    """A running incident to which something may be reported."""

    id: str
    name: str
    drill: bool


class ReportingPlan(_Shape):
    """A plan for which the viewer may report, with its running incidents."""

    key: str
    title: str
    county_code: str
    incidents: list[OpenIncident]


class Outline(_Shape):
    """A township with a coarse outline."""

    code: str
    name: str
    geometry: dict[str, Any] = _GEOMETRY


class Start(_Shape):
    """What a phone needs to report, kept there for when there is no network."""

    now: str
    plans: list[ReportingPlan]
    whats: list[dict[str, str]]
    townships: list[Outline]
    synthetic: bool


class NearElement(_Shape):
    """Something near a position. `title` says what it is, `network` the key of its network."""

    id: str
    layer: str
    name: str
    title: str
    network: str | None
    network_title: str | None
    distance_m: float
    geometry: dict[str, Any] = _GEOMETRY


class LineAround(_Shape):
    """A line of the small map."""

    network: str | None
    geometry: dict[str, Any] = _GEOMETRY


class Elements(_Shape):
    """What lies within `within_m` of a position, nearest first; `more` were left out."""

    within_m: float
    elements: list[NearElement]
    more: int
    lines: list[LineAround]
    township: str | None


class NamedElement(_Shape):
    """What was found broken. `name` and `layer` are null where it is not in the data that the viewer may know of."""

    id: str
    name: str | None
    layer: str | None
    distance_m: float | None = Field(description="From the reported position; null without one")


class NamedTownship(_Shape):
    """A township; `name` is null for one that is not in the data."""

    code: str
    name: str | None


class ShownPhoto(_Shape):
    """A photograph, a JPEG at `url`."""

    number: int
    url: str
    width_px: int
    height_px: int


class ShownAnswer(_Shape):
    """What a duty officer decided; `entries` of `incident` are what it became, or what said it already."""

    state: State
    at: str
    by: str
    reason: str | None
    incident: str | None
    entries: list[int]
    known_before: bool


class FieldReport(_Shape):
    """A report from the place. `place` says in words where, `words` the whole of it.

    `words_for_all` is what an entry that does not name the element may say: `words`, unless the element is restricted.
    """

    id: str
    plan: str
    incident: OpenIncident | None
    drill: bool
    what: What
    what_title: str
    happened_at: str
    received_at: str
    author: str
    mine: bool
    client_key: str | None
    text: str | None
    element: NamedElement | None
    position: list[float] | None
    accuracy_m: float | None
    township: NamedTownship | None
    place: str | None
    words: str
    words_for_all: str
    photos: list[ShownPhoto]
    state: State
    answers: list[ShownAnswer]
    suggested: list[dict[str, Any]] | None = _FACTS
    suggested_name: str | None = Field(description="The name of an incident opened from it; null for who may not")
    may: list[Literal["confirm", "decline"]]


class FieldReports(_Shape):
    """Reports, the last received first; `more` older ones were left out."""

    reports: list[FieldReport]
    more: int
    now: str
