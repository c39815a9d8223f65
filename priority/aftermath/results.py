"""What an incident cost over time, as typed rows. The JSON document and its schema are made from these.

Times are ISO 8601 text with an offset; None stands for unknown or not reached. Customers are meters, people population.
Sums leave out consumer points without a figure: where `customers_unknown` is not 0 they are lower bounds.
"""

from __future__ import annotations

from typing import Literal

from pydantic import AliasChoices, Field

from priority.plans import Language
from priority.results import Assumption, FacilityState, PlanIdentity
from priority.rows import Row


class ImpactRow(Row):
    """The totals from a moment on; `hours` after the incident's first moment.

    `people_hit` takes in each township the network with most people out, so that nobody is counted twice.
    """

    at: str
    hours: float
    customers_out: dict[str, int]
    people_out: dict[str, int]
    people_hit: int
    facilities_failed: int
    facilities_on_reserve: int
    temperature_c: float | None


class Reached(Row):
    """When something was reached, and how many hours after the first loss."""

    at: str
    hours: float


class Unserved(Row):
    """Energy (kWh) or volume (m³) not delivered; `unknown_points` were out and their demand is not known."""

    value: float
    unit: Literal["kWh", "m3"]
    unknown_points: int


class NetworkImpact(Row):
    """One network over the whole incident. `restored` holds "50", "90", "100"; `out_at_end` counts customers.

    `interruptions`, `saifi`, `saidi_minutes`, `caidi_minutes` are of interruptions longer than five minutes, after
    IEEE Std 1366; None where unknown customers could change them.
    """

    customers_total: int
    customers_unknown: int
    customers_hit: int
    people_hit: int
    vulnerable_people_hit: int
    peak_customers: int
    peak_at: str | None
    customer_hours: float
    people_hours: float
    vulnerable_people_hours: float
    unserved: Unserved
    first_loss_at: str | None
    restored: dict[str, Reached | None]
    out_at_end: int
    interruptions: int
    momentary_interruptions: int
    saifi: float | None
    saidi_minutes: float | None
    caidi_minutes: float | None


class TownshipNetworkImpact(Row):
    """One network in one township. `hours_per_customer` is of the customers hit."""

    customers: int
    customers_hit: int
    customers_unknown: int
    peak_customers: int
    customer_hours: float
    people_hours: float
    first_loss_at: str | None
    restored_at: str | None
    hours_to_restore: float | None
    hours_per_customer: float | None
    out_at_end: int


class TownshipImpact(Row):
    """A township; `code` None holds what lies in none. People are those of the network with most of them out."""

    code: str | None
    name: str
    county_code: str | None
    networks: dict[str, TownshipNetworkImpact]
    people_hit: int
    people_hours: float
    facilities_failed: int
    facility_failed_hours: float


class FailureSpell(Row):
    """From when to when a facility was out, and why; `to` None while it lasts."""

    from_: str = Field(validation_alias=AliasChoices("from_", "from"), serialization_alias="from")
    to: str | None
    hours: float
    cause: str


class ReserveUse(Row):
    """How much of a reserve was used up: hours without supply while the place went on.

    `known_hours` is the data's figure, or what was used until the last report plus what was then left.
    """

    commodity: str
    used_hours: float
    known_hours: float | None
    used_share: float | None
    ran_out_at: str | None


class PlacedUnitRow(Row):
    """A mobile unit that was placed; `unit` None where it had no name."""

    unit: str | None
    commodity: str
    at: str


class FacilityImpact(Row):
    """A facility that failed, lived on a reserve or got a unit. `point` is longitude, latitude (EPSG:4490)."""

    id: str
    name: str
    category: str
    tier: int | None
    township: str | None
    township_name: str
    point: tuple[float, float]
    failures: tuple[FailureSpell, ...]
    failed_hours: float
    on_reserve_hours: float
    reserves: tuple[ReserveUse, ...]
    units_placed: tuple[PlacedUnitRow, ...]
    back_at: str | None


class ClassImpact(Row):
    """A class of facilities: how many there are, were hit (failed or lived on a reserve), failed; their hours."""

    category: str
    title: str
    tier: int | None
    count: int
    hit: int
    failed: int
    failed_hours: float
    on_reserve_hours: float


class ByHour(Row):
    """Townships (`codes`, None for outside) at each row of `series`: customers out by network, people hit."""

    codes: tuple[str | None, ...]
    customers_out: dict[str, tuple[tuple[int, ...], ...]]
    people_hit: tuple[tuple[int, ...], ...]


class Heating(Row):
    """Heating degree hours while heat was out for anybody; None where no temperature was known in that time."""

    base_c: float
    degree_hours: float | None
    people_degree_hours: float | None
    hours_known: float
    hours_unknown: float


class StateChange(Row):
    """A facility's state from a moment on."""

    facility: str
    at: str
    state: FacilityState


class Definition(Row):
    """How a figure is defined, in which unit, and by whom."""

    key: str
    title: str
    text: str
    unit: str
    source: str


class Impact(Row):
    """What an incident cost from its first moment to `until`: see `docs/impact.md`."""

    plan: PlanIdentity
    language: Language
    data_version: str
    synthetic: bool
    begins_at: str | None
    until: str
    hours: float
    running: bool
    series: tuple[ImpactRow, ...]
    changes: tuple[ImpactRow, ...]
    networks: dict[str, NetworkImpact]
    people_hours_hit: float
    townships: tuple[TownshipImpact, ...]
    facilities: tuple[FacilityImpact, ...]
    classes: tuple[ClassImpact, ...]
    by_hour: ByHour
    heating: Heating | None
    reserve_course: tuple[StateChange, ...]
    definitions: tuple[Definition, ...]
    assumptions: tuple[Assumption, ...]

    def document(self) -> dict[str, object]:
        """Return the JSON document."""
        return self.model_dump(mode="json", by_alias=True)
