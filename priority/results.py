"""What an assessment says, as typed rows. The JSON document and its schema are made from these.

Times are ISO 8601 text with the incident's offset. Shares are fractions of 1; None stands for unknown.
"""

from __future__ import annotations

from typing import Literal

from priority.levels.results import LevelResult
from priority.plans import Language, Plan
from priority.rows import Row

FacilityState = Literal["supplied", "on_reserve", "failed", "unknown"]


class PlanIdentity(Row):
    """Which plan a result follows."""

    key: str
    title: str
    document_number: str
    county_code: str
    county_name: str

    @classmethod
    def of(cls, plan: Plan, language: Language) -> PlanIdentity:
        """Name a plan in a language."""
        return cls(
            key=plan.key,
            title=plan.title.in_language(language),
            document_number=plan.document_number,
            county_code=plan.county_code,
            county_name=plan.county_name.in_language(language),
        )


class Device(Row):
    """A switch or valve to operate; `order` counts from 1, nearest to the source first."""

    id: str
    name: str
    kind: str
    order: int


class Loss(Row):
    """What a set of nodes carries: nodes (devices left out), customers (meters), people, demand."""

    nodes: int
    customers: int
    population: int
    vulnerable_people: int
    demand: float
    demand_unit: str


class IsolationRow(Row):
    """How one fault is cut off and what is lost until it is repaired. `active` tells whether it has begun at `at`.

    `devices_stuck` are out of order: the isolation has grown over them to the next ones. `overlaps` names the
    other faults that share lost elements with this one, the first 20 in the order of the rows; `overlaps_more` counts
    those left out. `fault` is the element's id, or "area" for a drawn area (one row a network).
    """

    fault: str
    name: str
    kind: str
    network: str | None
    at: str
    active: bool
    devices_to_open: tuple[Device, ...]
    devices_already_open: tuple[Device, ...]
    devices_damaged: tuple[Device, ...]
    devices_stuck: tuple[Device, ...]
    overlaps: tuple[str, ...]
    overlaps_more: int
    lost: Loss
    lost_nodes: tuple[str, ...]
    lost_lines: tuple[str, ...]


class Restored(Row):
    """What closing a tie brings back, and whether the lines on its way can carry it.

    `capacity` is unknown where no line on the way has a known one; `limiting_line` has the least to spare.
    """

    nodes: int
    customers: int
    population: int
    demand: float
    demand_unit: str
    facilities: tuple[str, ...]
    capacity: Literal["enough", "exceeded", "unknown"]
    headroom: float | None
    limiting_line: str | None


class SwitchingStep(Row):
    """One step of the switching plan, in order: devices to open first, then ties to close.

    `advised` is false for a tie that would overload a line: it is shown so that nobody closes it unknowingly.
    """

    order: int
    action: Literal["open", "close"]
    advised: bool
    id: str
    name: str
    kind: str
    network: str
    restores: Restored | None
    text: str


class HorizonLoss(Row):
    """An outage as it will be at the end of the horizon."""

    nodes: int
    customers: int
    population: int
    vulnerable_people: int
    demand: float
    customers_share: float | None


class Outage(Row):
    """A network's outage at `at`: what no source reaches, the lost segments included.

    `customers_unknown` counts unsupplied consumer points whose customers nobody knows: `customers` is then a lower
    bound and the share unknown. `since` is when the first node was lost. Nodes without supply in the normal state are
    not part of it.
    """

    nodes: int
    customers: int
    population: int
    vulnerable_people: int
    demand: float
    demand_unit: str
    customers_unknown: int
    customers_total: int
    customers_share: float | None
    since: str | None
    unsupplied_nodes: tuple[str, ...]
    dead_lines: tuple[str, ...]
    at_horizon: HorizonLoss


class FacilityRow(Row):
    """A facility at `at`. `fails_at` and `hours_left` are None when no failure is foreseen.

    Of a failed place `fails_at` is when the present failure began. `back_at` is when it comes back after that failure.

    `causes` is the chain from the fault to here in words; `lost` the commodities that are gone now. State `unknown`:
    in the data a required commodity reaches it from nowhere even in the normal state.
    """

    id: str
    name: str
    category: str
    tier: int | None
    township: str | None
    township_name: str
    state: FacilityState
    fails_at: str | None
    back_at: str | None
    hours_left: float | None
    reserve_unknown: bool
    lost: tuple[str, ...]
    causes: tuple[str, ...]


class TownshipCommodity(Row):
    """One network's customers in one township at `at`; `share` is None where it cannot be known."""

    customers_out: int
    customers_unknown: int
    customers: int
    share: float | None
    population: int
    vulnerable_people: int


class TownshipRow(Row):
    """A township at `at`. A row with `code` None holds what lies in no township, if there is such a thing."""

    code: str | None
    name: str
    county_code: str | None
    commodities: dict[str, TownshipCommodity]
    population_affected: int
    facilities_failed: int
    facilities_on_reserve: int


class RankingRow(Row):
    """One place to protect or restore, in order. `tier` is None for a class outside the plan's list."""

    rank: int
    id: str
    name: str
    category: str
    tier: int | None
    state: FacilityState
    hours_left: float | None
    clause: str | None
    reason: str


class FigureBasis(Row):
    """How a figure was computed."""

    title: str
    value: float | None
    unit: str
    numerator: float | None
    denominator: float | None
    method: str
    clauses: tuple[str, ...]


class Moment(Row):
    """A moment at which something changes: totals from then on, and what happens just then.

    Facilities that fail (`new_failures`), come back (`returned`) or get a mobile unit (`placed`); faults `repaired`.
    """

    at: str
    hours: float
    customers_out: dict[str, int]
    facilities_failed: int
    facilities_on_reserve: int
    new_failures: tuple[str, ...]
    returned: tuple[str, ...]
    repaired: tuple[str, ...]
    placed: tuple[str, ...]


class Assumption(Row):
    """Something the result rests on, or does not know."""

    code: str
    text: str
    clause: str | None = None


class Assessment(Row):
    """The picture of an incident at the time `at`: see `docs/api.md`."""

    plan: PlanIdentity
    at: str
    horizon_hours: float
    data_version: str
    synthetic: bool
    language: Literal["zh", "en"]
    situation: str
    isolation: tuple[IsolationRow, ...]
    switching: tuple[SwitchingStep, ...]
    outages: dict[str, Outage]
    facilities: tuple[FacilityRow, ...]
    townships: tuple[TownshipRow, ...]
    ranking: tuple[RankingRow, ...]
    figures: dict[str, float | None]
    figure_basis: dict[str, FigureBasis]
    reported_figures: dict[str, float | bool | str | None]
    timeline: tuple[Moment, ...]
    level: LevelResult
    assumptions: tuple[Assumption, ...]

    def document(self) -> dict[str, object]:
        """Return the JSON document."""
        return self.model_dump(mode="json")
