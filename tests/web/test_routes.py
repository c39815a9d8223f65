"""Who may use which route, and that no route gives away what is restricted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from layers.catalog import CATALOG
from tests.web.network import HIDDEN_ID, HIDDEN_NAME, one_crew, switched_off
from webmap.access import ROUTE_ROLES, Role
from webmap.api.schemas import SCHEMAS

#: Values for the variable parts of routes; a route with a part that is not here fails the walk below.
ARGUMENTS: dict[str, list[dict[str, str]]] = {
    "account.end_session": [{"session_id": "nothing"}],
    "account.revoke_token": [{"token_id": "nothing"}],
    **{
        f"people.{name}": [{"person_id": "nobody"}]
        for name in (
            "person",
            "grant",
            "revoke",
            "shut",
            "reopen",
            "end_sessions",
            "revoke_tokens",
            "make_password_link",
        )
    },
    "people.withdraw": [{"invitation_id": "nothing"}],
    "api.layer": [{"key": key} for key in CATALOG],
    "api.export_layer": [{"key": key} for key in CATALOG],
    "api.schema": [{"name": name} for name in SCHEMAS],
    "api.vulnerability": [{"network": key} for key in ("electricity", "gas", "heat", "water", "oil")],
    **{f"drills_api.{name}": [{"incident_id": "nothing"}] for name in ("drill", "speed")},
    "drills_api.change": [{"incident_id": "nothing", "change": "pause"}],
    "command_api.command": [{"incident_id": "nothing"}],
    "film_api.film": [{"incident_id": "nothing"}],
    "live_api.stream": [{"incident_id": "nothing"}],
    **{
        f"editing_api.{name}": [{"draft_id": "nothing"}]
        for name in (
            *("draft", "record", "save_steps", "rename", "review"),
            *("rebase", "commit", "undo", "discard", "take_back"),
        )
    },
    **{
        f"imports_api.{name}": [{"import_id": "nothing"}]
        for name in ("one", "inspect", "check", "commit", "cancel", "discard", "preview", "rejected")
    },
    **{f"imports_api.{name}": [{"name": "nothing"}] for name in ("keep_mapping", "remove_mapping")},
    **{f"field_api.{name}": [{"report_id": "nothing"}] for name in ("report", "confirm", "decline")},
    "field_api.photo": [{"report_id": "nothing", "number": "1"}],
    "log_api.data": [{"incident_id": "nothing"}],
    "log_api.entries": [{"incident_id": "nothing"}],
    "log_api.incident": [{"incident_id": "nothing"}],
    "log_api.log": [{"incident_id": "nothing"}],
    "log_api.write": [{"incident_id": "nothing"}],
    "map.basemap_file": [{"name": "x.pmtiles"}],
    **{f"reports_api.{name}": [{"incident_id": "nothing"}] for name in ("impact", "review", "items")},
    "reports_api.product": [{"incident_id": "nothing", "group": "reports", "name": "final", "ending": "docx"}],
    **{f"data_api.{name}": [{"version": "nothing"}] for name in ("compare", "restore")},
    "plans.document": [{"key": "energy-chengqu"}],
    "plans.level": [{"key": "energy-chengqu"}],
    "plans.page": [{"key": "energy-chengqu"}],
    **{
        f"siting_api.{name}": [{"run_id": "nothing"}]
        for name in (
            "run",
            "cancel",
            "rename",
            "put_away",
            "choose",
            "take_back",
            "sites_map",
            "sites_table",
            "assignment",
        )
    },
    "signing_in.accept": [{"token": "nothing"}],
    "signing_in.new_password": [{"token": "nothing"}],
    "signing_in.set_password": [{"token": "nothing"}],
    "signing_in.demo": [{"name": "demo-duty-officer"}],
    "signing_in.welcome": [{"token": "nothing"}],
    "static": [{"filename": "nothing.js"}],
    "public_warnings.message": [{"identifier": "nothing"}],
    **{
        f"warnings_api.{name}": [{"warning_id": "nothing"}]
        for name in ("warning", "step", "briefing", "deliveries", "retry", "done", "undo", "decide")
    },
    "warnings_api.product": [{"warning_id": "nothing", "number": "1", "product": "cap.xml"}],
}
QUERIES: dict[str, list[str]] = {
    "exports.assessment": [
        "?format=geojson",
        *(
            f"?format=csv&table={table}&lang={lang}"
            for table in ("ranking", "facilities", "townships")
            for lang in ("zh", "en")
        ),
    ],
    "api.assess": ["?lang=zh", "?lang=en"],
    "api.protection": [
        "?at=2026-01-12T08:00:00%2B08:00&lang=zh",
        "?at=2026-01-12T08:00:00%2B08:00&lang=en&plan=heating-zezhou",
    ],
    "api.restore": ["?lang=zh", "?lang=en"],
    "api.take_over": ["?lang=zh", "?lang=en"],
    "exports.restoration": ["?format=csv&lang=zh", "?format=csv&lang=en"],
}
#: Routes whose body holds more than the incident.
WITH_CREWS = {"api.restore", "exports.restoration"}
PLACED = {"facility": HIDDEN_ID, "commodity": "electricity", "at": "2026-01-12T08:30:00+08:00"}
REPAIRED = {"element": HIDDEN_ID, "at": "2026-01-12T08:30:00+08:00"}


def test_every_route_says_who_may_use_it(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert endpoints == set(ROUTE_ROLES)
    assert all(roles and roles <= set(Role) for roles in ROUTE_ROLES.values())


def test_a_route_without_an_entry_is_closed(app: Flask, monkeypatch: pytest.MonkeyPatch, client: FlaskClient) -> None:
    monkeypatch.delitem(ROUTE_ROLES, "api.catalog")
    answer = client.get("/api/catalog")
    assert answer.status_code == 403
    assert answer.json is not None
    assert answer.json["error"]["code"] == "forbidden"


@pytest.mark.parametrize("path", ["/api/catalog?any=%00", "/healthz?a=1&a=%00", "/api/layers/roads%00"])
def test_what_holds_a_nul_leads_nowhere(client: FlaskClient, path: str) -> None:
    # PostgreSQL takes no question with one: it would look as if the database were out of reach.
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.json is not None
    assert answer.json["error"]["code"] == "unknown_route"


def all_requests(app: Flask) -> Iterator[tuple[str, str, Any]]:
    """Every route with every method it takes; incidents that touch the restricted place where a body is taken."""
    adapter = app.url_map.bind("localhost")
    incidents = [
        switched_off(),
        {**switched_off(), "faults": [{"element": "e-barracks"}]},
        {**switched_off(), "faults": [{"element": HIDDEN_ID}]},
        {**switched_off(), "faults": [], "area_townships": ["140502001"]},
        {**switched_off(), "faults": [], "area_townships": [HIDDEN_ID]},
        {**switched_off(), "placements": [PLACED]},
        {**switched_off(), "repairs": [REPAIRED]},
    ]
    for rule in app.url_map.iter_rules():
        for path in _paths(rule, adapter):
            if "GET" in (rule.methods or ()):
                yield "GET", path, None
            if "POST" in (rule.methods or ()):
                yield from (("POST", path, _body(rule.endpoint, incident)) for incident in incidents)


def _body(endpoint: str, incident: dict[str, Any]) -> dict[str, Any]:
    return {"incident": incident, "crews": one_crew()} if endpoint in WITH_CREWS else incident


def _paths(rule: Rule, adapter: Any) -> list[str]:
    arguments = ARGUMENTS.get(rule.endpoint, [{}]) if rule.arguments else [{}]
    paths = [adapter.build(rule.endpoint, values, method=sorted(rule.methods or {"GET"})[0]) for values in arguments]
    return [path + query for path in paths for query in QUERIES.get(rule.endpoint, [""])]


def test_the_data_holds_the_restricted_place_that_the_walk_looks_for(app: Flask) -> None:
    snapshot = app.extensions["webmap"].runtime.snapshot()
    assert HIDDEN_ID in set(snapshot.visible("facilities", restricted=True)["id"])
    assert f"s-{HIDDEN_ID}-electricity" in set(snapshot.visible("supplies", restricted=True)["id"])


def test_no_route_gives_away_a_restricted_place(app: Flask, client: FlaskClient) -> None:
    statuses = set()
    for method, path, body in all_requests(app):
        answer = client.open(path, method=method, json=body)
        statuses.add(answer.status_code)
        sent = json.dumps(body or {})
        for text in (answer.get_data(as_text=True), str(answer.headers)):
            assert HIDDEN_NAME not in text, (method, path)
            if HIDDEN_ID not in sent:  # an error may repeat what the client itself wrote
                assert HIDDEN_ID not in text, (method, path)
    assert {200, 404, 422} <= statuses


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("endpoint", ["api.assess", "exports.assessment", "api.restore", "exports.restoration"])
@pytest.mark.parametrize(
    "change", [{"faults": [{"element": HIDDEN_ID}]}, {"placements": [PLACED]}, {"repairs": [REPAIRED]}]
)
def test_naming_a_restricted_place_answers_as_for_a_place_that_is_not_there(
    app: Flask, client: FlaskClient, endpoint: str, change: dict[str, Any], language: str
) -> None:
    unknown = HIDDEN_ID.replace("7731", "0000")
    path = app.url_map.bind("localhost").build(endpoint, {"lang": language}, method="POST")
    named = _body(endpoint, {**switched_off(), **change})
    missing_one = json.loads(json.dumps(named).replace(HIDDEN_ID, unknown))
    answers = [client.post(path, json=body) for body in (named, missing_one)]
    hidden, missing = (answer.get_data(as_text=True) for answer in answers)
    assert [answer.status_code for answer in answers] == [422, 422]
    assert hidden.replace(HIDDEN_ID, unknown) == missing


def test_counts_leave_restricted_records_out(client: FlaskClient) -> None:
    catalog = client.get("/api/catalog").get_json()
    layers = {layer["key"]: layer for layer in catalog["layers"]}
    legend = {entry["key"]: entry["count"] for entry in layers["facilities"]["legend"]}
    assert (layers["facilities"]["count"], layers["supplies"]["count"]) == (3, 3)
    assert (legend["facilities_defence"], legend["facilities_hospital"]) == (0, 1)
