"""The administrator's pages: who there is, what they hold, and links that let somebody in."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, insert

from tests.web.accounts.browser import HTTPS, Browser, app_for
from tests.web.accounts.conftest import OTHER_PASSWORD, PASSWORD, START, Clock, add
from tests.web.accounts.test_account_page import beside, send, text
from webmap.accounts.accounts import Accounts
from webmap.accounts.lockout import FREE_BY_NAME
from webmap.accounts.person import Person
from webmap.accounts.roles import GRANTABLE, Grant, Role
from webmap.storage.tables import IDENTITIES, PEOPLE

ENERGY, HEATING = "energy-chengqu", "heating-zezhou"
_LINK = re.compile(r'class="secret-text">([^<]*)<')


@pytest.fixture
def app(engine: Engine, accounts: Accounts, tmp_path: Path) -> Flask:
    return app_for(engine, accounts, tmp_path)


@pytest.fixture
def admin(app: Flask, accounts: Accounts) -> Browser:
    add(accounts, "admin", Role.ADMINISTRATOR)
    browser = Browser(app.test_client())
    browser.sign_in("admin")
    return browser


@pytest.fixture
def wang(accounts: Accounts) -> Person:
    return add(accounts, "wang", Role.DUTY_OFFICER)


def listed(browser: Browser, query: str = "") -> list[str]:
    """Sign-in names in the list, in its order."""
    return re.findall(r'<span class="by">([\w.-]+)</span></th>', text(browser, f"/people{query}"))


def held(accounts: Accounts, name: str = "wang") -> set[Grant]:
    return set(accounts.people.named(name).grants)


def link_on(page: str) -> str:
    """The link that a page shows, which must be the only one of its kind."""
    (link,) = _LINK.findall(page)
    return html.unescape(link)


@pytest.mark.parametrize("role", [role for role in GRANTABLE if role is not Role.ADMINISTRATOR])
def test_nobody_else_manages_people(app: Flask, accounts: Accounts, role: Role, wang: Person) -> None:
    add(accounts, "other", role)
    browser = Browser(app.test_client())
    browser.sign_in("other")
    for path in ("/people", f"/people/{wang.id}", "/people/invite"):
        answer = browser.open(path)
        assert answer.status_code == 403
        assert "wang" not in answer.get_data(as_text=True)
    assert '<a href="/people"' not in text(browser, "/account")
    fields = {"role": "administrator", "plan": "", "display_name": "x"}
    for path in (f"/people/{wang.id}/grants", f"/people/{wang.id}/password-link", "/people/invite"):
        assert send(browser, path, **fields)[0] == 403
    assert held(accounts) == {Grant(Role.DUTY_OFFICER)}
    assert accounts.invitations.pending(accounts.clock()) == []


def test_without_signing_in_one_is_sent_to_sign_in_and_a_program_is_refused(
    app: Flask, accounts: Accounts, admin: Browser
) -> None:
    assert Browser(app.test_client()).open("/people?role=planner").headers["Location"] == (
        "/sign-in?next=/people?role%3Dplanner"
    )
    person = accounts.people.named("admin")
    _, secret = accounts.tokens.make(person.id, "script", accounts.clock(), by="test")
    program, bearer = Browser(app.test_client()), {"Authorization": f"Bearer {secret}"}
    fields = {"display_name": "x", "role": "administrator", "plan": ""}
    assert program.open("/people/invite", "POST", headers=bearer, data=fields).status_code == 403
    assert accounts.invitations.pending(accounts.clock()) == []


def test_the_list_tells_roles_and_states_and_is_narrowed(
    admin: Browser, accounts: Accounts, engine: Engine, clock: Clock, wang: Person
) -> None:
    add(accounts, "li", Role.COMMANDER, plan=HEATING)
    accounts.people.deactivate(add(accounts, "shut", Role.PLANNER).id, clock.now, by="test")
    new, elsewhere = (add(accounts, name, password=None) for name in ("new", "elsewhere"))
    demo = add(accounts, "demo", Role.OBSERVER, password=None)
    with engine.begin() as connection:
        row = {"issuer": "https://id.example", "subject": "7", "person_id": elsewhere.id, "linked_at": "x"}
        connection.execute(insert(IDENTITIES).values(row))
        connection.execute(PEOPLE.update().where(PEOPLE.c.id == demo.id).values(demo=True))
    for _ in range(FREE_BY_NAME):
        accounts.attempts.authenticate("wang", OTHER_PASSWORD, clock.now)
    assert listed(admin) == ["admin", "demo", "elsewhere", "li", "new", "shut", "wang"]
    page = text(admin, "/people")
    for word in ("锁定至 今天 16:00", "停用", "演示", "统一身份", "未设口令", "泽州供热预案", "今天 16:00", "未登录"):
        assert word in page
    for query, names in {
        "?role=commander": ["li"],
        "?state=shut": ["shut"],
        "?state=locked": ["wang"],
        "?state=demo": ["demo"],
        "?state=no_password": [new.name],
        "?state=elsewhere": ["elsewhere"],
        "?q=ＬＩ": ["li"],
        "?q=wang同": ["wang"],
        "?q=%25": [],
        "?role=emperor&state=odd": ["admin", "demo", "elsewhere", "li", "new", "shut", "wang"],
    }.items():
        assert listed(admin, query) == names, query
    assert "没有符合条件的人" in text(admin, "/people?q=%25")
    clock.pass_(minutes=15)
    assert listed(admin, "?state=locked") == []


def test_names_cannot_bring_code_along(admin: Browser, accounts: Accounts) -> None:
    planted = '<script>alert("1")</script>'
    person = accounts.people.add(
        "x", planted, PASSWORD, START, grants=frozenset({Grant(Role.OBSERVER, "<img src=x>")}), by="<b>test</b>"
    )
    _, _ = accounts.tokens.make(person.id, "<i>x</i>", START, by="test")
    send(admin, "/people/invite", display_name=planted, role="observer", plan="")
    for path in ("/people", f"/people/{person.id}", "/people?q=%3Cscript%3E"):
        page = text(admin, path)
        assert "&lt;script&gt;" in page
        assert not re.search(r"<(script|img|b|i)[ >]", page), path
        assert "style=" not in page


def test_roles_are_given_and_taken_away(admin: Browser, accounts: Accounts, wang: Person) -> None:
    path = f"/people/{wang.id}"
    status, where = send(admin, f"{path}/grants", role="commander", plan=HEATING)
    assert (status, where) == (303, f"{path}?done=granted")
    assert held(accounts) == {Grant(Role.DUTY_OFFICER), Grant(Role.COMMANDER, HEATING)}
    page = text(admin, where)
    assert "角色已给予" in page
    assert "泽州供热预案" in page
    status, where = send(admin, f"{path}/grants/revoke", role="duty_officer", plan="")
    assert (status, where) == (303, f"{path}?done=revoked")
    assert held(accounts) == {Grant(Role.COMMANDER, HEATING)}
    events = text(admin, "/people").partition("最近的账户变动")[2]
    assert re.search(
        r"admin</strong> 收回 wang 的角色：值班员（全部预案）.*授予 wang 角色：指挥长（泽州供热预案）",
        events,
        re.DOTALL,
    )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"role": "administrator", "plan": HEATING}, "全部预案"),
        ({"role": "", "plan": ""}, "请选择角色"),
        ({"role": "public", "plan": ""}, "请选择角色"),
        ({"role": "observer", "plan": "no-plan"}, "没有这份预案"),
    ],
)
def test_a_role_that_cannot_be_given_is_told_beside_the_field(
    admin: Browser, accounts: Accounts, wang: Person, fields: dict[str, str], said: str
) -> None:
    status, page = send(admin, f"/people/{wang.id}/grants", **fields)
    assert status == 422
    assert said in re.findall(r'<p id="grant-problem"[^>]*>(.*?)</p>', page)[0]
    assert held(accounts) == {Grant(Role.DUTY_OFFICER)}
    if fields["plan"] == HEATING:
        assert f'<option value="{HEATING}" selected>' in page, "what was chosen stays chosen"


def test_a_role_for_a_plan_that_is_gone_can_be_taken_away(admin: Browser, accounts: Accounts, wang: Person) -> None:
    gone = Grant(Role.OBSERVER, "old-plan")
    accounts.people.grant(wang.id, gone, START, by="test")
    assert "old-plan" in text(admin, f"/people/{wang.id}")
    assert send(admin, f"/people/{wang.id}/grants/revoke", role="observer", plan="old-plan")[0] == 303
    assert gone not in held(accounts)


def test_the_last_administrator_stays_and_the_page_says_why(admin: Browser, accounts: Accounts) -> None:
    path = f"/people/{accounts.people.named('admin').id}"
    for change, fields in (("shut", {}), ("grants/revoke", {"role": "administrator", "plan": ""})):
        status, page = send(admin, f"{path}/{change}", **fields)
        assert status == 422
        assert "这是最后一名管理员" in page
    assert held(accounts, "admin") == {Grant(Role.ADMINISTRATOR)}
    assert accounts.people.named("admin").active
    add(accounts, "second", Role.ADMINISTRATOR)
    assert send(admin, f"{path}/grants/revoke", role="administrator", plan="")[0] == 303
    assert admin.open("/people").status_code == 403


def test_an_account_is_shut_and_opened(admin: Browser, accounts: Accounts, app: Flask, wang: Person) -> None:
    theirs = Browser(app.test_client())
    theirs.sign_in("wang")
    path = f"/people/{wang.id}"
    page = text(admin, path)
    assert "停用 wang同志" in page
    assert send(admin, f"{path}/shut") == (303, f"{path}?done=shut")
    assert theirs.who() is None
    assert theirs.sign_in("wang").status_code == 403
    page = text(admin, path)
    assert "此账户已停用" in page
    assert "password-link" not in page
    assert send(admin, f"{path}/open") == (303, f"{path}?done=opened")
    assert theirs.sign_in("wang").status_code == 303


def test_sessions_and_tokens_are_ended(admin: Browser, accounts: Accounts, app: Flask, wang: Person) -> None:
    theirs = Browser(app.test_client(), address="192.0.2.50")
    theirs.sign_in("wang")
    _, secret = accounts.tokens.make(wang.id, "SCADA", START, by="test")
    page = text(admin, f"/people/{wang.id}")
    assert "192.0.2.50" in page
    assert "SCADA" in page
    assert secret not in page
    assert send(admin, f"/people/{wang.id}/sessions/end")[0] == 303
    assert theirs.who() is None
    assert accounts.tokens.find(secret, START) == wang, "each has a button of its own"
    assert send(admin, f"/people/{wang.id}/tokens/revoke")[0] == 303
    assert accounts.tokens.find(secret, START) is None
    assert admin.who() == "admin"


def test_a_lock_is_lifted(admin: Browser, accounts: Accounts, wang: Person, clock: Clock) -> None:
    assert "立即解除锁定" not in text(admin, f"/people/{wang.id}")
    for _ in range(FREE_BY_NAME):
        accounts.attempts.authenticate("wang", OTHER_PASSWORD, clock.now)
    page = text(admin, f"/people/{wang.id}")
    assert "立即解除锁定" in page
    assert "锁定到 今天 16:00" in page, "the last changes tell it by the same clock"
    send(admin, f"/people/{wang.id}/open")
    assert accounts.attempts.authenticate("wang", PASSWORD, clock.now)


def test_an_invitation_lets_one_person_in_with_that_role(admin: Browser, accounts: Accounts, app: Flask) -> None:
    fields = {"display_name": "高 远", "role": "office_director", "plan": HEATING}
    status, page = send(admin, "/people/invite", **fields)
    assert status == 200
    for told in ("给 高 远 的链接", "办公室主任", "泽州供热预案", "1月13日 周二 16:00", "只显示这一次"):
        assert told in page
    link = link_on(page)
    assert link.startswith("http://localhost/welcome/")
    overview = text(admin, "/people")
    assert "高 远" in overview
    assert link not in overview
    guest = Browser(app.test_client())
    path = link.removeprefix("http://localhost")
    welcome = text(guest, path)
    assert 'value="高 远"' in welcome
    assert "「办公室主任」（泽州供热预案）" in welcome
    answer = guest.submit(path, name="gao", display_name="高远", password=PASSWORD, again=PASSWORD)
    assert answer.status_code == 303
    assert held(accounts, "gao") == {Grant(Role.OFFICE_DIRECTOR, HEATING)}
    assert "没有未用的邀请" in text(admin, "/people")


def test_an_invitation_that_cannot_be_is_told_beside_its_fields(admin: Browser, accounts: Accounts) -> None:
    status, page = send(admin, "/people/invite", display_name="孙", role="administrator", plan=ENERGY)
    assert status == 422
    assert "全部预案" in re.findall(r'<p id="grant-problem"[^>]*>(.*?)</p>', page)[0]
    assert 'value="孙"' in page
    assert f'<option value="{ENERGY}" selected>' in page
    status, page = send(admin, "/people/invite", display_name=" ", role="", plan="")
    assert "姓名为 1 至 80 个字符" in beside(page, "display_name")
    assert "请选择角色" in page
    assert not _LINK.search(page)
    assert accounts.invitations.pending(START) == []


def test_an_invitation_is_withdrawn(admin: Browser, app: Flask) -> None:
    page = send(admin, "/people/invite", display_name="孙", role="observer", plan="")[1]
    (action,) = re.findall(r'action="(/people/invitations/[0-9a-f]{16}/withdraw)"', text(admin, "/people"))
    assert send(admin, action) == (303, "/people?done=withdrawn")
    guest = Browser(app.test_client())
    assert guest.open(link_on(page).removeprefix("http://localhost")).status_code == 404
    assert send(admin, action)[0] == 404


def test_a_link_for_a_new_password_instead_of_one_that_the_administrator_knows(
    admin: Browser, accounts: Accounts, app: Flask, wang: Person
) -> None:
    status, page = send(admin, f"/people/{wang.id}/password-link")
    assert status == 200
    assert "给 wang同志 的链接" in page
    path = link_on(page).removeprefix("http://localhost")
    assert path.startswith("/new-password/")
    theirs = Browser(app.test_client())
    assert theirs.submit(path, password=OTHER_PASSWORD, again=OTHER_PASSWORD).status_code == 303
    assert theirs.who() == "wang"
    assert "给出了 wang 设置新口令的链接" in text(admin, f"/people/{wang.id}")
    with accounts.people._engine.begin() as connection:
        connection.execute(PEOPLE.update().where(PEOPLE.c.id == wang.id).values(demo=True))
    assert "password-link" not in text(admin, f"/people/{wang.id}")
    status, page = send(admin, f"/people/{wang.id}/password-link")
    assert status == 422
    assert "演示账户" in page


def test_links_are_of_the_address_by_which_the_administrator_came(app: Flask, accounts: Accounts) -> None:
    add(accounts, "admin", Role.ADMINISTRATOR)
    admin = Browser(app.test_client(), base=HTTPS)
    admin.sign_in("admin")
    page = send(admin, "/people/invite", display_name="孙", role="observer", plan="")[1]
    assert link_on(page).startswith("https://map.example/welcome/")


def test_without_proof_nothing_is_changed(admin: Browser, accounts: Accounts, wang: Person) -> None:
    fields = {"role": "commander", "plan": "", "display_name": "x"}
    changes = ("grants", "grants/revoke", "shut", "open", "sessions/end", "tokens/revoke", "password-link")
    before = accounts.events.latest(100)
    for path in ("/people/invite", *(f"/people/{wang.id}/{change}" for change in changes)):
        for planted in ({}, {"csrf_token": "x"}):
            answer = admin.open(path, "POST", data={**fields, **planted})
            assert answer.status_code == 403
            assert "页面已过期" in answer.get_data(as_text=True)
    assert accounts.events.latest(100) == before


def test_every_change_asks_once_and_every_page_is_whole_in_english(admin: Browser, wang: Person) -> None:
    page = text(admin, f"/people/{wang.id}")
    asked = re.findall(r'<details class="confirm[^"]*">.*?</details>', page, re.DOTALL)
    for change in ("grants/revoke", "shut", "password-link"):
        assert any(f'action="/people/{wang.id}/{change}"' in part for part in asked), change
    for path in ("/people", f"/people/{wang.id}", "/people/invite", "/people/nobody"):
        english = re.sub(r"\w+同志", "", text(admin, f"{path}?lang=en"))
        assert not re.search(r"[\u4e00-\u9fff]", english), path
        assert 'lang="en"' in english
        assert "<script" not in english
