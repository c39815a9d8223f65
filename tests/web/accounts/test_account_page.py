"""The page of one's own account: roles in words, password, sessions, tokens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from tests.web.accounts.browser import Browser, app_for
from tests.web.accounts.conftest import OTHER_PASSWORD, PASSWORD, Clock, add
from webmap.accounts.accounts import Accounts
from webmap.accounts.lockout import FREE_BY_NAME
from webmap.accounts.roles import Grant, Role

ACCOUNT = "/account"
ENERGY, HEATING = "energy-chengqu", "heating-zezhou"


@pytest.fixture
def app(engine: Engine, accounts: Accounts, tmp_path: Path) -> Flask:
    return app_for(engine, accounts, tmp_path)


@pytest.fixture
def browser(app: Flask, accounts: Accounts) -> Browser:
    add(accounts, "wang", Role.DUTY_OFFICER)
    browser = Browser(app.test_client())
    browser.sign_in("wang")
    return browser


def elsewhere(browser: Browser, name: str = "wang", password: str = PASSWORD) -> Browser:
    """The same person in another browser."""
    other = Browser(browser.client.application.test_client(), address="192.0.2.99")
    assert other.sign_in(name, password).status_code == 303
    return other


def send(browser: Browser, path: str, **fields: str) -> tuple[int, str]:
    """Send a form of the account's page; return the status and the page, or the address that it leads to."""
    answer = browser.open(path, "POST", data={"csrf_token": browser.proof(), **fields})
    return answer.status_code, answer.headers.get("Location") or answer.get_data(as_text=True)


def text(browser: Browser, path: str = ACCOUNT) -> str:
    return browser.open(path).get_data(as_text=True)


def beside(page: str, field: str) -> str:
    """What the page says beside a field, and that it says so to who reads by ear."""
    found = re.search(rf'<p id="{field}-problem"[^>]*>(.*?)</p>', page)
    assert found, field
    assert re.search(rf'<(input|select) id="{field}"[^>]*aria-describedby="{field}-problem"', page)
    return found[1]


def change_password(browser: Browser, old: str, new: str, again: str | None = None) -> tuple[int, str]:
    return send(browser, "/account/password", old=old, new=new, again=new if again is None else again)


def test_the_page_is_for_people_in_a_browser(app: Flask, accounts: Accounts, browser: Browser) -> None:
    nobody = Browser(app.test_client())
    sent = nobody.open(ACCOUNT)
    assert (sent.status_code, sent.headers["Location"]) == (303, "/sign-in?next=/account")
    late = nobody.open("/account/tokens", "POST", data={"purpose": "x"})
    assert (late.status_code, late.headers["Location"]) == (303, "/sign-in?next=/account")
    person = accounts.people.named("wang")
    _, secret = accounts.tokens.make(person.id, "test", accounts.clock(), by="test")
    bearer = {"Authorization": f"Bearer {secret}"}
    program = Browser(app.test_client())
    for path, method in ((ACCOUNT, "GET"), ("/account/tokens", "POST"), ("/account/sessions/end-others", "POST")):
        answer = program.open(path, method, headers=bearer, data={"purpose": "more"} if method == "POST" else None)
        assert answer.status_code == 403, "a program must not make itself more tokens"
    assert [token.name for token in accounts.tokens.of(person.id)] == ["test"]
    assert text(browser).count("<h2") == 4


def test_roles_are_told_by_plan_with_what_they_allow(app: Flask, accounts: Accounts) -> None:
    add(accounts, "director", Role.OFFICE_DIRECTOR, plan=ENERGY)
    person = accounts.people.named("director")
    accounts.people.grant(person.id, Grant(Role.OBSERVER, HEATING), accounts.clock(), by="test")
    director = Browser(app.test_client())
    director.sign_in("director")
    page = text(director)
    rights = dict(re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", page))
    assert set(rights) == {"不分预案", "城区能源预案", "泽州供热预案"}
    assert "启动、调整、结束响应（III 级）" in rights["城区能源预案"]
    assert rights["泽州供热预案"] == "看事件日志"
    assert "看限制公开的单位" in rights["不分预案"]
    english = text(director, "/account?lang=en")
    assert "start, change, end a response (level III)" in english
    assert not re.search(r"[\u4e00-\u9fff]", re.sub(r"<option.*?</option>|director同志", "", english))


def test_who_has_no_role_still_reaches_the_account(app: Flask, accounts: Accounts) -> None:
    add(accounts, "nothing")
    browser = Browser(app.test_client())
    browser.sign_in("nothing")
    assert "还没有任何角色" in text(browser)
    assert change_password(browser, PASSWORD, OTHER_PASSWORD)[0] == 303


def test_a_new_password_ends_all_other_sessions(browser: Browser) -> None:
    other = elsewhere(browser)
    status, where = change_password(browser, PASSWORD, OTHER_PASSWORD)
    assert (status, where) == (303, "/account?done=password")
    assert "口令已修改" in text(browser, where)
    assert (browser.who(), other.who()) == ("wang", None)
    assert other.sign_in("wang").status_code == 403
    assert other.sign_in("wang", OTHER_PASSWORD).status_code == 303


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"old": "some other one"}, "old", "现在的口令不对"),
        ({"old": ""}, "old", "请输入"),
        ({"new": "短口令"}, "new", "至少 10 个字符"),
        ({"new": PASSWORD, "again": PASSWORD}, "new", "相同"),
        ({"again": "another"}, "again", "不一致"),
    ],
)
def test_a_password_that_cannot_be_taken_is_told_beside_its_field(
    browser: Browser, typed: dict[str, str], field: str, said: str
) -> None:
    fields = {"old": PASSWORD, "new": OTHER_PASSWORD, "again": OTHER_PASSWORD, **typed}
    status, page = send(browser, "/account/password", **fields)
    assert status == 422
    assert said in beside(page, field)
    assert page.count('class="field-problem"') == 1
    assert PASSWORD not in page
    assert OTHER_PASSWORD not in page
    assert elsewhere(browser).who() == "wang", "the password is as before"


def test_an_open_browser_gives_no_more_guesses_than_signing_in(browser: Browser, clock: Clock) -> None:
    for _ in range(FREE_BY_NAME):
        assert change_password(browser, "wrong password", OTHER_PASSWORD)[0] == 422
    status, page = change_password(browser, PASSWORD, OTHER_PASSWORD)
    assert status == 422
    assert "暂时锁定" in beside(page, "old")
    clock.pass_(minutes=15)
    assert change_password(browser, PASSWORD, OTHER_PASSWORD)[0] == 303


def test_a_token_is_shown_once_and_revoked(browser: Browser, accounts: Accounts, app: Flask) -> None:
    status, page = send(browser, "/account/tokens", purpose="调度 <b>大屏</b>")
    assert status == 200
    secret = re.search(r"wm_[\w-]{43}", page)
    assert secret
    assert "只显示这一次" in page
    assert "调度 &lt;b&gt;大屏&lt;/b&gt;" in page
    program, bearer = Browser(app.test_client()), {"Authorization": f"Bearer {secret[0]}"}
    assert program.open("/api/viewer", headers=bearer).get_json()["person"]["name"] == "wang"
    listed = text(browser)
    assert secret[0] not in listed
    assert f"{secret[0][:9]}…" in listed
    assert "<b>大屏" not in listed
    assert "最近使用 今天 16:00" in listed
    (token,) = accounts.tokens.of(accounts.people.named("wang").id)
    status, where = send(browser, f"/account/tokens/{token.id}/revoke")
    assert (status, where) == (303, "/account?done=token_revoked")
    assert "令牌已收回" in text(browser, where)
    assert program.open("/api/viewer", headers=bearer).status_code == 401
    assert send(browser, f"/account/tokens/{token.id}/revoke")[0] == 404


def test_a_token_without_a_purpose_is_refused_and_what_was_typed_stays(browser: Browser, accounts: Accounts) -> None:
    typed = "很长的用途" * 20
    status, page = send(browser, "/account/tokens", purpose=typed)
    assert status == 422
    assert "80" in beside(page, "purpose")
    assert typed in page
    assert accounts.tokens.of(accounts.people.named("wang").id) == []


def test_sessions_are_listed_and_ended(browser: Browser, accounts: Accounts, clock: Clock) -> None:
    clock.pass_(minutes=5)
    other, third = elsewhere(browser), elsewhere(browser)
    page = text(browser)
    assert page.count("192.0.2.99") == 2
    assert page.count('data-state="here"') == 1
    assert "今天 16:05 登录" in page
    (first, *_) = re.findall(r"/account/sessions/([0-9a-f]{16})/end", page)
    status, where = send(browser, f"/account/sessions/{first}/end")
    assert (status, where) == (303, "/account?done=session_ended")
    assert sorted((other.who() or "", third.who() or "")) == ["", "wang"]
    assert send(browser, "/account/sessions/end-others") == (303, "/account?done=sessions_ended")
    assert (browser.who(), other.who(), third.who()) == ("wang", None, None)
    assert "end-others" not in text(browser)


def test_nobody_touches_the_sessions_and_tokens_of_others(browser: Browser, accounts: Accounts) -> None:
    li = add(accounts, "li")
    token, _ = accounts.tokens.make(li.id, "theirs", accounts.clock(), by="test")
    other = elsewhere(browser, "li")
    (session,) = accounts.sessions.of(li.id, accounts.clock())
    send(browser, f"/account/sessions/{session.id}/end")
    assert other.who() == "li"
    assert send(browser, f"/account/tokens/{token.id}/revoke")[0] == 404
    assert accounts.tokens.of(li.id) == [token]


def test_without_proof_nothing_is_changed_and_the_page_says_so(browser: Browser, accounts: Accounts) -> None:
    other = elsewhere(browser)
    for path, fields in (
        ("/account/password", {"old": PASSWORD, "new": OTHER_PASSWORD, "again": OTHER_PASSWORD}),
        ("/account/tokens", {"purpose": "planted"}),
        ("/account/sessions/end-others", {}),
    ):
        answer = browser.open(path, "POST", data=fields)
        assert answer.status_code == 403
        page = answer.get_data(as_text=True)
        assert "页面已过期，未作改动" in page
        assert "<h1>" in page
    assert (browser.who(), other.who()) == ("wang", "wang")
    assert accounts.tokens.of(accounts.people.named("wang").id) == []


def test_a_demonstration_account_is_everybodys(
    accounts: Accounts, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = accounts.people.named("wang")
    monkeypatch.setattr(accounts.demonstration, "is_open", lambda: True)
    with accounts.people._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE people SET demo = '1'")
    page = text(browser)
    assert "演示账户" in page
    assert 'type="password"' not in page
    assert "192.0.2.7" not in page
    for path in ("/account/password", "/account/tokens", "/account/sessions/end-others"):
        assert send(browser, path, purpose="x", old=PASSWORD, new=OTHER_PASSWORD, again=OTHER_PASSWORD)[0] == 403
    assert accounts.tokens.of(person.id) == []


def test_language_and_colours_go_along(browser: Browser) -> None:
    page = text(browser, "/account?lang=en&theme=dark&done=password")
    assert 'data-theme="dark"' in page
    assert "The password is changed" in page
    proof = {"csrf_token": browser.proof(), "purpose": "x"}
    assert re.search(r'action="/account/tokens\?lang=en&amp;theme=dark#tokens"', page)
    answer = browser.open("/account/tokens?lang=en&theme=dark", "POST", data=proof).get_data(as_text=True)
    assert "The token is made" in answer
    assert 'data-theme="dark"' in answer
    for planted in ("theme=%22><script>", "done=%3Cscript%3E", "done=../x", "lang=xx"):
        odd = text(browser, f"/account?{planted}")
        assert "<script" not in odd
        assert 'class="desk-done"' not in odd


def test_the_dark_colours_without_script_are_those_of_the_map() -> None:
    """The style sheet writes them twice: for a chosen theme, and for the system's on pages without script."""
    folder = Path(__file__).resolve().parents[3] / "webmap" / "static" / "src" / "css"
    pattern = re.compile(r"^\s*([\w-]+): (.*);$", re.MULTILINE)
    tokens = (folder / "tokens.css").read_text(encoding="utf-8")
    dark = dict(pattern.findall(tokens.partition("[data-theme='dark']")[2]))
    assert dark == dict(pattern.findall((folder / "system_theme.css").read_text(encoding="utf-8")))
    assert dark["color-scheme"] == "dark"
