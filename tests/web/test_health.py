"""A start that cannot succeed says so: on stderr for the administrator, at /healthz for whoever asks."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from layers.errors import MissingLayers
from tests.third_plan import THIRD_PLAN
from tests.web.conftest import settings_for
from webmap.app import create_app, start_warm_up
from webmap.health import not_ready_line
from webmap.runtime import Readiness


@contextmanager
def started(url: str, home: Path) -> Iterator[Flask]:
    app = create_app(settings_for(url, home))
    warm_up = start_warm_up(app)
    try:
        yield app
    finally:
        warm_up.stop()


def failed_health(client: FlaskClient) -> dict[str, object]:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        answer = client.get("/healthz?lang=zh")
        assert answer.status_code == 503
        body: dict[str, object] = answer.get_json()
        if body["status"] == "failed":
            return body
        time.sleep(0.02)
    raise AssertionError(f"no failure told: {body}")


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        lines = [record.getMessage() for record in caplog.records]
        if found := [line for line in lines if line.startswith("尚不能使用")]:
            return found
        time.sleep(0.02)
    return []


def test_an_unreachable_database_is_told_in_one_line_without_its_password(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with started("postgresql+psycopg://mapuser:s3cret@127.0.0.1:1/gis", tmp_path) as app:
        body = failed_health(app.test_client())
        time.sleep(2.5)  # long enough for a second attempt
    lines = told(caplog)
    assert len(lines) == 1
    assert re.search(r"数据库无法访问.*DATABASE_URL.*\(not ready: .*does not answer.*\) \[.*refused", lines[0])
    assert "s3cret" not in caplog.text
    error = body["error"]
    assert isinstance(error, dict)
    assert (error["code"], error["message"]) == ("database_unreachable", "数据库无法访问")
    assert "DATABASE_URL" in error["remedy"]
    assert body["step"] == "读取图层"
    assert "127.0.0.1" not in str(body)


def test_a_broken_plan_of_the_district_is_told_with_its_place(
    district_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "plans").mkdir()
    text = THIRD_PLAN.replace("band: [0.15, 0.35]", "band: [0.10, 0.35]")
    (tmp_path / "plans" / "third.yaml").write_text(text, encoding="utf-8")
    with started(district_url, tmp_path) as app:
        body = failed_health(app.test_client())
        app.extensions["webmap"].runtime.store.engine.dispose()
    assert body["error"]["code"] == "invalid_plan"  # type: ignore[index]
    (line,) = told(caplog)
    assert "third.yaml" in line
    assert "\n" not in line


def test_a_secret_in_the_text_of_a_failure_is_left_out() -> None:
    line = not_ready_line(Readiness(False, "layers", MissingLayers("no table\nat pa55word@db")), "pa55word")
    assert "pa55word" not in line
    assert "no table at ***@db" in line
    assert "webmap init" in line


def test_the_place_of_an_unforeseen_failure_is_logged(
    district_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("somewhere")

    monkeypatch.setattr("webmap.app.assess_something", broken)
    with started(district_url, tmp_path) as app:
        body = failed_health(app.test_client())
        app.extensions["webmap"].runtime.store.engine.dispose()
    assert body["error"]["code"] == "internal_error"  # type: ignore[index]
    assert len(told(caplog)) == 1
    assert "Traceback" in caplog.text
    assert "in broken" in caplog.text
