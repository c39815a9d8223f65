"""The demand in rows: totals, classes, townships, who is not covered, lines for the map."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from priority.network.kernels import BoolArray
from priority.siting.distances import Floats, Ints
from priority.siting.results import Siting
from priority.siting.study.cases import PEOPLE_ORDER
from priority.siting.study.demand import FACILITY, PEOPLE, Demand, order_titles
from priority.siting.study.ground import Ground, Layout
from priority.siting.study.outcome import Outcome
from priority.siting.study.results import (
    DemandTotals,
    Shortfall,
    TierRow,
    TownshipRow,
    UncoveredRow,
    WorstRow,
)
from priority.siting.study.rounding import distance_figure, point_figure, share_figure, weight_figure
from priority.siting.study.seats import seats_of

#: How many lines and points a document has at most.
MOST_LINES = 5_000
_MOST_UNCOVERED = 200

Line = tuple[float, float, int, float, float | None, int]


def totals_of(layout: Layout, ground: Ground, outcome: Outcome | None) -> DemandTotals:
    """Return the demand as a whole; `outcome` None where nothing was solved."""
    demand = ground.demand
    covered = None if outcome is None else float(demand.weight @ outcome.covered)
    total = float(demand.weight.sum())
    facilities = demand.kind == FACILITY
    return DemandTotals(
        count=len(demand),
        weight=weight_figure(total),
        weight_unit="people" if demand.in_people else "places",
        facility_count=int(facilities.sum()),
        covered_count=None if outcome is None else int(outcome.whole.sum()),
        covered_facility_count=None if outcome is None else int(outcome.whole[facilities].sum()),
        covered_weight=None if covered is None else weight_figure(covered),
        covered_share=None if covered is None else share_figure(covered, total),
        unreachable_count=int(unreachable(layout, ground, outcome).sum()),
        unknown_people_count=demand.people_unknown + demand.weight_unknown,
        seats=seats_of(layout, ground, outcome),
    )


def unreachable(layout: Layout, ground: Ground, outcome: Outcome | None) -> BoolArray:
    """Return which demands (n) no way leads to: from any open site, or from any place at all without an answer.

    None of them where distances beyond the standard were not looked at.
    """
    if not ground.whole:
        return np.zeros(len(ground.demand), np.bool_)
    found: BoolArray = np.diff(ground.distances.start) == 0 if outcome is None else ~np.isfinite(outcome.nearest)
    return found


def tier_rows(ground: Ground, outcome: Outcome) -> tuple[TierRow, ...]:
    """Return the classes in their order."""
    demand, rows = ground.demand, []
    for order, (tier, title) in sorted(order_titles(ground.case, demand).items()):
        own = demand.order == order
        rows.append(
            TierRow(
                tier=tier,
                title=title,
                count=int(own.sum()),
                covered_count=int((own & outcome.whole).sum()),
                weight=weight_figure(demand.weight[own].sum()),
                covered_weight=weight_figure(demand.weight[own] @ outcome.covered[own]),
                worst=_longest(outcome, own),
            )
        )
    return tuple(rows)


def township_rows(layout: Layout, ground: Ground, outcome: Outcome) -> tuple[TownshipRow, ...]:
    """Return the townships that have demand, by code; places outside all of them last."""
    demand, townships, rows = ground.demand, layout.setting.system.townships, []
    for township in np.unique(demand.township).tolist():
        own = demand.township == township
        weight, covered = float(demand.weight[own].sum()), float(demand.weight[own] @ outcome.covered[own])
        rows.append(
            TownshipRow(
                code=townships.codes[township] if township < townships.outside else None,
                name=layout.setting.township_name(township),
                weight=weight_figure(weight),
                covered_weight=weight_figure(covered),
                covered_share=share_figure(covered, weight),
                worst=_longest(outcome, own),
            )
        )
    return tuple(rows)


@dataclass(frozen=True, eq=False)
class _Missing:
    """Demands (k) that are not covered: their numbers, the weight that is missing, the nearest site, the reason."""

    number: Ints
    weight: Floats
    nearest: Floats
    reason: list[Shortfall]


def uncovered_rows(layout: Layout, ground: Ground, outcome: Outcome) -> tuple[tuple[UncoveredRow, ...], int]:
    """Return who is not covered, the first classes and the heaviest first, and how many rows were left out."""
    number = np.flatnonzero(~outcome.whole)
    weight = (ground.demand.weight * (1 - outcome.covered))[number]
    nearest = outcome.nearest[number]
    reason = [_reason(layout, ground, float(far)) for far in nearest]
    return _listed(layout, ground, _Missing(number, weight, nearest, reason))


def blocked_rows(layout: Layout, ground: Ground, answer: Siting) -> tuple[tuple[UncoveredRow, ...], int]:
    """Return the places that leave no solution, with the nearest of all places in play, and how many were left out."""
    row = {identifier: number for number, identifier in enumerate(ground.demand.ids)}
    number = np.array([row[item.demand] for item in answer.blocked], dtype=np.int64)
    everywhere = np.ones(ground.distances.sites, np.bool_)
    nearest = ground.distances.nearest(everywhere)[1][number]
    reason: list[Shortfall] = [
        "full" if item.obstacle == "not_enough" else _reason(layout, ground, float(far))
        for item, far in zip(answer.blocked, nearest, strict=True)
    ]
    return _listed(layout, ground, _Missing(number, ground.demand.weight[number], nearest, reason))


def _reason(layout: Layout, ground: Ground, nearest: float) -> Shortfall:
    standard = layout.setting.study.question.standard
    if not np.isfinite(nearest):
        return "unreachable" if ground.whole else "beyond"
    return "beyond" if standard is not None and nearest > standard * (1 + 1e-12) else "full"


def _listed(layout: Layout, ground: Ground, missing: _Missing) -> tuple[tuple[UncoveredRow, ...], int]:
    rows = [*_by_name(ground, missing), *_by_township(layout, ground, missing)]
    rows.sort(key=lambda item: (item[0], -item[1].weight, item[1].name, item[1].id))
    return tuple(row for _, row in rows[:_MOST_UNCOVERED]), max(0, len(rows) - _MOST_UNCOVERED)


def _by_name(ground: Ground, missing: _Missing) -> Iterator[tuple[int, UncoveredRow]]:
    demand, titles = ground.demand, order_titles(ground.case, ground.demand)
    for place in np.flatnonzero(demand.kind[missing.number] != PEOPLE).tolist():
        number = int(missing.number[place])
        order = int(demand.order[number])
        yield (
            order,
            UncoveredRow(
                id=demand.ids[number],
                name=demand.names[number],
                tier=titles[order][0],
                weight=weight_figure(missing.weight[place]),
                count=1,
                point=point_figure(tuple(demand.points[number])),
                nearest=distance_figure(missing.nearest[place]),
                reason=missing.reason[place],
            ),
        )


def _by_township(layout: Layout, ground: Ground, missing: _Missing) -> Iterator[tuple[int, UncoveredRow]]:
    """People, one row a township and reason."""
    demand, townships = ground.demand, layout.setting.system.townships
    groups: dict[tuple[int, Shortfall], list[int]] = {}
    for place in np.flatnonzero((demand.kind[missing.number] == PEOPLE) & (missing.weight > 0)).tolist():
        key = int(demand.township[missing.number[place]]), missing.reason[place]
        groups.setdefault(key, []).append(place)
    for (township, reason), places in groups.items():
        heaviest = int(missing.number[max(places, key=lambda place: missing.weight[place])])
        code = townships.codes[township] if township < townships.outside else "outside"
        yield (
            PEOPLE_ORDER,
            UncoveredRow(
                id=code,
                name=layout.setting.township_name(township),
                tier=None,
                weight=weight_figure(missing.weight[places].sum()),
                count=len(places),
                point=point_figure(tuple(demand.points[heaviest])),
                nearest=distance_figure(missing.nearest[places].max()),
                reason=reason,
            ),
        )


def worst_row(layout: Layout, ground: Ground, outcome: Outcome) -> WorstRow | None:
    """Return the demand with the longest way; None where nobody has one."""
    away = np.where((ground.demand.weight > 0) & np.isfinite(outcome.away), outcome.away, -1.0)
    if not away.size or away.max() < 0:
        return None
    number = int(np.argmax(away))
    site = layout.sites[int(outcome.main[number])]
    name = demand_name(layout, ground.demand, number)
    return WorstRow(name=name, site=site.name, distance=distance_figure(float(away[number])) or 0.0)


def demand_name(layout: Layout, demand: Demand, number: int) -> str:
    """Return what a demand is called; people with their township."""
    if demand.kind[number] != PEOPLE:
        return demand.names[number]
    township = layout.setting.township_name(int(demand.township[number]))
    return layout.setting.phrases.write("siting.people_at", township=township, name=demand.names[number])


def heaviest(demand: Demand, weight: Floats | None = None) -> Ints:
    """Return the numbers of the demands that a document shows: the heaviest, in their own order."""
    counted = demand.weight if weight is None else weight
    order = np.lexsort((np.arange(len(demand)), -counted, demand.kind == PEOPLE))[:MOST_LINES]
    return np.sort(order)


def lines_of(ground: Ground, outcome: Outcome, place_of: dict[int, int]) -> tuple[Line, ...]:
    """Return the lines from demand to sites; `place_of` tells a site's place in the document's list."""
    demand = ground.demand
    return tuple(
        (
            *point_figure(tuple(demand.points[number])),
            place_of.get(int(outcome.main[number]), -1),
            weight_figure(demand.weight[number]),
            distance_figure(outcome.away[number]),
            int(outcome.whole[number]),
        )
        for number in heaviest(demand).tolist()
    )


def _longest(outcome: Outcome, own: BoolArray) -> float | None:
    known = outcome.away[own & np.isfinite(outcome.away)]
    return distance_figure(known.max()) if known.size else None
