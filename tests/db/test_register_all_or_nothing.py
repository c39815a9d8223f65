"""What goes out is written whole or not at all, by one of all who try at once, with a number of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from tests.db.conftest import upgraded_engine as engine
from tests.db.test_register import BY_OFFICE, counted, issued
from tests.db.warning_cases import DEPUTY, DIRECTOR, DUTY, HEATING, Desk, content, desk, lift, resolved, step
from tests.web.warnings.test_cap_signature import signing, written
from webmap.cap_settings import CapSettings
from webmap.incidents.admission import read_fact
from webmap.incidents.errors import Refused
from webmap.incidents.records import Author
from webmap.storage.tables import ENTRIES, WARNING_MESSAGES
from webmap.storage.upgrade import upgrade
from webmap.warnings import publication, register
from webmap.warnings.cap import read_alert
from webmap.warnings.cap.signature import verify_alert
from webmap.warnings.errors import StepConflict
from webmap.warnings.register import Taken

__all__ = ["engine"]


class PulledPlugError(Exception):
    """The process ends in the middle."""


@pytest.fixture
def at_desk(engine: Engine, tmp_path: Path) -> Desk:
    upgrade(engine)
    return desk(engine, tmp_path)


def _fails(*_args: object, **_more: object) -> Any:
    raise PulledPlugError


#: What is written one after the other; each of them fails once.
WRITTEN = [
    (publication, "message_bytes"),
    (publication, "store_message"),
    (register, "store_step"),
]


@pytest.mark.parametrize(("module", "name"), WRITTEN, ids=[name for _, name in WRITTEN])
@pytest.mark.parametrize("kind", ["issued", "lifted"])
def test_a_failure_in_the_middle_leaves_nothing(
    at_desk: Desk, monkeypatch: pytest.MonkeyPatch, kind: str, module: Any, name: str
) -> None:
    if kind == "issued":
        state = at_desk.register.draft(at_desk.incident(), content(), resolved(), DIRECTOR).state
        wanted = step("issued", office=BY_OFFICE)
    else:
        state, wanted = issued(at_desk), lift(BY_OFFICE)
    before = counted(at_desk)
    with monkeypatch.context() as broken:
        broken.setattr(module, name, _fails)
        with pytest.raises(PulledPlugError):
            at_desk.register.take(state.id, wanted, DIRECTOR)
    assert counted(at_desk) == before
    assert at_desk.register.read(state.id).length == state.length
    assert at_desk.journal.verify(state.incident_id)[1] == []
    assert at_desk.register.take(state.id, wanted, DIRECTOR).state.length == state.length + 1


def test_deliveries_that_cannot_be_written_undo_the_issue(at_desk: Desk) -> None:
    state = at_desk.register.draft(at_desk.incident(), content(channels=["pigeon"]), resolved(), DIRECTOR).state
    before = counted(at_desk)
    with pytest.raises(KeyError, match="pigeon"):
        at_desk.register.take(state.id, step("issued", office=BY_OFFICE), DIRECTOR)
    assert counted(at_desk) == before


def _at_once(count: int, act: Callable[[int], Taken]) -> list[str]:
    def told(number: int) -> str:
        try:
            return "done" if act(number).is_new else "found"
        except StepConflict:
            return "conflict"
        except Refused as refused:
            return refused.code

    with ThreadPoolExecutor(count) as threads:
        return sorted(threads.map(told, range(count)))


def test_of_two_who_issue_at_once_one_wins_and_the_other_is_told(at_desk: Desk) -> None:
    state = at_desk.register.draft(at_desk.incident(), content("large"), resolved("large"), DUTY).state
    at_desk.register.take(state.id, step("submitted"), DUTY)
    at_desk.register.take(state.id, step("approved", office="副指挥长"), DEPUTY)
    people = [(DIRECTOR, BY_OFFICE), (DEPUTY, "副指挥长")]

    def issue(number: int) -> Taken:
        person, office = people[number % 2]
        return at_desk.register.take(state.id, step("issued", office=office), person, expected=3)

    assert _at_once(6, issue) == ["conflict"] * 5 + ["done"]
    assert counted(at_desk)["warning_messages"] == 1
    assert at_desk.journal.verify(state.incident_id)[1] == []


def test_a_request_that_comes_twice_at_once_is_written_once(at_desk: Desk) -> None:
    incident = at_desk.incident()

    def draft(_: int) -> Taken:
        return at_desk.register.draft(incident, content(), resolved(), DIRECTOR, client_key="k")

    assert _at_once(6, draft) == ["done"] + ["found"] * 5
    (state,) = at_desk.register.list()

    def issue(_: int) -> Taken:
        return at_desk.register.take(state.id, step("issued", office=BY_OFFICE), DIRECTOR, expected=1, client_key="i")

    told = _at_once(6, issue)
    assert told == ["done"] + ["found"] * 5
    assert counted(at_desk)["warning_messages"] == 1


def test_messages_are_numbered_apart_whoever_issues_at_once(at_desk: Desk) -> None:
    """Warnings of several incidents, and of one; beside them people write to the same logs."""
    incidents = [at_desk.incident() for _ in range(3)]
    drafts = [
        at_desk.register.draft(incidents[number % 3], content(), resolved(), DIRECTOR).state.id for number in range(12)
    ]

    def live(number: int) -> None:
        at_desk.register.take(drafts[number], step("issued", office=BY_OFFICE), DIRECTOR)
        at_desk.journal.append(incidents[number % 3], _note(at_desk, number), Author(f"p-{number}", "甲"))
        at_desk.register.take(drafts[number], lift(BY_OFFICE), DIRECTOR)

    with ThreadPoolExecutor(12) as threads:
        list(threads.map(live, range(12)))
    with at_desk.engine.connect() as connection:
        rows = connection.execute(select(WARNING_MESSAGES.c.serial, WARNING_MESSAGES.c.identifier)).all()
        kinds = list(connection.scalars(select(ENTRIES.c.kind)))
    assert sorted(row.serial for row in rows) == list(range(1, 25))
    assert len({row.identifier for row in rows}) == 24
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "reported": 3,
        "warning_issued": 12,
        "note": 12,
        "warning_lifted": 12,
    }
    assert [at_desk.journal.verify(incident)[1] for incident in incidents] == [[]] * 3


def _note(at_desk: Desk, number: int) -> Any:
    return read_fact({"kind": "note", "happened_at": at_desk.clock.after(), "text": f"第 {number} 条"})


@pytest.mark.parametrize(
    ("cap", "code", "setting"),
    [
        (CapSettings(signing_key="/nowhere/key.pem"), "signing_key_missing", "CAP_SIGNING_CERTIFICATE"),
        (
            CapSettings(signing_key="/nowhere/key.pem", signing_certificate="/nowhere/cert.pem"),
            "signing_key_unusable",
            "CAP_SIGNING_KEY",
        ),
    ],
)
def test_an_unusable_key_is_told_before_anything_is_written(
    engine: Engine, tmp_path: Path, cap: CapSettings, code: str, setting: str
) -> None:
    upgrade(engine)
    at_desk = desk(engine, tmp_path, cap)
    state = at_desk.register.draft(at_desk.incident(HEATING), content(), resolved(), DIRECTOR).state
    before = counted(at_desk)
    with pytest.raises(Refused) as told:
        at_desk.register.take(state.id, step("issued", office=BY_OFFICE), DIRECTOR)
    assert told.value.code == code
    for language in ("zh", "en"):
        assert setting in told.value.message(language)  # type: ignore[arg-type]
        assert setting in told.value.remedy(language)  # type: ignore[arg-type]
    assert counted(at_desk) == before


def test_messages_are_signed_where_a_key_is_set(engine: Engine, tmp_path: Path) -> None:
    upgrade(engine)
    signer = signing()
    at_desk = desk(engine, tmp_path, written(tmp_path, signer))
    state = issued(at_desk)
    at_desk.register.take(state.id, lift(BY_OFFICE), DIRECTOR)
    for message in at_desk.register.messages(state.id):
        proven, _ = verify_alert(message.xml, [signer.certificate], at_desk.clock())
        assert read_alert(proven).identifier == message.identifier


_DIES = """
import os, sys
from pathlib import Path
from tests.db.test_register import BY_OFFICE
from tests.db.warning_cases import DIRECTOR, desk, step
from webmap.storage.engine import open_engine
from webmap.warnings import register
url, home, warning_id = sys.argv[1:]
register.store_step = lambda *_: os._exit(9)
desk(open_engine(url), Path(home)).register.take(warning_id, step("issued", office=BY_OFFICE), DIRECTOR)
"""


def test_a_process_that_dies_before_the_last_write_leaves_nothing(at_desk: Desk, tmp_path: Path) -> None:
    state = at_desk.register.draft(at_desk.incident(), content(), resolved(), DIRECTOR).state
    before = counted(at_desk)
    url = at_desk.engine.url.render_as_string(hide_password=False)
    died = subprocess.run(
        [sys.executable, "-c", _DIES, url, str(tmp_path), state.id],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        check=False,
    )
    assert died.returncode == 9, died.stderr
    assert counted(at_desk) == before
    assert at_desk.register.take(state.id, step("issued", office=BY_OFFICE), DIRECTOR).state.in_force is not None
    assert at_desk.journal.verify(state.incident_id)[1] == []
