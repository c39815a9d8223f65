"""What a protection list says, as typed rows."""

from __future__ import annotations

from typing import Literal

from priority.results import Assumption, PlanIdentity
from priority.rows import Row


class FailedPlace(Row):
    """A place of the list that fails, and after how many hours."""

    id: str
    name: str
    tier: int
    hours: float


class Consequence(Row):
    """What is lost until the horizon if nothing is done: by network the most customers out; the places that fail.

    `population` is the most people of any network. Places are those of the list that the viewer may know of.
    """

    customers: dict[str, int]
    population: int
    facility_hours: float
    facilities: tuple[FailedPlace, ...]


class GuardRow(Row):
    """One element to guard; it stands for all whose failures have the very same effect.

    `kind` is that of the node or line, or "facility" for a plant; `network` then is the one that the plant feeds, and
    "coal" for a mine.
    """

    rank: int
    id: str
    name: str
    kind: str
    network: str
    consequence: Consequence
    reason: str


class PairRow(Row):
    """Two elements whose failures together take more places or people than the two apart.

    `beyond` is the excess: what only the two together take, and the hours by which places fail earlier.
    """

    rank: int
    first: str
    first_name: str
    second: str
    second_name: str
    consequence: Consequence
    beyond: Consequence
    reason: str


class SingleFeedRow(Row):
    """A place of the list with one element on which a required commodity hangs alone.

    `element` is the nearest to it, a switch or valve only where it hangs on nothing else; `elements` counts all such
    nodes and lines between it and its sources.
    """

    rank: int
    facility: str
    facility_name: str
    category: str
    tier: int
    commodity: str
    element: str
    element_name: str
    elements: int
    reserve_hours: float | None
    reason: str


class ShortReserveRow(Row):
    """A place whose reserve ends before a usual repair of the line that feeds it would be done, or may do so.

    `reserve_hours` None: nobody knows it.
    """

    rank: int
    facility: str
    facility_name: str
    category: str
    tier: int
    commodity: str
    reserve_hours: float | None
    usual_repair_hours: float
    reason: str


class CoalRouteRow(Row):
    """A coal route to a plant. `detour_hours` is the way around closed roads; None where there is none."""

    id: str
    name: str
    mine: str | None
    mine_name: str
    closed: bool
    tonnes_per_day: float | None
    hours: float | None
    detour_hours: float | None


class CoalRow(Row):
    """A plant's coal. `short_at` is when its stock ends at today's deliveries; None: not within a year, or unknown.

    `days_without_deliveries` is the stock over the daily use. `state` says what is known.
    """

    facility: str
    facility_name: str
    stock_tonnes: float | None
    daily_use_tonnes: float | None
    deliveries_tonnes_per_day: float | None
    days_without_deliveries: float | None
    short_at: str | None
    days_left: float | None
    state: Literal["enough", "running_short", "short_within_horizon", "unknown"]
    routes: tuple[CoalRouteRow, ...]
    reason: str


class ProtectionList(Row):
    """The answer of `webmap protect`: lists ordered by the plan's priority list, each row with its reason.

    `examined` counts the single failures that were followed in time, one for each segment, device and plant.
    """

    plan: PlanIdentity
    at: str
    horizon_hours: float
    data_version: str
    synthetic: bool
    language: Literal["zh", "en"]
    summary: str
    guard: tuple[GuardRow, ...]
    pairs: tuple[PairRow, ...]
    single_feed: tuple[SingleFeedRow, ...]
    short_reserve: tuple[ShortReserveRow, ...]
    coal: tuple[CoalRow, ...]
    examined: int
    assumptions: tuple[Assumption, ...]

    def document(self) -> dict[str, object]:
        """Return the JSON document."""
        return self.model_dump(mode="json")
