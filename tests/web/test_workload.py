"""Long computations: how many run at once, who shares an answer, what is kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from webmap.workload import TooBusy, Workload


class Held:
    """A computation that goes on until it is let go."""

    def __init__(self, answer: Any = "done") -> None:
        self.started, self.go, self.runs, self._answer = threading.Event(), threading.Event(), 0, answer

    def __call__(self) -> Any:
        self.runs += 1
        self.started.set()
        assert self.go.wait(20)
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


def refuse() -> Any:
    raise AssertionError("computed although it was not to be")


def counted(calls: list[int], value: int) -> Callable[[], int]:
    def make() -> int:
        calls.append(value)
        return value

    return make


def test_more_than_the_slots_are_turned_away_until_one_is_done() -> None:
    workload = Workload(slots=2)
    first, second = Held("a"), Held("b")
    with ThreadPoolExecutor(2) as pool:
        running = [pool.submit(workload.answer, "a", 7, first), pool.submit(workload.answer, "b", 30, second)]
        assert first.started.wait(20)
        assert second.started.wait(20)
        with pytest.raises(TooBusy) as refused:
            workload.answer("c", 5, refuse)
        assert 1 <= refused.value.retry_after_s <= 7, "the first slot is free after 7 s"
        first.go.set()
        assert running[0].result(20) == "a"
        assert workload.answer("c", 5, lambda: "c") == "c"
        second.go.set()
        assert running[1].result(20) == "b"


def test_who_asks_the_same_meanwhile_gets_the_same_answer_and_takes_no_slot() -> None:
    workload = Workload(slots=1)
    held = Held(["one answer"])
    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(workload.answer, "a", 5, held)
        assert held.started.wait(20)
        others = [pool.submit(workload.answer, "a", 5, refuse) for _ in range(2)]
        held.go.set()
        answers = [task.result(20) for task in (first, *others)]
    assert held.runs == 1
    assert all(answer is answers[0] for answer in answers)


def test_an_answer_is_kept_and_the_oldest_one_goes() -> None:
    workload = Workload(kept=2)
    calls: list[int] = []
    for key in (1, 2, 1, 3, 1, 2):
        assert workload.answer(key, 1, counted(calls, key)) == key
    assert calls == [1, 2, 3, 2], "1 was asked for between, so 2 went when 3 came"


def test_a_failure_is_told_to_all_who_wait_and_not_kept() -> None:
    workload = Workload(slots=1)
    held = Held(ValueError("no such fault"))
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(workload.answer, "a", 5, held)
        assert held.started.wait(20)
        second = pool.submit(workload.answer, "a", 5, refuse)
        while not second.running():
            threading.Event().wait(0.01)
        threading.Event().wait(0.5)
        held.go.set()
        for task in (first, second):
            with pytest.raises(ValueError, match="no such fault"):
                task.result(20)
    assert workload.answer("a", 5, lambda: "well") == "well"


def test_a_late_computation_still_tells_a_time_to_come_back() -> None:
    workload = Workload(slots=1)
    held = Held()
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(workload.answer, "a", 0, held)
        assert held.started.wait(20)
        with pytest.raises(TooBusy) as refused:
            workload.answer("b", 5, refuse)
        assert refused.value.retry_after_s == 1
        held.go.set()
        running.result(20)
