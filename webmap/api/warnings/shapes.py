"""The shapes of what the routes of warnings answer, for the published schemas; the tests hold every answer to them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from priority.plans.conditions import Value
from priority.warnings.results import Authority as PlansAuthority
from priority.warnings.results import MissingFigure, WarningOutcome
from webmap.api.warnings.area_shapes import Area
from webmap.warnings.channels import State
from webmap.warnings.content import Content


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LevelName(_Shape):
    """A level of the plan."""

    key: str
    name: str
    clause: str


class Weighed(_Shape):
    """What the plan's rules suggest; `assessed` is false where the picture cannot be assessed."""

    plan: str
    level: str | None
    level_name: str | None
    why: str
    could_rise_to: str | None
    could_rise_by: list[MissingFigure]
    levels: list[WarningOutcome]
    synthetic: bool
    assessed: bool


class Authority(PlansAuthority):
    """Who approves and issues; `alone` where the plan asks for no approval."""

    issuers: list[str]
    approvers: list[str]
    alone: bool


class Offered(Content):
    """A content to begin with. Without a level its `level` is "", which a person has to choose."""

    level: str


class Item(_Shape):
    """An item of the content that the plan asks for."""

    name: str
    title: str
    clause: str


class ChannelOffer(_Shape):
    """A channel for the level: the plan's words that it serves, and how many deliveries it would make.

    `setting` is what an administrator has to set where it is not available. `no_mobile` counts who has a landline alone
    and gets no text message; null on other channels.
    """

    key: str
    title: str
    kind: Literal["machine", "by_hand", "record"]
    plan_words: list[str]
    suggested: bool
    available: bool
    why_not: str | None
    setting: str | None
    recipients: int
    no_mobile: int | None


class RecipientGroup(_Shape):
    """Recipients of an audience, each once, and how many of them nobody has an address of.

    `restricted` of them are places that must not be named, which the figures of an area leave out.
    """

    key: str
    title: str
    count: int
    restricted: int
    without_address: int


class Recipients(_Shape):
    """Whom the warning would go to, and why by the plan."""

    groups: list[RecipientGroup]
    notes: list[str]


class CapMeaning(_Shape):
    """What the level says in CAP's terms, by our mapping."""

    urgency: str
    severity: str
    certainty: str
    note: str


class Figure(_Shape):
    """A figure of the warning rules; an unknown one has no value."""

    key: str
    title: str
    kind: Literal["choice", "count", "flag", "hours"]
    value: Value | None
    source: Literal["log", "told", "reckoned", "unknown"]
    can_be_told: bool


class Assumption(_Shape):
    """What was taken for granted."""

    code: str
    text: str
    clause: str | None


class Suggestion(_Shape):
    """What is suggested for a warning of an incident, known from entries up to number `known`."""

    incident: str
    known: int
    at: str
    suggestion: Weighed
    level: str | None
    levels: list[LevelName]
    authority: Authority | None
    content: Offered
    basis: dict[str, Literal["plan", "data", "ours"]]
    items: list[Item]
    area: Area
    channels: list[ChannelOffer]
    recipients: Recipients
    cap: CapMeaning | None
    figures: list[Figure]
    assumptions: list[Assumption]
    synthetic: bool


#: Who has no address on a channel is told apart from failures of sending.
ShownState = State | Literal["no_address"]


class Act(_Shape):
    """What a person did about a delivery."""

    act: Literal["retried", "done", "told_otherwise", "undone", "decided_sent", "decided_failed"]
    by: str
    at: str
    note: str | None


class DeliveryFailure(_Shape):
    """A delivery that failed, of which nobody knows, or without address; names and addresses for who may draft alone.

    `reply` is what the other side answered and `settings` are the names of what to look at: both for administrators.
    `by_other_means` says that the recipient can only be told by other means, and be ticked off then; `history` is what
    people did about it.
    """

    id: str
    state: ShownState
    recipient: str | None
    address: str | None
    reason: str
    reply: str | None
    remedy: str
    settings: list[str]
    at: str
    attempts: int
    can_retry: bool
    by_other_means: bool
    history: list[Act]


class Done(_Shape):
    """Who ticked off last."""

    by: str | None
    at: str
    note: str | None
    by_other_means: bool
    history: list[Act]


class DeliveryGroup(_Shape):
    """The deliveries of a message on a channel to an audience.

    `by_other_means` says that some can only be told by other means. `product_query` is to be asked for beside the
    product where this audience has a text of its own (`left_area`: whose place is not in the area any more). `history`
    is what people did before about what waits for a person: a tick that was taken back.
    """

    message: str
    version: int
    type: Literal["Alert", "Update", "Cancel"]
    channel: str
    title: str
    audience: str
    audience_title: str
    total: int
    by_state: dict[ShownState, int]
    failures: list[DeliveryFailure]
    can_retry: bool
    by_other_means: bool
    by_hand: bool
    product: str | None
    product_query: str | None
    superseded: bool
    done: Done | None
    history: list[Act]


class Deliveries(_Shape):
    """How far a warning has come.

    `open` counts things to do about what no later message replaced: one for each group that people still serve by hand,
    one for each group with failures or without address, one for each delivery of which nobody knows.
    """

    warning: str
    groups: list[DeliveryGroup]
    open: int
