"""Accounts from a terminal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.test_cli import failed, webmap
from tests.web.accounts.conftest import OTHER_PASSWORD, PASSWORD
from webmap.accounts.accounts import Accounts
from webmap.accounts.roles import Grant, Role
from webmap.settings import Settings
from webmap.storage.engine import open_engine
from webmap.storage.upgrade import upgrade


@pytest.fixture
def home(tmp_path: Path) -> Path:
    engine = open_engine(Settings.from_environment({"WEBMAP_HOME": str(tmp_path)}).database_url)
    upgrade(engine)
    engine.dispose()
    return tmp_path


def people(*arguments: str, home: Path, text: str = "") -> str:
    done = webmap("people", *arguments, home=home, text=text, anew=arguments[0] == "list")
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


def accounts_of(home: Path) -> Accounts:
    return Accounts(open_engine(Settings.from_environment({"WEBMAP_HOME": str(home)}).database_url))


def test_from_the_first_account_to_a_shut_one(home: Path) -> None:
    assert "invite administrator" in people("list", home=home)
    people(
        "add", "Wang", "--display-name", "王丽", "--role", "administrator", "--password-stdin", home=home, text=PASSWORD
    )
    people("add", "li", "--role", "commander", "--plan", "energy-chengqu", "--password-stdin", home=home, text=PASSWORD)
    shown = people("grant", "li", "observer", home=home)
    assert "观察员 (observer) · 全部预案" in shown
    assert "指挥长 (commander) · energy-chengqu" in shown
    people("revoke", "li", "commander", "--plan", "energy-chengqu", home=home)
    people("password", "li", "--password-stdin", home=home, text=OTHER_PASSWORD + "\n")
    accounts = accounts_of(home)
    assert accounts.people.named("li").grants == {Grant(Role.OBSERVER)}
    assert accounts.people.named("wang").display_name == "王丽"
    assert accounts.attempts.authenticate("li", OTHER_PASSWORD, accounts.clock())
    people("deactivate", "li", home=home)
    assert re.search(r"^li  li  \[已停用", people("list", home=home), re.MULTILINE)
    assert accounts.attempts.authenticate("li", OTHER_PASSWORD, accounts.clock()) is None
    people("activate", "li", home=home)
    assert accounts.attempts.authenticate("li", OTHER_PASSWORD, accounts.clock())


def test_what_was_done_is_listed(home: Path) -> None:
    assert people("events", home=home) == ""
    people("add", "li", "--role", "observer", "--password-stdin", home=home, text=PASSWORD)
    secret = people("token", "li", "SCADA", home=home).strip()
    listed = people("events", home=home)
    assert re.search(r"^1  20\S+ \S+Z  webmap people  建立了账户 li：观察员（全部预案）$", listed, re.MULTILINE)
    assert "为 li 建立了令牌" in listed.splitlines()[1]
    assert secret not in listed
    assert people("events", "--last", "1", "--lang", "en", home=home).startswith("2  ")


def test_an_identity_is_linked_to_an_account(home: Path) -> None:
    people("add", "li", "--password-stdin", home=home, text=PASSWORD)
    people("add", "wang", "--password-stdin", home=home, text=PASSWORD)
    given = ("--issuer", "https://id.example", "--subject", "7")
    people("link", "li", *given, home=home)
    assert accounts_of(home).identities.person_of("https://id.example", "7") == accounts_of(home).people.named("li")
    assert "li  li  [统一身份认证 (sign-in provider)]" in people("list", home=home)
    assert "已属于 li" in failed(webmap("people", "link", "wang", *given, home=home), 2)
    assert "签发者" in failed(webmap("people", "link", "wang", "--subject", "8", home=home), 2)


def test_links_are_for_a_plan_somebody_or_a_new_password(home: Path) -> None:
    link = people("invite", "commander", "--plan", "heating-zezhou", "--for", "高远", home=home).strip()
    accounts = accounts_of(home)
    offered = accounts.invitations.offered(link.rpartition("/welcome/")[2], accounts.clock())
    assert (offered.grant, offered.display_name) == (Grant(Role.COMMANDER, "heating-zezhou"), "高远")
    assert "全部预案" in failed(webmap("people", "invite", "administrator", "--plan", "heating-zezhou", home=home), 2)
    people("add", "li", "--password-stdin", home=home, text=PASSWORD)
    link = people("password-link", "li", home=home).strip()
    assert accounts.password_links.owner(link.rpartition("/new-password/")[2], accounts.clock()).name == "li"


def test_tokens_are_shown_once_and_revoked_by_their_beginning(home: Path) -> None:
    people("add", "li", "--password-stdin", home=home, text=PASSWORD)
    secret = people("token", "li", "SCADA", home=home).strip()
    accounts = accounts_of(home)
    assert accounts.tokens.find(secret, accounts.clock())
    listed = people("tokens", "li", home=home)
    assert secret not in listed
    prefix = listed.split()[0]
    assert secret.startswith(prefix.rstrip("…"))
    people("revoke-token", "li", prefix, home=home)
    assert accounts.tokens.find(secret, accounts.clock()) is None
    assert "已收回" in people("tokens", "li", home=home)


def test_an_invitation_is_a_link(home: Path) -> None:
    link = people("invite", "planner", home=home).strip()
    token = link.removeprefix("http://127.0.0.1:8000/welcome/")
    accounts = accounts_of(home)
    assert accounts.invitations.offered(token, accounts.clock()).grant.role is Role.PLANNER


def test_a_password_is_never_an_argument_and_never_shown(home: Path) -> None:
    done = webmap("people", "add", "li", PASSWORD, home=home)
    assert done.returncode == 2
    done = webmap("people", "add", "li", "--password-stdin", home=home, text="li-li-li-li\n")
    assert "li-li-li-li" not in failed(done, 2)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("grant", "nobody", "observer"), "没有这个人"),
        (("password", "nobody", "--password-stdin"), "没有这个人"),
        (("add", "wang", "--password-stdin"), "已有人"),
        (("add", "a b", "--password-stdin"), "用户名"),
        (("deactivate", "wang"), "最后一名管理员"),
        (("revoke", "wang", "administrator"), "最后一名管理员"),
        (("revoke", "wang", "planner"), "没有这个角色"),
        (("grant", "wang", "administrator", "--plan", "energy-chengqu"), "全部预案"),
        (("grant", "wang", "observer", "--plan", "none"), "energy-chengqu"),
        (("revoke-token", "wang", "wm_"), "令牌"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(home: Path, arguments: tuple[str, ...], said: str) -> None:
    accounts = accounts_of(home)
    accounts.people.add(
        "wang", "王", PASSWORD, accounts.clock(), grants=frozenset({Grant(Role.ADMINISTRATOR)}), by="test"
    )
    before = accounts.people.all()
    assert said in failed(webmap("people", *arguments, home=home, text=PASSWORD), 2)
    assert accounts.people.all() == before


def test_without_a_database_it_says_what_to_run_first(tmp_path: Path) -> None:
    assert "webmap init" in failed(webmap("people", "list", home=tmp_path), 1)
    assert not (tmp_path / "webmap.sqlite").exists()
