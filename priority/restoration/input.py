"""Crews, mobile units and repair times as people enter them, and what the commander has fixed by hand."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from priority.fields import Identifier, Time, none_twice

Skill = Literal["electricity", "gas", "heat", "water"]
#: No repair and no journey of a unit is planned for longer.
_MAX_HOURS = 720


def _hours(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticCustomError("not_number", "no number")
    if not 0 <= value <= _MAX_HOURS:  # false for NaN too
        raise PydanticCustomError("hours_range", "out of range", {"maximum": _MAX_HOURS})
    return float(value)


def _position(value: object) -> tuple[float, float]:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise PydanticCustomError("position_type", "no position")
    longitude, latitude = value
    for number in (longitude, latitude):
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise PydanticCustomError("position_type", "no position")
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise PydanticCustomError("position_range", "out of range")
    return float(longitude), float(latitude)


WorkHours = Annotated[
    float, BeforeValidator(_hours), WithJsonSchema({"type": "number", "minimum": 0, "maximum": _MAX_HOURS})
]
Position = Annotated[
    Any,
    BeforeValidator(_position),
    WithJsonSchema(
        {
            "type": "array",
            "items": {"type": "number"},
            "minItems": 2,
            "maxItems": 2,
            "description": "longitude latitude, EPSG:4490",
        }
    ),
]
_Name = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=200)]


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CrewInput(_Input):
    """A repair crew. It starts from `site` (id of a record of the layer `sites`) or from `depot` (lon, lat)."""

    id: Identifier
    name: _Name
    skills: Annotated[tuple[Skill, ...], Field(min_length=1), AfterValidator(none_twice)]
    site: Identifier | None = None
    depot: Position | None = None
    available_at: Time | None = None


class UnitInput(_Input):
    """A mobile generator, boiler or water tanker. `capacity` in kW (tanker: m3/h); without it, it is unknown."""

    id: Identifier
    name: _Name
    kind: Literal["generator", "boiler", "tanker"]
    capacity: Annotated[float | None, Field(gt=0)] = None
    site: Identifier | None = None
    depot: Position | None = None
    available_at: Time | None = None
    setup_hours: WorkHours = 0.5


class RepairTime(_Input):
    """Hours of work on the spot for one fault, where somebody knows better than the usual time."""

    fault: Identifier
    hours: WorkHours


class FixedStep(_Input):
    """By hand: this fault goes to that crew, at that place of its list (1 is first), or simply first."""

    fault: Identifier
    crew: Identifier
    position: Annotated[int | None, Field(ge=1, le=10_000)] = None


class Crews(_Input):
    """What there is to repair with. An empty document is allowed: the plan then says that nobody can repair."""

    crews: Annotated[tuple[CrewInput, ...], Field(max_length=200)] = ()
    units: Annotated[tuple[UnitInput, ...], Field(max_length=200)] = ()
    repairs: Annotated[tuple[RepairTime, ...], Field(max_length=10_000)] = ()
    fixed: Annotated[tuple[FixedStep, ...], Field(max_length=10_000)] = ()
    seconds: Annotated[float, Field(gt=0, le=120)] = 10.0

    @classmethod
    def parse(cls, document: object, language: str = "zh", categories: Collection[str] = ()) -> Crews:
        """Check a JSON document and return the crews; `InvalidCrews` names every wrong field and its remedy."""
        raise NotImplementedError
