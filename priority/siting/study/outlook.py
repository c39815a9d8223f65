"""A survey of a study's inputs, without an answer: demand, candidates with reasons, what stands in the way."""

from __future__ import annotations

from priority.plans import Language, Plan
from priority.results import PlanIdentity
from priority.siting.study.cases import cases_of
from priority.siting.study.demand import order_titles
from priority.siting.study.demand_rows import heaviest, totals_of
from priority.siting.study.ground import Ground, lay_out
from priority.siting.study.input import SitingStudy
from priority.siting.study.notes import assumptions_of, problems_ahead
from priority.siting.study.results import SitingSurvey
from priority.siting.study.rounding import point_figure, weight_figure
from priority.siting.study.setting import Setting
from priority.siting.study.site_rows import candidate_rows, existing_rows
from priority.system import SupplySystem
from priority.wording import Phrases


def survey(
    system: SupplySystem, study: SitingStudy, plan: Plan, *, language: Language = "zh", restricted: bool = False
) -> SitingSurvey:
    """Look at the inputs of a study. With scenarios, demand is that of the first one.

    `restricted` as in `plan_sites`. Raises `InvalidSiting`.
    """
    setting = Setting(system, study, plan, Phrases(language), restricted)
    layout = lay_out(setting, cases_of(setting))
    ground = layout.grounds[0]
    return SitingSurvey(
        plan=PlanIdentity.of(plan, language),
        data_version=system.data_version,
        synthetic=system.synthetic,
        language=language,
        study=study.document(),
        kind=study.kind,
        unit=ground.distances.unit,
        straight=ground.distances.straight,
        demand=totals_of(layout, ground, None),
        demand_points=_points(ground),
        candidates=candidate_rows(layout, with_existing=False),
        existing=existing_rows(layout),
        assumptions=assumptions_of(layout, ground),
        problems_ahead=problems_ahead(layout),
    )


def _points(ground: Ground) -> tuple[tuple[float, float, float, int | None], ...]:
    demand, titles = ground.demand, order_titles(ground.case, ground.demand)
    return tuple(
        (
            *point_figure(tuple(demand.points[number])),
            weight_figure(demand.weight[number]),
            titles[int(demand.order[number])][0],
        )
        for number in heaviest(demand).tolist()
    )
