"""One choice for several scenarios: the rows, and the scenario that fares worst."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from priority.siting.effort import Effort
from priority.siting.problem import Question
from priority.siting.regret import RobustSiting, least_regret
from priority.siting.results import Service
from priority.siting.solve import solve_siting
from priority.siting.study.ground import Ground, Layout, question_of
from priority.siting.study.outcome import Outcome, outcome_of
from priority.siting.study.results import RobustRow, ScenarioRow
from priority.siting.study.rounding import share_figure, weight_figure
from priority.siting.study.site_rows import opened_by


@dataclass(frozen=True, eq=False)
class Common:
    """The common choice, laid over each scenario; `worst` numbers the one with the largest regret."""

    found: RobustSiting
    outcomes: tuple[Outcome, ...]
    worst: int

    def rows(self, layout: Layout) -> RobustRow:
        """Return the rows of the document; without a choice there are no scenarios to tell of."""
        rows = []
        for ground, scenario, outcome in zip(layout.grounds, self.found.scenarios, self.outcomes, strict=False):
            weight = ground.demand.weight
            rows.append(
                ScenarioRow(
                    name=ground.case.name or "",
                    best=weight_figure(scenario.best),
                    reached=weight_figure(scenario.reached),
                    regret=weight_figure(scenario.regret),
                    covered_share=share_figure(float(weight @ outcome.covered), float(weight.sum())),
                )
            )
        worst, bound = self.found.worst_regret, self.found.bound
        return RobustRow(
            worst_regret=None if worst is None else weight_figure(worst),
            bound=None if bound is None else weight_figure(bound),
            scenarios=tuple(rows),
        )


def common_choice(layout: Layout, effort: Effort) -> Common:
    """Choose one set of sites for all scenarios and lay it over each."""
    question = question_of(layout.setting)
    problems = [layout.problem(ground) for ground in layout.grounds]
    effort.tell("regret")
    found = least_regret(problems, question, effort)
    if found.worst_regret is None:
        return Common(found, (), 0)
    opened = opened_by(layout, found.selected)
    outcomes = tuple(_laid_over(layout, ground, opened, question, effort) for ground in layout.grounds)
    worst = int(np.argmax([scenario.regret for scenario in found.scenarios]))
    return Common(found, outcomes, worst)


def _laid_over(layout: Layout, ground: Ground, opened: np.ndarray, question: Question, effort: Effort) -> Outcome:
    """Everybody goes to the nearest open site, or, with capacities, to where there is room."""
    services: tuple[Service, ...] | None = None
    if layout.setting.study.capacities:
        asked = Question(question.model, 0, None, question.radius, 0, question.shared)
        services = solve_siting(layout.problem_with(ground, opened), asked, effort.part(0.5)).services
    return outcome_of(layout, ground, opened, services)
