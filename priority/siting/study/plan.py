"""A siting study answered: from the district, the study and the plan to a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from priority.plans import Language, Plan
from priority.results import PlanIdentity
from priority.siting.effort import Effort
from priority.siting.results import Siting, Status
from priority.siting.solve import solve_siting
from priority.siting.study.around import curve_of
from priority.siting.study.cases import cases_of
from priority.siting.study.demand_rows import (
    blocked_rows,
    lines_of,
    tier_rows,
    totals_of,
    township_rows,
    uncovered_rows,
    worst_row,
)
from priority.siting.study.ground import Layout, lay_out, question_of
from priority.siting.study.input import SitingStudy
from priority.siting.study.notes import assumptions_of, notes_of
from priority.siting.study.outcome import Outcome, outcome_of
from priority.siting.study.results import CurveRow, SiteRow, SitingPlan, UncoveredRow
from priority.siting.study.robust import Common, common_choice
from priority.siting.study.robust_words import robust_proof, robust_sentence
from priority.siting.study.rounding import measure_figure
from priority.siting.study.setting import Setting
from priority.siting.study.site_rows import candidate_rows, cost_total, opened_by, row_places, site_rows
from priority.siting.study.words import AnswerWords
from priority.system import SupplySystem
from priority.wording import Phrases

#: The part of the time for the answer itself; the rest goes to the curve and to what each site is worth.
_SHARE = 0.7


@dataclass(frozen=True, eq=False)
class _Answer:
    """What was found for the case that the document tells of, by its number: figures and names, no words yet.

    `found` is the answer of the one case, `common` the choice for several.
    """

    case: int
    found: Siting | Common
    outcome: Outcome | None
    figures: tuple[float | None, float | None, float | None]
    curve: tuple[CurveRow, ...]
    all_curve: bool
    sites: tuple[SiteRow, ...]

    @property
    def status(self) -> Status:
        """The status of the answer."""
        return self.found.found.status if isinstance(self.found, Common) else self.found.status


def plan_sites(
    system: SupplySystem,
    study: SitingStudy,
    plan: Plan,
    *,
    language: Language = "zh",
    restricted: bool = False,
    effort: Effort | None = None,
) -> SitingPlan:
    """Answer a study within `effort`, or within the study's own seconds.

    `restricted` says whether the reader may see restricted facilities; without that right they are neither demand nor
    candidates nor named. No demand gives an answer without new sites. Raises `InvalidSiting` for what the district does
    not have, with the fields of the study.
    """
    return plan_sites_in((language,), system, study, plan, restricted=restricted, effort=effort)[language]


def plan_sites_in(
    languages: Sequence[Language],
    system: SupplySystem,
    study: SitingStudy,
    plan: Plan,
    *,
    restricted: bool = False,
    effort: Effort | None = None,
) -> dict[Language, SitingPlan]:
    """Answer a study once, as `plan_sites` does, and tell the answer in each language."""
    effort = effort or Effort(study.seconds)
    effort.tell("demand")

    def laid_out(language: Language, heard: Effort | None = None) -> Layout:
        setting = Setting(system, study, plan, Phrases(language), restricted)
        return lay_out(setting, cases_of(setting), heard)

    first = laid_out(languages[0], effort)
    answer = _robust(first, effort) if study.scenarios else _single(first, effort)
    layouts = {languages[0]: first} | {language: laid_out(language) for language in languages[1:]}
    return {language: _document(layout, answer, effort) for language, layout in layouts.items()}


def _single(layout: Layout, effort: Effort) -> _Answer:
    ground, question = layout.grounds[0], question_of(layout.setting)
    problem = layout.problem(ground)
    first = solve_siting(problem, question, effort.part(_SHARE))
    curve = curve_of(problem, question, first, effort.part(0.9), float(ground.demand.weight.sum()))
    found = curve.answer
    solved = found.objective is not None
    # Without capacities everybody goes to the nearest open site, whomever the search has sent elsewhere at no cost.
    services = found.services if layout.setting.study.capacities else None
    outcome = outcome_of(layout, ground, opened_by(layout, found.selected), services) if solved else None
    return _Answer(
        case=0,
        found=found,
        outcome=outcome,
        figures=(found.objective, found.bound, found.gap),
        curve=curve.rows,
        all_curve=curve.whole,
        sites=() if outcome is None else site_rows(layout, ground, outcome, effort),
    )


def _robust(layout: Layout, effort: Effort) -> _Answer:
    common = common_choice(layout, effort.part(0.95))
    outcome = common.outcomes[common.worst] if common.outcomes else None
    reached = common.found.scenarios[common.worst].reached if outcome is not None else None
    return _Answer(
        case=common.worst,
        found=common,
        outcome=outcome,
        figures=(reached, None, None),
        curve=(),
        all_curve=True,
        sites=() if outcome is None else site_rows(layout, layout.grounds[common.worst], outcome, effort),
    )


def _words(layout: Layout, answer: _Answer) -> tuple[str, str, tuple[UncoveredRow, ...], int]:
    """Return the sentence and the proof; where there is no answer, the places that leave none, and how many more."""
    if isinstance(answer.found, Common):
        return robust_sentence(layout, answer.found), robust_proof(layout, answer.found), (), 0
    ground, found = layout.grounds[answer.case], answer.found
    words = AnswerWords(layout, ground)
    blocked, more = blocked_rows(layout, ground, found) if answer.outcome is None else ((), 0)
    return words.sentence(answer.outcome, len(found.selected)), words.proof(found, blocked, more), blocked, more


def _document(layout: Layout, answer: _Answer, effort: Effort) -> SitingPlan:
    setting, ground, outcome = layout.setting, layout.grounds[answer.case], answer.outcome
    sentence, proof, blocked, more = _words(layout, answer)
    missing = (blocked, more) if outcome is None else uncovered_rows(layout, ground, outcome)
    objective, bound, gap = answer.figures
    return SitingPlan.model_validate(
        {
            "plan": PlanIdentity.of(setting.plan, setting.phrases.language),
            "data_version": setting.system.data_version,
            "synthetic": setting.system.synthetic,
            "language": setting.phrases.language,
            "study": setting.study.document(),
            "kind": setting.study.kind,
            "model": setting.study.question.model,
            "status": answer.status,
            "objective": measure_figure(objective),
            "bound": measure_figure(bound),
            "gap": gap,
            "unit": ground.distances.unit,
            "straight": ground.distances.straight,
            "sentence": sentence,
            "reading": AnswerWords(layout, ground).reading(),
            "proof": proof,
            "scenario": ground.case.name,
            "demand": totals_of(layout, ground, outcome),
            "sites": answer.sites,
            "tiers": () if outcome is None else tier_rows(ground, outcome),
            "townships": () if outcome is None else township_rows(layout, ground, outcome),
            "uncovered": missing[0],
            "uncovered_more": missing[1],
            "worst": None if outcome is None else worst_row(layout, ground, outcome),
            "lines": () if outcome is None else lines_of(ground, outcome, row_places(answer.sites, layout)),
            "candidates": candidate_rows(layout, with_existing=True),
            "curve": answer.curve,
            "cost": cost_total(answer.sites),
            "robust": answer.found.rows(layout) if isinstance(answer.found, Common) else None,
            "assumptions": assumptions_of(layout, ground),
            "notes": notes_of(
                layout,
                ground,
                outcome,
                proven=answer.status == "optimal",
                all_curve=answer.all_curve,
                stopped=bool(effort.cancelled and effort.cancelled()),
            ),
            "seconds": round(effort.deadline.elapsed_s, 3),
        }
    )
