"""What a dispatch plan says, as typed rows. Times are ISO 8601 text with the incident's offset; None is unknown."""

from __future__ import annotations

from typing import Literal

from priority.results import Assumption, PlanIdentity
from priority.rows import Row

Status = Literal["proven", "best_found"]
State = Literal["kept", "late", "never"]


class TripRow(Row):
    """One journey of a vehicle: `leave_at` from where it is, at the stock `load_at`, away `depart_at`.

    It arrives `arrive_at` and has unloaded `amount` (in `unit`) at `unloaded_at`, `minutes` after leaving.
    `deadline_at` is when the place would run dry without this trip, `slack_minutes` what is left until then, negative
    where it comes too late. `route` is the way past the stock, longitude and latitude (EPSG:4490), to about ten metres.
    """

    vehicle: str
    vehicle_name: str
    position: int
    stock: str
    stock_name: str
    facility: str
    facility_name: str
    tier: int | None
    commodity: str
    unit: str
    leave_at: str
    load_at: str
    depart_at: str
    arrive_at: str
    unloaded_at: str
    amount: float
    minutes: float
    deadline_at: str
    slack_minutes: float
    route: tuple[tuple[float, float], ...]


class VehicleRow(Row):
    """A vehicle with what it does in all; `free_at` is when its last trip ends, None without one."""

    id: str
    name: str
    commodity: str
    load: float
    unit: str
    longitude: float
    latitude: float
    trips: int
    drive_minutes: float
    free_at: str | None
    assumed: bool


class StockRow(Row):
    """A stock with what is taken from it; `amount` and `left` are None where nobody knows how much there is."""

    id: str
    name: str
    commodity: str
    unit: str
    longitude: float
    latitude: float
    amount: float | None
    taken: float
    left: float | None
    assumed: bool


class FacilityRow(Row):
    """A place that runs out of a commodity at `deadline_at` and wants it until `until_at`.

    `need` is what it wants in all, `brought` what the plan brings. `held_until` is when it first goes without, the same
    as `until_at` where it does not, None where nobody knows what it uses. `state`: `kept` it never goes without, `late`
    it does for a while, `never` nothing is brought. `soonest_at` is when anything could be there at all.
    """

    facility: str
    facility_name: str
    category: str
    tier: int | None
    clause: str | None
    commodity: str
    unit: str
    deadline_at: str
    until_at: str
    per_hour: float | None
    need: float | None
    brought: float
    held_until: str | None
    state: State
    hours_without: float
    soonest_at: str | None
    reason_code: str
    reason: str


class LevelRow(Row):
    """One level of the goal. `places_without` and `hours_without` of this plan, and what no plan can better.

    A bound holds for plans that leave no more places without on the levels before.
    """

    title: str
    tier: int | None
    clause: str | None
    places: int
    places_without: int
    places_without_bound: int
    hours_without: float
    hours_without_bound: float


class BeyondRow(Row):
    """A place that fails for want of what no vehicle brings."""

    facility: str
    facility_name: str
    tier: int | None
    commodity: str
    fails_at: str
    reason_code: str
    reason: str


class DispatchPlan(Row):
    """The answer of `webmap dispatch`: who drives what where, who is reached in time, and who cannot be.

    `trips` are by vehicle and in order. `status` is `proven` where places and hours without are, level by level, the
    least there are; else the bounds stand with the `levels`. Driving is only kept small. `beyond` are the first of
    the places that nothing brought by road helps, `beyond_more` counts the others.
    """

    plan: PlanIdentity
    at: str
    horizon_hours: float
    data_version: str
    synthetic: bool
    language: Literal["zh", "en"]
    status: Status
    sentence: str
    proof: str
    trips: tuple[TripRow, ...]
    vehicles: tuple[VehicleRow, ...]
    stocks: tuple[StockRow, ...]
    facilities: tuple[FacilityRow, ...]
    levels: tuple[LevelRow, ...]
    beyond: tuple[BeyondRow, ...]
    beyond_more: int
    seconds: float
    assumptions: tuple[Assumption, ...]
    notes: tuple[str, ...]

    def document(self) -> dict[str, object]:
        """Return the JSON document."""
        return self.model_dump(mode="json")
