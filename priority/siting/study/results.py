"""What a siting study answers, as typed rows. Points are longitude and latitude, EPSG:4490; None stands for unknown.

Distances are in `unit`: minutes by road, metres in a straight line, or what a matrix was given in.
"""

from __future__ import annotations

from typing import Any, Literal

from priority.plans import Language
from priority.results import Assumption, PlanIdentity
from priority.rows import Row
from priority.siting.distances import Unit
from priority.siting.problem import Model
from priority.siting.results import Status
from priority.siting.study.input import SiteKind

Point = tuple[float, float]
Origin = Literal["layer", "facility", "entered"]
SiteStatus = Literal["existing", "candidate", "planned"]
#: Why a candidate is out: hit by the incident, without electricity, in a drawn area, by hand, no road to any demand.
Exclusion = Literal["affected", "failed_network", "area", "by_hand", "unreachable"]
#: Why demand is not covered: too far, no way at all, or the sites in reach are full.
Shortfall = Literal["beyond", "unreachable", "full"]


class Seats(Row):
    """How many people the open sites take in all; `unknown_count` sites have no known capacity and are in no figure."""

    total: float
    unknown_count: int


class DemandTotals(Row):
    """The demand as a whole. `weight_unit`: people, or places where no weight is a number of people.

    `unknown_people_count` counts consumer points (and facilities) whose people nobody knows: the points are in no
    figure, a facility counts as 1. `covered_*` are None where nothing was solved.
    `seats` is None there too, and where the kind's capacity and the weight have different units.
    """

    count: int
    weight: float
    weight_unit: Literal["people", "places"]
    facility_count: int
    covered_count: int | None
    covered_facility_count: int | None
    covered_weight: float | None
    covered_share: float | None
    unreachable_count: int
    unknown_people_count: int
    seats: Seats | None = None


class WithoutIt(Row):
    """What would be left if this site alone were not there; None where that is not known."""

    covered_share: float | None
    objective: float | None


class SiteRow(Row):
    """A site that is open in the answer: `new` ones are chosen, the others stay.

    `serves_weight`, `serves_count`: what it serves (within the standard where the model is one of coverage). `worst` is
    the farthest of these. `facilities` names at most five of the first classes.
    """

    id: str
    name: str
    point: Point
    origin: Origin
    status: SiteStatus
    new: bool
    serves_weight: float
    serves_count: int
    worst: float | None
    capacity: float | None
    cost: float | None
    facilities: tuple[str, ...]
    without_it: WithoutIt


class TierRow(Row):
    """One class of the order of precedence; `tier` is its number in the plan's list, None outside that list."""

    tier: int | None
    title: str
    count: int
    covered_count: int
    weight: float
    covered_weight: float
    worst: float | None


class TownshipRow(Row):
    """One township with demand; `code` is None for places outside all townships."""

    code: str | None
    name: str
    weight: float
    covered_weight: float
    covered_share: float | None
    worst: float | None


class UncoveredRow(Row):
    """Demand that is not covered: a facility or an entered point, or all such people of one township.

    Of people, `point` is where most of them are and `nearest` the longest of their ways to the nearest open site.
    """

    id: str
    name: str
    tier: int | None
    weight: float
    count: int
    point: Point
    nearest: float | None
    reason: Shortfall


class WorstRow(Row):
    """The place with the longest way, and the open site nearest to it."""

    name: str
    site: str
    distance: float


class CandidateRow(Row):
    """A place where a site could stand or stands; `excluded` and `reason` tell why it was not considered."""

    id: str
    name: str
    point: Point
    origin: Origin
    status: SiteStatus
    capacity: float | None
    cost: float | None
    excluded: Exclusion | None
    reason: str | None


class CurveRow(Row):
    """The answer with so many new sites. `objective` is the model's own measure.

    Of lscp: the weight that so many sites can cover.
    """

    sites: int
    status: Status
    objective: float | None
    gap: float | None
    covered_share: float | None
    selected: tuple[str, ...]


class CostTotal(Row):
    """The cost of the new sites in yuan as far as it is known; `total` is None where none is."""

    total: float | None
    unknown_count: int


class ScenarioRow(Row):
    """One scenario: the best that a choice of its own reaches, what the common choice reaches, and the difference."""

    name: str
    best: float
    reached: float
    regret: float
    covered_share: float | None


class RobustRow(Row):
    """The common choice for several scenarios; no choice has a smaller worst regret than `bound`."""

    worst_regret: float | None
    bound: float | None
    scenarios: tuple[ScenarioRow, ...]


class _Study(Row):
    """What a plan and a survey have in common."""

    plan: PlanIdentity
    data_version: str
    synthetic: bool
    language: Language
    study: dict[str, Any]
    kind: SiteKind

    def document(self) -> dict[str, Any]:
        """Return the JSON document."""
        return self.model_dump(mode="json")


class SitingPlan(_Study):
    """The answer to a study.

    `lines` (the 5,000 heaviest at most): demand longitude, latitude, index in `sites` (-1: none), weight, distance,
    and 1 if covered.
    `scenario` names the scenario that sites, demand and lines tell of: that which fares worst; None without scenarios.
    """

    model: Model
    status: Status
    objective: float | None
    bound: float | None
    gap: float | None
    unit: Unit
    straight: bool
    seconds: float
    sentence: str
    reading: str
    proof: str
    scenario: str | None
    demand: DemandTotals
    sites: tuple[SiteRow, ...]
    tiers: tuple[TierRow, ...]
    townships: tuple[TownshipRow, ...]
    uncovered: tuple[UncoveredRow, ...]
    uncovered_more: int
    worst: WorstRow | None
    lines: tuple[tuple[float, float, int, float, float | None, Literal[0, 1]], ...]
    candidates: tuple[CandidateRow, ...]
    curve: tuple[CurveRow, ...]
    cost: CostTotal
    robust: RobustRow | None
    assumptions: tuple[Assumption, ...]
    notes: tuple[str, ...]


class SitingSurvey(_Study):
    """The inputs of a study without an answer; `demand_points`: longitude, latitude, weight, tier; at most 5,000.

    `existing` are sites that stay; `problems_ahead` tells in words what will stand in the way of an answer.
    """

    unit: Unit
    straight: bool
    demand: DemandTotals
    demand_points: tuple[tuple[float, float, float, int | None], ...]
    candidates: tuple[CandidateRow, ...]
    existing: tuple[CandidateRow, ...]
    assumptions: tuple[Assumption, ...]
    problems_ahead: tuple[str, ...]
