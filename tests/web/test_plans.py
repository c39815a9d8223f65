"""Plans through the web: the page, the document, and the level that figures ask for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from priority.plans import load_plan
from tests.third_plan import THIRD_PLAN
from tests.web.conftest import settings_for
from tests.web.network import switched_off
from webmap.app import create_app
from webmap.plans.document import plan_document

KEYS = ("energy-chengqu", "heating-zezhou")


@pytest.mark.parametrize("key", KEYS)
def test_the_document_holds_the_whole_plan(client: FlaskClient, key: str) -> None:
    document = client.get(f"/api/plans/{key}").get_json()
    assert document["key"] == key
    assert [level["level"] for level in document["levels"]] == ["III", "II", "I"]
    assert document["levels"][0]["conditions"][0]["text"]


def test_the_revision_that_is_due_is_computed_from_the_plans_dates() -> None:
    plan = load_plan("heating-zezhou")
    assert plan_document(plan, "2026-05-28")["revision_overdue"] is False
    due = plan_document(plan, "2026-05-29")
    assert (due["revision_due_on"], due["revision_overdue"]) == ("2026-05-29", True)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_shows_every_condition_measure_and_telephone(client: FlaskClient, key: str, language: str) -> None:
    page = client.get(f"/plans/{key}?lang={language}").get_data(as_text=True)
    plan = load_plan(key)
    for level in plan.levels:
        for item in (*level.conditions, *level.measures):
            assert item.text in page
        for condition in level.conditions:
            assert f'id="c-{condition.clause}"' in page
    for telephone in plan.organisation.telephones:
        assert all(f'href="tel:{number}"' in page for number in telephone.numbers)
    assert not re.search(r"<script|style=", page)


def test_links_on_the_page_lead_somewhere(client: FlaskClient) -> None:
    for key in KEYS:
        page = client.get(f"/plans/{key}").get_data(as_text=True)
        identifiers = re.findall(r'id="([^"]+)"', page)
        assert len(identifiers) == len(set(identifiers))
        assert set(re.findall(r'href="#([^"]+)"', page)) <= set(identifiers)


def test_the_level_is_recommended_from_figures(client: FlaskClient) -> None:
    answer = client.post("/api/plans/energy-chengqu/level?lang=zh", json={"customers_out_share": 0.5})
    assert answer.status_code == 200
    document = answer.get_json()
    assert (document["level"], document["decided_by"]) == ("II", ["指挥长", "副指挥长"])
    assert {"clause", "level", "outcome", "text", "observed", "missing"} == set(document["clauses"][0])


@pytest.mark.parametrize(
    ("figures", "field"),
    [
        ({"customers_out_share": 30}, "customers_out_share"),
        ({"affected_townships": -1}, "affected_townships"),
        ({"customers_out": 0.3}, "customers_out"),
        ({"beyond_township_capacity": "yes"}, "beyond_township_capacity"),
        ({"coal_price": ["stable"]}, "coal_price"),
        ([], ""),
    ],
)
def test_a_wrong_figure_is_named(client: FlaskClient, figures: object, field: str) -> None:
    answer = client.post("/api/plans/energy-chengqu/level", json=figures)
    assert answer.status_code == 422
    error = answer.get_json()["error"]
    assert error["code"] == "invalid_figures"
    assert [problem["field"] for problem in error["problems"]] == [field]
    assert all(problem["remedy"] for problem in error["problems"])


def test_a_plan_that_is_not_there(client: FlaskClient) -> None:
    for path in ("/api/plans/nowhere", "/plans/nowhere"):
        assert client.get(path).status_code == 404
    assert client.post("/api/plans/nowhere/level", json={}).status_code == 404


def test_every_assessment_carries_the_level(client: FlaskClient) -> None:
    incident = {**switched_off(), "plan": "energy-chengqu", "figures": {"customers_out_share": 0.75}}
    level = client.post("/api/assessments?lang=zh", json=incident).get_json()["level"]
    assert level["level"] == "I"
    row = next(item for item in level["figures"] if item["key"] == "customers_out_share")
    assert row["source"] == "reported"
    assert row["computed"] is not None


def test_a_plan_of_the_districts_own_is_served_like_the_others(district_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "snow.yaml").write_text(THIRD_PLAN, encoding="utf-8")
    app = create_app(settings_for(district_url, tmp_path))
    client = app.test_client()
    assert [plan["key"] for plan in client.get("/api/catalog").get_json()["plans"]] == [*KEYS, "snow-xidistrict"]
    assert "西区雨雪冰冻供电应急预案" in client.get("/plans/snow-xidistrict").get_data(as_text=True)
    level = client.post("/api/assessments", json={**switched_off(), "plan": "snow-xidistrict"}).get_json()["level"]
    assert level["plan"] == "snow-xidistrict"
    app.extensions["webmap"].runtime.store.engine.dispose()


def test_the_catalogue_tells_the_page_what_to_ask_for(client: FlaskClient) -> None:
    plan = client.get("/api/catalog").get_json()["plans"][0]
    figures = {figure["key"]: figure for figure in plan["figures"]}
    assert figures["customers_out_share"]["computed"] is True
    assert [choice["key"] for choice in figures["coal_price"]["choices"]] == ["stable", "fluctuating", "abnormal"]
    assert [level["level"] for level in plan["levels"]] == ["I", "II", "III"]
    assert len(plan["priority_list"]) == 10
