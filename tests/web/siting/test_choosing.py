"""An answer that is chosen becomes planned sites on everybody's map; and its files say what they rest on."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import unquote

import pytest

from tests.web.log.house import House
from tests.web.network import HIDDEN_ID
from tests.web.siting.cases import FAR, NEAR, STANDING
from tests.web.siting.planning import RUNS, computed, do, done, layer_statuses, listed, refused, shown, started
from webmap.accounts.roles import Role


def test_a_planner_chooses_and_everybody_sees_it_at_once(house: House) -> None:
    run = computed(house)
    assert layer_statuses(house) == {NEAR: "candidate", FAR: "candidate", STANDING: "existing"}
    chosen = done(house, run["id"], "choose", client_key="k")
    assert layer_statuses(house) == {NEAR: "planned", FAR: "candidate", STANDING: "existing"}
    assert chosen["choice"]["sites"] == [{"id": NEAR, "name": "西镇候选"}]
    assert (chosen["choice"]["author"], chosen["choice"]["can_take_back"]) == ("planner同志", True)
    assert (chosen["current"], chosen["may"]) == (True, ["name", "put_away", "take_back"])
    assert done(house, run["id"], "choose", client_key="k")["choice"] == chosen["choice"]
    refused(do(house, run["id"], "choose", client_key="other"), 409, "siting_refused")
    seen = shown(house, run["id"], Role.DUTY_OFFICER)
    assert (seen["choice"]["can_take_back"], seen["may"]) == (False, ["name", "put_away"])
    (row,) = listed(house, who=Role.DUTY_OFFICER)
    assert row["choice"] == seen["choice"]
    assert done(house, run["id"], "take_back")["choice"] is None
    assert layer_statuses(house)[NEAR] == "candidate"
    error = refused(do(house, run["id"], "take_back"), 409, "siting_refused")
    assert error["rule"] == "not_chosen"


def test_what_is_planned_is_a_candidate_of_the_next_study_and_no_start_for_crews(house: House) -> None:
    first = computed(house)["id"]
    assert done(house, first, "choose")["current"] is True, "but for its own choice the data are the same"
    again = computed(house, candidates={"without": [FAR]})
    (site,) = [site for site in again["plan_document"]["sites"] if site["new"]]
    assert (site["id"], site["status"]) == (NEAR, "planned")
    assert done(house, again["id"], "choose")["choice"]["sites"][0]["id"] == NEAR
    assert shown(house, first)["current"] is False


def test_places_and_entered_points_become_records(house: House) -> None:
    point = {"id": "p-1", "name": "体育馆", "point": [112.86, 35.5], "capacity": 300.0}
    run = computed(house, candidates={"layer": False, "points": [point]})
    choice = done(house, run["id"], "choose")["choice"]
    (made,) = choice["sites"]
    features = {feature["properties"]["id"]: feature for feature in house.get("/api/layers/sites")["features"]}
    told = features[made["id"]]["properties"]
    assert (told["name"], told["status"], told["kind"], told["capacity"]) == ("体育馆", "planned", "warm_shelter", 300)
    assert told["provenance"] == "synthetic", "the people it is to serve are made up"
    assert run["plan_document"]["plan"]["title"] in told["source"], "a run without a name is told by its plan"
    assert features[made["id"]]["geometry"]["coordinates"] == [112.86, 35.5]
    schools = {"layer": False, "categories": ["school"]}
    school = computed(house, candidates=schools, question={"standard": 60.0}, existing=False)
    assert done(house, school["id"], "choose")["choice"]["sites"][0]["name"] == "西镇学校"
    done(house, run["id"], "take_back")
    assert made["id"] not in layer_statuses(house)


def test_a_restricted_place_is_not_given_away_by_a_choice(house: House) -> None:
    run = computed(
        house, candidates={"layer": False, "categories": ["defence"]}, question={"standard": 60.0}, existing=False
    )
    assert [site["id"] for site in run["plan_document"]["sites"]] == [HIDDEN_ID]
    error = refused(do(house, run["id"], "choose"), 409, "siting_refused")
    assert error["rule"] == "restricted_place"
    assert set(layer_statuses(house)) == {NEAR, FAR, STANDING}


def test_a_site_that_is_gone_is_named(house: House) -> None:
    run = computed(house)
    store = house.app.extensions["webmap"].runtime.store
    frame = store.read("sites")
    store.replace({"sites": frame[frame["id"] != NEAR]}, "gone")
    error = refused(do(house, run["id"], "choose"), 409, "siting_refused")
    assert (error["rule"], error["sites"]) == ("site_gone", ["西镇候选"])
    assert "西镇候选" in error["message"]


def test_a_facility_that_moved_is_not_planned_where_it_was(house: House) -> None:
    schools = {"layer": False, "categories": ["school"]}
    run = computed(house, candidates=schools, question={"standard": 60.0}, existing=False)
    (site,) = [site for site in run["plan_document"]["sites"] if site["new"]]
    store = house.app.extensions["webmap"].runtime.store
    frame = store.read("facilities")
    moved = frame["geometry"].where(frame["id"] != site["id"], frame["geometry"].translate(0.01))
    store.replace({"facilities": frame.assign(geometry=moved)}, "moved")
    error = refused(do(house, run["id"], "choose"), 409, "siting_refused")
    assert (error["rule"], error["sites"]) == ("site_gone", [site["name"]])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_files_tell_the_question_the_answer_and_that_data_is_made_up(house: House, language: str) -> None:
    run = computed(house, name="=西镇")
    plan = shown(house, run["id"], lang=language)["plan_document"]
    assert plan["language"] == language

    def file(name: str) -> tuple[str, list[dict[str, str]]]:
        answer = house.ask(Role.DUTY_OFFICER, "GET", f"{RUNS}/{run['id']}/{name}?lang={language}")
        assert answer.status_code == 200
        assert answer.get_data().startswith(b"\xef\xbb\xbf")
        rows = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
        return unquote(answer.headers["Content-Disposition"]), rows

    sample = {"zh": "示例数据", "en": "SAMPLE DATA"}[language]
    disposition, rows = file("sites.csv")
    assert sample in disposition
    assert len(rows) == len(plan["sites"])
    for row in rows:
        assert sample in row.values()
        assert {"'=西镇", plan["reading"], plan["sentence"], plan["data_version"], "test"} <= set(row.values())
    _, rows = file("assignment.csv")
    assert [row for row in rows if "西镇候选" in row.values()]
    weight = {"zh": "需求（人）", "en": "Demand (people)"}[language]
    assert sum(float(row[weight]) for row in rows) == 400


def test_the_map_file_is_geojson_with_sources(house: House) -> None:
    run = computed(house)
    answer = house.ask(Role.PLANNER, "GET", f"{RUNS}/{run['id']}/sites.geojson")
    assert answer.mimetype == "application/geo+json"
    document = json.loads(answer.get_data())
    assert (document["type"], document["synthetic"], document["status"]) == ("FeatureCollection", True, "optimal")
    assert document["reading"] == run["plan_document"]["reading"]
    near = {feature["id"]: feature for feature in document["features"]}[NEAR]
    assert near["geometry"] == {"type": "Point", "coordinates": [112.86, 35.5]}
    told = near["properties"]
    assert (told["new"], told["provenance"], told["source"], told["synthetic"]) == (True, "synthetic", "test", True)


@pytest.mark.parametrize("computes", [False, True])
def test_a_run_without_an_answer_has_no_files_and_is_not_chosen(house: House, computes: bool) -> None:
    question = {"model": "lscp", "standard": 0.001, "sites": None}
    run = computed(house, question=question, candidates={"without": [NEAR, FAR]})["id"] if computes else started(house)
    assert not computes or shown(house, run)["summary"]["status"] == "infeasible"
    for name in ("sites.csv", "sites.geojson", "assignment.csv"):
        answer = house.ask(Role.PLANNER, "GET", f"{RUNS}/{run}/{name}")
        assert refused(answer, 409, "siting_refused")["rule"] == "no_answer"
    assert refused(do(house, run, "choose"), 409, "siting_refused")["rule"] == "no_answer"
