"""Long computations: how many run at once, who shares an answer, what is kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
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
        until_waiting(workload, 1)
        held.go.set()
        for task in (first, second):
            with pytest.raises(ValueError, match="no such fault"):
                task.result(20)
    assert workload.answer("a", 5, lambda: "well") == "well"


def test_a_late_computation_tells_to_come_back_the_later_the_later_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr("webmap.workload.time.monotonic", lambda: clock[0])
    workload = Workload(slots=1)

    def compute() -> str:
        told = []
        for clock[0] in (100.0, 129.0, 130.0, 140.0, 400.0):
            with pytest.raises(TooBusy) as refused:
                workload.answer("b", 5, refuse)
            told.append(refused.value.retry_after_s)
        assert told == [30, 2, 2, 10, 60]
        return "late"

    assert workload.answer("a", 30, compute) == "late"


def test_few_may_wait_for_one_answer_and_few_in_all() -> None:
    workload = Workload(slots=2, waiting=3, waiting_each=2)
    first, second = Held("a"), Held("b")
    with ThreadPoolExecutor(5) as pool:
        running = [pool.submit(workload.answer, "a", 9, first), pool.submit(workload.answer, "b", 30, second)]
        assert first.started.wait(20)
        assert second.started.wait(20)
        running += [pool.submit(workload.answer, "a", 9, refuse) for _ in range(2)]
        until_waiting(workload, 2)
        with pytest.raises(TooBusy) as refused:
            workload.answer("a", 9, refuse)
        assert 2 <= refused.value.retry_after_s <= 9, "when this very answer should be there"
        running.append(pool.submit(workload.answer, "b", 30, refuse))
        until_waiting(workload, 3)
        with pytest.raises(TooBusy) as refused:
            workload.answer("b", 30, refuse)
        assert 9 < refused.value.retry_after_s <= 30
        first.go.set()
        second.go.set()
        assert [task.result(20) for task in running] == ["a", "b", "a", "a", "b"]
    until_waiting(workload, 0)
    assert workload.answer("a", 9, refuse) == "a", "what is kept needs nobody to wait"


def test_nobody_waits_longer_than_the_computation_may_take() -> None:
    workload = Workload(slots=1, waiting=1, margin_s=0.05)
    held = Held("late")
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(workload.answer, "a", 0, held)
        assert held.started.wait(20)
        for _ in range(2):  # the place of who gave up is free again
            with pytest.raises(TooBusy) as refused:
                workload.answer("a", 0, refuse)
            assert refused.value.retry_after_s == 2
        held.go.set()
        assert running.result(20) == "late"
    assert workload.answer("a", 0, refuse) == "late"


def test_a_computation_of_its_own_takes_a_slot_and_is_not_kept() -> None:
    workload = Workload(slots=1)

    def compute() -> str:
        with pytest.raises(TooBusy):
            workload.admit(5, refuse)
        with pytest.raises(TooBusy):
            workload.answer("a", 5, refuse)
        return "own"

    assert workload.admit(5, compute) == "own"
    with pytest.raises(ValueError, match="wrong"):
        workload.admit(5, lambda: int("wrong"))
    assert workload.admit(5, lambda: "again") == "again"


@pytest.mark.parametrize(("threads", "held_at_most"), [(1, 1), (4, 1), (5, 1), (6, 2), (7, 3), (12, 8), (64, 8)])
def test_threads_are_left_to_everybody_else(threads: int, held_at_most: int) -> None:
    workload = Workload.beside(threads)
    go = Held()
    with ThreadPoolExecutor(24) as pool:
        tasks = [pool.submit(workload.answer, key, 20, go) for key in (0, 1, 2, 3) for _ in range(6)]
        until_done(tasks, 24 - held_at_most)
        go.go.set()
        refused = sum(isinstance(task.exception(20), TooBusy) for task in tasks)
    assert 24 - refused == held_at_most


def until_waiting(workload: Workload, count: int) -> None:
    for _ in range(2000):
        if workload.waiting_now == count:
            return
        threading.Event().wait(0.01)
    raise AssertionError(f"{workload.waiting_now} wait, not {count}")


def until_done(tasks: list[Future[Any]], count: int) -> None:
    for _ in range(2000):
        if sum(task.done() for task in tasks) >= count:
            return
        threading.Event().wait(0.01)
    raise AssertionError("too many are held")
