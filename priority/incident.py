"""An incident as people enter it: what is broken, since when, under which plan."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError
from shapely.geometry.base import BaseGeometry

from layers.vocabulary import FACILITY_CATEGORIES
from priority.area import AreaFault, parse_area
from priority.errors import InvalidIncident
from priority.fields import Identifier, Time, none_twice
from priority.interventions import Interventions
from priority.plans import PLAN_KEYS
from priority.plans.models import Language
from priority.reserves import ReserveReport, latest_alone
from priority.validation import problem, problems_of
from priority.wording import Phrases

MAX_HORIZON_HOURS = 720
#: No plan has nearly as many figures.
_MAX_FIGURES = 200


def _parse_area(value: object) -> BaseGeometry:
    if isinstance(value, BaseGeometry):
        return value
    try:
        return parse_area(value)
    except AreaFault as fault:
        raise PydanticCustomError(fault.code, "area", {"place": fault.place, "detail": fault.detail}) from None


def _said(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("reason_missing", "no reason")
    return text.strip()


def known_plan(key: str, info: ValidationInfo) -> str:
    """Let the key of a plan pass that is among `plan_keys` of the validation's context."""
    known: Collection[str] = (info.context or {}).get("plan_keys", PLAN_KEYS)
    if key not in known:
        raise PydanticCustomError("plan_unknown", "no such plan", {"known": "、".join(known)})
    return key


def known_categories(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Let categories of facilities pass that the vocabulary has."""
    known = [choice.key for choice in FACILITY_CATEGORIES]
    if not set(keys) <= set(known):
        raise PydanticCustomError("category_unknown", "no such class", {"known": "、".join(known)})
    return keys


def _parse_hours(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticCustomError("not_number", "no number")
    if not 0 < value <= MAX_HORIZON_HOURS:  # false for NaN too
        raise PydanticCustomError("horizon_range", "out of range", {"maximum": MAX_HORIZON_HOURS})
    return float(value)


def _parse_figure(value: object) -> object:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise PydanticCustomError("figure_type", "no plain value")


_AREA_SCHEMA = {
    "type": "object",
    "description": "GeoJSON Polygon or MultiPolygon (or a Feature of one), longitude latitude, EPSG:4490",
    "required": ["type"],
    "properties": {"type": {"enum": ["Polygon", "MultiPolygon", "Feature"]}},
}
_HOURS_SCHEMA = {"type": "number", "exclusiveMinimum": 0, "maximum": MAX_HORIZON_HOURS}
_FIGURE_SCHEMA = {"type": ["number", "boolean", "string", "null"]}

Area = Annotated[Any, BeforeValidator(_parse_area), WithJsonSchema(_AREA_SCHEMA)]
Network = Literal["electricity", "gas", "heat", "water"]
Hours = Annotated[float, BeforeValidator(_parse_hours), WithJsonSchema(_HOURS_SCHEMA)]
FigureValue = Annotated[Any, BeforeValidator(_parse_figure), WithJsonSchema(_FIGURE_SCHEMA)]


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class ElementFault(_Input):
    """A broken node, line or facility. Without `at` it is broken since the incident's `at`."""

    element: Identifier
    at: Time | None = None


class PriorityOrder(_Input):
    """The commander's own order of the classes, first to last, with the reason; classes left out follow as before."""

    categories: Annotated[
        tuple[Identifier, ...], AfterValidator(none_twice), AfterValidator(known_categories), Field(min_length=1)
    ]
    reason: Annotated[str, AfterValidator(_said), StringConstraints(strict=True, max_length=2_000)]


class Incident(Interventions):
    """What is known of an incident at the time `at`.

    `area` (EPSG:4490) and the townships in `area_townships` damage every element of `networks` that touches them, from
    `area_at` on, those of a network in `area_network_at` from that time. `figures` are reported by people. `inoperable`
    are switches and valves that cannot be operated. `closed_roads` are roads and coal routes by id. `reserves` are
    reported, at most one for each facility and commodity. An incident without faults and area is the normal state.
    """

    plan: Annotated[str, AfterValidator(known_plan), Field(json_schema_extra={"enum": list(PLAN_KEYS)})]
    at: Time
    faults: Annotated[tuple[ElementFault, ...], Field(max_length=10_000)] = ()
    area: Area | None = None
    area_at: Time | None = None
    area_network_at: dict[Network, Time] = Field(default_factory=dict)
    area_townships: Annotated[tuple[Identifier, ...], Field(max_length=10_000), AfterValidator(none_twice)] = ()
    networks: Annotated[tuple[Network, ...], Field(min_length=1), AfterValidator(none_twice)] = (
        "electricity",
        "gas",
        "heat",
        "water",
    )
    figures: dict[str, FigureValue] = Field(default_factory=dict, max_length=_MAX_FIGURES)
    horizon_hours: Hours = 72.0
    priority_order: PriorityOrder | None = None
    inoperable: Annotated[tuple[Identifier, ...], Field(max_length=10_000), AfterValidator(none_twice)] = ()
    reserves: Annotated[tuple[ReserveReport, ...], Field(max_length=10_000), AfterValidator(latest_alone)] = ()

    @classmethod
    def parse(cls, document: object, language: Language = "zh", plan_keys: Collection[str] = PLAN_KEYS) -> Incident:
        """Check a JSON document and return the incident; `InvalidIncident` names every wrong field and its remedy.

        `plan_keys` are the plans there are, where the district has brought its own beside the product's.
        """
        phrases = Phrases(language)
        if not isinstance(document, dict):
            raise InvalidIncident([problem(phrases, "", "not_object", {})])
        try:
            return cls.model_validate(document, context={"plan_keys": tuple(plan_keys)})
        except ValidationError as error:
            raise InvalidIncident(problems_of(error, phrases)) from error

    def damaged_since(self, network: str) -> datetime:
        """When the area was damaged as far as a network goes."""
        later = (begin for key, begin in self.area_network_at.items() if key == network)
        return next(later, self.area_at or self.at)

    @property
    def horizon_end(self) -> datetime:
        """The last moment that the assessment looks at."""
        return self.at + timedelta(hours=self.horizon_hours)
