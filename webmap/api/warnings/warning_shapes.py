"""The shapes of a warning and of the list, for the published schemas; the tests hold every answer to them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from webmap.api.warnings.area_shapes import Area
from webmap.warnings.content import Content
from webmap.warnings.state import PendingStatus, Status


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class IncidentOf(_Shape):
    """Which incident a warning is of; without id and name for who may not read its log."""

    id: str
    name: str
    plan: str
    drill: bool


class InForce(_Shape):
    """The version that counts: by which entry of the log and which message, until when."""

    version: int
    entry: int
    identifier: str
    office: str
    issued_at: str
    expires_at: str


class Pending(_Shape):
    """The version in preparation."""

    version: int
    status: PendingStatus
    status_title: str


class Reminder(_Shape):
    """What somebody has to look at; another `at` makes it a new one."""

    code: str
    text: str
    at: str


class _Head(_Shape):
    id: str
    incident: IncidentOf
    plan: str
    drill: bool
    status: Status
    status_title: str
    level: str
    level_name: str
    title: str
    length: int
    in_force: InForce | None
    pending: Pending | None
    reminders: list[Reminder]


class Summary(_Head):
    """A warning in a list: the version in force, else the one issued last, else the latest."""

    townships: list[str]
    starts_at: str
    expires_at: str
    expires_in_s: int
    shape: dict[str, Any] = Field(description="GeoJSON MultiPolygon, EPSG:4490, within 20 m of the area")


class Listed(_Shape):
    """The warnings that the viewer may know of, the one drafted last first, and the server's moment.

    `more` is how many past ones were left out because fewer were asked for.
    """

    warnings: list[Summary]
    more: int
    now: str


class Message(_Shape):
    """A message that went out, and where its texts are."""

    identifier: str
    type: Literal["Alert", "Update", "Cancel"]
    sent: str
    urls: dict[Literal["cap", "notice", "sms", "broadcast", "phone", "doors"], str]


class Resolved(_Shape):
    """What the server made of a version: from which entries and data, and the level suggested then."""

    townships: list[str]
    suggested: str | None
    known: int
    data_version: str
    synthetic: bool


class Version(_Shape):
    """A version. `missing` says what the plan still asks for, `lifting` is the message that lifted it."""

    version: int
    content: Content
    resolved: Resolved
    area: Area
    missing: list[str]
    by: str
    at: str
    message: Message | None
    lifting: Message | None


class Step(_Shape):
    """A step as a sentence."""

    number: int
    kind: str
    at: str
    by: str
    office: str | None
    version: int
    said: str
    remarks: str | None


class Refusal(_Shape):
    """Why a step cannot be taken by the viewer now."""

    message: str
    remedy: str
    clause: str | None
    quotation: str | None


class Choice(_Shape):
    """A step: which offices may take it (none named: who may draft), which of them the viewer holds."""

    kind: str
    offices: list[str]
    mine: list[str]
    allowed: bool
    refusal: Refusal | None


class Whole(_Head):
    """A warning whole."""

    versions: list[Version]
    steps: list[Step]
    may: list[Choice]
    synthetic: bool


class Answer(_Shape):
    """One warning; in short for who may not read the log of its plan."""

    warning: Whole | Summary
