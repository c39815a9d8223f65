"""What siting answers: the sites, who is served from where, who is not, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from priority.siting.distances import Unit
from priority.siting.problem import Model

#: Proven optimal; a solution with a proven gap; proven to have no solution; nothing found in the time there was.
Status = Literal["optimal", "gap", "infeasible", "unknown"]
#: Why a place makes a problem infeasible: no site within the limit at all, or too few sites or too little capacity.
Obstacle = Literal["unreachable", "not_enough"]


@dataclass(frozen=True)
class Service:
    """A demand that a site serves, `share` of it (0 to 1), at a distance in the problem's unit."""

    demand: str
    site: str
    distance: float
    share: float


@dataclass(frozen=True)
class TierResult:
    """One tier: the objective within it, its proven bound, its weight and the weight that is covered."""

    tier: int
    objective: float | None
    bound: float | None
    weight: float
    covered_weight: float


@dataclass(frozen=True)
class Blocked:
    """A place that makes the problem infeasible, and why."""

    demand: str
    obstacle: Obstacle


@dataclass(frozen=True)
class Siting:
    """The answer to a question.

    `objective`: lscp the number of new sites; mclp covered weight; pmedian sum of weight times distance; pcenter the
    largest distance; None without a solution. `gap` is relative to the objective, None where it is unknown. `selected`
    are new sites in the problem's order. `uncovered` are demands that no site serves within the standard; without a
    standard, those without any site; of an infeasible problem, the places in `blocked`. `covered_share` is the covered
    share of all weight, None without weight or solution. `worst` is the largest distance of a service, None without
    one. `backed_up_share` is the share with enough backup, None where none was asked for.
    """

    model: Model
    status: Status
    objective: float | None
    bound: float | None
    gap: float | None
    selected: tuple[str, ...]
    services: tuple[Service, ...]
    uncovered: tuple[str, ...]
    covered_weight: float
    covered_share: float | None
    backed_up_share: float | None
    worst: float | None
    tiers: tuple[TierResult, ...]
    blocked: tuple[Blocked, ...]
    unit: Unit
    straight: bool
    seconds: float

    @property
    def assignment(self) -> dict[str, str]:
        """The site that serves the most of each demand that is served."""
        most: dict[str, Service] = {}
        for service in self.services:
            if service.demand not in most or service.share > most[service.demand].share:
                most[service.demand] = service
        return {demand: service.site for demand, service in most.items()}
