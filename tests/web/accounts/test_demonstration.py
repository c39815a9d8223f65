"""Demonstration accounts: one press signs in, as long as nobody else has written data beside the sample."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from layers.history import Author, Written
from layers.store import Store
from layers.tables import DATA_VERSIONS
from tests.web.accounts.browser import Browser, app_for
from tests.web.accounts.conftest import PASSWORD, START, add
from tests.web.network import small_district
from webmap.accounts.accounts import Accounts
from webmap.accounts.errors import DemonstrationAccount
from webmap.accounts.roles import GRANTABLE, Grant, Role
from webmap.sample_note import choice_note, nothing_but_a_demonstration, nothing_but_the_sample, sample_note

NAME = "demo-duty-officer"
PRESS = f"/sign-in/demo/{NAME}"
SAMPLE = sample_note("0123456789abcdef")
RUN = "0a1b2c3d-0000-4000-8000-0123456789ab"


def write(engine: Engine, note: str) -> None:
    Store(engine).replace({"counties": small_district()["counties"]}, note=note)


@pytest.fixture(autouse=True)
def nothing_written(engine: Engine) -> Iterator[None]:
    """Afterwards nothing is known of what was written: tests share a PostgreSQL database."""
    yield
    with engine.begin() as connection:
        connection.execute(DATA_VERSIONS.delete())


@pytest.fixture
def sample(engine: Engine, accounts: Accounts) -> Engine:
    """A database as `webmap init` leaves it, as far as accounts go."""
    write(engine, SAMPLE)
    accounts.demonstration.make(START, by="webmap init")
    return engine


@pytest.fixture
def app(sample: Engine, accounts: Accounts, tmp_path: Path) -> Flask:
    return app_for(sample, accounts, tmp_path)


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app.test_client())


def press(browser: Browser, path: str = PRESS, **fields: str) -> int:
    return browser.open(path, "POST", data={**browser.hidden("/sign-in"), **fields}).status_code


def test_there_is_one_for_every_office_but_no_administrator(accounts: Accounts, sample: Engine) -> None:
    people = accounts.demonstration.people()
    assert [person.grants for person in people] == [
        frozenset({Grant(role)}) for role in GRANTABLE if role is not Role.ADMINISTRATOR
    ]
    assert all(person.demo and not person.has_password for person in people)
    assert {person.name: person.display_name for person in people}[NAME] == "值班员（演示）"
    assert {event.action for event in accounts.events.latest(100)} == {"demo_made"}
    assert accounts.demonstration.make(START, by="webmap init") == []
    assert not accounts.people.has_administrator()


def test_one_press_signs_in_and_goes_where_one_wanted_to(browser: Browser) -> None:
    hidden = {**browser.hidden("/sign-in?next=/plans/heating-zezhou")}
    assert hidden["next"] == "/plans/heating-zezhou"
    answer = browser.open(PRESS, "POST", data=hidden)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/plans/heating-zezhou")
    viewer = browser.open("/api/viewer").get_json()
    assert viewer["person"] == {
        "id": viewer["person"]["id"],
        "name": NAME,
        "display_name": "值班员（演示）",
        "demo": True,
    }
    assert "record_fact" in viewer["rights"]["general"]
    assert "manage_accounts" not in viewer["rights"]["general"]


def test_the_press_needs_the_forms_proof_and_is_limited(browser: Browser, app: Flask) -> None:
    assert browser.open(PRESS, "POST").status_code == 400
    assert browser.open(PRESS, "POST", data=Browser(app.test_client()).hidden("/sign-in")).status_code == 400
    assert browser.open(PRESS).status_code == 405
    assert browser.who() is None
    assert press(browser, next="//evil.example") == 303
    statuses = [press(Browser(app.test_client())) for _ in range(30)]
    assert statuses[0] == 303
    assert statuses[-1] == 429


@pytest.mark.parametrize("name", ["demo-administrator", "nobody", "wang", "DEMO-DUTY-OFFICER", "%00"])
def test_only_these_accounts_are_open_to_anybody(browser: Browser, accounts: Accounts, name: str) -> None:
    add(accounts, "wang", Role.COMMANDER)
    assert press(browser, f"/sign-in/demo/{name}") == 404
    assert browser.who() is None


def test_beside_other_data_they_are_worth_nothing(browser: Browser, accounts: Accounts, sample: Engine) -> None:
    assert press(browser) == 303
    assert browser.who() == NAME
    write(sample, "our own district")
    assert browser.who() is None
    assert browser.open("/").status_code == 303
    assert press(browser) == 404
    assert accounts.demonstration.people() == []
    write(sample, SAMPLE)
    assert browser.who() is None, "what was once overwritten is not trusted again"
    removed = accounts.demonstration.remove(START, by="webmap init")
    assert len(removed) == len(GRANTABLE) - 1
    assert accounts.demonstration.remove(START, by="webmap init") == []
    assert not any(person.active for person in accounts.people.all())
    assert {event.action for event in accounts.events.latest(6)} == {"demo_removed"}


def test_a_token_that_a_demonstration_account_came_by_is_void_too(
    browser: Browser, accounts: Accounts, sample: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webmap.accounts.tokens.require_no_demonstration", lambda _: None)
    _, secret = accounts.tokens.make(accounts.people.named(NAME).id, "x", START, by="test")
    bearer = {"Authorization": f"Bearer {secret}"}
    assert browser.open("/api/viewer", headers=bearer).status_code == 200
    write(sample, "our own district")
    assert browser.open("/api/viewer", headers=bearer).status_code == 401


def test_nobody_can_change_one(accounts: Accounts, sample: Engine) -> None:
    person = accounts.people.named(NAME)
    for change in (
        lambda: accounts.people.set_password(person.id, PASSWORD, START, by=person.id),
        lambda: accounts.people.grant(person.id, Grant(Role.ADMINISTRATOR), START, by="test"),
        lambda: accounts.people.revoke(person.id, Grant(Role.DUTY_OFFICER), START, by="test"),
        lambda: accounts.tokens.make(person.id, "x", START, by=person.id),
    ):
        with pytest.raises(DemonstrationAccount):
            change()
    assert accounts.people.named(NAME) == person
    assert accounts.tokens.of(person.id) == []


def test_one_that_was_shut_stays_shut_and_a_taken_name_stays_its_owners(accounts: Accounts, engine: Engine) -> None:
    write(engine, SAMPLE)
    own = add(accounts, NAME, Role.OBSERVER)
    made = accounts.demonstration.make(START, by="webmap init")
    assert own.name not in {person.name for person in made}
    assert accounts.demonstration.named(NAME) is None
    accounts.people.deactivate(made[0].id, START, by="test")
    assert accounts.demonstration.make(START, by="webmap init") == []
    assert accounts.demonstration.named(made[0].name) is None


def test_an_empty_database_has_none(accounts: Accounts) -> None:
    assert not accounts.demonstration.is_open()
    assert accounts.demonstration.make(START, by="webmap init") == []
    assert accounts.people.all() == []


@pytest.mark.parametrize(
    ("notes", "is_sample"),
    [
        ([], False),
        ([SAMPLE], True),
        (["sample 000000000000", SAMPLE], True),
        ([SAMPLE, "own"], False),
        (["own", SAMPLE], False),
        (["sample of ours"], False),
        ([SAMPLE, choice_note("chosen", 1, RUN), choice_note("taken_back", 2, RUN), SAMPLE], True),
        ([choice_note("chosen", 1, RUN), SAMPLE], False),
        ([SAMPLE, choice_note("chosen", 1, RUN), "own"], False),
        ([SAMPLE, "siting chosen 1 something"], False),
        (["sample"], False),
        ([f"{SAMPLE}\n"], False),
    ],
)
def test_the_mark_of_the_sample(notes: list[str], is_sample: bool) -> None:
    assert nothing_but_the_sample(notes) is is_sample


@pytest.mark.parametrize(
    ("writes", "is_open"),
    [
        ([(SAMPLE, None), ("pipes of 2025", "demo-1"), ("undone", "demo-1")], True),
        ([(SAMPLE, None), ("pipes of 2025", "demo-1"), ("pipes of 2026", "person-1")], False),
        ([(SAMPLE, None), ("pipes of 2025", None)], False),
        ([(SAMPLE, None), (choice_note("chosen", 1, RUN), "person-1")], True),
        ([("pipes of 2025", "demo-1")], False),
        ([], False),
    ],
)
def test_what_a_demonstration_account_writes_leaves_it_a_demonstration(
    writes: list[tuple[str, str | None]], is_open: bool
) -> None:
    assert nothing_but_a_demonstration(writes, {"demo-1"}) is is_open


def test_the_accounts_stay_open_after_their_own_import_and_not_after_another(
    sample: Engine, accounts: Accounts
) -> None:
    open_to_all = accounts.demonstration.people()
    planner = next(person for person in open_to_all if person.name == "demo-planner")
    counties = {"counties": small_district()["counties"]}
    Store(sample).replace(counties, "pipes", Written(Author(planner.id, planner.display_name), "import"))
    assert accounts.demonstration.people() == open_to_all
    Store(sample).replace(counties, "pipes", Written(Author("person-1", "李"), "import"))
    assert accounts.demonstration.people() == []
