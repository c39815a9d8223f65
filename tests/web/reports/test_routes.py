"""The routes of what is made of an incident, asked as clients ask them."""

from __future__ import annotations

import base64
import io
import json
import zipfile

import pytest

from tests.web.log.house import OTHER_PLAN, House, after, build_house, error_of, fact
from tests.web.network import HIDDEN_ID, HIDDEN_NAME
from tests.web.published import hold_to
from webmap.accounts.roles import Role
from webmap.reports.kinds import FILES, FORMATS, MAPS, NAMES, REPORTS, endings_of

BEGINNINGS = {
    "docx": b"PK",
    "xlsx": b"PK",
    "csv": b"PK",
    "pdf": b"%PDF",
    "png": b"\x89PNG",
    "gif": b"GIF8",
    "html": b"<!",
    "gpkg": b"SQLite format 3",
    "geojson": b"{",
    "json": b"{",
}
PRODUCTS = [(group, name, ending) for group in FORMATS for name in NAMES[group] for ending in endings_of(group, name)]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return build_house(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="module")
def incident(house: House) -> str:
    """An hour without supply at home, and somebody who says why; written an hour after it began."""
    found = house.opened(
        fact("fault_located", 5, element="e-source"),
        fact("fault_located", 5, element=HIDDEN_ID),
        fact("detail_given", 20, item="cause", text="变压器着火"),
        fact("report_sent", 30, to="区委、区政府", report="first_spoken"),
        fact("temperature_reported", 30, celsius=-8.0),
    )
    house.written(found, fact("repaired", 50, element="e-source"))
    return found


def at(minutes: float) -> str:
    return "at=" + after(minutes).replace("+", "%2B")


def test_the_impact_is_as_published_and_says_what_it_rests_on(house: House, incident: str) -> None:
    answer = house.get(f"/api/incidents/{incident}/impact?measure=customer_hours&{at(60)}")
    hold_to("impact", answer["impact"])
    assert (answer["incident"]["id"], answer["known"], answer["synthetic"]) == (incident, 7, True)
    home = answer["impact"]["networks"]["electricity"]
    assert home["customers_hit"] == 110
    assert home["customer_hours"] == pytest.approx(110 * 45 / 60)
    assert sum(
        row["networks"]["electricity"]["customer_hours"] for row in answer["impact"]["townships"]
    ) == pytest.approx(home["customer_hours"])
    assert answer["classes"]


def test_looking_back_an_incident_cost_what_it_had_cost_by_then(house: House, incident: str) -> None:
    early = house.get(f"/api/incidents/{incident}/impact?{at(35)}")["impact"]
    assert early["running"]
    assert early["networks"]["electricity"]["customer_hours"] == pytest.approx(110 * 30 / 60)
    before_the_repair_was_known = house.get(f"/api/incidents/{incident}/impact?{at(60)}&known=6")["impact"]
    assert before_the_repair_was_known["networks"]["electricity"]["customer_hours"] == pytest.approx(110 * 55 / 60)


def test_the_review_is_as_published(house: House, incident: str) -> None:
    review = house.get(f"/api/incidents/{incident}/review?{at(60)}")
    hold_to("review", review)
    assert [row["kind"] for row in review["reports"] if row["sent_at"]] == ["first_spoken"]


def test_the_items_say_what_is_known_and_what_is_missing(house: House, incident: str) -> None:
    answer = house.get(f"/api/incidents/{incident}/report-items?kind=first&{at(60)}")
    items = {item["key"]: item for item in answer["items"]}
    caused = [item for item in items.values() if item["detail"] == "cause"]
    assert caused and "变压器着火" in caused[0]["text"] and caused[0]["basis"][0] == 4


@pytest.mark.parametrize(("group", "name", "ending"), PRODUCTS, ids=str)
def test_every_product_is_a_file_of_its_kind_with_its_marks_in_the_name(
    house: House, incident: str, group: str, name: str, ending: str
) -> None:
    answer = house.ask(Role.DUTY_OFFICER, "GET", f"/api/incidents/{incident}/{group}/{name}.{ending}?{at(60)}")
    assert answer.status_code == 200, answer.get_data(as_text=True)[:500]
    content = answer.get_data()
    assert content.lstrip().lower().startswith(BEGINNINGS[ending].lower())
    assert answer.mimetype == FORMATS[group][ending]  # type: ignore[index]
    told = answer.headers["Content-Disposition"]
    assert f".{ending}" in told.replace("zip", "csv")
    assert "%E4%B8%9C%E7%AB%99%E5%81%9C%E7%94%B5" in told, "东站停电"


def test_what_is_made_is_told_while_it_is_made(house: House, incident: str) -> None:
    answer = house.ask(
        Role.OBSERVER, "GET", f"/api/incidents/{incident}/reports/final.docx?progress=1&lang=en&{at(55)}"
    )
    lines = [json.loads(line) for line in answer.get_data(as_text=True).splitlines()]
    assert answer.mimetype == "application/x-ndjson"
    assert lines[-1]["file"]["name"].endswith(".docx")
    assert zipfile.is_zipfile(io.BytesIO(base64.b64decode(lines[-1]["file"]["base64"])))
    assert len(lines) > 1
    assert all(line["title"] and 0 <= line["done"] <= line["total"] for line in lines[:-1])


def test_who_asks_the_same_again_gets_the_same_at_once(house: House, incident: str) -> None:
    path = f"/api/incidents/{incident}/review?progress=1&{at(58)}"
    first, again = (house.ask(Role.PLANNER, "GET", path).get_data(as_text=True).splitlines() for _ in range(2))
    assert len(again) == 1
    assert json.loads(again[0]) == json.loads(first[-1])


def test_a_failure_while_making_is_told_as_its_last_line(house: House, incident: str) -> None:
    path = f"/api/incidents/{incident}/reports/final.docx?progress=1&at=2026-13-01"
    assert house.ask(Role.PLANNER, "GET", path).status_code == 400
    unknown = house.ask(Role.PLANNER, "GET", f"/api/incidents/{incident}/reports/novel.docx")
    assert unknown.status_code == 400
    assert "final.docx" in error_of(unknown)["problems"][0]["message"]


def test_nobody_without_the_log_sees_what_is_made_of_it(house: House, incident: str) -> None:
    for path in ("impact", "review", "report-items?kind=first", "reports/final.pdf", "files/incident.json"):
        assert house.ask(Role.ADMINISTRATOR, "GET", f"/api/incidents/{incident}/{path}").status_code == 403, path
        assert house.ask("", "GET", f"/api/incidents/{incident}/{path}").status_code == 401, path
    house.join("heating.officer", Role.DUTY_OFFICER, plan=OTHER_PLAN)
    assert house.ask("heating.officer", "GET", f"/api/incidents/{incident}/review").status_code == 403
    assert house.get("/api/incident-statistics", "heating.officer")["real"]["count"] == 0


def test_who_may_not_know_of_a_place_reads_of_it_nowhere(house: House, incident: str) -> None:
    for path in (
        "impact",
        "review",
        "report-items?kind=final",
        "reports/evaluation.html",
        "files/incident.html",
        "files/incident.json",
        "files/incident.geojson",
    ):
        told = house.ask(Role.OBSERVER, "GET", f"/api/incidents/{incident}/{path}").get_data(as_text=True)
        assert HIDDEN_NAME not in told, path
        assert HIDDEN_ID not in told, path
    seen = house.ask(Role.DUTY_OFFICER, "GET", f"/api/incidents/{incident}/files/incident.json").get_data(as_text=True)
    assert HIDDEN_NAME in seen


def test_statistics_count_drills_apart(house: House, incident: str) -> None:
    before = house.get("/api/incident-statistics")
    house.opened(fact("fault_located", 5, element="e-source"), drill=True, name="年度演练")
    after_the_drill = house.get("/api/incident-statistics")
    hold_to("statistics", after_the_drill)
    assert after_the_drill["real"]["count"] == before["real"]["count"] >= 1
    assert after_the_drill["drills"]["count"] == before["drills"]["count"] + 1


def test_the_view_of_an_incident_says_which_report_is_next(house: House) -> None:
    found = house.opened(name="续报")
    assert house.view(found)["next_report"]["kind"] == "first_spoken"
    house.written(found, fact("report_sent", 10, to="区委", report="first_spoken", known=1))
    house.written(
        found, fact("level_started", 20, office="办公室主任", level="III", reason="天气"), who="office_director"
    )
    told = house.view(found)["next_report"]
    assert (told["kind"], told["due_at"]) == ("follow_up", after(20 + 180)), "every three hours from the level on"


def test_the_table_of_products_names_each_once() -> None:
    assert len(set(PRODUCTS)) == len(PRODUCTS) == 18 + 7 + 6
    assert not set(REPORTS) & set(MAPS) & set(FILES)


def test_an_empty_path_is_no_product(house: House) -> None:
    assert house.ask(Role.PLANNER, "GET", "/api/incidents/nothing/reports/final.pdf").status_code == 404
