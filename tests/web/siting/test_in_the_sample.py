"""In the demonstration people may choose sites and go on: what they choose is as made up as the rest, and says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from layers.store import Store
from tests.databases import empty_tables
from tests.web.accounts.browser import Browser, app_for
from tests.web.accounts.conftest import START, Clock, cheap_passwords
from tests.web.siting.cases import sited_district, sites, study
from tests.web.siting.planning import RUNS
from webmap.accounts.accounts import Accounts
from webmap.app import EXTENSION, Parts
from webmap.sample_note import sample_note
from webmap.storage.engine import open_engine

PLANNER = "demo-planner"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    engine = open_engine(empty_tables(tmp_path / "webmap.sqlite"))
    Store(engine).replace(sited_district(), sample_note("0123456789abcdef"))
    accounts = Accounts(engine, clock=Clock(), passwords=cheap_passwords())
    accounts.demonstration.make(START, by="webmap init")
    app = app_for(engine, accounts, tmp_path)
    yield app
    app.extensions[EXTENSION].runtime.store.engine.dispose()
    engine.dispose()


@pytest.fixture
def parts(app: Flask) -> Parts:
    parts: Parts = app.extensions[EXTENSION]
    return parts


@pytest.fixture
def browser(app: Flask) -> Browser:
    browser = Browser(app.test_client())
    pressed = browser.open(f"/sign-in/demo/{PLANNER}", "POST", data=browser.hidden("/sign-in"))
    assert pressed.status_code == 303
    return browser


def post(browser: Browser, path: str, body: object) -> dict[str, Any]:
    answer = browser.open(path, "POST", json=body, headers={"X-CSRF-Token": browser.proof()})
    assert answer.status_code in (200, 202), answer.get_data(as_text=True)
    document: dict[str, Any] = answer.get_json()
    return document


def test_a_demonstration_account_chooses_and_stays_signed_in(parts: Parts, browser: Browser) -> None:
    point = {"id": "p-1", "name": "体育馆", "point": [112.86, 35.5]}
    asked = {"study": study(candidates={"layer": False, "points": [point]})}
    assert browser.open(RUNS, "POST", json=asked).status_code == 403, "a cookie alone proves nothing"
    run = f"{RUNS}/{post(browser, RUNS, asked)['id']}"
    assert parts.siting.work_off() == 1
    assert browser.open(f"{run}/choose", "POST", json={}).status_code == 403
    for deed in ("choose", "take_back", "choose"):
        post(browser, f"{run}/{deed}", {})
        assert browser.who() == PLANNER
        assert parts.accounts.demonstration.is_open()
    assert parts.accounts.demonstration.remove(START, by="webmap init") == []
    layer = browser.open("/api/layers/sites").get_json()
    made = {row["properties"]["name"]: row["properties"] for row in layer["features"]}["体育馆"]
    assert (made["status"], made["provenance"]) == ("planned", "synthetic")
    assert browser.open("/api/catalog").get_json()["synthetic"] is True


def test_beside_a_choice_other_data_shut_the_demonstration_all_the_same(parts: Parts, browser: Browser) -> None:
    run = post(browser, RUNS, {"study": study()})["id"]
    parts.siting.work_off()
    post(browser, f"{RUNS}/{run}/choose", {})
    assert browser.who() == PLANNER
    parts.runtime.store.replace({"sites": sites()}, "our own sites")
    assert browser.who() is None
