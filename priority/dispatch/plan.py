"""The dispatch plan of an incident: which vehicle takes what from which stock to which place, and who is in time."""

from __future__ import annotations

from collections.abc import Sequence

from priority.assessment import take_picture
from priority.dispatch.ground import Ground, check_supply, lay_out
from priority.dispatch.input import Supply
from priority.dispatch.places import beyond_rows, facility_rows, level_rows
from priority.dispatch.results import DispatchPlan
from priority.dispatch.solve import Solution, solve_dispatch
from priority.dispatch.trips import stock_rows, trip_rows, vehicle_rows
from priority.dispatch.wants import Beyond, Want, beyond_of, wants_of
from priority.dispatch.words import assumptions, notes, proof, sentence
from priority.incident import Incident
from priority.picture import Picture
from priority.plans import Language, Plan
from priority.precedence import precedence
from priority.results import PlanIdentity
from priority.siting.effort import Effort
from priority.system import SupplySystem

#: So many needs are planned for at once, the first classes first; the others are counted.
MOST_NEEDS = 150


def dispatch(
    system: SupplySystem,
    incident: Incident,
    supply: Supply,
    plan: Plan,
    *,
    language: Language = "zh",
    restricted: bool = False,
    effort: Effort | None = None,
) -> DispatchPlan:
    """Plan who brings what where before the reserves end, until the incident's horizon.

    `effort` bounds the search, without it `supply.seconds` does. `restricted` says whether the viewer may see
    restricted facilities; without that right they are neither named nor served. Raises `InvalidIncident` for unknown
    elements and `InvalidSupply` for unknown sites and facilities. Nobody in danger: a plan without trips.
    """
    effort = effort or Effort(supply.seconds)
    picture = take_picture(system, incident, plan, language=language, restricted=restricted)
    check_supply(picture, supply)
    wants = wants_of(picture, supply)
    first = _first(picture, wants)
    ground = lay_out(picture, first, supply)
    solution = solve_dispatch(ground.problem, effort)
    dry_s = solution.schedule.dry_s
    kept = [want.need for want, gap_s in zip(first, dry_s, strict=True) if gap_s == 0]
    beyond = beyond_of(picture, wants, kept)
    spared = len(beyond_of(picture, wants, ())) - len(beyond)
    return _document(picture, ground, solution, supply, beyond, effort, left_out=len(wants) - len(first), spared=spared)


def _first(picture: Picture, wants: Sequence[Want]) -> list[Want]:
    """Return the wants that are planned for, in the order of classes, then of time."""
    categories = picture.system.facilities.categories

    def urgency(want: Want) -> tuple[int, int, int]:
        return precedence(picture.plan, picture.incident, categories[want.facility]), want.dry_s, want.need

    return sorted(wants, key=urgency)[:MOST_NEEDS]


def _document(
    picture: Picture,
    ground: Ground,
    solution: Solution,
    supply: Supply,
    beyond: Sequence[Beyond],
    effort: Effort,
    *,
    left_out: int,
    spared: int,
) -> DispatchPlan:
    facilities = facility_rows(picture, ground, solution)
    levels = level_rows(picture, ground, solution)
    named, more = beyond_rows(picture, beyond)
    return DispatchPlan(
        plan=PlanIdentity.of(picture.plan, picture.phrases.language),
        at=picture.incident.at.isoformat(),
        horizon_hours=picture.incident.horizon_hours,
        data_version=picture.system.data_version,
        synthetic=picture.system.synthetic,
        language=picture.phrases.language,
        status="proven" if solution.proven else "best_found",
        sentence=sentence(picture, ground, solution, len(beyond)),
        proof=proof(picture, solution, levels) if facilities else "",
        trips=trip_rows(picture, ground, solution.schedule),
        vehicles=vehicle_rows(picture, ground, solution.schedule),
        stocks=stock_rows(ground, solution.schedule),
        facilities=facilities,
        levels=levels,
        beyond=named,
        beyond_more=more,
        assumptions=assumptions(picture, ground, supply, left_out=left_out),
        notes=notes(picture, ground, supply, spared),
        seconds=round(effort.deadline.elapsed_s, 3),
    )
