"""The ways in that the sign-in page offers beside name and password."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.web.accounts.browser import Browser, app_for
from tests.web.accounts.conftest import PASSWORD, add
from webmap.accounts.accounts import Accounts

OIDC = {
    "WEBMAP_OIDC_ISSUER": "https://id.example",
    "WEBMAP_OIDC_CLIENT_ID": "webmap",
    "WEBMAP_OIDC_CLIENT_SECRET": "x" * 32,
    "WEBMAP_OIDC_TITLE": "区政务 <登录>",
}


def sign_in_page(engine: Engine, accounts: Accounts, home: Path, query: str = "", **environment: str) -> str:
    browser = Browser(app_for(engine, accounts, home, **environment).test_client())
    return browser.open(f"/sign-in{query}").get_data(as_text=True)


def test_without_settings_there_is_the_password_alone(engine: Engine, accounts: Accounts, tmp_path: Path) -> None:
    page = sign_in_page(engine, accounts, tmp_path)
    assert page.count("<form") == 1
    assert "演示" not in page
    assert "oidc" not in page


def test_the_provider_comes_first_and_keeps_the_way_back(engine: Engine, accounts: Accounts, tmp_path: Path) -> None:
    page = sign_in_page(engine, accounts, tmp_path, "?next=/plans/heating-zezhou", **OIDC)
    (link,) = re.findall(r'href="(/sign-in/oidc[^"]*)">([^<]*)<', page)
    assert (html.unescape(link[0]), html.unescape(link[1])) == (
        "/sign-in/oidc?next=/plans/heating-zezhou",
        "用区政务 <登录>登录",
    )
    assert page.index(link[0]) < page.index('type="password"')
    assert "账户已建立，尚无角色" in sign_in_page(engine, accounts, tmp_path, "?made=1", **OIDC)


def test_demonstration_accounts_have_a_button_each_in_a_block_that_says_sample(
    engine: Engine, accounts: Accounts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts.demonstration, "is_open", lambda: True)
    accounts.demonstration.make(accounts.clock(), by="test")
    browser = Browser(app_for(engine, accounts, tmp_path).test_client())
    page = browser.open("/sign-in?next=/account").get_data(as_text=True)
    block = page.partition("示例数据 · 演示账户")[2]
    assert re.findall(r"以 (\w+（演示）) 登录", block) == [
        f"{role}（演示）" for role in ("现场人员", "观察员", "值班员", "规划员", "办公室主任", "副指挥长", "指挥长")
    ]
    assert "Sign in as duty officer (demo)" in browser.open("/sign-in?lang=en").get_data(as_text=True)
    (path,) = re.findall(r'action="([^"]*duty-officer[^"]*)"', block)
    hidden = browser.hidden("/sign-in?next=/account")
    assert browser.open(path, "POST", data=hidden).headers["Location"] == "/account"
    assert browser.who() == "demo-duty-officer"


def test_who_is_signed_in_finds_the_account_from_there(engine: Engine, accounts: Accounts, tmp_path: Path) -> None:
    add(accounts, "wang")
    browser = Browser(app_for(engine, accounts, tmp_path).test_client())
    browser.sign_in("wang", PASSWORD)
    assert 'href="/account"' in browser.open("/sign-in").get_data(as_text=True)
