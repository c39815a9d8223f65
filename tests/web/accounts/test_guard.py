"""Every route against every role, and requests that a browser sends without its owner's will."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from layers.store import open_store
from tests.web.accounts.browser import Browser, app_for
from tests.web.accounts.conftest import PASSWORD, Clock, add, cheap_passwords
from tests.web.network import HIDDEN_ID, HIDDEN_NAME, small_district, switched_off
from tests.web.test_routes import ARGUMENTS
from webmap.access import COMPUTING, OWN_PROOF, PAGES, ROUTE_ROLES, Role
from webmap.accounts.accounts import Accounts
from webmap.accounts.limits import BY_ADDRESS, BY_PERSON
from webmap.accounts.roles import GRANTABLE, Action, Grant, may
from webmap.storage.engine import open_engine
from webmap.storage.upgrade import upgrade

_SAFE = {"GET", "HEAD", "OPTIONS"}


@pytest.fixture(scope="module")
def district_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database with the small district and one person for each role, named like it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('guard') / 'webmap.sqlite'}"
    engine = open_engine(url)
    upgrade(engine)
    store = open_store(url)
    store.replace(small_district(), note="small district")
    store.engine.dispose()
    accounts = Accounts(engine, clock=Clock(), passwords=cheap_passwords())
    for role in GRANTABLE:
        add(accounts, role.value.replace("_", "."), role)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def closed_app(district_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """As it is without a setting: the picture is not public."""
    accounts = Accounts(district_engine, clock=Clock(), passwords=cheap_passwords())
    return app_for(district_engine, accounts, tmp_path_factory.mktemp("closed"))


@pytest.fixture(scope="module")
def open_app(district_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    accounts = Accounts(district_engine, clock=Clock(), passwords=cheap_passwords())
    return app_for(district_engine, accounts, tmp_path_factory.mktemp("open"), WEBMAP_PUBLIC_PICTURE="on")


#: One of these may use any route that there is.
_WHO_MAY = (Role.ADMINISTRATOR, Role.COMMANDER, Role.PLANNER)


def as_role(app: Flask, role: Role) -> Browser:
    accounts: Accounts = app.extensions["webmap"].accounts
    browser = Browser(app.test_client(), address=f"192.0.2.{list(Role).index(role)}")
    if role in GRANTABLE:
        person = accounts.people.named(role.value.replace("_", "."))
        token = accounts.sessions.begin(person.id, "", accounts.clock()).token
        browser.client.set_cookie("webmap_session", token)
    return browser


def requests(app: Flask) -> Iterator[tuple[str, str, str]]:
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        arguments = ARGUMENTS.get(rule.endpoint, [{}])[0] if rule.arguments else {}
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule.endpoint, method, adapter.build(rule.endpoint, arguments, method=method)


def was_let_in(answer: TestResponse) -> bool:
    sent_away = answer.status_code == 303 and "/sign-in?next=" in answer.headers["Location"]
    return not sent_away and answer.status_code not in {401, 403}


@pytest.mark.parametrize("role", [Role.ANONYMOUS, *GRANTABLE])
def test_every_route_against_every_role(closed_app: Flask, role: Role) -> None:
    browser = as_role(closed_app, role)
    seen = {}
    for endpoint, method, path in requests(closed_app):
        if endpoint == "signing_in.sign_out":
            continue
        headers = {"X-CSRF-Token": browser.proof() or ""}
        answer = browser.open(path, method, headers=headers, json=switched_off() if method == "POST" else None)
        if was_let_in(answer):
            seen[endpoint, method] = answer.status_code
    wanted = {(endpoint, method) for endpoint, method, _ in requests(closed_app) if role in ROUTE_ROLES[endpoint]}
    assert set(seen) == wanted - {("signing_in.sign_out", "POST")}
    assert all(status < 500 for status in seen.values()), seen
    assert role is Role.ANONYMOUS or {"map.index", "api.assess"} <= {endpoint for endpoint, _ in seen}


def test_without_signing_in_programs_are_told_and_people_are_sent_to_sign_in(closed_app: Flask) -> None:
    browser = as_role(closed_app, Role.ANONYMOUS)
    for endpoint, method, path in requests(closed_app):
        if Role.ANONYMOUS in ROUTE_ROLES[endpoint]:
            continue
        answer = browser.open(path, method)
        if endpoint in PAGES:
            assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (303, "/sign-in")
        else:
            assert answer.status_code == 401, path
            assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_the_open_routes_are_these(closed_app: Flask) -> None:
    everybody = {endpoint for endpoint, roles in ROUTE_ROLES.items() if Role.ANONYMOUS in roles}
    own = {rule.endpoint for rule in closed_app.url_map.iter_rules() if rule.endpoint.startswith("signing_in.")}
    assert everybody == own | {"static", "health.healthz", "map.notices", "api.schema", "field.worker"}


#: What everybody may do where the picture is public.
SEEN_BY_ALL = ["see_picture", "see_warnings"]


def test_the_public_picture_is_open_where_set_so_and_nothing_more(open_app: Flask) -> None:
    public = as_role(open_app, Role.ANONYMOUS)
    assert public.open("/api/catalog").status_code == 200
    assert public.open("/").status_code == 200
    assert HIDDEN_NAME not in public.open("/api/layers/facilities").get_data(as_text=True)
    viewer = public.open("/api/viewer").get_json()
    assert viewer == {
        "person": None,
        "roles": [],
        "rights": {"general": SEEN_BY_ALL, "plans": dict.fromkeys(viewer["rights"]["plans"], SEEN_BY_ALL)},
        "csrf": None,
    }


@pytest.mark.parametrize("role", GRANTABLE)
def test_restricted_places_are_shown_by_right(open_app: Flask, role: Role) -> None:
    browser = as_role(open_app, role)
    allowed = may([Grant(role)], Action.SEE_RESTRICTED)
    for path in ("/api/layers/facilities", "/api/layers/supplies"):
        assert (HIDDEN_ID in browser.open(path).get_data(as_text=True)) is allowed
    incident = {**switched_off(), "faults": [{"element": HIDDEN_ID}]}
    assert browser.open("/api/assessments", "POST", json=incident).status_code == (200 if allowed else 422)


def test_a_cached_layer_is_not_taken_for_that_of_another_audience(open_app: Flask) -> None:
    public, commander = as_role(open_app, Role.ANONYMOUS), as_role(open_app, Role.COMMANDER)
    tag = commander.open("/api/layers/facilities").headers["ETag"]
    assert commander.open("/api/layers/facilities", headers={"If-None-Match": tag}).status_code == 304
    assert public.open("/api/layers/facilities", headers={"If-None-Match": tag}).status_code == 200


def test_what_a_viewer_may_do_is_told_by_plan(open_app: Flask) -> None:
    accounts: Accounts = open_app.extensions["webmap"].accounts
    person = add(accounts, "only.heating", Role.OFFICE_DIRECTOR, plan="heating-zezhou")
    browser = Browser(open_app.test_client())
    browser.client.set_cookie("webmap_session", accounts.sessions.begin(person.id, "", accounts.clock()).token)
    viewer = browser.open("/api/viewer?lang=en").get_json()
    assert viewer["roles"] == [{"role": "office_director", "title": "office director", "plan": "heating-zezhou"}]
    assert "decide_level" in viewer["rights"]["plans"]["heating-zezhou"]
    assert "decide_level" not in viewer["rights"]["plans"]["energy-chengqu"]
    assert viewer["rights"]["general"] == ["see_picture", "see_restricted", "see_warnings"]
    assert "hash" not in str(viewer)


def test_every_route_that_changes_something_asks_a_browser_for_proof(closed_app: Flask) -> None:
    asked = set()
    for endpoint, method, path in requests(closed_app):
        if method in _SAFE:
            continue
        role = next(one for one in _WHO_MAY if one in ROUTE_ROLES[endpoint])
        browser = as_role(closed_app, role)
        for given in ({}, {"X-CSRF-Token": "x"}, {"X-CSRF-Token": as_role(closed_app, role).proof()}):
            answer = browser.open(path, method, headers=given, data={})
            unproven = answer.status_code == 403 and "刷新页面" in answer.get_data(as_text=True)
            assert unproven is (endpoint not in COMPUTING | OWN_PROOF), path
            if unproven:
                asked.add(endpoint)
        assert browser.who() == role.value.replace("_", ".")
    assert asked >= {"signing_in.sign_out", "log_api.open_incident", "log_api.write"}


def test_computing_routes_take_nothing_that_another_site_can_send(closed_app: Flask) -> None:
    browser = as_role(closed_app, Role.COMMANDER)
    for endpoint, method, path in requests(closed_app):
        if endpoint in COMPUTING:
            for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
                assert browser.open(path, method, data="{}", content_type=kind).status_code == 415, path


def test_a_program_acts_with_its_owners_rights_and_needs_no_proof(closed_app: Flask) -> None:
    accounts: Accounts = closed_app.extensions["webmap"].accounts
    person = accounts.people.named("duty.officer")
    made, secret = accounts.tokens.make(person.id, "SCADA", accounts.clock(), by="test")
    program = Browser(closed_app.test_client())
    bearer = {"Authorization": f"Bearer {secret}"}
    assert program.open("/api/viewer", headers=bearer).get_json()["person"]["name"] == "duty.officer"
    assert program.open("/api/viewer", headers=bearer).get_json()["csrf"] is None
    assert program.open("/sign-out", "POST", headers=bearer).status_code == 303
    assert HIDDEN_ID in program.open("/api/layers/facilities", headers=bearer).get_data(as_text=True)
    accounts.tokens.revoke(person.id, made.id, accounts.clock(), by="test")
    wrong = [bearer, {"Authorization": "Bearer "}, {"Authorization": "Basic eDp5"}, {"Authorization": "nonsense"}]
    for headers in wrong:
        for path in ("/api/catalog", "/api/viewer"):
            assert program.open(path, headers=headers).status_code == 401
    signed_in = as_role(closed_app, Role.COMMANDER)
    assert signed_in.open("/api/viewer", headers=bearer).status_code == 401, (
        "a wrong token is not made good by a cookie"
    )


def test_open_routes_do_without_the_database(tmp_path: Path, clock: Clock) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'no' / 'such' / 'folder.sqlite'}")
    app = app_for(engine, Accounts(engine, clock=clock, passwords=cheap_passwords()), tmp_path / "home")
    browser = Browser(app.test_client())
    browser.client.set_cookie("webmap_session", "something")
    assert browser.open("/healthz").status_code == 503  # not warmed up, but answered
    assert browser.open("/notices").status_code == 200
    assert browser.open("/api/viewer").get_json()["error"]["code"] == "database_unreachable"


def test_too_many_requests_are_turned_away_by_person_and_by_address(
    district_engine: Engine, clock: Clock, tmp_path: Path
) -> None:
    app = app_for(district_engine, Accounts(district_engine, clock=clock, passwords=cheap_passwords()), tmp_path)
    duty, planner = as_role(app, Role.DUTY_OFFICER), as_role(app, Role.PLANNER)
    schemas, path = "/api/schemas/incident.json", "/api/plans/none"
    duty.address = planner.address = "192.0.2.99"
    assert {duty.open(path).status_code for _ in range(BY_PERSON.burst)} == {404}
    refused = duty.open(path)
    assert (refused.status_code, refused.get_json()["error"]["code"]) == (429, "too_many_requests")
    assert refused.headers["Retry-After"] == "1"
    assert duty.open(schemas).status_code == 200
    left = BY_ADDRESS.burst - BY_PERSON.burst - 1
    assert {planner.open(path).status_code for _ in range(left)} == {404}
    assert planner.open(path).status_code == 429
    planner.address = "192.0.2.98"
    assert planner.open(path).status_code == 404
    clock.pass_(seconds=1)
    duty.address = "192.0.2.97"
    assert duty.open(path).status_code == 404


def test_who_has_no_role_sees_no_more_than_the_public(closed_app: Flask) -> None:
    accounts: Accounts = closed_app.extensions["webmap"].accounts
    add(accounts, "nothing")
    browser = Browser(closed_app.test_client())
    assert browser.sign_in("nothing", PASSWORD).status_code == 303
    assert [browser.open(path).status_code for path in ("/", "/api/catalog")] == [403, 403]
    assert "还没有任何角色" in browser.open("/sign-in").get_data(as_text=True)


def test_every_role_is_in_the_walk() -> None:
    pairs = set(itertools.product(ROUTE_ROLES, Role))
    assert len(pairs) == len(ROUTE_ROLES) * 11
    assert set(ROUTE_ROLES) >= COMPUTING | OWN_PROOF | PAGES
