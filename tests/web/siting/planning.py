"""What people do with studies, as the page asks for it."""

from __future__ import annotations

from typing import Any

from werkzeug.test import TestResponse

from tests.web.log.house import House, error_of
from tests.web.published import hold_to
from tests.web.siting.cases import study
from webmap.accounts.roles import Role

RUNS = "/api/siting/runs"


def start(house: House, who: str = Role.PLANNER, key: str | None = None, **changed: Any) -> TestResponse:
    body = {"study": study(**changed), **({} if key is None else {"client_key": key})}
    return house.ask(who, "POST", RUNS, json=body)


def started(house: House, **changed: Any) -> str:
    answer = start(house, **changed)
    assert answer.status_code == 202, answer.get_data(as_text=True)
    return str(answer.get_json()["id"])


def computed(house: House, **changed: Any) -> dict[str, Any]:
    """Ask for a study, work it off, and return the run."""
    run = started(house, **changed)
    house.app.extensions["webmap"].siting.work_off()
    return shown(house, run)


def shown(house: House, run: str, who: str = Role.PLANNER, lang: str = "zh") -> dict[str, Any]:
    """Return a run as somebody sees it; every answer is held to the published schemas."""
    document: dict[str, Any] = _held_to("siting_run", house.get(f"{RUNS}/{run}?lang={lang}", who))
    return document


def listed(house: House, query: str = "", who: str = Role.PLANNER) -> list[dict[str, Any]]:
    """Return the runs that somebody sees."""
    document: dict[str, Any] = _held_to("siting_runs", house.get(f"{RUNS}{query}", who))
    runs: list[dict[str, Any]] = document["runs"]
    return runs


def do(house: House, run: str, deed: str, who: str = Role.PLANNER, **body: Any) -> TestResponse:
    return house.ask(who, "POST", f"{RUNS}/{run}/{deed}", json=body)


def done(house: House, run: str, deed: str, who: str = Role.PLANNER, **body: Any) -> dict[str, Any]:
    answer = do(house, run, deed, who, **body)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    document: dict[str, Any] = answer.get_json()
    return document


def _held_to(schema: str, document: dict[str, Any]) -> dict[str, Any]:
    hold_to(schema, document)
    if document.get("plan_document"):
        _held_to("siting_plan", document["plan_document"])
        _held_to("siting_study", document["study"])
    return document


def refused(answer: TestResponse, status: int, code: str) -> Any:
    assert answer.status_code == status, answer.get_data(as_text=True)
    error = error_of(answer)
    assert error["code"] == code
    assert error["message"]
    assert error["remedy"]
    return error


def layer_statuses(house: House, who: str = Role.OBSERVER) -> dict[str, str]:
    features = house.get("/api/layers/sites", who)["features"]
    return {feature["properties"]["id"]: feature["properties"]["status"] for feature in features}
