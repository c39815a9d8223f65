"""Signing in at a real OpenID provider, as a browser does."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask import Flask
from sqlalchemy import Engine

from tests.web.accounts.browser import HTTPS, Browser, app_for
from tests.web.accounts.conftest import add, cheap_passwords
from tests.web.accounts.oidc_server.running import RealProvider, real_provider
from tests.web.accounts.test_demonstration import NAME, SAMPLE, write
from webmap.accounts.accounts import Accounts
from webmap.accounts.errors import DemonstrationAccount, IdentityTaken, InvalidName, LastAdministrator
from webmap.accounts.roles import Grant, Role

START = "/sign-in/oidc"


@pytest.fixture(scope="module")
def provider() -> Iterator[RealProvider]:
    with real_provider() as provider:
        yield provider


@pytest.fixture
def accounts(engine: Engine) -> Accounts:
    """Accounts of the present moment, as the provider's tokens are."""
    return Accounts(engine, passwords=cheap_passwords())


@pytest.fixture
def app(engine: Engine, accounts: Accounts, provider: RealProvider, tmp_path: Path) -> Flask:
    return app_for(engine, accounts, tmp_path, **provider.environment)


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app.test_client())


def come_back(browser: Browser, provider: RealProvider, login: str, start: str = START) -> str:
    """Go to the provider and sign in there; return the address by which one comes back, without opening it."""
    sent = browser.open(start)
    assert sent.status_code == 303, sent.get_data(as_text=True)
    return provider.sign_in(sent.headers["Location"], login)


def test_a_first_sign_in_makes_an_account_without_roles(
    browser: Browser, provider: RealProvider, accounts: Accounts
) -> None:
    answer = browser.open(come_back(browser, provider, "7:Wang.Li"))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in?made=1")
    assert "账户已建立，尚无角色，请管理员授予" in browser.open("/sign-in?made=1").get_data(as_text=True)
    assert browser.who() is None
    made = accounts.people.named("wang.li")
    assert (made.display_name, made.grants, made.has_password, made.active) == (
        "7:Wang.Li 同志",
        frozenset(),
        False,
        True,
    )
    linked, event = accounts.events.latest(2)
    assert (event.actor_name, event.action, event.subject_name) == ("OpenID Connect", "made", "wang.li")
    assert (linked.action, linked.detail) == ("identity_linked", {"issuer": provider.issuer, "subject": "7:Wang.Li"})


def test_whoever_is_known_is_signed_in_and_goes_where_they_wanted(
    browser: Browser, provider: RealProvider, accounts: Accounts
) -> None:
    browser.open(come_back(browser, provider, "8:li"))
    person = accounts.people.named("li")
    answer = browser.open(come_back(browser, provider, "8:li"))
    assert answer.headers["Location"] == "/sign-in", "who has no role is told so there"
    assert browser.who() == "li"
    accounts.people.grant(person.id, Grant(Role.COMMANDER), accounts.clock(), by="test")
    back = come_back(browser, provider, "8:li", f"{START}?next=/plans/heating-zezhou%3Flang=en")
    answer = browser.open(back)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/plans/heating-zezhou?lang=en")
    assert browser.who() == "li"
    assert len(accounts.people.all()) == 1


def test_an_identity_can_be_linked_to_an_account_that_is_there(
    browser: Browser, provider: RealProvider, accounts: Accounts
) -> None:
    wang, li = add(accounts, "wang", Role.ADMINISTRATOR, password=None), add(accounts, "li")
    assert not accounts.people.has_administrator()
    accounts.identities.link(wang.id, provider.issuer, "w", accounts.clock(), by="test")
    accounts.identities.link(wang.id, provider.issuer, "w", accounts.clock(), by="test")
    assert accounts.people.has_administrator()
    assert accounts.identities.linked() == {wang.id}
    for wrong, issuer, subject, error in (
        (li, provider.issuer, "w", IdentityTaken),
        (li, provider.issuer, "", InvalidName),
    ):
        with pytest.raises(error):
            accounts.identities.link(wrong.id, issuer, subject, accounts.clock(), by="test")
    with pytest.raises(LastAdministrator):
        accounts.people.deactivate(wang.id, accounts.clock(), by="test")
    browser.open(come_back(browser, provider, "w"))
    assert browser.who() == "wang"


def test_a_name_that_somebody_has_gets_a_number(browser: Browser, provider: RealProvider, accounts: Accounts) -> None:
    add(accounts, "wang", Role.COMMANDER)
    for login in ("x1:wang", "x2:WANG", "x3:  "):
        browser.open(come_back(browser, provider, login))
    names = [person.name for person in accounts.people.all()]
    assert names[1:] == ["wang", "wang-2", "wang-3"]
    assert names[0].startswith("user-")
    assert browser.who() is None


def test_a_shut_account_is_refused_and_stays_shut(browser: Browser, provider: RealProvider, accounts: Accounts) -> None:
    browser.open(come_back(browser, provider, "9:zhao"))
    accounts.people.deactivate(accounts.people.named("zhao").id, accounts.clock(), by="test")
    answer = browser.open(come_back(browser, provider, "9:zhao"))
    assert answer.status_code == 403
    assert "未能登录" in answer.get_data(as_text=True)
    assert browser.who() is None
    assert [person.active for person in accounts.people.all()] == [False]


def test_an_answer_is_good_once_and_in_one_browser(browser: Browser, provider: RealProvider, app: Flask) -> None:
    back = come_back(browser, provider, "10:sun")
    cookie = browser.client.get_cookie("webmap_oidc")
    assert cookie is not None
    thief = Browser(app.test_client())
    assert thief.open(back).status_code == 400, "without the cookie of the browser that began"
    begun_by_the_thief = thief.open(START)
    assert begun_by_the_thief.status_code == 303
    assert thief.open(back).status_code == 400, "with the cookie of another beginning"
    assert browser.open(back).status_code == 303
    assert browser.client.get_cookie("webmap_oidc") is None
    assert browser.open(back).status_code == 400
    browser.client.set_cookie("webmap_oidc", cookie.value)
    again = browser.open(back)
    assert again.status_code == 400, "the code was used, also with a copy of the cookie"
    assert "请重新开始" in again.get_data(as_text=True)


@pytest.mark.parametrize("name", ["state", "code", "iss"])
def test_a_changed_answer_signs_nobody_in(
    browser: Browser, provider: RealProvider, accounts: Accounts, name: str
) -> None:
    back = come_back(browser, provider, "11:qian")
    query = {key: values[0] for key, values in parse_qs(urlsplit(back).query).items()}
    cookie = browser.client.get_cookie("webmap_oidc")
    assert cookie is not None
    for other in ("", query[name][:-1], "\x00", "é"):
        browser.client.set_cookie("webmap_oidc", cookie.value)
        assert browser.open(f"{START}/done", query_string={**query, name: other}).status_code == 400
    del query[name]
    browser.client.set_cookie("webmap_oidc", cookie.value)
    assert browser.open(f"{START}/done", query_string=query).status_code == 400
    assert accounts.people.all() == []


def test_what_a_shared_link_shows_comes_through_unless_it_is_too_much_for_a_cookie(
    browser: Browser, provider: RealProvider, accounts: Accounts
) -> None:
    person = add(accounts, "zhou", Role.OBSERVER)
    accounts.identities.link(person.id, provider.issuer, "12", accounts.clock(), by="test")
    path = "/?lang=zh#t=2026-01-12T08%3A00%3A00%2B08%3A00&f=e-1&wall=1"
    back = come_back(browser, provider, "12", f"{START}?{urlencode({'next': path})}")
    assert browser.open(back).headers["Location"] == path
    # What no compression makes short: as many faults as a storm brings.
    noise = "".join(hashlib.sha256(bytes([number])).hexdigest() for number in range(200))
    back = come_back(browser, provider, "12", f"{START}?{urlencode({'next': f'/?lang=zh#f={noise}'})}")
    assert browser.open(back).headers["Location"] == "/?lang=zh"
    assert browser.who() == "zhou"


@pytest.mark.parametrize("asked", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_one_comes_back_to_this_site(browser: Browser, provider: RealProvider, accounts: Accounts, asked: str) -> None:
    person = add(accounts, "zhou", Role.OBSERVER)
    accounts.identities.link(person.id, provider.issuer, "12", accounts.clock(), by="test")
    back = come_back(browser, provider, "12", f"{START}?next={asked}")
    assert browser.open(f"{back}&next={asked}").headers["Location"] == "/"
    assert browser.who() == "zhou"


def test_what_the_provider_is_asked_and_how_the_cookie_is_kept(
    engine: Engine, accounts: Accounts, provider: RealProvider, tmp_path: Path
) -> None:
    app = app_for(engine, accounts, tmp_path, WEBMAP_PROXIES="1", **provider.environment)
    browser = Browser(app.test_client(), base=HTTPS)
    sent = browser.open(START)
    query = {name: values[0] for name, values in parse_qs(urlsplit(sent.headers["Location"]).query).items()}
    assert query["redirect_uri"] == f"{HTTPS}/sign-in/oidc/done"
    assert (query["response_type"], query["code_challenge_method"]) == ("code", "S256")
    assert query["scope"].split() == ["openid", "profile"]
    assert min(len(query[name]) for name in ("state", "nonce", "code_challenge")) >= 43
    (cookie,) = sent.headers.getlist("Set-Cookie")
    parts = {part.strip() for part in cookie.split(";")[1:]}
    assert cookie.startswith("__Host-webmap_oidc=")
    assert {"HttpOnly", "Secure", "SameSite=Lax", "Path=/", "Max-Age=600"} <= parts
    assert provider.environment["WEBMAP_OIDC_CLIENT_SECRET"] not in sent.headers["Location"]
    for answer in (sent, browser.open(f"{START}/done?code=x&state=y")):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    other = browser.open(START)
    assert parse_qs(urlsplit(other.headers["Location"]).query)["state"] != [query["state"]]


def test_nothing_secret_is_written_to_the_log(
    browser: Browser, provider: RealProvider, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    back = come_back(browser, provider, "13:wu")
    cookie = browser.client.get_cookie("webmap_oidc")
    assert cookie is not None
    browser.open(back)
    browser.open(back)
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name != "urllib3.connectionpool")
    query = parse_qs(urlsplit(back).query)
    assert "account made" in ours
    assert "no cookie of a sign-in" in ours
    for private in (query["code"][0], query["state"][0], cookie.value, "a secret: with"):
        assert private not in ours


def test_without_a_provider_there_is_nothing(engine: Engine, accounts: Accounts, tmp_path: Path) -> None:
    browser = Browser(app_for(engine, accounts, tmp_path).test_client())
    assert browser.open(START).status_code == 404
    assert browser.open(f"{START}/done?code=x&state=y").status_code == 404


def test_a_demonstration_account_has_no_identity(accounts: Accounts, provider: RealProvider, engine: Engine) -> None:
    write(engine, SAMPLE)
    accounts.demonstration.make(accounts.clock(), by="test")
    with pytest.raises(DemonstrationAccount):
        accounts.identities.link(accounts.people.named(NAME).id, provider.issuer, "14", accounts.clock(), by="test")
