"""The protection list over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from layers.store import open_store
from tests.web.conftest import settings_for
from tests.web.network import HIDDEN_ID, HIDDEN_NAME, small_district
from tests.web.published import hold_to
from webmap.app import create_app
from webmap.storage.upgrade import upgrade

AT = "at=2026-01-12T08:00:00%2B08:00"
URL = f"/api/protection?{AT}"


def listed(client: FlaskClient, query: str = "") -> dict[str, Any]:
    answer = client.get(URL + query)
    assert answer.status_code == 200, answer.get_json()
    document: dict[str, Any] = answer.get_json()
    return document


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("plan", ["energy-chengqu", "heating-zezhou"])
def test_a_list_keeps_to_its_schema(client: FlaskClient, plan: str, language: str) -> None:
    document = listed(client, f"&plan={plan}&lang={language}")
    hold_to("protection", document)
    assert (document["plan"]["key"], document["language"], document["synthetic"]) == (plan, language, True)
    assert (document["at"], document["horizon_hours"]) == ("2026-01-12T08:00:00+08:00", 72)


def test_what_cuts_the_hospital_off_is_guarded_first(client: FlaskClient) -> None:
    document = listed(client)
    first = document["guard"][0]
    assert [place["id"] for place in first["consequence"]["facilities"]][:1] == ["f-hospital"]
    assert [row["rank"] for row in document["guard"]] == list(range(1, len(document["guard"]) + 1))
    feeds = {(row["facility"], row["commodity"]): row for row in document["single_feed"]}
    assert feeds["f-hospital", "electricity"]["element"] in {"e-hospital", "l-e-bus-e-hospital", "e-bus"}


def test_the_horizon_is_looked_ahead(client: FlaskClient) -> None:
    near, far = listed(client, "&horizon_hours=1"), listed(client, "&horizon_hours=24")
    assert (near["horizon_hours"], far["horizon_hours"]) == (1, 24)

    def failing(document: dict[str, Any]) -> set[str]:
        return {place["id"] for row in document["guard"] for place in row["consequence"]["facilities"]}

    assert "f-hospital" not in failing(near), "its reserve lasts four hours"
    assert "f-hospital" in failing(far)


def test_without_a_moment_it_is_this_hour(client: FlaskClient) -> None:
    before = datetime.now(UTC)
    at = datetime.fromisoformat(client.get("/api/protection").get_json()["at"])
    assert before - timedelta(hours=1) < at <= datetime.now(UTC)
    assert (at.minute, at.second, at.utcoffset()) == (0, 0, timedelta(hours=8))


def test_a_plus_sign_that_was_not_encoded_is_understood(client: FlaskClient) -> None:
    assert client.get("/api/protection?at=2026-01-12T08:00:00+08:00").get_json() == listed(client)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("at=2026-01-12T08:00:00", "at"),
        ("at=1768176000", "at"),
        ("at=9999-01-12T08:00:00Z", "at"),
        ("horizon_hours=0", "horizon_hours"),
        ("horizon_hours=721", "horizon_hours"),
        ("horizon_hours=nan", "horizon_hours"),
        ("horizon_hours=long", "horizon_hours"),
        ("lang=fr", "lang"),
    ],
)
def test_a_wrong_parameter_is_named(client: FlaskClient, query: str, field: str) -> None:
    answer = client.get(f"/api/protection?{query}")
    error = answer.get_json()["error"]
    assert (answer.status_code, error["code"]) == (400, "invalid_query")
    assert [problem["field"] for problem in error["problems"]] == [field]


def test_an_unknown_plan_is_404(client: FlaskClient) -> None:
    assert client.get(f"{URL}&plan=nowhere").status_code == 404


def test_restricted_places_stay_out(client: FlaskClient) -> None:
    text = client.get(URL).get_data(as_text=True)
    assert HIDDEN_ID not in text
    assert HIDDEN_NAME not in text


def test_a_client_that_has_it_is_not_sent_it_again(client: FlaskClient) -> None:
    answer = client.get(URL)
    assert answer.headers["Cache-Control"] == "private, no-cache"
    tag = answer.headers["ETag"]
    again = client.get(URL, headers={"If-None-Match": tag})
    assert (again.status_code, again.get_data()) == (304, b"")
    assert client.get(f"{URL}&lang=en", headers={"If-None-Match": tag}).status_code == 200


def test_new_data_gives_a_new_list(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'own.sqlite'}"
    store = open_store(url)
    upgrade(store.engine)
    frames = small_district()
    store.replace(frames, note="first")
    app = create_app(settings_for(url, tmp_path))
    client = app.test_client()
    before, tag = listed(client), client.get(URL).headers["ETag"]

    supplies = frames["supplies"].copy()
    supplies.loc[supplies["facility_id"] == "f-hospital", "reserve_hours"] = 9.0
    store.replace({"supplies": supplies}, note="second")

    assert client.get(URL, headers={"If-None-Match": tag}).status_code == 200
    after = listed(client)
    assert before["data_version"] != after["data_version"]
    reserves = {row["facility"]: row["reserve_hours"] for row in after["single_feed"]}
    assert reserves["f-hospital"] == 9
    store.engine.dispose()
    app.extensions["webmap"].runtime.store.engine.dispose()
