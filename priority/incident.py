"""An incident as people enter it: what is broken, since when, under which plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
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

from layers.vocabulary import FACILITY_CATEGORIES, NETWORKS
from priority.area import AreaFault, parse_area
from priority.errors import InvalidIncident, Problem
from priority.plans import PLAN_KEYS
from priority.plans.models import Language
from priority.wording import Phrases

MAX_HORIZON_HOURS = 720
#: No plan has nearly as many figures.
_MAX_FIGURES = 200
#: How many wrong fields a person is told at once.
_MAX_PROBLEMS = 50
#: Times outside these years are slips of the keyboard, and near the calendar's ends arithmetic would overflow.
_YEARS = range(2000, 2101)
_ISO_WITH_OFFSET = re.compile(r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$")


def _parse_time(value: object) -> datetime:
    """Accept ISO 8601 text with an offset and nothing else (no epoch numbers, no local time)."""
    if isinstance(value, datetime):
        moment = value
    else:
        if not isinstance(value, str):
            raise PydanticCustomError("time_type", "not a text")
        if not _ISO_WITH_OFFSET.match(value):
            raise PydanticCustomError("time_offset" if "T" in value else "time_format", "no ISO time with offset")
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("time_format", "no such time") from None
    if moment.tzinfo is None:
        raise PydanticCustomError("time_offset", "no offset")
    if moment.year not in _YEARS:
        raise PydanticCustomError("time_range", "year out of range")
    return moment.replace(microsecond=0)


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


def _known_plan(key: str, info: ValidationInfo) -> str:
    known: Collection[str] = (info.context or {}).get("plan_keys", PLAN_KEYS)
    if key not in known:
        raise PydanticCustomError("plan_unknown", "no such plan", {"known": "、".join(known)})
    return key


def _known_categories(keys: tuple[str, ...]) -> tuple[str, ...]:
    known = [choice.key for choice in FACILITY_CATEGORIES]
    if not set(keys) <= set(known):
        raise PydanticCustomError("category_unknown", "no such class", {"known": "、".join(known)})
    return keys


def _parse_hours(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticCustomError("not_number", "no number")
    if not 0 < value <= MAX_HORIZON_HOURS:  # false for NaN too
        raise PydanticCustomError("horizon_range", "out of range")
    return float(value)


def _parse_figure(value: object) -> object:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise PydanticCustomError("figure_type", "no plain value")


def _none_twice(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(values)) != len(values):
        raise PydanticCustomError("repeated", "repeated")
    return values


_TIME_SCHEMA = {"type": "string", "format": "date-time", "description": "ISO 8601 with offset"}
_AREA_SCHEMA = {
    "type": "object",
    "description": "GeoJSON Polygon or MultiPolygon (or a Feature of one), longitude latitude, EPSG:4490",
    "required": ["type"],
    "properties": {"type": {"enum": ["Polygon", "MultiPolygon", "Feature"]}},
}
_HOURS_SCHEMA = {"type": "number", "exclusiveMinimum": 0, "maximum": MAX_HORIZON_HOURS}
_FIGURE_SCHEMA = {"type": ["number", "boolean", "string", "null"]}

Time = Annotated[datetime, BeforeValidator(_parse_time), WithJsonSchema(_TIME_SCHEMA)]
Area = Annotated[Any, BeforeValidator(_parse_area), WithJsonSchema(_AREA_SCHEMA)]
Identifier = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=200)]
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
        tuple[Identifier, ...], AfterValidator(_none_twice), AfterValidator(_known_categories), Field(min_length=1)
    ]
    reason: Annotated[str, AfterValidator(_said), StringConstraints(strict=True, max_length=2_000)]


class Incident(_Input):
    """What is known of an incident at the time `at`.

    `area` (EPSG:4490) and the townships in `area_townships` damage every element of `networks` that touches them, from
    `area_at` on. `figures` are reported by people. `inoperable` are switches and valves that cannot
    be operated. An incident without faults and area is the normal state.
    """

    plan: Annotated[str, AfterValidator(_known_plan), Field(json_schema_extra={"enum": list(PLAN_KEYS)})]
    at: Time
    faults: Annotated[tuple[ElementFault, ...], Field(max_length=10_000)] = ()
    area: Area | None = None
    area_at: Time | None = None
    area_townships: Annotated[tuple[Identifier, ...], Field(max_length=10_000), AfterValidator(_none_twice)] = ()
    networks: Annotated[
        tuple[Literal["electricity", "gas", "heat", "water"], ...], Field(min_length=1), AfterValidator(_none_twice)
    ] = ("electricity", "gas", "heat", "water")
    figures: Annotated[dict[str, FigureValue], Field(max_length=_MAX_FIGURES)] = {}
    horizon_hours: Hours = 72.0
    priority_order: PriorityOrder | None = None
    inoperable: Annotated[tuple[Identifier, ...], Field(max_length=10_000), AfterValidator(_none_twice)] = ()

    @classmethod
    def parse(cls, document: object, language: Language = "zh", plan_keys: Collection[str] = PLAN_KEYS) -> Incident:
        """Check a JSON document and return the incident; `InvalidIncident` names every wrong field and its remedy.

        `plan_keys` are the plans there are, where the district has brought its own beside the product's.
        """
        phrases = Phrases(language)
        if not isinstance(document, dict):
            raise InvalidIncident([_problem(phrases, "", "not_object", {})])
        try:
            return cls.model_validate(document, context={"plan_keys": tuple(plan_keys)})
        except ValidationError as error:
            raise InvalidIncident(_problems(error, phrases)) from error

    @property
    def damaged_since(self) -> datetime:
        """When the area was damaged."""
        return self.area_at or self.at

    @property
    def horizon_end(self) -> datetime:
        """The last moment that the assessment looks at."""
        return self.at + timedelta(hours=self.horizon_hours)


def _field_path(location: tuple[int | str, ...]) -> str:
    path = ""
    for part in location:
        if isinstance(part, int):
            path += f"[{part}]"
        else:
            path += f".{part}" if path else part
    return path


#: pydantic's own error types, by the phrase that explains them.
_PHRASE_OF = {
    "missing": "missing",
    "extra_forbidden": "unknown_field",
    "string_type": "not_text",
    "string_unicode": "not_text",
    "string_too_short": "empty_text",
    "string_too_long": "text_too_long",
    "tuple_type": "not_list",
    "too_long": "list_too_long",
    "too_short": "list_too_short",
    "dict_type": "not_object",
    "model_type": "not_object",
    "model_attributes_type": "not_object",
    "literal_error": "network_unknown",
}


def _problems(error: ValidationError, phrases: Phrases) -> list[Problem]:
    """Turn pydantic's findings into ours, one a field.

    A list that is too short because its items are wrong is told by its items alone.
    """
    found: dict[str, Problem] = {}
    for item in error.errors(include_url=False):
        context: dict[str, Any] = {"known": "、".join(choice.key for choice in NETWORKS), **(item.get("ctx") or {})}
        context["maximum"] = MAX_HORIZON_HOURS
        if item["type"] == "area_crosses_itself":
            context["detail"] = phrases.polygon_fault(context["detail"])
        field = _field_path(item["loc"]) + str(context.get("place", ""))
        found.setdefault(field, _problem(phrases, field, _PHRASE_OF.get(item["type"], item["type"]), context))
    lists = {field.rpartition("[")[0] for field in found if field.endswith("]")}
    told = [item for field, item in found.items() if field not in lists]
    if len(told) <= _MAX_PROBLEMS:
        return told
    return [*told[:_MAX_PROBLEMS], _problem(phrases, "", "more_problems", {"count": len(told) - _MAX_PROBLEMS})]


def _problem(phrases: Phrases, field: str, code: str, context: dict[str, Any]) -> Problem:
    write: Callable[..., str] = phrases.write
    return Problem(field, write(f"problem.{code}", **context), write(f"remedy.{code}", **context))
