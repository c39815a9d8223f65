"""The shapes of an area as the routes of warnings answer it, for the published schemas."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from priority.warnings.exposure import FacilityInside, NetworkInside, TownshipInside

_GROUND = Field(description="GeoJSON MultiPolygon, longitude latitude, EPSG:4490; without coordinates for nowhere")


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Part(_Shape):
    """A part of an area by name."""

    title: str
    kind: Literal["townships", "drawn", "strip", "outage", "element"]
    operation: Literal["plus", "minus"]


class TownshipShare(_Shape):
    """A township that shares ground, and which share of it."""

    code: str
    name: str
    share: float


class Sending(_Shape):
    """What is sent: polygons without holes that leave nobody out, and the ground that they add."""

    polygons: dict[str, Any] = _GROUND
    count: int
    points: int
    tolerance_m: float
    added_km2: float
    added_share: float


class Inside(_Shape):
    """Who and what is inside, without restricted places: `priority.warnings.exposure.Inside`, two counts beside it."""

    networks: list[NetworkInside]
    people: int
    people_network: str | None
    vulnerable_people: int
    households: int
    households_estimated: bool
    households_unknown: int
    townships: list[TownshipInside]
    facilities: list[FacilityInside]
    by_category: dict[str, int]
    schools: int
    hospitals: int


class Outside(_Shape):
    """An affected place that the area leaves out. `restricted` ones are told to who may know of them alone."""

    id: str
    name: str
    state: Literal["supplied", "on_reserve", "failed", "unknown"]
    fails_at: str
    restricted: bool


class AlreadyWarned(_Shape):
    """A warning of the same plan in force (in a drill: of the same drill) where the area is, told as a sentence.

    `share` is the part of the area's ground that it holds, `townships` are the names that both have.
    """

    warning: str
    title: str
    incident: str
    office: str
    issued_at: str
    expires_at: str
    share: float
    townships: list[str]
    said: str


class Area(_Shape):
    """The ground that parts make."""

    parts: list[Part]
    shape: dict[str, Any] = _GROUND
    excluded: dict[str, Any] = _GROUND
    empty: bool
    area_km2: float
    townships: list[TownshipShare]
    sending: Sending
    inside: Inside
    outside: list[Outside]
    notes: list[str]
    already_warned: list[AlreadyWarned]
