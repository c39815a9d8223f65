"""A provider that is down, hangs or lies: nobody is signed in, and the page says so."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from joserfc.jwk import OctKey
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from tests.web.accounts.browser import Browser, app_for
from tests.web.accounts.conftest import cheap_passwords
from tests.web.accounts.oidc_server.lying import SECRET, LyingProvider, lying_provider, rsa_key, unsigned
from webmap.accounts.accounts import Accounts
from webmap.accounts.oidc.errors import ProviderProblem
from webmap.accounts.oidc.fetching import Fetching
from webmap.storage.engine import open_engine
from webmap.storage.tables import PEOPLE_AND_LOG
from webmap.storage.upgrade import upgrade

DISCOVERY = "/.well-known/openid-configuration"
UNAVAILABLE = "统一身份认证暂时不可用"


@pytest.fixture
def provider() -> Iterator[LyingProvider]:
    with lying_provider() as provider:
        yield provider


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """What the provider says has nothing to do with the kind of database."""
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('lies') / 'people.sqlite'}")
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def accounts(engine: Engine) -> Iterator[Accounts]:
    yield Accounts(engine, passwords=cheap_passwords())
    with engine.begin() as connection:
        for table in reversed(PEOPLE_AND_LOG.sorted_tables):
            connection.execute(table.delete())


@pytest.fixture
def browser(engine: Engine, accounts: Accounts, provider: LyingProvider, tmp_path: Path) -> Browser:
    app: Flask = app_for(engine, accounts, tmp_path, **provider.environment)
    return Browser(app.test_client())


def begin(browser: Browser) -> dict[str, str]:
    sent = browser.open("/sign-in/oidc")
    assert sent.status_code == 303, sent.get_data(as_text=True)
    return {name: values[0] for name, values in parse_qs(urlsplit(sent.headers["Location"]).query).items()}


def come_back(browser: Browser, state: str, **query: str) -> TestResponse:
    return browser.open("/sign-in/oidc/done", query_string={"code": "c", "state": state, **query})


def require_refused(answer: TestResponse, accounts: Accounts, status: int = 502) -> None:
    assert answer.status_code == status
    if status == 502:
        assert UNAVAILABLE in answer.get_data(as_text=True)
    assert accounts.people.all() == []
    assert "webmap_session" not in answer.headers.get("Set-Cookie", "")


def test_when_it_tells_the_truth_it_is_believed(browser: Browser, accounts: Accounts, provider: LyingProvider) -> None:
    query = begin(browser)
    provider.vouch(provider.claims(query["nonce"]))
    assert come_back(browser, query["state"]).status_code == 303
    assert [person.name for person in accounts.people.all()] == ["li"]
    (form,) = provider.told
    assert form["grant_type"] == ["authorization_code"]
    assert len(form["code_verifier"][0]) >= 43
    assert "client_secret" not in form, "it goes into the header"


Lie = Callable[[LyingProvider, dict[str, Any]], None]


def changed(**claims: Any) -> Lie:
    def lie(provider: LyingProvider, truth: dict[str, Any]) -> None:
        told = {name: value for name, value in {**truth, **claims}.items() if value is not None}
        provider.vouch(told)

    return lie


def _another_key(provider: LyingProvider, truth: dict[str, Any]) -> None:
    provider.vouch(truth, rsa_key("first", 2))


def _unknown_key(provider: LyingProvider, truth: dict[str, Any]) -> None:
    provider.vouch(truth, rsa_key("x"), kid="x")


def _our_own_secret(provider: LyingProvider, truth: dict[str, Any]) -> None:
    provider.vouch(truth, OctKey.import_key(SECRET), alg="HS256")


def _published_symmetric_key(provider: LyingProvider, truth: dict[str, Any]) -> None:
    key = OctKey.import_key(SECRET, {"kid": "first"})
    provider.keys = [key.as_dict()]
    provider.vouch(truth, key, alg="HS256")


def _no_signature(provider: LyingProvider, truth: dict[str, Any]) -> None:
    provider.tokens = {"access_token": "a", "id_token": unsigned(truth)}


def _a_changed_token(provider: LyingProvider, truth: dict[str, Any]) -> None:
    provider.vouch(truth)
    head, body, signature = provider.tokens["id_token"].split(".")
    provider.vouch({**truth, "sub": "the commander"})
    provider.tokens["id_token"] = ".".join((head, provider.tokens["id_token"].split(".")[1], signature))
    assert body not in provider.tokens["id_token"]


def _tokens(tokens: dict[str, Any]) -> Lie:
    def lie(provider: LyingProvider, _truth: dict[str, Any]) -> None:
        provider.tokens = tokens

    return lie


NOW = int(time.time())


@pytest.mark.parametrize(
    "lie",
    [
        pytest.param(changed(iss="https://evil.example"), id="issuer"),
        pytest.param(changed(aud="another client"), id="audience"),
        pytest.param(changed(aud=["webmap", "other"], azp="other"), id="authorized party"),
        pytest.param(changed(aud=["webmap", "other"]), id="several audiences and no party"),
        pytest.param(changed(exp=NOW - 3600), id="expired"),
        pytest.param(changed(iat=NOW + 3600), id="from the future"),
        pytest.param(changed(nonce="another"), id="nonce"),
        pytest.param(changed(at_hash="x"), id="hash of the access token"),
        *(pytest.param(changed(**{name: None}), id=f"no {name}") for name in ("iss", "sub", "aud", "exp", "nonce")),
        pytest.param(changed(sub=""), id="empty subject"),
        pytest.param(changed(sub=7), id="subject of another type"),
        pytest.param(changed(sub="x" * 300), id="long subject"),
        pytest.param(changed(exp="soon"), id="time of another type"),
        pytest.param(changed(iss=["https://evil.example"]), id="issuer of another type"),
        _another_key,
        _unknown_key,
        _our_own_secret,
        _published_symmetric_key,
        _no_signature,
        _a_changed_token,
        pytest.param(_tokens({}), id="no tokens"),
        pytest.param(_tokens({"access_token": "a", "id_token": 7}), id="a number"),
        pytest.param(_tokens({"access_token": "a", "id_token": "a.b"}), id="no token at all"),
        pytest.param(_tokens({"access_token": "a", "id_token": "é.é.é"}), id="not even ASCII"),
    ],
)
def test_a_token_that_lies_signs_nobody_in(
    browser: Browser, accounts: Accounts, provider: LyingProvider, lie: Lie
) -> None:
    query = begin(browser)
    lie(provider, provider.claims(query["nonce"]))
    require_refused(come_back(browser, query["state"]), accounts)


def test_a_key_that_was_changed_is_fetched_anew(browser: Browser, accounts: Accounts, provider: LyingProvider) -> None:
    query = begin(browser)
    provider.key = rsa_key("second")
    provider.keys = [provider.key.as_dict(private=False)]
    provider.vouch(provider.claims(query["nonce"]), kid="second")
    assert come_back(browser, query["state"]).status_code == 303
    assert provider.asked.count("/keys") == 2
    assert provider.asked.count(DISCOVERY) == 1


def test_names_that_the_token_lacks_are_asked_for(
    browser: Browser, accounts: Accounts, provider: LyingProvider
) -> None:
    provider.metadata["userinfo_endpoint"] = f"{provider.issuer}/me"
    provider.metadata["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
    for subject, told, status in (("8", "8", 303), ("9", "another", 502)):
        query = begin(browser)
        claims = {**provider.claims(query["nonce"]), "sub": subject}
        del claims["preferred_username"]
        provider.vouch(claims)
        provider.userinfo = {"sub": told, "preferred_username": f"{told}.from.userinfo"}
        assert come_back(browser, query["state"]).status_code == status
    assert [person.name for person in accounts.people.all()] == ["8.from.userinfo"]
    assert provider.told[0]["client_secret"] == [SECRET]


@pytest.mark.parametrize("said", ["access_denied", "login_required", "<b>"])
def test_a_refusal_there_is_one_here(browser: Browser, accounts: Accounts, provider: LyingProvider, said: str) -> None:
    query = begin(browser)
    answer = come_back(browser, query["state"], error=said, error_description="<script>")
    require_refused(answer, accounts, 403)
    assert "未能登录" in answer.get_data(as_text=True)
    assert "<script>" not in answer.get_data(as_text=True)
    assert provider.told == []


def test_an_answer_of_another_provider_is_not_taken(
    browser: Browser, accounts: Accounts, provider: LyingProvider
) -> None:
    query = begin(browser)
    provider.vouch(provider.claims(query["nonce"]))
    require_refused(come_back(browser, query["state"], iss="https://evil.example"), accounts, 400)
    assert provider.told == []


NONSENSE = [
    (200, b"<html>"),
    (200, b"[]"),
    (200, b"{}"),
    (500, b"{}"),
    (302, b"{}"),
    (200, b"[" * 9999),
    (200, b"\xff"),
]


@pytest.mark.parametrize(("status", "body"), NONSENSE)
@pytest.mark.parametrize("path", [DISCOVERY, "/keys"])
def test_nonsense_instead_of_a_description(
    browser: Browser, accounts: Accounts, provider: LyingProvider, path: str, status: int, body: bytes
) -> None:
    provider.instead[path] = (status, body, 0)
    answer = browser.open("/sign-in/oidc")
    if path == "/keys" and body == b"{}" and status == 200:
        query = begin(browser)
        provider.vouch(provider.claims(query["nonce"]))
        answer = come_back(browser, query["state"])
    require_refused(answer, accounts)
    assert f"{provider.issuer}/elsewhere" not in provider.asked
    del provider.instead[path]
    assert browser.open("/sign-in/oidc").status_code == 303, "it is asked again the next time"


@pytest.mark.parametrize(("status", "body"), [*NONSENSE, (401, b'{"error":"invalid_client"}')])
def test_nonsense_instead_of_tokens(
    browser: Browser, accounts: Accounts, provider: LyingProvider, status: int, body: bytes
) -> None:
    query = begin(browser)
    provider.instead["/token"] = (status, body, 0)
    require_refused(come_back(browser, query["state"]), accounts)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("issuer", "https://evil.example"),
        ("issuer", None),
        ("token_endpoint", "http://evil.example/token"),
        ("jwks_uri", "file:///etc/passwd"),
        ("authorization_endpoint", "javascript:alert(1)"),
        ("authorization_endpoint", None),
        ("userinfo_endpoint", "http://10.0.0.1/"),
    ],
)
def test_addresses_that_it_may_not_name(
    browser: Browser, accounts: Accounts, provider: LyingProvider, name: str, value: str | None
) -> None:
    provider.metadata[name] = value
    require_refused(browser.open("/sign-in/oidc"), accounts)


def test_it_is_down(engine: Engine, accounts: Accounts, tmp_path: Path) -> None:
    with lying_provider() as gone:
        environment = gone.environment
    browser = Browser(app_for(engine, accounts, tmp_path, **environment).test_client())
    answer = browser.open("/sign-in/oidc?lang=en")
    assert answer.status_code == 502
    text = answer.get_data(as_text=True)
    assert "The sign-in provider is not available now" in text
    assert gone.issuer not in text
    assert "webmap_oidc" not in str(answer.headers.getlist("Set-Cookie"))


def test_it_hangs(provider: LyingProvider) -> None:
    fetching = Fetching(timeout_s=0.4)
    provider.instead[DISCOVERY] = (200, b"{" + b" " * 200 + b"}", 0.1)
    started_s = time.monotonic()
    with pytest.raises(ProviderProblem, match="too long"):
        fetching.get(provider.issuer + DISCOVERY)
    provider.instead[DISCOVERY] = (200, b"{}", 3.0)
    with pytest.raises(ProviderProblem):
        fetching.get(provider.issuer + DISCOVERY)
    assert time.monotonic() - started_s < 2.5


def test_few_wait_for_it_at_once(provider: LyingProvider) -> None:
    fetching = Fetching(timeout_s=0.6)
    provider.instead[DISCOVERY] = (200, b"{ }", 0.1)

    def fetch(_: int) -> str:
        try:
            return str(fetching.get(provider.issuer + DISCOVERY))
        except ProviderProblem as problem:
            return str(problem)

    with ThreadPoolExecutor(12) as pool:
        said = list(pool.map(fetch, range(12)))
    assert said.count("{}") >= 4
    assert "too many are waiting for it" in said
    assert fetch(0) == "{}", "afterwards there is room again"


def test_an_endless_answer_is_cut(provider: LyingProvider) -> None:
    provider.instead[DISCOVERY] = (200, b" " * (1 << 21), 0)
    with pytest.raises(ProviderProblem, match="too long"):
        Fetching().get(provider.issuer + DISCOVERY)


def test_who_comes_too_often_must_wait(browser: Browser, provider: LyingProvider) -> None:
    statuses = [browser.open("/sign-in/oidc/done?state=x").status_code for _ in range(25)]
    assert statuses[0] == 400
    assert statuses[-1] == 429
    assert browser.open("/sign-in/oidc").status_code == 429
    assert provider.asked == []
