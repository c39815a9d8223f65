"""Whom a study counts: people, an incident's people, facilities by class, entered points."""

from __future__ import annotations

import pytest

from priority.siting.problem import InvalidSiting
from tests.priority.siting.study.villages import Villages, at, out, plan_for, study_document, survey_for
from tests.priority.small import assess_system


def town() -> Villages:
    villages = Villages().road("r", 0, 30).site("x", 2).site("y", 20)
    return villages.home("a", 1, 100).home("b", 3, 40).home("c", 21, 60)


def test_people_of_the_network_that_the_kind_replaces_are_the_demand() -> None:
    villages = town().home("e", 5, 500, "electricity").home("w", 5, 7, "water")
    assert survey_for(villages, study_document(kind="mobile_boiler")).demand.weight == 200
    # A shelter is for whoever has no heat or no electricity; of each township the network with most people counts.
    assert survey_for(villages, study_document()).demand.weight == 500 + 60
    assert survey_for(villages, study_document(kind="mobile_generator")).demand.weight == 500
    assert survey_for(villages, study_document(kind="water_point")).demand.weight == 7
    assert survey_for(villages, study_document(kind="crew")).demand.weight == 500
    vulnerable = survey_for(villages, study_document(demand={"of": "vulnerable_people"}))
    assert vulnerable.demand.weight == 50 + 6


def test_unknown_people_are_unknown_and_not_nobody() -> None:
    found = survey_for(town().home("d", 4, None), study_document())
    assert (found.demand.count, found.demand.weight, found.demand.unknown_people_count) == (3, 200, 1)
    assert any("1 个用户点的人数未知" in item.text for item in found.assumptions)


def test_an_incidents_demand_is_the_people_that_its_cascade_leaves_without_supply() -> None:
    # The plant fails when its electricity has been gone for two hours, and its homes go cold then.
    villages = town().home("e", 5, 500, "electricity")
    villages.district.network("heat", "heat-s* - boiler-out - cold:30")
    villages.facility("plant", "heat_supply", 6, feeds="boiler-out", electricity=("e", 2))
    system = villages.system()
    incident = out("e", "a", horizon_hours=12)
    document = study_document(kind="mobile_boiler", demand={"where": "incident"}, incident=incident)
    assessed = assess_system(system, incident["faults"], horizon_hours=12)
    lost = assessed.outages["heat"].at_horizon.population
    assert lost == 190  # a, and the boiler's homes two hours later
    assert survey_for(system, document).demand.weight == lost
    shorter = {**document, "incident": {**incident, "horizon_hours": 1}}
    assert survey_for(system, shorter).demand.weight == 100


def test_a_power_cut_alone_sends_people_to_shelters() -> None:
    villages = town().home("e", 5, 500, "electricity").home("f", 25, 50, "electricity")
    document = study_document(demand={"where": "incident"}, incident=out("e"))
    found = survey_for(villages, document)
    assert (found.demand.count, found.demand.weight) == (1, 500)
    people = next(item.text for item in found.assumptions if item.code == "people_networks")
    assert "供热、供电" in people
    # Who loses both counts once: 500 of the first township, 60 of the other.
    both = survey_for(villages, {**document, "incident": out("a", "b", "c", "e", "f")})
    assert both.demand.weight == 500 + 60
    cold = survey_for(villages, {**document, "incident": out("a", "b")})
    assert cold.demand.weight == 140


def test_an_incident_without_demand_says_whose_loss_was_looked_at_and_who_else_is_out() -> None:
    villages = town().home("w", 5, 12_000, "water").home("g", 25, 70, "gas").home("u", 4, None, "heat")
    document = study_document(demand={"where": "incident"}, incident=out("w", "g"))
    found = plan_for(villages, document)
    assert found.sentence == "这次事件里没有停热、停电的居民；另有停气的 70 人、停水的 1.2 万人"
    assert any(found.sentence in note for note in found.notes)
    assert "不必" not in found.sentence + found.proof
    first = plan_for(villages, {**document, "demand": {"where": "incident", "townships": ["140502100"]}})
    assert "所选乡镇" in first.sentence and "停水" in first.sentence and "停气" not in first.sentence
    places = plan_for(villages, {**document, "demand": {"where": "incident", "of": "facilities"}})
    assert places.sentence == "这次事件里没有因停热、停电而停运的单位"
    unknown = plan_for(villages, {**document, "incident": out("u")})
    assert unknown.sentence == "这次事件里没有停热、停电的居民；1 个用户点的人数未知，没有计入"
    english = plan_for(villages, document, language="en").sentence
    assert english.startswith("In this incident no residents are without heating, without electricity; but there are")
    assert "12,000 people without water" in english


def test_a_loss_that_begins_later_or_ends_within_the_horizon_counts() -> None:
    later = out("b", hour=3, repairs={"b-sw--b": 5})
    found = survey_for(town(), study_document(demand={"where": "incident"}, incident=later))
    assert found.demand.weight == 40


def test_of_several_networks_nobody_counts_twice() -> None:
    villages = town().home("e", 5, 150, "electricity").home("f", 25, 50, "electricity")
    networks = {"networks": ["heat", "electricity"]}
    found = survey_for(villages, study_document(demand=networks))
    # The first township has 140 people on heat and 150 on electricity, the one of 20 to 27 km 60 and 50.
    assert found.demand.weight == 150 + 60
    incident = out("b", "e", "f")
    affected = study_document(demand={**networks, "where": "incident"}, incident=incident)
    assert survey_for(villages, affected).demand.weight == 150 + 50
    assert any("不重复" in item.text for item in found.assumptions)


def test_a_share_in_need_and_townships_narrow_the_demand() -> None:
    part = study_document(demand={"share_in_need": 0.1})
    assert survey_for(town(), part).demand.weight == pytest.approx(20)
    assert any(item.code == "share_in_need" and "10 %" in item.text for item in survey_for(town(), part).assumptions)
    first = study_document(demand={"townships": ["140502100"]})
    assert survey_for(town(), first).demand.weight == 140
    with pytest.raises(InvalidSiting) as error:
        survey_for(town(), study_document(demand={"townships": ["140502100", "999"]}))
    assert [item.field for item in error.value.problems] == ["demand.townships[1]"]
    assert "999" in error.value.problems[0].message


def test_facilities_are_ordered_by_the_plans_list_and_people_come_last() -> None:
    villages = town().facility("gov", "government", 20, people=5).facility("hos", "hospital", 2, people=90)
    villages.facility("school", "school", 2, people=900)
    found = plan_for(villages, study_document(demand={"of": "facilities_then_people"}))
    assert [(row.tier, row.count) for row in found.tiers] == [(1, 1), (4, 1), (None, 3)]
    # The school is no class of the list; five officials come before 90 in hospital and all the homes.
    assert [site.id for site in found.sites] == ["y"]
    assert found.tiers[0].covered_count == 1
    schools = survey_for(villages, study_document(demand={"of": "facilities", "categories": ["school", "hospital"]}))
    assert schools.demand.weight == 990


def test_a_facility_whose_people_nobody_knows_counts_as_one_and_that_is_said() -> None:
    villages = town().facility("hos", "hospital", 2, people=None)
    found = survey_for(villages, study_document(demand={"of": "facilities"}))
    assert (found.demand.weight, found.demand.unknown_people_count, found.demand.weight_unit) == (1, 1, "places")
    assert any("1 家单位的人数未知" in item.text for item in found.assumptions)


def test_an_incidents_facilities_are_those_that_fail_for_what_the_kind_replaces() -> None:
    villages = town().home("e", 5, 500, "electricity")
    villages.facility("cold", "hospital", 2, people=10, heat=("a", 1))
    villages.facility("dark", "hospital", 2, people=20, electricity=("e", 1))
    villages.facility("lasts", "hospital", 2, people=40, heat=("a", 100))
    document = study_document(demand={"where": "incident", "of": "facilities"}, incident=out("a", "e"))
    assert survey_for(villages, document).demand.weight == 30
    assert survey_for(villages, {**document, "kind": "mobile_boiler"}).demand.weight == 10
    assert survey_for(villages, {**document, "kind": "mobile_generator"}).demand.weight == 20
    assert survey_for(villages, {**document, "kind": "crew"}).demand.weight == 30


def test_restricted_facilities_are_demand_for_those_alone_who_may_see_them() -> None:
    villages = town().facility("base", "defence", 20, people=5, restricted=True).facility("gov", "government", 2)
    document = study_document(demand={"of": "facilities"}, candidates={"categories": ["defence"]})
    seen = plan_for(villages, document)
    hidden = plan_for(villages, document, restricted=False)
    assert (seen.demand.count, hidden.demand.count) == (2, 1)
    assert "base" in str(seen.document())
    assert "base" not in str(hidden.document()) and "单位base" not in str(hidden.document())
    assert any(item.code == "restricted" for item in hidden.assumptions)


def test_entered_points_can_be_added_or_stand_alone() -> None:
    entered = {"id": "p", "name": "集市", "point": at(8), "weight": 12.5}
    added = survey_for(town(), study_document(demand={"points": [entered]}))
    assert added.demand.weight == 212.5
    alone = survey_for(town(), study_document(demand={"of": "points", "points": [{**entered, "tier": 4}]}))
    assert (alone.demand.count, alone.demand.weight_unit) == (1, "places")
    assert alone.demand_points[0][2:] == (12.5, 4)
    with pytest.raises(InvalidSiting) as error:
        survey_for(town(), study_document(demand={"points": [{**entered, "id": "a"}]}))
    assert [item.field for item in error.value.problems] == ["demand.points[0].id"]
