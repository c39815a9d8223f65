"""Crews, mobile units and repair times as people enter them, and what the commander has fixed by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from priority.errors import InvalidCrews, Problem
from priority.fields import Identifier, Time, none_twice
from priority.plans.models import Language
from priority.validation import first_problems, named_once, placed_once, problem, problems_of
from priority.wording import Phrases

Skill = Literal["electricity", "gas", "heat", "water"]
#: No repair and no journey of a unit is planned for longer.
_MAX_HOURS = 720


def _hours(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticCustomError("not_number", "no number")
    if not 0 <= value <= _MAX_HOURS:  # false for NaN too
        raise PydanticCustomError("hours_range", "out of range", {"maximum": _MAX_HOURS})
    return float(value)


def _some_skill(skills: tuple[str, ...]) -> tuple[str, ...]:
    if not skills:
        raise PydanticCustomError("skill_missing", "no skill")
    return skills


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
    skills: Annotated[
        tuple[Skill, ...],
        AfterValidator(_some_skill),
        AfterValidator(none_twice),
        Field(json_schema_extra={"minItems": 1, "uniqueItems": True}),
    ]
    site: Identifier | None = None
    depot: Position | None = None
    available_at: Time | None = None


class UnitInput(_Input):
    """A mobile generator, boiler or water tanker. `capacity` in kW (tanker: m3/h); without it, it is unknown."""

    id: Identifier
    name: _Name
    kind: Literal["generator", "boiler", "tanker"]
    capacity: Annotated[float, Field(gt=0, strict=True, allow_inf_nan=False)] | None = None
    site: Identifier | None = None
    depot: Position | None = None
    available_at: Time | None = None
    setup_hours: WorkHours = 0.5


class RepairTime(_Input):
    """Hours of work on the spot for one fault, where somebody knows better than the usual time."""

    fault: Identifier
    hours: WorkHours


class FixedStep(_Input):
    """By hand: this fault goes to that crew, at that place of its list (1 is first), without it at any place."""

    fault: Identifier
    crew: Identifier
    position: Annotated[int, Field(ge=1, le=10_000, strict=True)] | None = None


class Crews(_Input):
    """What there is to repair with. An empty document is allowed: the plan then says that nobody can repair."""

    crews: Annotated[tuple[CrewInput, ...], Field(max_length=200)] = ()
    units: Annotated[tuple[UnitInput, ...], Field(max_length=200)] = ()
    repairs: Annotated[tuple[RepairTime, ...], Field(max_length=10_000)] = ()
    fixed: Annotated[tuple[FixedStep, ...], Field(max_length=10_000)] = ()
    seconds: Annotated[float, Field(gt=0, le=120, strict=True, allow_inf_nan=False)] = 10.0

    @classmethod
    def parse(cls, document: object, language: Language = "zh") -> Crews:
        """Check a JSON document and return the crews; `InvalidCrews` names every wrong field and its remedy.

        What only the district and the incident can tell (sites, faults, roads) is checked when a plan is made.
        """
        phrases = Phrases(language)
        if not isinstance(document, dict):
            raise InvalidCrews([problem(phrases, "", "not_object", {})])
        try:
            crews = cls.model_validate(document)
        except ValidationError as error:
            raise InvalidCrews(problems_of(error, phrases)) from error
        wrong = [*placed_once(crews.stationed(), phrases), *_of_names(crews, phrases), *_of_fixed(crews, phrases)]
        if wrong:
            raise InvalidCrews(first_problems(wrong, phrases))
        return crews

    def stationed(self) -> Iterator[tuple[str, CrewInput | UnitInput]]:
        """Yield all crews and units with their places in the document: `crews[0]`, `units[2]`."""
        for number, crew in enumerate(self.crews):
            yield f"crews[{number}]", crew
        for number, unit in enumerate(self.units):
            yield f"units[{number}]", unit


def _of_names(crews: Crews, phrases: Phrases) -> list[Problem]:
    """No id of a crew or unit, and no fault in `repairs` and `fixed`, stands twice."""
    lists = {
        "crews[{}].id": [item.id for item in crews.crews],
        "units[{}].id": [item.id for item in crews.units],
        "repairs[{}].fault": [item.fault for item in crews.repairs],
        "fixed[{}].fault": [item.fault for item in crews.fixed],
    }
    return named_once(lists, phrases)


def _of_fixed(crews: Crews, phrases: Phrases) -> list[Problem]:
    """A step is fixed for a crew that there is, and at a place of its list that no other step takes."""
    known = {item.id for item in crews.crews}
    taken: set[tuple[str, int]] = set()
    found = []
    for number, step in enumerate(crews.fixed):
        if step.crew not in known:
            found.append(problem(phrases, f"fixed[{number}].crew", "crew_unknown", {"crew": step.crew}))
        if step.position is None:
            continue
        if (step.crew, step.position) in taken:
            context = {"crew": step.crew, "position": step.position}
            found.append(problem(phrases, f"fixed[{number}].position", "position_taken", context))
        taken.add((step.crew, step.position))
    return found
