"""Reports from the place in both databases: stored once, answered once, and in backups with their photographs."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.web.field.pictures import from_a_phone, two_halves
from webmap.field.body import Told
from webmap.field.errors import FieldRefused
from webmap.field.photos import made_anew
from webmap.field.records import Answer
from webmap.field.reports import MOST_WAITING, FieldReports
from webmap.incidents.errors import ClientKeyReused
from webmap.incidents.records import Author
from webmap.storage.backup import load_backup, save_backup
from webmap.storage.engine import open_engine
from webmap.storage.upgrade import upgrade

WANG, LI = Author("p-1", "王师傅"), Author("p-2", "李师傅")
AT = datetime.fromisoformat("2026-01-12T08:00:00+08:00")


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """An empty database of each kind."""
    if request.param == "sqlite":
        engine = open_engine(f"sqlite:///{tmp_path / 'webmap.sqlite'}")
    else:
        make: Callable[[], str] = request.getfixturevalue("new_postgis_url")
        engine = open_engine(make())
    request.addfinalizer(engine.dispose)
    upgrade(engine)
    return engine


def told(text: str = "漏气", plan: str = "energy") -> Told:
    return Told(plan=plan, what="gas_leak", happened_at=AT, text=text)


def test_the_same_report_at_the_same_time_is_stored_once(engine: Engine) -> None:
    reports = FieldReports(engine)
    photo = made_anew(from_a_phone(two_halves()))

    def add(_: int) -> str:
        return reports.add(told(), [photo], WANG, drill=False, client_key="k")[0].id

    with ThreadPoolExecutor(6) as people:
        assert len(set(people.map(add, range(12)))) == 1
    assert reports.add(told(), [], LI, drill=False, client_key="k")[1]
    with pytest.raises(ClientKeyReused):
        reports.add(told("别的"), [], WANG, drill=False, client_key="k")
    [waiting] = reports.waiting(["energy", "heating"])
    assert (waiting.plan, waiting.incident, waiting.count) == ("energy", None, 2)


def test_answers_come_one_after_another_and_all_are_kept(engine: Engine) -> None:
    reports = FieldReports(engine)
    report = reports.add(told(), [], WANG, drill=False)[0]
    taken: list[str] = []

    def answer(name: str) -> None:
        with reports.answering():
            if reports.read(report.id).state == "waiting":
                reports.answer(report.id, Answer("declined", "2026-01-12T00:00:00Z", name, name, "误报"), drill=False)
                taken.append(name)

    with ThreadPoolExecutor(5) as officers:
        list(officers.map(answer, "abcde"))
    assert len(taken) == 1
    with reports.answering():
        reports.answer(report.id, Answer("confirmed", "2026-01-12T01:00:00Z", "f", "f", entries=()), drill=False)
    assert [one.state for one in reports.read(report.id).answers] == ["declined", "confirmed"]
    assert reports.find(["energy"], "waiting") == ([], 0)


def test_a_backup_holds_the_photographs_byte_for_byte(engine: Engine, tmp_path: Path) -> None:
    reports = FieldReports(engine)
    photos = [made_anew(from_a_phone(two_halves(600 + side, 400))) for side in range(3)]
    report = reports.add(told(), photos, WANG, drill=False)[0]
    save_backup(engine, tmp_path / "backup.zip")
    other = open_engine(f"sqlite:///{tmp_path / 'other.sqlite'}")
    load_backup(other, tmp_path / "backup.zip")
    restored = FieldReports(other)
    assert restored.read(report.id) == reports.read(report.id)
    assert [restored.photo(report.id, number) for number in (1, 2, 3)] == [photo.content for photo in photos]
    other.dispose()


def test_a_phone_gone_wrong_fills_no_list(engine: Engine) -> None:
    reports = FieldReports(engine)
    for number in range(MOST_WAITING):
        reports.add(told(str(number)), [], WANG, drill=False)
    with pytest.raises(FieldRefused) as refused:
        reports.add(told("多了"), [], WANG, drill=False)
    assert refused.value.rule == "too_many_waiting"
    assert reports.add(told(), [], LI, drill=False)[1]
    assert [report.author for report in reports.find(["energy"], author_id=LI.id)[0]] == ["李师傅"]
