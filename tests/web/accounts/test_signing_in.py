"""Signing in and out as a browser meets it."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from tests.web.accounts.browser import HTTP, HTTPS, Browser, app_for
from tests.web.accounts.conftest import OTHER_PASSWORD, PASSWORD, Clock, add
from webmap.accounts.accounts import Accounts
from webmap.accounts.lockout import FREE_BY_ADDRESS, FREE_BY_NAME
from webmap.accounts.return_path import return_path
from webmap.accounts.roles import Grant, Role
from webmap.accounts.sessions import ABSOLUTE, IDLE


@pytest.fixture
def app(engine: Engine, accounts: Accounts, tmp_path: Path) -> Flask:
    return app_for(engine, accounts, tmp_path)


@pytest.fixture
def browser(app: Flask, accounts: Accounts) -> Browser:
    add(accounts, "wang", Role.DUTY_OFFICER)
    return Browser(app.test_client())


def cookies(answer: object) -> list[str]:
    return answer.headers.getlist("Set-Cookie")  # type: ignore[attr-defined,no-any-return]


def test_signing_in_and_out(browser: Browser) -> None:
    assert browser.who() is None
    answer = browser.sign_in("WANG")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert browser.who() == "wang"
    page = browser.open("/sign-in").get_data(as_text=True)
    assert "wang同志" in page
    assert "值班员" in page
    left = browser.submit("/sign-in", csrf_token="wrong")  # noqa: S106
    assert left.status_code == 400
    answer = browser.open("/sign-out", "POST", data=browser.hidden("/sign-in"))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")
    assert browser.who() is None


def test_a_copied_cookie_is_worth_nothing_after_signing_out(browser: Browser, app: Flask) -> None:
    browser.sign_in("wang")
    cookie = browser.client.get_cookie("webmap_session")
    assert cookie is not None
    thief = Browser(app.test_client())
    thief.client.set_cookie("webmap_session", cookie.value)
    assert thief.who() == "wang"
    browser.open("/sign-out", "POST", data={"csrf_token": browser.proof()})
    assert thief.who() is None


@pytest.mark.parametrize(("base", "prefix", "secure"), [(HTTP, "webmap_", False), (HTTPS, "__Host-webmap_", True)])
def test_flags_of_the_cookies(browser: Browser, base: str, prefix: str, secure: bool) -> None:
    browser.base = base
    form = cookies(browser.open("/sign-in"))
    session = cookies(browser.sign_in("wang"))
    assert [cookie.partition("=")[0] for cookie in form] == [prefix + "form"]
    assert [cookie.partition("=")[0] for cookie in session] == [prefix + "session", prefix + "form"]
    for cookie in (*form, *session):
        parts = [part.strip() for part in cookie.split(";")[1:]]
        assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(parts)
        assert ("Secure" in parts) is secure
        assert not any(part.startswith("Domain") for part in parts)
    assert browser.who() == "wang"


@pytest.mark.parametrize(
    ("proxies", "headers", "secure"),
    [
        ("0", {}, False),
        ("0", {"X-Forwarded-Proto": "https"}, False),
        ("1", {}, True),
        ("1", {"X-Forwarded-Proto": "https"}, True),
        ("1", {"X-Forwarded-Proto": "http"}, False),
    ],
)
def test_behind_a_proxy_cookies_are_secure_unless_it_says_otherwise(
    engine: Engine, accounts: Accounts, tmp_path: Path, proxies: str, headers: dict[str, str], secure: bool
) -> None:
    client = app_for(engine, accounts, tmp_path, WEBMAP_PROXIES=proxies).test_client()
    (cookie,) = cookies(client.get("/sign-in", headers=headers))
    assert ("Secure" in cookie) is secure


def test_over_https_a_cookie_that_another_host_could_have_planted_does_not_count(browser: Browser) -> None:
    browser.sign_in("wang")
    cookie = browser.client.get_cookie("webmap_session")
    assert cookie is not None
    browser.client.set_cookie("webmap_session", cookie.value, domain="map.example", secure=True)
    browser.base = HTTPS
    assert browser.who() is None


def test_signing_in_takes_a_new_token_and_ends_the_one_before(browser: Browser, app: Flask) -> None:
    browser.client.set_cookie("webmap_session", "planted-by-somebody")
    browser.sign_in("wang")
    first = browser.client.get_cookie("webmap_session")
    assert first is not None
    assert first.value != "planted-by-somebody"
    browser.client.delete_cookie("webmap_form")
    fresh = Browser(app.test_client())
    form = fresh.hidden("/sign-in")
    fresh.client.set_cookie("webmap_session", first.value)
    fresh.open("/sign-in", "POST", data={**form, "name": "wang", "password": PASSWORD})
    second = fresh.client.get_cookie("webmap_session")
    assert second is not None
    assert second.value != first.value
    assert (browser.who(), fresh.who()) == (None, "wang")


def test_sessions_expire_by_the_servers_clock(browser: Browser, clock: Clock) -> None:
    for over in (IDLE, ABSOLUTE):
        browser.sign_in("wang")
        assert browser.who() == "wang"
        clock.now += over
        assert browser.who() is None


def test_every_refusal_looks_the_same(browser: Browser, accounts: Accounts) -> None:
    add(accounts, "locked")
    for _ in range(FREE_BY_NAME):
        accounts.attempts.authenticate("locked", OTHER_PASSWORD, accounts.clock())
    accounts.people.deactivate(add(accounts, "shut").id, accounts.clock(), by="test")
    add(accounts, "elsewhere", password=None)
    seen = set()
    cases = [("wang", OTHER_PASSWORD), ("nobody", PASSWORD), ("locked", PASSWORD), ("shut", PASSWORD)]
    for name, password in [*cases, ("elsewhere", ""), ("<b>", PASSWORD), ("no\x00body", PASSWORD)]:
        answer = browser.sign_in(name, password)
        text = answer.get_data(as_text=True)
        start, end = text.index("<h1>"), text.index('<input type="hidden"')
        headers = {key for key in answer.headers.keys() if key != "Content-Length"}  # noqa: SIM118
        seen.add((answer.status_code, text[start:end], tuple(sorted(headers)), "autofocus" in text))
        assert "<b>" not in text
    assert len(seen) == 1
    ((status, shown, _, _),) = seen
    assert status == 403
    assert "用户名或口令不对" in shown


def test_an_address_that_keeps_guessing_must_wait(browser: Browser, clock: Clock) -> None:
    for number in range(FREE_BY_ADDRESS):
        clock.pass_(seconds=2)
        assert browser.sign_in(f"name{number}", OTHER_PASSWORD).status_code == 403
    answer = browser.sign_in("wang")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "30")
    assert "30 秒" in answer.get_data(as_text=True)
    other = Browser(browser.client.application.test_client(), address="192.0.2.8")
    assert other.sign_in("wang").status_code == 303
    clock.pass_(seconds=30)
    assert browser.sign_in("wang").status_code == 303


def test_sign_in_is_limited_before_any_hash_is_computed(
    browser: Browser, accounts: Accounts, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str] = []
    monkeypatch.setattr(accounts.attempts, "authenticate", lambda name, *_: names.append(name))
    assert {browser.open("/sign-in", "POST", data={}).status_code for _ in range(50)} == {400}
    hidden = browser.hidden("/sign-in")

    def attempt(name: str) -> int:
        return browser.open("/sign-in", "POST", data={**hidden, "name": name, "password": "x"}).status_code

    monkeypatch.setattr(accounts.lockout, "failed", lambda *_: None)
    statuses = [attempt(f"n{number}") for number in range(30)]
    assert statuses == [403] * 20 + [429] * 10
    assert len(names) == 20
    clock.pass_(seconds=2)
    assert [attempt("later"), attempt("later")] == [403, 429]


def test_a_form_of_another_site_signs_nobody_in(browser: Browser, app: Flask) -> None:
    fields = {"name": "wang", "password": PASSWORD}
    other = Browser(app.test_client()).hidden("/sign-in")
    for planted in ({}, {"csrf_token": "x"}, other):
        assert browser.open("/sign-in", "POST", data={**planted, **fields}).status_code == 400
        browser.open("/sign-in")
        assert browser.open("/sign-in", "POST", data={**planted, **fields}).status_code == 400
    assert browser.who() is None


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("/plans/energy-chengqu?lang=en", "/plans/energy-chengqu?lang=en"),
        ("/#i=0f&v=35.49,112.85,12&t=2026-01-12T08%3A00%3A00%2B08%3A00&g=a%7Eb", None),
        ("/?lang=en#o=energy%7E%E4%B8%AD%E6%96%87+x", None),
        ("//evil.example/#i=0f", "/"),
        ("https://evil.example/#/", "/"),
        ("#i=0f", "/"),
        ("/", "/"),
        ("", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\t/evil.example", "/"),
        ("/\n/evil.example", "/"),
        ("plans", "/"),
        ("///evil.example", "/"),
    ],
)
def test_after_signing_in_one_stays_here(browser: Browser, asked: str, path: str | None) -> None:
    path = asked if path is None else path
    assert return_path(asked) == path
    hidden = browser.hidden("/sign-in")
    fields = {**hidden, "next": asked, "name": "wang", "password": PASSWORD}
    assert browser.open("/sign-in", "POST", data=fields).headers["Location"] == path


def test_the_page_that_was_asked_for_comes_after_signing_in(engine: Engine, accounts: Accounts, tmp_path: Path) -> None:
    add(accounts, "li", Role.OBSERVER)
    browser = Browser(app_for(engine, accounts, tmp_path).test_client())
    sent = browser.open("/plans/heating-zezhou?lang=en")
    assert sent.status_code == 303
    assert sent.headers["Location"].startswith("/sign-in?next=")
    answer = browser.sign_in("li", page=sent.headers["Location"])
    assert answer.headers["Location"] == "/plans/heating-zezhou?lang=en"
    assert browser.open(answer.headers["Location"]).status_code == 200


def test_the_pages_are_not_kept_and_have_no_script_of_their_own(browser: Browser) -> None:
    for path in ("/sign-in", "/sign-in?lang=en", "/sign-in?theme=dark", "/welcome/nothing"):
        answer = browser.open(path)
        text = answer.get_data(as_text=True)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "form-action 'self'" in policy
        scripts = re.findall(r"<script\b[^>]*>[^<]*", text)
        files = [re.fullmatch(r'<script src="/static/gen/sign_in-[0-9a-f]+\.js" defer>', script) for script in scripts]
        assert None not in files
        assert len(files) == path.startswith("/sign-in")
        assert "style=" not in text
    assert "Sign in" in browser.open("/sign-in?lang=en").get_data(as_text=True)


def test_the_first_administrators_link(browser: Browser, accounts: Accounts) -> None:
    token = accounts.invitations.invite(Role.ADMINISTRATOR, accounts.clock(), by="test")
    path = f"/welcome/{token}"
    page = browser.open(path).get_data(as_text=True)
    assert "管理员" in page
    fields = {"name": "admin1", "display_name": "赵管理", "password": PASSWORD, "again": PASSWORD}
    for wrong, said in (
        ({"again": "other"}, "不一致"),
        ({"password": "短", "again": "短"}, "至少"),
        ({"name": "wang"}, "已有人"),
    ):
        answer = browser.submit(path, **{**fields, **wrong})
        assert answer.status_code == 422
        assert said in answer.get_data(as_text=True)
        assert PASSWORD not in answer.get_data(as_text=True)
    assert browser.open(path, "POST", data=fields).status_code == 400
    answer = browser.submit(path, **fields)
    assert answer.status_code == 303
    assert browser.who() == "admin1"
    assert accounts.people.named("admin1").grants == {Grant(Role.ADMINISTRATOR)}
    again = browser.open(path)
    assert again.status_code == 404
    assert "<form" not in again.get_data(as_text=True)
    browser.open("/sign-out", "POST", data={"csrf_token": browser.proof()})
    late = browser.open(path, "POST", data={**browser.hidden("/sign-in"), **fields, "name": "second"})
    assert late.status_code == 404
    assert "已用过" in late.get_data(as_text=True)
    assert len(accounts.people.all()) == 2


def test_no_password_and_no_token_is_written_to_the_log(
    browser: Browser, accounts: Accounts, app: Flask, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("sqlalchemy.engine").setLevel(logging.WARNING)
    token = accounts.invitations.invite(Role.OBSERVER, accounts.clock(), by="test")
    _, secret = accounts.tokens.make(accounts.people.named("wang").id, "test", accounts.clock(), by="test")
    browser.sign_in("wang", OTHER_PASSWORD)
    browser.sign_in(PASSWORD, OTHER_PASSWORD)  # typed into the wrong field
    browser.sign_in("wang")
    browser.open("/api/viewer", headers={"Authorization": f"Bearer {secret}"})
    cookie = browser.client.get_cookie("webmap_session")
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def broken(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(accounts.invitations, "offered", broken)
    assert browser.open(f"/welcome/{token}").status_code == 500
    assert cookie is not None
    assert "sign-in refused, address 192.0.2.7" in caplog.text
    assert "/welcome/<token>" in caplog.text
    for private in (PASSWORD, OTHER_PASSWORD, token, secret, cookie.value):
        assert private not in caplog.text
