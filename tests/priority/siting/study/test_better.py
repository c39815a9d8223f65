"""Searches that time cuts short: more sites never look worse, and what the curve finds is not lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from priority.siting.effort import Effort
from priority.siting.problem import Question, SitingProblem
from priority.siting.results import Siting
from priority.siting.study import around
from priority.siting.study import plan as answering
from tests.priority.siting.study.villages import Villages, chosen, plan_for, study_document

HONEST = around.solve_siting


def town() -> Villages:
    """A shelter near each of five homes, two of them with a facility."""
    villages = Villages().road("r", 0, 40).facility("gov", "government", 9, people=5)
    villages.facility("hos", "hospital", 19, people=60)
    for name, east_km, people in (("a", 1, 100), ("b", 9, 40), ("c", 19, 60), ("d", 29, 30), ("e", 38, 20)):
        villages.home(name, east_km, people).site(f"at-{name}", east_km + 0.5, capacity=500)
    return villages


def poor(problem: SitingProblem, question: Question, effort: Effort) -> Siting:
    """An answer of which only half was found in the time."""
    model: Any = "mclp" if question.model == "lscp" else question.model
    found = HONEST(problem, replace(question, model=model, sites=1, budget=None), effort)
    return replace(found, status="gap", gap=0.9)


CASES = [
    study_document("mclp", sites=2),
    study_document("mclp", sites=2, demand={"of": "facilities_then_people"}),
    study_document("mclp", sites=2, capacities=True),
    study_document("pmedian", sites=2, standard=5),
    study_document("pmedian", sites=2, standard=5, demand={"of": "facilities_then_people"}),
    study_document("pmedian", sites=2, standard=5, capacities=True),
    study_document("pcenter", sites=2, standard=5),
]


@pytest.mark.parametrize("document", CASES)
def test_more_sites_than_asked_for_never_reach_less_than_the_answer(
    document: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(problem: SitingProblem, question: Question, effort: Effort) -> Siting:
        return (poor if (question.sites or 0) > 2 else HONEST)(problem, question, effort)

    monkeypatch.setattr(around, "solve_siting", cut)
    found = plan_for(town(), document)
    own = next(row for row in found.curve if row.sites == 2)
    assert (own.objective, own.covered_share) == (found.objective, found.demand.covered_share)
    more = [row for row in found.curve if row.sites > 2]
    assert [(row.objective, row.covered_share, row.status) for row in more] == [
        (own.objective, own.covered_share, "gap")
    ] * 2


@pytest.mark.parametrize("document", CASES)
def test_a_better_answer_that_the_curve_finds_becomes_the_answer(
    document: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The search for six is cut short, so that the curve's answer with five is the better one."""
    asked = {**document, "question": {**document["question"], "sites": 6}}
    villages = town().home("f", 32, 1).site("at-f", 32.5, capacity=500)
    proper = plan_for(villages, {**document, "question": {**document["question"], "sites": 5}})
    monkeypatch.setattr(answering, "solve_siting", poor)
    monkeypatch.setattr(around, "solve_siting", lambda p, q, e: (poor if (q.sites or 0) > 5 else HONEST)(p, q, e))
    found = plan_for(villages, asked)
    assert found.status == "gap"
    assert (found.objective, set(chosen(found))) == (proper.objective, set(chosen(proper)))
    assert found.demand.covered_share == proper.demand.covered_share
    own = next(row for row in found.curve if row.sites == 6)
    assert (own.objective, own.covered_share) == (found.objective, found.demand.covered_share)
    assert "已证明" not in found.proof


def test_fewer_sites_that_leave_nobody_out_answer_a_question_for_the_fewest(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search for the fewest is cut short with one site too many."""
    document = study_document("lscp", sites=None, standard=12)
    proper = plan_for(town(), document)

    def cut(problem: SitingProblem, question: Question, effort: Effort) -> Siting:
        found = HONEST(problem, question, effort)
        spare = next(name for name in problem.site_ids if name not in found.selected)
        number = len(found.selected) + 1
        return replace(found, status="gap", selected=(*found.selected, spare), objective=float(number), bound=1.0)

    monkeypatch.setattr(answering, "solve_siting", cut)
    found = plan_for(town(), document)
    assert proper.objective is not None and proper.objective > 1
    assert (found.status, found.objective, len(chosen(found))) == ("gap", proper.objective, proper.objective)
    assert found.curve[-1].sites == found.objective and found.curve[-1].covered_share == 1
    assert found.demand.covered_share == 1
