"""What people do during an incident: repair, operate devices, bring mobile units. Times are with offset, as entered."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from priority.fields import Identifier, Time


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Repair(_Input):
    """A fault ends at `at`.

    `element` is one of the incident's faults, "area" for the drawn area on every network, or "area/heat" on one.
    """

    element: Identifier
    at: Time


class Placement(_Input):
    """From `at` on a mobile unit feeds a facility's need: a generator electricity, a boiler heat, a tanker water.

    Its fuel is counted as brought in time; it stays until the end of the horizon.
    """

    facility: Identifier
    commodity: Literal["electricity", "heat", "water"]
    at: Time
    unit: Identifier | None = None


class Operation(_Input):
    """A switch or valve is opened or closed at `at` and stays so. A device that isolates a fault stays open."""

    device: Identifier
    action: Literal["open", "close"]
    at: Time


class Interventions(_Input):
    """The fields of an incident that say what is being done about it, and which roads are closed.

    Stocks shrink, and roads are closed, from `started_at` on; without it from the first fault, or `at` if that is
    earlier.
    """

    repairs: tuple[Repair, ...] = Field(default=(), max_length=10_000)
    placements: tuple[Placement, ...] = Field(default=(), max_length=10_000)
    operations: tuple[Operation, ...] = Field(default=(), max_length=10_000)
    closed_roads: tuple[Identifier, ...] = Field(default=(), max_length=10_000)
    started_at: Time | None = None
