"""Which candidates are out, why, and what that changes."""

from __future__ import annotations

from typing import Any

import pytest

from priority.siting.problem import InvalidSiting
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
    villages = Villages().road("r", 0, 40).site("x", 2).site("y", 10).site("far", 30)
    villages.home("a", 2, 100).home("b", 9, 60)
    return villages.home("ea", 2.3, 100, "electricity").home("eb", 10.3, 0, "electricity")


def square(west_km: float, east_km: float) -> dict[str, Any]:
    """An area from one kilometre of the road to another, and a kilometre to both sides."""
    corners = [at(west_km, -1), at(east_km, -1), at(east_km, 1), at(west_km, 1), at(west_km, -1)]
    return {"type": "Polygon", "coordinates": [corners]}


def test_left_out_by_hand_or_in_a_drawn_area_another_site_is_chosen() -> None:
    villages = town()
    assert chosen(plan_for(villages, study_document())) == ["x"]
    by_hand = plan_for(villages, study_document(candidates={"without": ["x"]}))
    assert chosen(by_hand) == ["y"]
    assert candidate(by_hand, "x").excluded == "by_hand"
    drawn = plan_for(villages, study_document(excluded={"areas": [square(20, 25), square(1, 3)]}))
    assert chosen(drawn) == ["y"]
    assert candidate(drawn, "x").excluded == "area"
    assert "第 2 个" in (candidate(drawn, "x").reason or "")
    assert candidate(drawn, "y").excluded is None


def test_a_candidate_on_the_edge_of_an_area_is_inside() -> None:
    found = survey_for(town(), study_document(excluded={"areas": [square(2, 3)]}))
    assert candidate(found, "x").excluded == "area"


def test_the_affected_area_is_where_the_nearest_consumer_loses_supply_or_the_drawn_ground() -> None:
    villages = town()
    by_supply = study_document(incident=out("a"), excluded={"affected": True})
    found = plan_for(villages, by_supply)
    assert chosen(found) == ["y"]
    assert candidate(found, "x").excluded == "affected"
    assert "供热" in (candidate(found, "x").reason or "") and "点a" in (candidate(found, "x").reason or "")
    # Without the exclusion the incident changes nothing of whole-district demand.
    assert chosen(plan_for(villages, study_document(incident=out("a")))) == ["x"]
    drawn = study_document(incident=out(area=square(29, 31), networks=["water"]), excluded={"affected": True})
    found = plan_for(villages, drawn)
    assert [row.id for row in found.candidates if row.excluded] == ["far"]
    assert "受损区域" in (candidate(found, "far").reason or "")


def test_a_shelter_is_affected_without_heat_and_without_electricity_alike() -> None:
    incident = out("a", "eb")
    found = survey_for(town(), study_document(incident=incident, excluded={"affected": True}))
    reasons = {row.id: (row.excluded, row.reason or "") for row in found.candidates}
    assert reasons["x"][0] == reasons["y"][0] == "affected"
    assert "供热" in reasons["x"][1] and "供电" in reasons["y"][1]
    assert reasons["far"][0] is None
    heat_alone = study_document(kind="warm_shelter", incident=incident, excluded={"affected": True})
    heat_alone["demand"] = {"networks": ["heat"]}
    assert candidate(survey_for(town(), heat_alone), "y").excluded is None


def test_the_failed_network_is_that_of_the_nearest_electricity_point() -> None:
    villages = town()
    document = study_document(incident=out("ea"), excluded={"failed_network": True})
    found = plan_for(villages, document)
    assert chosen(found) == ["y"]
    assert candidate(found, "x").excluded == "failed_network"
    assert "供电" in (candidate(found, "x").reason or "") and "点ea" in (candidate(found, "x").reason or "")
    # Heat that is out takes no electricity away.
    assert chosen(plan_for(villages, {**document, "incident": out("a")})) == ["x"]


def test_a_chosen_site_that_goes_dark_itself_is_pointed_out() -> None:
    found = plan_for(town(), study_document(incident=out("ea")))
    assert chosen(found) == ["x"]
    assert any("1 处站点在事件中自身会停电" in note and "安置点x" in note for note in found.notes)
    assert not any("停电" in note for note in plan_for(town(), study_document(incident=out("a"))).notes)


def test_what_no_consumer_is_near_of_is_not_excluded_and_that_is_said() -> None:
    document = study_document(incident=out("ea", "eb"), excluded={"failed_network": True})
    found = plan_for(town(), document)
    assert candidate(found, "far").excluded is None
    assert any(item.code == "feed_unknown" and "1 处" in item.text for item in found.assumptions)


def test_a_facility_is_judged_by_its_own_supply() -> None:
    villages = town().facility("s1", "school", 2, electricity=("eb", 100)).facility("s2", "school", 10)
    villages.facility("s3", "school", 10, electricity=("eb", 0))
    places = {"layer": False, "categories": ["school"]}
    document = study_document(incident=out("eb"), excluded={"failed_network": True}, candidates=places)
    found = survey_for(villages, document)
    reasons = {row.id: (row.excluded, row.reason) for row in found.candidates}
    assert {key: value[0] for key, value in reasons.items()} == dict.fromkeys(("s1", "s2", "s3"), "failed_network")
    assert "该单位的供电" in (reasons["s1"][1] or "")  # it lasts on its reserve, but nothing feeds it
    assert "点eb" in (reasons["s2"][1] or "")
    assert "停运" in (reasons["s3"][1] or "")
    assert all(row.origin == "facility" for row in found.candidates)


def test_an_existing_site_that_is_hit_does_not_serve() -> None:
    villages = town().site("old", 2.1, status="existing")
    before = plan_for(villages, study_document())
    assert chosen(before) == ["y"]  # the existing one serves a
    document = study_document(incident=out("ea"), excluded={"failed_network": True}, question={"sites": 2})
    found = plan_for(villages, document)
    assert [site.id for site in found.sites] == ["y"]
    assert (candidate(found, "old").status, candidate(found, "old").excluded) == ("existing", "failed_network")
    assert found.demand.covered_weight == 60
    assert any(item.code == "existing_out" for item in found.assumptions)
    row = next(row for row in survey_for(villages, document).existing if row.id == "old")
    assert row.excluded == "failed_network"


def test_existing_sites_can_be_left_aside() -> None:
    villages = town().site("old", 2.1, status="existing")
    assert chosen(plan_for(villages, study_document(existing=False))) == ["x"]


def test_a_candidate_that_no_road_leads_from_is_unreachable() -> None:
    villages = Villages().road("r", 0, 10).road("island", 20, 22).site("x", 2).site("y", 21).home("a", 2, 100)
    found = plan_for(villages, study_document(question={"sites": 2}))
    assert candidate(found, "y").excluded == "unreachable"
    assert chosen(found) == ["x"]
    closed = plan_for(villages, study_document(distance={"closed_roads": ["r"]}))
    assert candidate(closed, "x").excluded is None  # the home is at the same vertex of the closed road
    assert candidate(closed, "y").excluded == "unreachable"


def test_planned_sites_are_candidates_and_other_kinds_are_none() -> None:
    villages = town().site("planned", 9, status="planned").site("boiler", 9, kind="mobile_boiler")
    found = survey_for(villages, study_document())
    assert candidate(found, "planned").status == "planned"
    assert "boiler" not in {row.id for row in found.candidates}


def test_entered_candidates_join_in_and_may_not_take_an_id() -> None:
    point = {"id": "p", "name": "广场", "point": at(5)}
    found = plan_for(town(), study_document(candidates={"layer": False, "points": [point]}))
    assert chosen(found) == ["p"]
    assert found.sites[0].origin == "entered"
    with pytest.raises(InvalidSiting) as error:
        survey_for(town(), study_document(candidates={"points": [{**point, "id": "x"}]}))
    assert error.value.problems[0].field == "candidates.points[0].id"
