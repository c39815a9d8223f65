"""What people write into an incident's log: one type of fact for each kind, checked when it is read."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from priority.fields import Time, none_twice
from priority.incident import FigureValue
from webmap.incidents.command_kinds import CommandHandedOver, CommandTakenBack, SupplyTakenOver
from webmap.incidents.data_kinds import DataAdopted
from webmap.incidents.entry_fields import NETWORKS, Area, Categories, Hours, Id, Name, Network, Number, Text
from webmap.incidents.fact import Decision, Fact
from webmap.incidents.told_upward import DetailGiven, ReportSent, TemperatureReported

#: Kinds that stand in rooms of their own and are met here with the others.
__all__ = [
    "CommandHandedOver",
    "CommandTakenBack",
    "DataAdopted",
    "Decision",
    "DetailGiven",
    "Fact",
    "ReportSent",
    "SupplyTakenOver",
    "TemperatureReported",
]


class Reported(Fact):
    """Somebody told the headquarters of the event (energy and heating plan 4.1). It opens every log."""

    kind: Literal["reported"] = "reported"
    text: Text
    source: Name | None = None
    place: Name | None = None


class FaultLocated(Fact):
    """A node, line or facility has been broken since `happened_at`."""

    kind: Literal["fault_located"] = "fault_located"
    element: Id
    text: Text | None = None


class AreaDrawn(Fact):
    """Everything of `networks` in the area (GeoJSON, EPSG:4490) and the townships is damaged; replaces the last one."""

    kind: Literal["area_drawn"] = "area_drawn"
    area: Area | None = None
    townships: Annotated[tuple[Id, ...], Field(max_length=10_000), AfterValidator(none_twice)] = ()
    networks: Annotated[tuple[Network, ...], Field(min_length=1), AfterValidator(none_twice)] = NETWORKS

    @model_validator(mode="after")
    def _somewhere(self) -> AreaDrawn:
        if self.area is None and not self.townships:
            raise PydanticCustomError("area_missing", "no area")
        return self


class FigureReported(Fact):
    """A figure of the plan was reported; null takes an earlier report back: the figure is not known."""

    kind: Literal["figure_reported"] = "figure_reported"
    figure: Id
    value: FigureValue
    source: Name | None = None


#: For the published schema, which cannot tell it from the types.
_ACTION_UNLESS_STUCK: dict[str, Any] = {
    "if": {"properties": {"outcome": {"const": "stuck"}}, "required": ["outcome"]},
    "else": {"properties": {"action": {"type": "string"}}, "required": ["action"]},
}


class DeviceOperated(Fact):
    """A switch or valve was opened or closed, or cannot be operated (stuck): `action` is what was tried, if told."""

    model_config = ConfigDict(json_schema_extra=_ACTION_UNLESS_STUCK)

    kind: Literal["device_operated"] = "device_operated"
    device: Id
    outcome: Literal["done", "stuck"] = "done"
    action: Annotated[Literal["open", "close"] | None, Field(validate_default=True)] = None

    @field_validator("action")
    @classmethod
    def _told_unless_stuck(cls, action: str | None, info: ValidationInfo) -> str | None:
        if action is None and info.data.get("outcome") == "done":
            raise PydanticCustomError("missing", "no action")
        return action


class UnitPlaced(Fact):
    """A mobile unit feeds a facility's need from `happened_at` on. A named unit is where it was placed last."""

    kind: Literal["unit_placed"] = "unit_placed"
    facility: Id
    commodity: Literal["electricity", "heat", "water"]
    unit: Id | None = None


class ReserveReported(Fact):
    """A facility's own reserve lasts so many hours from `happened_at` on, should supply fail."""

    kind: Literal["reserve_reported"] = "reserve_reported"
    facility: Id
    commodity: Literal["electricity", "gas", "heat", "water", "coal"]
    hours: Hours


class CrewSent(Fact):
    """A crew set out, to an element or with a task in words."""

    kind: Literal["crew_sent"] = "crew_sent"
    crew: Name
    element: Id | None = None
    task: Text | None = None


class LevelRecommended(Fact):
    """A level was proposed to who decides it (the office's duty in both plans); null: none was."""

    kind: Literal["level_recommended"] = "level_recommended"
    level: Name | None
    text: Text | None = None


#: Whether nobody knows what was recommended, since the picture could not be assessed. The server puts it.
RecommendationFailed = Annotated[bool, Field(strict=True)]


class LevelStarted(Decision):
    """A response was started. `recommended` is the level that was proposed then, null for none, or none known."""

    kind: Literal["level_started"] = "level_started"
    level: Name
    recommended: Name | None
    recommendation_failed: RecommendationFailed = False
    reason: Text | None = None


class LevelChanged(Decision):
    """The running response was raised or lowered to `level`."""

    kind: Literal["level_changed"] = "level_changed"
    level: Name
    recommended: Name | None
    recommendation_failed: RecommendationFailed = False
    reason: Text | None = None


class LevelEnded(Decision):
    """The running response was ended."""

    kind: Literal["level_ended"] = "level_ended"
    reason: Text | None = None


class WarningIssued(Decision):
    """A warning of the plan's level (its key) was issued. `approved_by` is the office that approved it.

    `replaces` is the entry that issued what this one updates, `expires_at` when it ends unless it is updated, and
    `warning_id` the warning's id in the register, which alone issues and lifts it.
    """

    kind: Literal["warning_issued"] = "warning_issued"
    level: Name
    scope: Text
    text: Text
    approved_by: Name | None = None
    replaces: Number | None = None
    expires_at: Time | None = None
    warning_id: Id | None = None


class WarningLifted(Decision):
    """The warning that entry `warning` issued was lifted."""

    kind: Literal["warning_lifted"] = "warning_lifted"
    warning: Number
    reason: Text | None = None


class PriorityOrdered(Decision):
    """The classes of facilities were put into another order, first to last; without any, back into the plan's own."""

    kind: Literal["priority_ordered"] = "priority_ordered"
    categories: Categories
    reason: Text


class MeasureDone(Fact):
    """A measure of the plan's checklist was carried out; `clause` is the measure's."""

    kind: Literal["measure_done"] = "measure_done"
    measure: Text
    unit: Name | None = None
    text: Text | None = None


class Repaired(Fact):
    """A fault ended. `element` is the fault's, "area" for the drawn area, or "area/heat" for one network of it."""

    kind: Literal["repaired"] = "repaired"
    element: Id


class RoadClosed(Fact):
    """A road or coal route was closed, or opened again (`closed` false)."""

    kind: Literal["road_closed"] = "road_closed"
    road: Id
    closed: Annotated[bool, Field(strict=True)] = True


class Note(Fact):
    """Anything else worth keeping."""

    kind: Literal["note"] = "note"
    text: Text


class Closed(Fact):
    """Nothing more is expected of the incident: for those that never needed a response, or were no event at all."""

    kind: Literal["closed"] = "closed"
    reason: Text


Correctable = Annotated[
    Reported
    | FaultLocated
    | AreaDrawn
    | FigureReported
    | DeviceOperated
    | UnitPlaced
    | ReserveReported
    | TemperatureReported
    | DetailGiven
    | CrewSent
    | LevelRecommended
    | LevelStarted
    | LevelChanged
    | LevelEnded
    | WarningIssued
    | WarningLifted
    | PriorityOrdered
    | CommandHandedOver
    | CommandTakenBack
    | SupplyTakenOver
    | MeasureDone
    | ReportSent
    | Repaired
    | RoadClosed
    | DataAdopted
    | Note
    | Closed,
    Field(discriminator="kind"),
]


class Correction(Fact):
    """Entry `corrects` is to be read as `replacement`, or as never written (null). Nothing is edited or deleted.

    A later correction of the same entry counts instead. `office` is needed where the entry is a decision.
    """

    kind: Literal["correction"] = "correction"
    corrects: Number
    replacement: Correctable | None
    reason: Text
    office: Name | None = None


#: Reads a document of any kind.
FACT: TypeAdapter[Fact] = TypeAdapter(Annotated[Correctable | Correction, Field(discriminator="kind")])
_MODELS: tuple[type[Fact], ...] = (*get_args(get_args(Correctable)[0]), Correction)
#: Every kind of entry, in the order of the table above.
KINDS: tuple[str, ...] = tuple(model.model_fields["kind"].default for model in _MODELS)
