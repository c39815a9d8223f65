"""What an answer points out: backup, points gone astray, people counted twice; and what it must not claim."""

from __future__ import annotations

from dataclasses import replace

import pytest

from priority.siting.effort import Effort
from priority.siting.problem import Question, SitingProblem
from priority.siting.results import Siting
from priority.siting.study import around
from tests.priority.siting.study.test_plan import town
from tests.priority.siting.study.villages import Villages, at, chosen, out, plan_for, study_document, survey_for


def test_a_facility_that_is_a_recorded_site_already_is_no_second_site_and_no_backup_of_itself() -> None:
    villages = town().facility("school", "school", 2).facility("other", "school", 2.5)
    document = study_document(sites=3, question={"backup": 1}, candidates={"categories": ["school"]})
    found = plan_for(villages, document)
    assert {row.id for row in found.candidates} == {"x", "y", "z", "other"}
    elsewhere = plan_for(villages, {**document, "candidates": {"layer": False, "categories": ["school"]}})
    assert {row.id for row in elsewhere.candidates} == {"school", "other"}


def test_entered_points_outside_all_townships_are_pointed_out() -> None:
    points = [{"id": "p", "name": "错点", "point": [100.0, 20.0]}, {"id": "q", "name": "对点", "point": at(1)}]
    told = survey_for(town(), study_document(demand={"points": points})).problems_ahead
    assert [text for text in told if "错点" in text and "1 处" in text and "对点" not in text]
    placed = survey_for(town(), study_document(demand={"points": points[1:]})).problems_ahead
    assert not any("对点" in text for text in placed)


def test_people_of_facilities_and_residents_may_be_the_same_and_that_is_said() -> None:
    villages = town().facility("school", "school", 2)
    both = plan_for(villages, study_document(demand={"of": "facilities_then_people", "categories": ["school"]}))
    assert any("又算了一次" in item.text for item in both.assumptions)
    alone = plan_for(villages, study_document())
    assert not any("又算了一次" in item.text for item in alone.assumptions)


def test_an_unproven_answer_does_not_say_that_more_would_gain_nothing() -> None:
    villages = town().road("far", 40, 60)
    for number in range(12):
        villages.site(f"s{number}", 41 + number).home(f"h{number}", 41.5 + number, 10 + number)
    stopped = plan_for(villages, study_document(sites=15, standard=1.5), effort=Effort(20, cancelled=lambda: True))
    assert stopped.status != "optimal"
    assert not any("再多也没有改善" in note for note in stopped.notes)


def test_backup_is_asked_of_all() -> None:
    villages = town().site("x2", 2.5)
    found = plan_for(villages, study_document("mclp", sites=2, question={"backup": 1}))
    assert set(chosen(found)) == {"x", "y"}  # first coverage comes before backup
    three = plan_for(villages, study_document("mclp", sites=3, question={"backup": 1}))
    assert set(chosen(three)) == {"x", "y", "x2"}
    assert any("需求的 0 % 有备用" in note for note in found.notes)
    assert any("需求的 70 % 有备用" in note for note in three.notes)  # a and b, 140 of 200


def test_sites_that_gain_nothing_are_not_built_and_that_is_said() -> None:
    found = plan_for(town(), study_document(sites=3))
    assert set(chosen(found)) == {"x", "y"}
    assert any("用 2 处就够" in note for note in found.notes)


def test_a_cancelled_study_keeps_what_it_has_and_says_so() -> None:
    told: list[str] = []
    effort = Effort(20, listener=lambda progress: told.append(progress.stage), cancelled=lambda: True)
    found = plan_for(town(), study_document(sites=2), effort=effort)
    assert any("已取消" in note for note in found.notes)
    assert len(found.curve) <= 1
    assert told[:2] == ["demand", "distances"]


def test_no_demand_and_no_candidates_are_told_in_words() -> None:
    nobody = plan_for(town(), study_document(demand={"where": "incident"}, incident=out()))
    assert nobody.sentence == "这次事件里没有停热、停电的居民"
    assert chosen(nobody) == []
    nowhere = survey_for(town(), study_document(candidates={"without": ["x", "y", "z"]}))
    assert any("没有可用的候选点（3 处被排除）" in text for text in nowhere.problems_ahead)
    empty = plan_for(Villages().road("r", 0, 3).home("a", 1, 5), study_document())
    assert (empty.sites, empty.demand.covered_weight, empty.sentence) == ((), 0, "没有可用的站点")


@pytest.mark.parametrize("model", ["mclp", "pmedian", "pcenter"])
def test_a_curve_whose_search_was_cut_short_never_tells_that_more_sites_reach_less(
    model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every search with more sites than asked for is cut short with what the first candidate alone reaches."""
    honest = around.solve_siting

    def cut(problem: SitingProblem, question: Question, effort: Effort) -> Siting:
        if question.sites is None or question.sites <= 2:
            return honest(problem, question, effort)
        poor = honest(problem, replace(question, sites=1), effort)
        return replace(poor, status="gap", gap=0.9)

    document = study_document(model, sites=2, standard=5 if model == "mclp" else None)
    villages = town().site("w", 9).site("v", 14).home("d", 14, 30).home("e", 36, 30)
    full = plan_for(villages, document)
    monkeypatch.setattr(around, "solve_siting", cut)
    curve = plan_for(villages, document).curve
    assert [row.sites for row in curve] == [row.sites for row in full.curve]
    figures = [row.objective for row in curve if row.objective is not None]
    assert figures == sorted(figures, reverse=model != "mclp")
    own = next(row for row in curve if row.sites == 2)
    assert [(row.status, row.objective, row.gap) for row in curve if row.sites > 2] == [
        ("gap", own.objective, None)
    ] * 2
