"""The answer to a study: what it says, what it leaves out, and what would change it."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from priority.siting.effort import Effort
from priority.siting.problem import InvalidSiting
from priority.siting.study.results import SitingPlan, SitingSurvey
from tests.priority.siting.study.villages import (
    Villages,
    at,
    candidate,
    chosen,
    out,
    plan_for,
    study_document,
    survey_for,
)


def town() -> Villages:
    """Three homes and three candidates: x is near a and b, y near c, z beyond."""
    villages = Villages().road("r", 0, 40).site("x", 2, cost=5.0, capacity=500)
    villages.site("y", 20, cost=9.0).site("z", 36)
    return villages.home("a", 1, 100).home("b", 3, 40).home("c", 21, 60)


def test_the_sentence_says_what_a_planner_would_say() -> None:
    found = plan_for(town(), study_document(sites=1, standard=15))
    assert found.sentence == "新增 1 处，15 分钟内覆盖人口 70 %（140 人），最远 19.1 分钟"
    assert found.status == "optimal"
    assert "已证明最优" in found.proof
    assert "3 处候选点" in found.reading and "最多 1 处" in found.reading
    english = plan_for(town(), study_document(sites=1, standard=15), language="en")
    assert english.sentence == "New sites: 1, within 15 min: 70 % of the people (140 people), longest way 19.1 min"
    assert "Proven optimal" in english.proof


def test_demand_at_exactly_the_standard_is_covered_and_just_beyond_it_is_not() -> None:
    away = plan_for(town(), study_document("pcenter", sites=1, standard=None)).worst
    assert away is not None
    at_it = plan_for(town(), study_document("lscp", sites=None, standard=away.distance))
    assert len(chosen(at_it)) == 1
    below = plan_for(town(), study_document("mclp", sites=1, standard=away.distance - 0.01))
    assert below.demand.covered_share is not None and below.demand.covered_share < 1


def test_a_closed_road_changes_the_answer() -> None:
    villages = Villages().road("west", 0, 10).road("bridge", 10, 12).road("east", 12, 30)
    villages.site("x", 9).site("y", 20).home("a", 8, 100).home("b", 13, 150).home("c", 24, 60)
    document = study_document(standard=6.5)
    assert chosen(plan_for(villages, document)) == ["x"]
    closed = plan_for(villages, {**document, "distance": {"closed_roads": ["bridge"]}})
    assert chosen(closed) == ["x"]
    assert closed.demand.covered_weight == 100
    assert closed.demand.unreachable_count == 2
    assert {row.reason for row in closed.uncovered} == {"unreachable"}
    longer = plan_for(villages, {**document, "question": {"model": "mclp", "sites": 1, "standard": 8}})
    shut = {**document, "question": {"model": "mclp", "sites": 1, "standard": 8}}
    shut["distance"] = {"closed_roads": ["bridge"]}
    assert chosen(longer) == ["x"] and chosen(plan_for(villages, shut)) == ["y"]
    # An incident's closed roads are closed here too.
    by_incident = {**shut, "distance": {}, "incident": out(closed_roads=["bridge"])}
    assert chosen(plan_for(villages, by_incident)) == ["y"]
    assert any(item.code == "roads_closed" for item in plan_for(villages, by_incident).assumptions)


def test_an_unknown_road_is_named() -> None:
    with pytest.raises(InvalidSiting) as error:
        plan_for(town(), study_document(distance={"closed_roads": ["r", "r9"]}))
    assert [item.field for item in error.value.problems] == ["distance.closed_roads[1]"]


def test_straight_distances_say_so_and_so_do_times_without_roads() -> None:
    straight = plan_for(town(), study_document(standard=2500, distance={"by": "straight"}))
    assert (straight.unit, straight.straight) == ("m", True)
    assert any(item.code == "straight" for item in straight.assumptions)
    assert "2.5 公里内" in straight.sentence and straight.sentence.endswith("（直线距离）")
    roadless = Villages().site("x", 2).home("a", 1, 100)
    assumed = plan_for(roadless, study_document(standard=15))
    assert (assumed.unit, assumed.straight) == ("min", True)
    assert any(item.code == "no_roads" for item in assumed.assumptions)
    assert "没有道路数据" in assumed.sentence
    by_road = plan_for(town(), study_document())
    assert (by_road.unit, by_road.straight) == ("min", False)
    assert "直线" not in by_road.sentence


def test_where_the_standard_cannot_be_met_the_places_are_named() -> None:
    villages = town().home("remote", 28, 15)
    found = plan_for(villages, study_document("lscp", sites=None))
    assert (found.status, found.sites, found.demand.covered_share) == ("infeasible", (), None)
    assert "第3镇" in found.proof and "8" in found.proof
    assert [(row.name, row.reason, row.weight) for row in found.uncovered] == [("第3镇", "beyond", 15)]
    assert found.uncovered[0].nearest == pytest.approx(8, abs=0.2)
    # What can be covered with so many sites is told all the same.
    assert found.curve[-1].covered_share == pytest.approx(200 / 215)


def test_one_cut_off_home_leaves_the_others_an_answer() -> None:
    villages = town().road("island", 50, 52, 3).home("cut", 51, 7)
    for model in ("pmedian", "pcenter"):
        found = plan_for(villages, study_document(model, sites=2, standard=None))
        assert found.status == "optimal"
        assert set(chosen(found)) == {"x", "y"}
        assert found.demand.unreachable_count == 1
        assert "1 处需求无路可到" in found.sentence
        assert "到不了的 1 处不计" in found.reading
        assert found.curve[2].covered_share == found.demand.covered_share == pytest.approx(200 / 207, abs=1e-6)
        assert [(row.weight, row.reason) for row in found.uncovered] == [(7, "unreachable")]
    names_it = plan_for(villages, study_document("lscp", sites=None, standard=30))
    assert names_it.status == "infeasible"
    assert "没有道路可到" in names_it.proof


def test_no_lower_class_ever_costs_a_higher_one() -> None:
    villages = town().facility("hos", "hospital", 20, people=1)
    found = plan_for(villages, study_document(demand={"of": "facilities_then_people"}, question={"sites": 1}))
    assert chosen(found) == ["y"]
    assert "1/1 家单位" in found.sentence
    assert "前一类优先" in found.reading
    assert found.sites[0].facilities == ("单位hos",)
    assert any(item.code == "tier_order" for item in found.assumptions)


def test_a_commanders_order_of_the_classes_holds() -> None:
    villages = town().facility("gov", "government", 20).facility("hos", "hospital", 2)
    order = {"categories": ["hospital"], "reason": "寒潮"}
    document = study_document(demand={"of": "facilities"}, incident=out(priority_order=order))
    assert chosen(plan_for(villages, study_document(demand={"of": "facilities"}))) == ["y"]
    found = plan_for(villages, document)
    assert chosen(found) == ["x"]
    assert [row.tier for row in found.tiers] == [4, 1]
    assert any("寒潮" in item.text for item in found.assumptions)


def test_the_curve_goes_from_none_to_two_more_and_never_falls() -> None:
    villages = town().site("w", 30).home("d", 30, 9)
    found = plan_for(villages, study_document(sites=2))
    assert [row.sites for row in found.curve] == [0, 1, 2, 3, 4]
    shares = [row.covered_share or 0 for row in found.curve]
    assert shares == sorted(shares)
    assert found.curve[2].selected == tuple(chosen(found))
    assert found.curve[2].objective == found.objective == 200
    median = plan_for(villages, study_document("pmedian", sites=2, standard=None))
    assert median.curve[0].status == "infeasible"  # nobody can be served without any site
    ways = [row.objective for row in median.curve[1:]]
    assert ways == sorted(ways, reverse=True)  # type: ignore[type-var]
    fewest = plan_for(villages, study_document("lscp", sites=None))
    assert [(row.sites, row.objective) for row in fewest.curve] == [(0, 0), (1, 140), (2, 200), (3, 209)]


def test_the_worth_of_a_site_is_what_its_absence_leaves() -> None:
    found = plan_for(town().site("old", 2.5, status="existing"), study_document(sites=2))
    worth = {site.id: site.without_it for site in found.sites}
    assert worth["y"].covered_share == pytest.approx(140 / 200)
    assert worth["old"].objective == 60
    median = plan_for(town(), study_document("pmedian", sites=2, standard=None))
    alone = plan_for(town(), study_document("pmedian", sites=1, standard=None, candidates={"without": ["y"]}))
    y = next(site for site in median.sites if site.id == "y")
    assert y.without_it.objective == pytest.approx(alone.objective)
    center = plan_for(town(), study_document("pcenter", sites=2, standard=None))
    alone = plan_for(town(), study_document("pcenter", sites=1, standard=None, candidates={"without": ["y", "z"]}))
    y = next(site for site in center.sites if site.id == "y")
    assert y.without_it.objective == pytest.approx(alone.objective)


def test_lines_lead_from_demand_to_the_site_of_the_list() -> None:
    found = plan_for(town(), study_document(sites=1))
    assert chosen(found) == ["x"]
    lines = {round(line[3]): line for line in found.lines}
    assert {weight: (line[2], line[5]) for weight, line in lines.items()} == {100: (0, 1), 40: (0, 1), 60: (0, 0)}
    assert lines[60][4] == pytest.approx(19, abs=0.2)
    assert found.worst is not None
    assert (found.worst.site, found.worst.distance) == ("安置点x", lines[60][4])
    assert sum(row.covered_weight for row in found.townships) == found.demand.covered_weight == 140
    assert sum(site.serves_weight for site in found.sites) == 140


def test_capacities_limit_whom_a_site_takes() -> None:
    villages = Villages().road("r", 0, 40).site("x", 2, capacity=100).site("y", 4, capacity=30)
    villages.home("a", 1, 80).home("b", 3, 40)
    limited = study_document(sites=2, capacities=True)
    whole = plan_for(villages, limited)
    assert whole.demand.covered_weight == 80
    assert [(row.reason, row.weight) for row in whole.uncovered] == [("full", 40)]
    shared = plan_for(villages, study_document(sites=2, capacities=True, question={"shared": True}))
    assert shared.demand.covered_weight == 120
    assert {site.id: site.serves_weight for site in shared.sites} == {"x": 90, "y": 30} or shared.uncovered == ()
    assert plan_for(villages, study_document(sites=2)).demand.covered_weight == 120


def test_where_there_is_too_little_room_the_places_say_so() -> None:
    villages = Villages().road("r", 0, 40).site("x", 2, capacity=100)
    villages.home("a", 1, 80).home("b", 30, 40)
    found = plan_for(villages, study_document("pmedian", sites=1, capacities=True))
    assert found.status == "infeasible"
    assert [row.reason for row in found.uncovered] == ["full"]
    assert "容量不够" in found.proof


def test_where_existing_sites_are_enough_that_is_said() -> None:
    villages = town().site("o1", 2, status="existing").site("o2", 20, status="existing")
    found = plan_for(villages, study_document("lscp", sites=None))
    assert (found.objective, chosen(found)) == (0, [])
    assert "不必新增" in found.proof


def test_a_budget_needs_costs_and_the_unknown_one_is_named() -> None:
    document = study_document(sites=None, question={"budget": 10})
    with pytest.raises(InvalidSiting) as error:
        plan_for(town(), document)
    assert error.value.problems[0].field == "question.budget"
    assert "安置点z" in error.value.problems[0].message
    found = plan_for(town(), {**document, "candidates": {"without": ["z"]}})
    assert chosen(found) == ["x"]
    assert (found.cost.total, found.cost.unknown_count) == (5, 0)
    open_cost = plan_for(town(), study_document(sites=1, candidates={"without": ["x", "y"]}, standard=30))
    assert (open_cost.cost.total, open_cost.cost.unknown_count) == (None, 1)


def test_without_time_there_is_no_answer_and_no_false_claim() -> None:
    found = plan_for(town(), study_document("pcenter", standard=None), effort=Effort(0.0))
    assert (found.status, found.sites, found.objective, found.demand.covered_share) == ("unknown", (), None, None)
    assert "时限内没有找到方案" in found.proof
    assert found.curve == ()


def test_a_survey_tells_ahead_what_stands_in_the_way() -> None:
    villages = town().home("remote", 28, 15)
    found = survey_for(villages, study_document("lscp", sites=None))
    assert any("1 处需求在标准以内没有任何站点" in text for text in found.problems_ahead)
    assert found.demand.covered_weight is None
    assert len(found.demand_points) == 4
    assert not survey_for(town(), study_document(standard=15)).problems_ahead


def test_a_matrix_is_taken_as_it_is_and_must_have_all_ids() -> None:
    entered = [{"id": name, "name": name, "point": at(1)} for name in ("p", "q")]
    matrix: dict[str, Any] = {"demand_ids": ["q", "p"], "site_ids": ["x", "y"], "value": [[7.0, None], [15.0, 15.5]]}
    document = study_document(
        standard=15,
        demand={"of": "points", "points": entered},
        candidates={"without": ["z"]},
        distance={"by": "matrix", "matrix": matrix},
    )
    found = plan_for(town(), document)
    assert (chosen(found), found.demand.covered_count, found.unit) == (["x"], 2, "unknown")
    document["candidates"] = {}
    with pytest.raises(InvalidSiting) as error:
        plan_for(town(), document)
    assert error.value.problems[0].field == "distance.matrix.site_ids"
    assert "z" in error.value.problems[0].message


def test_an_incident_of_another_plan_is_read_under_the_studys() -> None:
    incident = out("a", plan="heating-zezhou", figures={"deaths": 1})
    found = plan_for(town(), study_document(demand={"where": "incident"}, incident=incident))
    assert found.demand.weight == 100
    assert any(item.code == "other_plan" for item in found.assumptions)
    with pytest.raises(InvalidSiting) as error:
        plan_for(town(), study_document(demand={"where": "incident"}, incident=out("nowhere")))
    assert error.value.problems[0].field == "incident.faults[0].element"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("model", ["lscp", "mclp", "pmedian", "pcenter"])
def test_documents_keep_to_their_schemas(language: str, model: str) -> None:
    villages = town().site("old", 30, status="existing").facility("hos", "hospital", 2, people=9)
    document = study_document(model, sites=2, demand={"of": "facilities_then_people"})
    found = plan_for(villages, document, language=language).document()
    jsonschema.validate(json.loads(json.dumps(found)), SitingPlan.model_json_schema(mode="serialization"))
    looked = survey_for(villages, document, language=language).document()
    jsonschema.validate(json.loads(json.dumps(looked)), SitingSurvey.model_json_schema(mode="serialization"))
    json.dumps(found, allow_nan=False)
    if language == "en":
        words = [found["sentence"], found["reading"], found["proof"], *found["notes"]]
        words += [row["text"] for row in found["assumptions"] if row["code"] != "tier_order"]
        assert not any("\u4e00" <= letter <= "\u9fff" for text in words for letter in text.replace("镇", ""))


def test_the_same_study_gives_the_same_answer() -> None:
    first, second = (plan_for(town(), study_document(sites=2)).document() for _ in range(2))
    first.pop("seconds"), second.pop("seconds")
    assert first == second
    assert candidate(plan_for(town(), study_document()), "x").excluded is None
