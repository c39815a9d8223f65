"""A study over HTTP: what it looks at, how it is computed, and what is told of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.web.log.house import OTHER_PLAN, PLAN, House, build_house
from tests.web.network import HIDDEN_NAME
from tests.web.siting.cases import FAR, NEAR, STANDING, sited_district, study
from tests.web.siting.planning import RUNS, computed, do, done, layer_statuses, listed, refused, shown, start, started
from webmap.accounts.roles import RIGHTS, Action, Role

SURVEY = "/api/siting/survey"


def test_a_survey_shows_what_a_study_looks_at(house: House) -> None:
    document = house.ask(Role.DUTY_OFFICER, "POST", SURVEY, json=study()).get_json()
    assert {row["id"] for row in document["candidates"]} == {NEAR, FAR}
    assert [row["id"] for row in document["existing"]] == [STANDING]
    assert document["demand"]["weight"] == 400
    assert document["synthetic"] is True
    by_hand = study(candidates={"without": [FAR]})
    again = house.ask(Role.PLANNER, "POST", f"{SURVEY}?lang=en", json=by_hand).get_json()
    reasons = {row["id"]: row["excluded"] for row in again["candidates"]}
    assert reasons == {NEAR: None, FAR: "by_hand"}
    assert listed(house) == [], "a survey keeps nothing"


def test_a_study_waits_is_computed_and_keeps_its_answer(house: House) -> None:
    answer = start(house, name="西镇一处")
    assert answer.status_code == 202
    waiting = answer.get_json()
    assert (waiting["state"], waiting["state_title"], waiting["plan_document"]) == ("waiting", "等待计算", None)
    assert waiting["may"] == ["cancel", "name", "put_away"]
    assert house.app.extensions["webmap"].siting.work_off() == 1
    run = shown(house, waiting["id"])
    assert (run["state"], run["current"], run["error"], run["choice"]) == ("done", True, None, None)
    plan = run["plan_document"]
    assert [site["id"] for site in plan["sites"] if site["new"]] == [NEAR]
    assert (plan["status"], plan["demand"]["covered_share"], plan["data_version"]) == (
        "optimal",
        1.0,
        run["data_version"],
    )
    assert run["study"]["question"]["standard"] == 5.0
    assert run["may"] == ["name", "put_away", "choose"]
    (row,) = listed(house, who=Role.DUTY_OFFICER)
    assert "plan_document" not in row
    assert row["summary"] == {
        "status": "optimal",
        "sentence": plan["sentence"],
        "covered_share": 1.0,
        "new_sites": 1,
    }
    assert (row["name"], row["study"]["question"]["model"]) == ("西镇一处", "mclp")
    assert row["may"] == ["name", "put_away"], "a duty officer chooses nothing"


def test_a_list_tells_what_makes_one_question_another(house: House) -> None:
    area = {"type": "Polygon", "coordinates": [[[112.8, 35.4], [112.81, 35.4], [112.81, 35.41], [112.8, 35.4]]]}
    own = {"id": "own-1", "name": "自选", "point": [112.83, 35.5]}
    started(
        house,
        demand={"share_in_need": 0.05, "where": "incident"},
        capacities=True,
        candidates={"categories": ["school"], "points": [own], "without": [FAR]},
        excluded={"areas": [area]},
        incident={"plan": PLAN, "at": "2026-01-12T08:00:00+08:00", "horizon_hours": 24},
    )
    brief = listed(house)[0]["study"]
    assert (brief["demand"]["share_in_need"], brief["capacities"], brief["existing"]) == (0.05, True, True)
    assert brief["candidates"] == {"layer": True, "categories": ["school"], "points": 1, "without": 1}
    assert brief["excluded"] == {"affected": False, "failed_network": False, "areas": 1}
    assert brief["incident"]["at"].startswith("2026-01-12T")
    assert (brief["incident"]["faults"], brief["incident"]["area"], brief["scenarios"]) == (0, False, 0)


def test_what_is_wrong_is_named_where_it_stands_and_nothing_is_queued(house: House) -> None:
    wrong = study(question={"sites": None}, kind="castle")
    error = refused(house.ask(Role.PLANNER, "POST", RUNS, json={"study": wrong}), 422, "invalid_siting")
    assert {problem["field"] for problem in error["problems"]} == {"study.kind"}
    error = refused(
        house.ask(Role.PLANNER, "POST", SURVEY, json=study(question={"sites": None})), 422, "invalid_siting"
    )
    assert [problem["field"] for problem in error["problems"]] == ["question.sites"]
    error = refused(house.ask(Role.PLANNER, "POST", RUNS, json={"client_key": 7}), 422, "invalid_entry")
    assert {problem["field"] for problem in error["problems"]} >= {"client_key"}
    refused(house.ask(Role.PLANNER, "POST", RUNS, json={"study": study(plan="none")}), 422, "invalid_siting")
    huge = study(distance={"by": "matrix", "matrix": {"demand_ids": [], "site_ids": [], "value": [[1.0] * 250_001]}})
    refused(house.ask(Role.PLANNER, "POST", RUNS, json={"study": huge}), 422, "too_many_values")
    assert listed(house) == []


def test_what_the_district_does_not_have_is_told_by_survey_and_run(house: House) -> None:
    elsewhere = {"demand": {"townships": ["140502999"]}}
    error = refused(house.ask(Role.PLANNER, "POST", SURVEY, json=study(**elsewhere)), 422, "invalid_siting")
    assert [problem["field"] for problem in error["problems"]] == ["demand.townships[0]"]
    run = computed(house, **elsewhere)
    assert (run["state"], run["error"]["code"], run["plan_document"]) == ("failed", "invalid_siting", None)
    english = shown(house, run["id"], lang="en")["error"]["problems"]
    assert (
        [problem["field"] for problem in run["error"]["problems"]]
        == [problem["field"] for problem in english]
        == ["demand.townships[0]"]
    )
    assert "乡镇" in run["error"]["problems"][0]["message"]
    assert "乡镇" not in english[0]["message"], "who reads English did not ask in Chinese"


def test_the_right_to_study_is_held_for_the_plan_of_the_study(house: House) -> None:
    heating = house.join("only.heating", Role.OFFICE_DIRECTOR, plan=OTHER_PLAN)
    run = started(house)
    for answer in (
        house.ask(heating, "POST", SURVEY, json=study()),
        start(house, who=heating),
        house.ask(heating, "GET", f"{RUNS}/{run}"),
        do(house, run, "cancel", heating),
        do(house, run, "name", heating, name="x"),
        house.ask(heating, "GET", f"{RUNS}/{run}/sites.csv"),
        house.ask(Role.OBSERVER, "GET", f"{RUNS}/{run}"),
    ):
        refused(answer, 403, "forbidden")
    assert listed(house, who=heating) == []
    assert start(house, who=heating, plan=OTHER_PLAN).status_code == 202
    assert [row["plan"] for row in listed(house, who=heating)] == [OTHER_PLAN]
    assert shown(house, run)["state"] == "waiting"
    planner = house.join("only.heating.planner", Role.PLANNER, plan=OTHER_PLAN)
    refused(do(house, run, "choose", planner), 403, "forbidden")
    refused(do(house, run, "choose", Role.COMMANDER), 403, "forbidden")


def test_who_may_study_may_see_the_restricted_places_that_answers_name(house: House) -> None:
    assert RIGHTS[Action.STUDY_SITES].roles <= RIGHTS[Action.SEE_RESTRICTED].roles
    run = computed(house, demand={"of": "facilities"}, question={"standard": 60.0})
    assert HIDDEN_NAME in str(run["plan_document"])
    denied = house.ask(Role.OBSERVER, "GET", RUNS)
    assert denied.status_code == 403
    assert HIDDEN_NAME not in denied.get_data(as_text=True)


def test_a_repeated_request_is_one_run(house: House) -> None:
    first, again = (start(house, key="k").get_json()["id"] for _ in range(2))
    assert first == again
    refused(start(house, key="k", seconds=1.0), 409, "client_key_reused")
    assert len(listed(house)) == 1


def test_a_longer_search_than_the_installation_allows_is_cut(tmp_path: Path) -> None:
    house = build_house(tmp_path, sited_district(), WEBMAP_SITING_SECONDS="7")
    assert shown(house, started(house, seconds=300.0))["study"]["seconds"] == 7.0
    assert shown(house, started(house, seconds=5.0))["study"]["seconds"] == 5.0
    house.app.extensions["webmap"].runtime.store.engine.dispose()
    house.engine.dispose()


def test_a_run_is_named_put_away_and_cancelled(house: House) -> None:
    run = started(house)
    assert done(house, run, "name", name="另一个名字")["name"] == "另一个名字"
    assert done(house, run, "name", name=None)["name"] is None
    assert done(house, run, "cancel", Role.DUTY_OFFICER)["state"] == "cancelled"
    assert done(house, run, "cancel")["state"] == "cancelled", "twice does no harm"
    assert done(house, run, "put_away", away=True)["put_away"] is True
    assert listed(house) == []
    assert [row["id"] for row in listed(house, "?put_away=1")] == [run]
    done(house, run, "put_away", away=False)
    assert [row["id"] for row in listed(house, "?kind=warm_shelter")] == [run]
    assert listed(house, "?kind=crew") == []
    for query in ("kind=castle", "put_away=maybe"):
        refused(house.ask(Role.PLANNER, "GET", f"{RUNS}?{query}"), 400, "invalid_query")
    for deed, body in (("name", {"name": " "}), ("name", {}), ("put_away", {"away": "yes"}), ("put_away", {})):
        refused(do(house, run, deed, **body), 422, "invalid_entry")
    for deed, body in (("cancel", {}), ("name", {"name": "x"}), ("put_away", {"away": True}), ("choose", {})):
        refused(do(house, "nothing", deed, **body), 404, "unknown_run")


def test_states_and_stages_are_told_in_the_readers_language(house: House) -> None:
    run = started(house)
    claimed = house.app.extensions["webmap"].siting.claims.take()
    assert claimed is not None
    house.app.extensions["webmap"].siting.claims.keep(run, "mclp", {"objective": 80.0, "bound": 100.0, "gap": 0.25})
    seen = shown(house, run, lang="en")
    assert (seen["state"], seen["state_title"]) == ("running", "Computing")
    assert (seen["stage"], seen["stage_title"]) == ("mclp", "Seeking the most coverage")
    assert seen["progress"]["elapsed_s"] >= 0
    assert (seen["progress"]["bound"], seen["may"][0]) == (100.0, "cancel")
    assert done(house, run, "cancel")["cancel_requested"] is True
    assert "cancel" not in shown(house, run)["may"]


def test_after_the_data_went_on_an_answer_says_that_it_is_of_older_data(house: House) -> None:
    run = computed(house)
    store = house.app.extensions["webmap"].runtime.store
    store.replace({"counties": store.read("counties")}, "again")
    assert shown(house, run["id"])["current"] is False
    assert computed(house)["current"] is True


@pytest.mark.parametrize("question", [{"model": "lscp", "sites": None}, {"model": "pmedian"}, {"model": "pcenter"}])
def test_every_model_is_answered(house: House, question: dict[str, Any]) -> None:
    run = computed(house, question=question)
    assert (run["state"], run["plan_document"]["status"]) == ("done", "optimal")
    assert layer_statuses(house)[NEAR] == "candidate", "an answer alone changes nothing"


def test_without_data_there_is_nothing_to_study(house: House) -> None:
    with house.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM data_versions")
    refused(start(house), 503, "not_initialised")
    assert study()["plan"] == PLAN
