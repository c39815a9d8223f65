"""The shapes of what the log's routes answer, for the published schemas; the tests hold every answer to them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from webmap.incidents.entries import FACT
from webmap.reviews.results import NextReport

_INCIDENT = Field(description="An incident document as /api/assessments takes it: see incident.json")
_FACT = Field(description="The fact as it was sent: see fact.json; null where it names a place one may not know of")
_NUMBERS = Field(
    description="Numbers of entries, by what they put into the document: 'repaired e-1', 'placed f-1 heat'"
)


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Head(_Shape):
    """How an incident was opened. `opened_by` is the name of who wrote the first entry; `opened_at` is in UTC."""

    id: str
    plan: str
    name: str
    drill: bool
    opened_at: str
    opened_by: str


class Summary(Head):
    """An incident in a list. `began_at` is when the first of all that counts happened, as it was entered."""

    phase: Literal["reported", "responding", "ended"]
    level: str | None
    length: int
    began_at: str
    last_written_at: str


class Incidents(_Shape):
    """The incidents that the viewer may see, the one opened last first."""

    incidents: list[Summary]


class LevelStep(_Shape):
    """The step that set a level, by entry `number`."""

    number: int
    level: str | None
    at: str
    office: str
    author: str
    reason: str | None


class Refusal(_Shape):
    """Why none of the viewer's offices may, with the clause and the plan's own words."""

    message: str
    clause: str | None
    quotation: str | None


class DecisionShape(_Shape):
    """What could be decided now: by which offices, and which of them are the viewer's (`mine`)."""

    kind: Literal["level_started", "level_changed", "level_ended"]
    level: str | None
    offices: list[str]
    mine: list[str]
    clause: str
    refusal: Refusal | None


class _Told(_Shape):
    number: int
    at: str


class HandedOver(_Told):
    """To whom the command was handed over (by name), by which office, and why."""

    to: str
    office: str
    author: str
    reason: str
    clause: str | None


class TakenOver(_Told):
    """The homes of the heat source `stopped` are heated by the source `by`, and why."""

    stopped: str
    by: str
    reason: str


class StandingWarning(_Told):
    """A warning that was issued and not lifted."""

    level: str
    scope: str
    text: str
    office: str


class ReportedReserve(_Told):
    """How long a facility's own reserve was reported to last."""

    facility: str
    commodity: str
    hours: float


class PlacedUnit(_Told):
    """Where a mobile unit was placed last."""

    unit: str
    facility: str
    commodity: str


class SentCrew(_Told):
    """Where a crew was sent last."""

    crew: str
    element: str | None
    task: str | None


class DoneMeasure(_Told):
    """A measure of the checklist that was carried out."""

    measure: str
    unit: str | None
    clause: str | None


class May(_Shape):
    """What the viewer may do now; false throughout when looking back."""

    record: bool
    decide: bool
    issue_warning: bool
    reorder: bool
    open: bool


class DataOf(_Shape):
    """On which version of the data an incident is assessed, beside the present one.

    `adopted_in` is the entry that says so, null for the opening. `lost` is the version that the log names where it can
    be read no more; the present data stand for it.
    """

    version: str
    present: str
    adopted_in: int | None
    lost: str | None


class ChangedLayer(_Shape):
    """How many records of a layer are new, other or gone."""

    key: str
    title: str
    added: int
    changed: int
    removed: int


class LaterVersion(_Shape):
    """A version of the data that came after the incident's; `written_at` is in UTC."""

    version: str
    written_at: str | None
    author: str | None
    kind: str | None
    note: str


class GonePlace(_Shape):
    """A place that the log names and the present data do not have."""

    id: str
    name: str


class DataChanges(DataOf):
    """What changed in the data since the version that an incident is assessed on. Of `gone` the first are named."""

    layers: list[ChangedLayer]
    later: list[LaterVersion]
    gone: list[GonePlace]
    gone_count: int


class View(_Shape):
    """An incident at the moment `at`, from its entries up to number `known` of `length`.

    `hidden` counts the places left out of `document` because the viewer may not know of them; `lost` those that the
    data on which the incident rests do not hold.
    """

    incident: Head
    began_at: str
    at: str
    known: int
    length: int
    phase: Literal["reported", "responding", "ended"]
    level: LevelStep | None
    started: LevelStep | None
    document: dict[str, Any] = _INCIDENT
    hidden: int
    lost: int
    faults: dict[str, int]
    fault_entries: dict[str, list[int]]
    area_entries: list[int]
    entries_of: dict[str, int] = _NUMBERS
    warnings: list[StandingWarning]
    reserves: list[ReportedReserve]
    units: list[PlacedUnit]
    crews: list[SentCrew]
    measures: list[DoneMeasure]
    without_effect: list[int]
    handover: HandedOver | None
    takeovers: list[TakenOver]
    data: DataOf | None
    decisions: list[DecisionShape]
    next_report: NextReport | None
    may: May


class Counts(_Shape):
    """What is to be read instead of an entry that was corrected."""

    happened_at: str
    said: str
    clause: str | None


class LogEntry(_Shape):
    """An entry: `said` is it as a sentence; `corrected_by` the number of the correction that counts.

    `counts` is what that correction says; null where there is none, or where the entry was withdrawn.
    """

    number: int
    kind: str
    group: Literal["damage", "figure", "action", "decision", "warning", "report", "other"]
    happened_at: str
    written_at: str
    late: bool
    author: str
    clause: str | None
    said: str
    fact: dict[str, Any] | None = _FACT
    corrects: int | None
    corrected_by: int | None
    withdrawn: bool
    counts: Counts | None
    redacted: bool


class Entries(_Shape):
    """Entries of a log, in their order, as they were known then; `length` is the number of the last one there is."""

    incident: Head
    length: int
    entries: list[LogEntry]


def fact_schema() -> dict[str, Any]:
    """Return the schema of a fact as it is sent; what the server puts may be left out."""
    schema = FACT.json_schema(mode="validation")
    for model in schema["$defs"].values():
        if "kind" in model.get("properties", {}):
            required = {*model.get("required", ()), "kind"} - {"recommended"}
            model["required"] = [name for name in model["properties"] if name in required]
    return schema


def shape_schema(shape: type[BaseModel]) -> dict[str, Any]:
    """Return the schema of an answer."""
    return TypeAdapter(shape).json_schema(mode="serialization")
