"""The shape of what is to be seen before a warning is issued or lifted, for the published schemas."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from webmap.api.warnings.area_shapes import AlreadyWarned
from webmap.api.warnings.shapes import Recipients


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GoingBy(_Shape):
    """A channel of the version: to how many it goes, and how many it has no address of.

    `for_all` is a channel that addresses the public alike. `why_not` says that the installation has no such channel:
    nothing leaves by it.
    """

    key: str
    title: str
    kind: Literal["machine", "by_hand", "record"]
    recipients: int
    without_address: int
    for_all: bool
    why_not: str | None


class Issuing(_Shape):
    """What issuing the version in preparation would do now, and which warnings hold there already."""

    version: int
    channels: list[GoingBy]
    recipients: Recipients
    already_warned: list[AlreadyWarned]


class NetworkOut(_Shape):
    """Customers of a network out; `customers_unknown` counts consumer points of which nobody knows how many."""

    network: str
    customers: int
    customers_unknown: int


class StillOut(_Shape):
    """Who is out in the plan's county at the incident's present; `known` is false where that cannot be assessed."""

    known: bool
    townships: list[str]
    networks: list[NetworkOut]
    said: str


class Briefing(_Shape):
    """What is to be seen before a step; `length` is the number of the last step."""

    warning: str
    length: int
    issuing: Issuing | None
    lifting: StillOut | None
