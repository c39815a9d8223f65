"""Who may watch, for how long, and how many: what a stream that is open does when that changes."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.web.live.listener import Room
from tests.web.log.house import OTHER_PLAN, PLAN, House, error_of, fact
from webmap.accounts.roles import Grant, Role
from webmap.incidents.kept import KeptLogs
from webmap.live.hub import Hub
from webmap.live.places import Lane, leave_lane
from webmap.live.stream import Rhythm

QUICK = Rhythm(beat_s=0.05, rights_s=0.1, age_s=600)


@pytest.fixture
def hurried(house: House) -> House:
    """A house whose streams ask for their rights at once."""
    house.app.extensions["webmap"].live.rhythm = QUICK
    return house


@pytest.fixture
def member(house: House) -> Iterator[str]:
    """Somebody of one test's own."""
    yield house.join(f"member.{time.monotonic_ns()}", Role.DUTY_OFFICER, plan=PLAN)


def person_of(house: House, name: str) -> str:
    return house.accounts.people.named(name).id


def test_who_may_not_see_the_log_may_not_watch_it(house: House, room: Room) -> None:
    incident = house.opened()
    other = house.join(f"other.{time.monotonic_ns()}", Role.DUTY_OFFICER, plan=OTHER_PLAN)
    answers = [house.ask(who, "GET", f"/api/incidents/{incident}/live") for who in ("", other, Role.ADMINISTRATOR)]
    assert [answer.status_code for answer in answers] == [401, 403, 403]
    assert house.ask(Role.OBSERVER, "GET", "/api/incidents/nothing/live").status_code == 404
    assert house.app.extensions["webmap"].live.watched == []


def test_a_token_that_is_revoked_ends_the_stream(hurried: House, room: Room, member: str) -> None:
    listener = room.listen(hurried.opened(), who=member)
    listener.await_of("beat", 6)
    assert not listener.ended
    hurried.accounts.tokens.revoke_all(person_of(hurried, member), hurried.accounts.clock(), by="test")
    assert listener.await_end() == "rights"


def test_an_account_that_is_shut_ends_the_stream(hurried: House, room: Room, member: str) -> None:
    listener = room.listen(hurried.opened(), who=member)
    listener.await_of("beat")
    hurried.accounts.people.deactivate(person_of(hurried, member), hurried.accounts.clock(), by="test")
    assert listener.await_end() == "rights"


def test_a_role_that_is_taken_away_ends_the_stream(hurried: House, room: Room, member: str) -> None:
    listener = room.listen(hurried.opened(), who=member)
    listener.await_of("beat")
    person = person_of(hurried, member)
    now = hurried.accounts.clock()
    hurried.accounts.people.revoke(person, Grant(Role.DUTY_OFFICER, PLAN), now, by="test")
    assert listener.await_end() == "rights"


def test_who_is_given_a_role_begins_anew_with_what_it_may_see(hurried: House, room: Room) -> None:
    name = hurried.join(f"watcher.{time.monotonic_ns()}", Role.OBSERVER)
    incident = hurried.opened()
    listener = room.listen(incident, who=name)
    assert listener.await_of("entries")["view"]["may"]["record"] is False
    person = person_of(hurried, name)
    hurried.accounts.people.grant(person, Grant(Role.DUTY_OFFICER), hurried.accounts.clock(), by="test")
    assert listener.await_end() == "age"
    assert room.listen(incident, who=name).await_of("entries")["view"]["may"]["record"] is True


def test_a_stream_shows_that_it_is_alive_and_ends_with_its_age(house: House, room: Room) -> None:
    house.app.extensions["webmap"].live.rhythm = Rhythm(beat_s=0.05, rights_s=600, age_s=0.5)
    listener = room.listen(house.opened())
    assert listener.await_of("beat", 3)["length"] == 1
    assert listener.await_end() == "age"


def test_when_all_places_are_taken_others_are_refused_until_one_is_free(house: House, room: Room) -> None:
    incident = house.opened()
    listeners = [room.listen(incident) for _ in range(12)]
    for listener in listeners:
        listener.await_of("entries")
    refused = house.ask(Role.OBSERVER, "GET", f"/api/incidents/{incident}/live")
    assert (refused.status_code, error_of(refused)["code"]) == (503, "live_full")
    assert int(refused.headers["Retry-After"]) > 0
    assert house.ask(Role.OBSERVER, "GET", f"/api/incidents/{incident}").status_code == 200
    house.app.extensions["webmap"].live.watched[0].end("restart")
    for listener in listeners:
        listener.join()
    assert room.listen(incident).status == 200


def test_a_client_that_goes_away_leaves_its_place(house: House) -> None:
    incident = house.opened()
    answer = house.app.test_client().open(
        f"/api/incidents/{incident}/live", headers={"Authorization": f"Bearer {house.tokens[Role.OBSERVER]}"}
    )
    next(answer.iter_encoded())
    assert len(house.app.extensions["webmap"].live.watched) == 1
    answer.close()
    assert house.app.extensions["webmap"].live.watched == []


def test_who_has_more_than_there_is_has_another_log(house: House, room: Room) -> None:
    assert room.listen(house.opened(), "?after=9").await_end() == "gone"


def test_who_has_an_entry_that_nobody_was_told_of_yet_is_served(
    house: House, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident = house.opened()
    before = room.listen(incident)
    before.await_entry(1)
    with monkeypatch.context() as slow:
        slow.setattr(Hub, "_tell", lambda hub, channel: None)
        house.written(incident, fact("note", 1, text="雪还在下"))
        after = room.listen(incident, "?after=2")
        assert after.await_of("entries")["length"] == 2
        before.await_entry(2)
    house.written(incident, fact("note", 2, text="雪停了"))
    before.await_entry(3)
    after.await_entry(3)
    assert (before.numbers(), after.numbers()) == ([1, 2, 3], [3])


@pytest.mark.parametrize("reason", ["restart", "gone"])
def test_who_comes_back_is_served_though_somebody_has_not_heard_yet_that_it_ended(
    house: House, room: Room, reason: str
) -> None:
    incident = house.opened()
    deaf = house.app.test_client().open(
        f"/api/incidents/{incident}/live", headers={"Authorization": f"Bearer {house.tokens[Role.OBSERVER]}"}
    )
    next(deaf.iter_encoded())
    listener = room.listen(incident)
    listener.await_entry(1)
    house.app.extensions["webmap"].live.watched[0].end(reason)
    assert listener.await_end() == reason
    again = room.listen(incident, "?after=1")
    again.await_of("picture")
    house.written(incident, fact("note", 1, text="雪还在下"))
    again.await_entry(2)
    deaf.close()
    assert again.of("bye") == []
    house.written(incident, fact("note", 2, text="雪停了"))
    again.await_entry(3)


@pytest.mark.parametrize("kept", [[1], [1, 3], [1, 3, 3]])
def test_streams_of_a_log_end_when_another_one_is_in_its_place(
    house: House, room: Room, monkeypatch: pytest.MonkeyPatch, kept: list[int]
) -> None:
    incident = house.opened(fact("note", 1, text="雪还在下"))
    other = house.opened(fact("note", 1, text="一"), fact("note", 2, text="二"))
    listener = room.listen(incident)
    listener.await_entry(2)
    [channel] = house.app.extensions["webmap"].live.watched
    strange = house.app.extensions["webmap"].logs.look(other).log.entries
    mine = channel.look.log.entries
    entries = [mine[0], *(strange[number - 1] for number in kept[1:])]
    loaded = replace(channel.look, length=len(entries), log=replace(channel.look.log, entries=entries))
    monkeypatch.setattr(KeptLogs, "look", lambda _, __: loaded)
    house.app.extensions["webmap"].live.entries_written(incident)
    assert listener.await_end() == "gone"


def test_a_nudge_reaches_those_who_watch_that_incident_or_all(house: House, room: Room) -> None:
    one, other = house.opened(), house.opened(fact("note", 1, text="另一起"))
    here, there = room.listen(one), room.listen(other)
    for listener in (here, there):
        listener.await_of("entries")
    signals = house.app.extensions["webmap"].signals
    signals.nudge("drill", one)
    assert here.await_of("nudge") == {"what": "drill"}
    signals.nudge("attention")
    assert there.await_of("nudge") == {"what": "attention"}
    assert here.await_of("nudge", 2) == {"what": "attention"}
    assert len(there.of("nudge")) == 1


def test_ordinary_requests_wait_for_each_other_and_not_for_those_who_watch() -> None:
    lane, inside, go = Lane(2), threading.Semaphore(0), threading.Event()

    def request(*, watches: bool) -> None:
        with lane.entered():
            if watches:
                leave_lane()
            inside.release()
            go.wait(10)

    threads = [threading.Thread(target=request, kwargs={"watches": True}, daemon=True) for _ in range(5)]
    threads += [threading.Thread(target=request, kwargs={"watches": False}, daemon=True) for _ in range(4)]
    for thread in threads:
        thread.start()
    assert all(inside.acquire(timeout=10) for _ in range(7))
    assert not inside.acquire(timeout=0.1)
    go.set()
    assert all(inside.acquire(timeout=10) for _ in range(2))
    for thread in threads:
        thread.join(10)
