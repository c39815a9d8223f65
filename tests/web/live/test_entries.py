"""What is written reaches everybody who watches: in order, nothing missing, nothing twice, as each may see it."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.web.live.listener import Listener, Room
from tests.web.log.house import House, fact
from tests.web.network import HIDDEN_ID, HIDDEN_NAME
from webmap.accounts.roles import Role
from webmap.incidents.journal import Look
from webmap.live.messages import Message
from webmap.live.telling import Teller


def test_who_comes_gets_what_they_have_not_seen_and_how_it_stands(house: House, room: Room) -> None:
    incident = house.opened(fact("fault_located", 1, element="e-bus"), fact("note", 2, text="已派人"))
    listener = room.listen(incident, "?after=1")
    first = listener.await_of("entries")
    assert (first["after"], first["length"]) == (1, 3)
    answered = house.entries(incident, 1)
    assert (first["incident"], first["entries"]) == (answered["incident"], answered["entries"])
    assert first["view"] == house.view(incident)
    assert listener.events[0][1] == "3"
    assert listener.headers["Content-Type"].startswith("text/event-stream")
    assert listener.headers["Cache-Control"] == "no-store"
    assert listener.headers["X-Accel-Buffering"] == "no"


def test_who_has_everything_is_told_how_it_stands_all_the_same(house: House, room: Room) -> None:
    incident = house.opened()
    first = room.listen(incident, "?after=1").await_of("entries")
    assert (first["entries"], first["length"]) == ([], 1)
    assert first["view"]["phase"] == "reported"


def test_entries_written_by_several_at_once_come_in_order_to_all_wherever_they_begin(house: House, room: Room) -> None:
    incident = house.opened()
    chance = random.Random(12)  # noqa: S311
    listeners: list[tuple[int, Listener]] = [(0, room.listen(incident))]
    with ThreadPoolExecutor(3) as writers:
        written = [writers.submit(house.written, incident, fact("note", 1 + n, text=f"{n}")) for n in range(24)]
        for _ in range(6):
            written[chance.randrange(24)].result()
            after = chance.randrange(house.get(f"/api/incidents/{incident}")["length"])
            by_header = {"Last_Event_ID": str(after)} if chance.random() < 0.5 else {}
            query = "?after=0" if by_header else f"?after={after}"
            listeners.append((after, room.listen(incident, query, **by_header)))
    for after, listener in listeners:
        listener.await_entry(25)
        assert listener.numbers() == list(range(after + 1, 26))
        assert [int(number or 0) for kind, number, _ in listener.events if kind == "entries"][-1] == 25


def test_a_slow_reader_gets_several_entries_in_one_event(house: House, room: Room) -> None:
    incident = house.opened()
    answer = house.app.test_client().open(
        f"/api/incidents/{incident}/live?after=1", headers={"Authorization": f"Bearer {house.tokens['duty_officer']}"}
    )
    pieces = answer.iter_encoded()
    next(pieces)
    for number in range(5):
        house.written(incident, fact("note", 1 + number, text="雪还在下"))
    quick = room.listen(incident)
    quick.await_entry(6)
    text = b""
    while b"event: entries" not in text or b'"length":6' not in text:
        text += next(pieces)
    assert text.count(b"event: entries") == 1
    answer.close()


def test_a_correction_comes_as_the_log_tells_it(house: House, room: Room) -> None:
    incident = house.opened(fact("fault_located", 1, element="e-bus"))
    listener = room.listen(incident, "?after=2")
    listener.await_of("entries")
    house.written(incident, fact("correction", 9, corrects=2, replacement=None, reason="看错了"))
    second = listener.await_of("entries", 2)
    assert second["entries"] == house.entries(incident, 2)["entries"]
    assert second["entries"][0]["corrects"] == 2
    assert second["view"]["document"].get("faults", []) == []


@pytest.mark.parametrize("who", [Role.OBSERVER, Role.DUTY_OFFICER, Role.COMMANDER])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_everybody_gets_what_they_would_get_by_asking(house: House, room: Room, who: Role, language: str) -> None:
    incident = house.opened(fact("fault_located", 1, element=HIDDEN_ID), fact("fault_located", 2, element="e-bus"))
    listener = room.listen(incident, f"?after=0&lang={language}", who=who)
    house.written(incident, fact("crew_sent", 3, crew="一队", element=HIDDEN_ID))
    listener.await_entry(4)
    told = [entry for data in listener.of("entries") for entry in data["entries"]]
    assert told == house.get(f"/api/incidents/{incident}/entries?lang={language}", who)["entries"]
    assert listener.of("entries")[-1]["view"] == house.get(f"/api/incidents/{incident}?lang={language}", who)
    listener.await_of("picture")
    hidden = who is Role.OBSERVER
    assert (HIDDEN_NAME in listener.received.decode()) is not hidden
    assert (HIDDEN_ID in listener.received.decode()) is not hidden


def test_an_entry_is_told_once_for_all_who_see_the_same(
    house: House, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident = house.opened()
    people = [Role.OBSERVER, Role.DUTY_OFFICER, Role.COMMANDER]
    listeners = [room.listen(incident, "?after=1", who=who) for who in people for _ in range(3)]
    for listener in listeners:
        listener.await_of("entries")
    told: list[int] = []
    entries = Teller.entries

    def counted(teller: Teller, look: Look, after: int) -> Message:
        told.append(after)
        return entries(teller, look, after)

    monkeypatch.setattr(Teller, "entries", counted)
    for number in range(4):
        house.written(incident, fact("note", 1 + number, text="雪还在下"))
        for listener in listeners:
            listener.await_entry(2 + number)
    assert len(told) == 4 * len(people)


def test_a_client_that_takes_gzip_gets_the_same_in_a_whole_file(house: House, room: Room) -> None:
    incident = house.opened(fact("fault_located", 1, element="e-bus"))
    plain = room.listen(incident, "?after=0", Accept_Encoding="identity")
    packed = room.listen(incident, "?after=0", Accept_Encoding="gzip")
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    for listener in (plain, packed):
        listener.await_of("picture")
    house.written(incident, fact("note", 3, text="雪还在下"))
    for listener in (plain, packed):
        listener.await_entry(3)
    house.app.extensions["webmap"].live.watched[0].end("restart")
    assert [plain.await_end(), packed.await_end()] == ["restart", "restart"]
    plain.join()
    packed.join()  # which fails if the check sum is wrong
    assert plain.events == packed.events
    assert len(packed.received) < len(plain.received) / 2
