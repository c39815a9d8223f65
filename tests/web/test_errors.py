"""What a client is told when something is wrong: status, code, field, remedy; never the inside of the server."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError, OperationalError

from layers.store import open_store
from priority.area import MAX_POINTS
from tests.web.conftest import settings_for
from tests.web.network import switched_off
from webmap.app import create_app
from webmap.errors import fault_of
from webmap.storage.upgrade import upgrade

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def post(client: FlaskClient, content: bytes, lang: str = "zh", **headers: str) -> tuple[int, dict[str, Any]]:
    sent = {"Content-Type": "application/json", **headers}
    answer = client.post(f"/api/assessments?lang={lang}", data=content, headers=sent)
    assert answer.mimetype == "application/json"
    return answer.status_code, answer.get_json()["error"]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b'{\n "plan": "energy-chengqu",,', "第 2 行第 27 列"),
        (b"", "第 1 行第 1 列"),
        (b'{"at": NaN}', "NaN"),
        (b'{"plan": 1, "plan": 2}', "plan"),
        (b'{"plan": "\xff"}', "UTF-8"),
        (b'{"at": ' + b"9" * 5000 + b"}", ""),
        (b"[" * 100_000, ""),
    ],
)
def test_text_that_is_not_json_is_400(client: FlaskClient, content: bytes, place: str) -> None:
    status, error = post(client, content)
    assert (status, error["code"]) == (400, "malformed_json")
    assert place in error["problems"][0]["message"]
    assert CHINESE.search(error["message"])


def test_deep_nesting_is_refused(client: FlaskClient) -> None:
    status, error = post(client, b'{"figures": ' + b"[" * 60 + b"]" * 60 + b"}")
    assert (status, error["code"]) == (422, "document_too_deep")


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_another_content_type_is_415(client: FlaskClient, content_type: str) -> None:
    status, error = post(client, b"{}", **{"Content-Type": content_type})
    assert (status, error["code"]) == (415, "unsupported_media_type")
    assert "application/json" in error["remedy"]


def test_a_body_over_4_mb_is_413(client: FlaskClient) -> None:
    status, error = post(client, b" " * (4 * 1024 * 1024 + 1))
    assert (status, error["code"]) == (413, "body_too_large")


@pytest.mark.parametrize("path", ["/api/assessments", "/api/plans/energy-chengqu/level"])
def test_a_body_of_too_many_values_is_refused(client: FlaskClient, path: str) -> None:
    answer = client.post(path, data=b"[" + b"[]," * 250_000 + b"0]", content_type="application/json")
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (422, "too_many_values")


def test_a_write_at_the_same_time_is_a_conflict_and_no_outage() -> None:
    failure = IntegrityError("INSERT", {}, Exception("UNIQUE constraint failed: data_versions.sequence"))
    fault = fault_of(failure, "zh")
    assert (fault.status, fault.code) == (409, "conflict")
    assert "重试" in fault.remedy
    assert "UNIQUE" not in str(fault.document())


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"at": "2026-01-12T08:00:00"}, "at"),
        ({"plan": "energy-mars"}, "plan"),
        ({"faults": [{"element": "no-such-thing"}]}, "faults[0].element"),
        ({"faults": "e-bus"}, "faults"),
        ({"horizon_hours": 0}, "horizon_hours"),
        ({"surprise": 1}, "surprise"),
        ({"area": {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}}, "area"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_wrong_field_is_named_with_its_remedy(
    client: FlaskClient, change: dict[str, Any], field: str, lang: str
) -> None:
    answer = client.post(f"/api/assessments?lang={lang}", json={**switched_off(), **change})
    assert answer.status_code == 422
    error = answer.get_json()["error"]
    assert error["code"] == "invalid_incident"
    problem = next(problem for problem in error["problems"] if problem["field"].startswith(field))
    assert problem["message"]
    assert problem["remedy"]
    if lang == "en":
        assert not CHINESE.search(error["message"] + problem["message"] + problem["remedy"])


def test_a_polygon_of_too_many_vertices_is_refused_quickly(client: FlaskClient) -> None:
    ring = [[112.8 + number * 1e-7, 35.5] for number in range(MAX_POINTS + 1)]
    area = {"type": "Polygon", "coordinates": [[*ring, [112.9, 35.6], ring[0]]]}
    answer = client.post("/api/assessments", json={**switched_off(), "area": area})
    assert answer.status_code == 422
    problem = answer.get_json()["error"]["problems"][0]
    assert problem["field"].startswith("area")
    assert str(MAX_POINTS) in problem["message"].replace(",", "")


@pytest.mark.parametrize("body", ["[]", '"energy-chengqu"', "null", "3"])
def test_json_that_is_no_object_is_422(client: FlaskClient, body: str) -> None:
    status, error = post(client, body.encode())
    assert (status, error["code"]) == (422, "invalid_incident")


def test_a_lone_surrogate_is_no_text_and_a_pair_is(client: FlaskClient) -> None:
    status, error = post(
        client, b'{"plan": "energy-chengqu", "at": "2026-01-12T08:00:00+08:00", "faults": [{"element": "\\ud800"}]}'
    )
    assert (status, error["code"]) == (400, "malformed_json")
    status, error = post(
        client,
        b'{"plan": "energy-chengqu", "at": "2026-01-12T08:00:00+08:00", "faults": [{"element": "\\ud83d\\udd25"}]}',
    )
    assert (status, error["problems"][0]["field"]) == (422, "faults[0].element")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/nothing", 404, "unknown_route"),
        ("GET", "/api/schemas/nothing.json", 404, "unknown_route"),
        ("GET", "/api/assessments", 405, "method_not_allowed"),
        ("DELETE", "/api/layers/roads", 405, "method_not_allowed"),
        ("GET", "/api/layers/..%2f..%2fetc", 404, "unknown_route"),
    ],
)
def test_wrong_addresses_answer_json(client: FlaskClient, method: str, path: str, status: int, code: str) -> None:
    answer = client.open(path, method=method)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (status, code)
    if status == 405:
        assert answer.headers["Allow"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/api/assessments?lang=fr", "lang"),
        ("/api/exports/assessments?format=xlsx", "format"),
        ("/api/exports/assessments?table=secrets", "table"),
    ],
)
def test_a_wrong_query_parameter_lists_the_allowed_values(client: FlaskClient, path: str, name: str) -> None:
    answer = client.post(path, json=switched_off())
    assert answer.status_code == 400
    assert answer.get_json()["error"]["problems"][0]["field"] == name


@pytest.mark.parametrize("path", ["/api//catalog", "/static//gen", "/api/catalog/", "/plans//x", "/notices//"])
def test_no_answer_repeats_the_host_that_the_client_named(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Host": "elsewhere.example"})
    assert answer.status_code == 404
    assert "elsewhere" not in answer.get_data(as_text=True) + str(answer.headers)


def test_every_answer_carries_the_security_headers(client: FlaskClient) -> None:
    for path in ("/api/catalog", "/api/layers/sites", "/api/nothing", "/nothing", "/healthz"):
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        for rule in ("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"):
            assert rule in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"]


def test_an_empty_database_says_how_to_fill_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'empty.sqlite'}"
    client = create_app(settings_for(url, tmp_path)).test_client()
    answer = client.get("/api/catalog")
    assert answer.status_code == 503
    assert answer.get_json()["error"]["code"] == "not_initialised"
    assert "webmap init" in answer.get_json()["error"]["remedy"]
    assert client.get("/healthz").status_code == 503
    client.application.extensions["webmap"].runtime.store.engine.dispose()


def test_tables_without_records_still_give_a_map(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'empty.sqlite'}"
    store = open_store(url)
    upgrade(store.engine)
    store.engine.dispose()
    client = create_app(settings_for(url, tmp_path)).test_client()
    catalog = client.get("/api/catalog").get_json()
    assert (catalog["data_version"], catalog["synthetic"]) == ("", False)
    assert len(catalog["bounds"]) == 4
    assert client.get("/healthz").status_code == 200
    client.application.extensions["webmap"].runtime.store.engine.dispose()


def test_an_unreachable_database_is_503_without_its_address(tmp_path: Path) -> None:
    url = "postgresql+psycopg://mapuser:s3cret@127.0.0.1:1/gis"
    client = create_app(settings_for(url, tmp_path)).test_client()
    answer = client.get("/api/catalog")
    assert answer.status_code == 503
    assert answer.get_json()["error"]["code"] == "database_unreachable"
    text = answer.get_data(as_text=True) + client.get("/healthz").get_data(as_text=True)
    assert "s3cret" not in text
    assert "127.0.0.1" not in text


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (sqlite3.OperationalError("database or disk is full"), "disk_full"),
        (OSError(28, "could not extend file: No space left on device"), "disk_full"),
        (sqlite3.OperationalError("unable to open database file"), "database_unreachable"),
    ],
)
def test_a_full_disk_is_told_as_one(said: Exception, code: str) -> None:
    assert fault_of(OperationalError("INSERT", {}, said), "zh").code == code
