"""One choice for several incidents."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from priority.siting.problem import InvalidSiting
from tests.priority.siting.study.villages import Villages, candidate, chosen, out, plan_for, study_document, survey_for


def town() -> Villages:
    """One incident hits the west, the other the east; the middle is near enough to most of both."""
    villages = Villages().road("r", 0, 40).site("west", 4).site("middle", 12).site("east", 20)
    villages.home("w1", 3, 50).home("w2", 8, 60).home("m", 12, 30).home("e1", 16, 60).home("e2", 21, 50)
    return villages


def two(**fields: Any) -> Any:
    scenarios = [
        {"name": "西部停热", "incident": out("w1", "w2", "m")},
        {"name": "东部停热", "incident": out("e1", "e2", "m")},
    ]
    return study_document(demand={"where": "incident"}, scenarios=scenarios, **fields)


def test_the_common_choice_has_the_least_worst_regret() -> None:
    villages = town()
    found = plan_for(villages, two(sites=1))
    assert chosen(found) == ["middle"]
    robust = found.robust
    assert robust is not None
    assert [row.name for row in robust.scenarios] == ["西部停热", "东部停热"]
    regrets = []
    for site in ("west", "middle", "east"):
        worst = 0.0
        others = [other for other in ("west", "middle", "east") if other != site]
        for number in range(2):
            incident = two()["scenarios"][number]["incident"]
            asked = study_document(demand={"where": "incident"}, incident=incident)
            free = plan_for(villages, asked).objective or 0
            held = plan_for(villages, {**asked, "candidates": {"without": others}}).objective or 0
            worst = max(worst, free - held)
        regrets.append(worst)
    assert robust.worst_regret == pytest.approx(min(regrets))
    assert robust.bound == pytest.approx(min(regrets))
    for row in robust.scenarios:
        assert row.regret == pytest.approx(row.best - row.reached)


def test_the_document_tells_of_the_scenario_that_fares_worst() -> None:
    villages = town().home("e3", 23, 5)
    document = two(sites=1)
    document["scenarios"][1]["incident"] = out("e1", "e2", "e3", "m")
    found = plan_for(villages, document)
    assert found.scenario == "东部停热"
    assert found.demand.weight == 145
    assert found.sentence.startswith("2 种情景共用一套站点，最坏时比单独的最优少覆盖")
    assert "东部停热" in found.sentence
    assert "已证明" in found.proof
    assert found.curve == ()
    english = plan_for(villages, document, language="en")
    assert english.sentence.startswith("One choice for 2 scenarios")


def test_least_travel_over_scenarios_beside_every_pair_of_sites() -> None:
    villages = town()
    document = two(model="pmedian", sites=2, standard=None)
    found = plan_for(villages, document)
    worst_of = {}
    for pair in itertools.combinations(("west", "middle", "east"), 2):
        left_out = [site for site in ("west", "middle", "east") if site not in pair]
        regrets = []
        for item in document["scenarios"]:
            asked = study_document("pmedian", sites=2, standard=None, demand={"where": "incident"})
            asked["incident"] = item["incident"]
            free = plan_for(villages, asked).objective
            held = plan_for(villages, {**asked, "candidates": {"without": left_out}}).objective
            assert free is not None and held is not None
            regrets.append(held - free)
        worst_of[frozenset(pair)] = max(regrets)
    assert found.robust is not None
    assert found.robust.worst_regret == pytest.approx(min(worst_of.values()), abs=1e-3)
    assert worst_of[frozenset(chosen(found))] == pytest.approx(min(worst_of.values()), abs=1e-3)


def test_a_site_that_one_incident_hits_serves_nobody_in_that_one() -> None:
    villages = town()
    free = plan_for(villages, two(sites=3, standard=3))
    assert set(chosen(free)) == {"west", "middle", "east"}
    hit = plan_for(villages, two(sites=3, standard=4.2, excluded={"affected": True}))
    # Where a site stands heat is out in its own incident, so that it can serve in the other one alone; the middle is
    # hit in both and out for good.
    assert candidate(hit, "middle").excluded == "affected"
    assert candidate(hit, "west").excluded is None
    assert hit.robust is not None
    assert all(row.reached == 0 for row in hit.robust.scenarios)


def test_scenarios_whole_district_differ_by_their_closed_roads() -> None:
    villages = Villages().road("a", 0, 10).road("b", 10, 20).road("c", 20, 30)
    villages.site("x", 5).site("y", 15).home("h", 11, 100).home("g", 4, 10)
    scenarios = [{"name": "平时"}, {"name": "断路", "incident": out(closed_roads=["a"])}]
    calm = study_document(sites=1, standard=7)
    assert chosen(plan_for(villages, calm)) == ["x"]
    found = plan_for(villages, {**calm, "scenarios": scenarios})
    assert chosen(found) == ["y"]
    assert found.robust is not None
    assert found.robust.worst_regret == 10


def test_the_studys_own_incident_is_not_used_beside_scenarios_and_that_is_said() -> None:
    found = plan_for(town(), {**two(sites=1), "incident": out("w1")})
    assert any("单独填的事件没有用到" in note for note in found.notes)
    with pytest.raises(InvalidSiting) as error:
        document = two(sites=1)
        document["scenarios"][1]["incident"] = out("nowhere")
        plan_for(town(), document)
    assert error.value.problems[0].field == "scenarios[1].incident.faults[0].element"


def test_scenarios_without_any_common_answer_say_so() -> None:
    villages = Villages().road("r", 0, 10).site("x", 2).home("a", 1, 10)
    document = study_document("pmedian", sites=0, standard=None, demand={"where": "incident"})
    document["scenarios"] = [{"name": "一", "incident": out("a")}, {"name": "二", "incident": out("a")}]
    found = plan_for(villages, document)
    assert (found.status, found.sites) == ("infeasible", ())
    assert "一、二" in found.proof


def test_what_stands_in_the_way_is_told_by_scenario() -> None:
    document = two(sites=9, standard=1.5)
    document["scenarios"][1]["incident"] = out()
    found = survey_for(town(), document)
    assert found.problems_ahead[0] == "要新增 9 处，可用的候选点只有 3 处。"
    assert any(text.startswith("东部停热：没有需求") for text in found.problems_ahead)
    assert any(text.startswith("西部停热：1 处需求在标准以内没有") for text in found.problems_ahead)
