"""The sites in rows: the open ones with what they serve, all candidates with their verdicts, costs."""

from __future__ import annotations

import numpy as np

from priority.siting.distances import Floats
from priority.siting.effort import Effort
from priority.siting.problem import Question
from priority.siting.solve import solve_siting
from priority.siting.study.demand import FACILITY
from priority.siting.study.ground import Ground, Layout, question_of
from priority.siting.study.outcome import Outcome, left_without
from priority.siting.study.places import Place
from priority.siting.study.results import CandidateRow, CostTotal, SiteRow, WithoutIt
from priority.siting.study.rounding import (
    distance_figure,
    measure_figure,
    point_figure,
    share_figure,
    weight_figure,
)

_NAMED = 5
_UNKNOWN = WithoutIt(covered_share=None, objective=None)


def site_rows(layout: Layout, ground: Ground, outcome: Outcome, effort: Effort) -> tuple[SiteRow, ...]:
    """Return the open sites: the new ones first, then the existing."""
    open_sites = np.flatnonzero(outcome.opened).tolist()
    new_first = sorted(open_sites, key=lambda number: layout.sites[number].stays)
    without = _without(layout, ground, outcome, effort)
    return tuple(_site_row(layout, ground, outcome, number, without[number]) for number in new_first)


def row_places(rows: tuple[SiteRow, ...], layout: Layout) -> dict[int, int]:
    """Return the place in the document's list of each site (by number among those in play)."""
    number = {place.id: number for number, place in enumerate(layout.sites)}
    return {number[row.id]: place for place, row in enumerate(rows)}


def existing_rows(layout: Layout) -> tuple[CandidateRow, ...]:
    """Return the existing sites of the kind; those that are out say why."""
    return tuple(row for row in _place_rows(layout) if row.status == "existing")


def candidate_rows(layout: Layout, *, with_existing: bool) -> tuple[CandidateRow, ...]:
    """Return the candidates, with `with_existing` the existing sites too that are out."""
    return tuple(
        row for row in _place_rows(layout) if row.status != "existing" or (with_existing and row.excluded is not None)
    )


def _place_rows(layout: Layout) -> list[CandidateRow]:
    return [
        CandidateRow(
            id=place.id,
            name=place.name,
            point=point_figure(place.point),
            origin=place.origin,
            status=place.status,
            capacity=place.capacity,
            cost=place.cost,
            excluded=verdict.excluded,
            reason=verdict.reason,
        )
        for place, verdict in zip(layout.places, layout.verdicts, strict=True)
    ]


def cost_total(sites: tuple[SiteRow, ...]) -> CostTotal:
    """Return what the new sites cost."""
    costs = [row.cost for row in sites if row.new]
    known = [cost for cost in costs if cost is not None]
    total = sum(known) if known or not costs else None
    return CostTotal(total=total, unknown_count=len(costs) - len(known))


def _site_row(layout: Layout, ground: Ground, outcome: Outcome, number: int, without: WithoutIt) -> SiteRow:
    place, demand = layout.sites[number], ground.demand
    own = outcome.site == number
    served = outcome.demand[own]
    listed = served[demand.kind[served] == FACILITY]
    listed = listed[np.lexsort((-demand.weight[listed], demand.order[listed]))][:_NAMED]
    return SiteRow(
        id=place.id,
        name=place.name,
        point=point_figure(place.point),
        origin=place.origin,
        status=place.status,
        new=not place.stays,
        serves_weight=weight_figure(demand.weight[served] @ outcome.share[own]),
        serves_count=int(served.size),
        worst=distance_figure(outcome.distance[own].max()) if own.any() else None,
        capacity=place.capacity,
        cost=place.cost,
        facilities=tuple(demand.names[row] for row in listed.tolist()),
        without_it=without,
    )


def _without(layout: Layout, ground: Ground, outcome: Outcome, effort: Effort) -> dict[int, WithoutIt]:
    """Return what each open site's absence would leave."""
    open_sites = np.flatnonzero(outcome.opened).tolist()
    if layout.setting.study.capacities:
        return {number: _solved_without(layout, ground, outcome, number, effort) for number in open_sites}
    covered, way, longest = left_without(layout, ground, outcome)
    total = float(ground.demand.weight.sum())
    model = layout.setting.study.question.model
    measure: Floats | None = {"mclp": covered, "pmedian": way, "pcenter": longest}.get(model)
    return {
        number: WithoutIt(
            covered_share=share_figure(float(covered[number]), total),
            objective=None if measure is None else measure_figure(float(measure[number])),
        )
        for number in open_sites
    }


def _solved_without(layout: Layout, ground: Ground, outcome: Outcome, number: int, effort: Effort) -> WithoutIt:
    """Assign everybody anew to the sites that are left, as their capacities allow."""
    if effort.over:
        return _UNKNOWN
    opened = outcome.opened.copy()
    opened[number] = False
    problem = layout.problem_with(ground, opened)
    asked = question_of(layout.setting)
    model = "mclp" if asked.model == "lscp" else asked.model
    answer = solve_siting(problem, Question(model, 0, None, asked.radius, 0, asked.shared), effort.part(0.2))
    if answer.objective is None:
        return _UNKNOWN
    total = float(ground.demand.weight.sum())
    objective = None if asked.model == "lscp" else measure_figure(answer.objective)
    return WithoutIt(covered_share=share_figure(answer.covered_weight, total), objective=objective)


def opened_by(layout: Layout, selected: tuple[str, ...]) -> np.ndarray:
    """Return which places in play (m) are open when these are chosen."""
    chosen = set(selected)
    return np.array([place.stays or place.id in chosen for place in layout.sites], dtype=np.bool_)


def new_places(layout: Layout, selected: tuple[str, ...]) -> list[Place]:
    """Return the chosen places in their order."""
    chosen = set(selected)
    return [place for place in layout.sites if place.id in chosen and not place.stays]
