"""Photographs of many at once never hold up everybody else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.web.field.pictures import saved, two_halves
from tests.web.field.reporting import photo, send, sent
from tests.web.log.house import House, error_of
from webmap.accounts.roles import Role
from webmap.api.field import desk
from webmap.field.gate import PhotoGate
from webmap.field.photos import Photo, made_anew
from webmap.workload import TooBusy

PICTURE = photo(saved(two_halves()))


class SlowDecoder:
    """Makes photographs anew once it is let go."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()

    def __call__(self, content: bytes) -> Photo:
        self.begun.set()
        assert self.go_on.wait(10)
        return made_anew(content)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowDecoder]:
    decoder = SlowDecoder()
    monkeypatch.setattr(desk, "made_anew", decoder)
    yield decoder
    decoder.go_on.set()


def test_who_sends_many_at_once_is_told_to_come_again_and_others_are_served(house: House, slow: SlowDecoder) -> None:
    with ThreadPoolExecutor() as pool:
        first = pool.submit(send, house, photos=[PICTURE], client_key="slow")
        assert slow.begun.wait(10)
        refused = send(house, photos=[PICTURE], text="第二条")
        assert (refused.status_code, error_of(refused)["code"]) == (503, "too_busy")
        assert int(refused.headers["Retry-After"]) >= 1
        assert send(house, text="没有照片").status_code == 201
        slow.go_on.set()
        assert first.result().status_code == 201
    assert send(house, photos=[PICTURE], text="第二条").status_code == 201


def test_what_was_stored_is_answered_without_looking_at_the_photographs_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = sent(house, Role.DUTY_OFFICER, photos=[PICTURE], client_key="gate-again")

    def never(_content: bytes) -> Photo:
        raise AssertionError("the photograph was decoded once more")

    monkeypatch.setattr(desk, "made_anew", never)
    again = send(house, Role.DUTY_OFFICER, photos=[PICTURE], client_key="gate-again")
    assert (again.status_code, again.get_json()["id"]) == (200, stored["id"])


def test_few_wait_and_none_for_ever() -> None:
    gate = PhotoGate(waiting=1, patience_s=0.1)
    with gate.turn_of("first"):
        with pytest.raises(TooBusy), gate.turn_of("first"):
            pass
        with pytest.raises(TooBusy), gate.turn_of("waited, and gave up"):
            pass
    gate = PhotoGate(waiting=1, patience_s=10)
    served = threading.Event()

    def second() -> None:
        with gate.turn_of("second"):
            served.set()

    with ThreadPoolExecutor() as pool, gate.turn_of("first"):
        pool.submit(second)
        while gate.occupied < 2:
            served.wait(0.005)
        with pytest.raises(TooBusy), gate.turn_of("third"):
            pass
        assert not served.is_set()
    assert served.is_set()
    assert gate.occupied == 0
