"""Whoever cancels or sets a time limit does not wait for a solver that is slow to look up."""

from __future__ import annotations

import time
from threading import Event
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from priority.siting.distances import Distances
from priority.siting.effort import Effort, Progress
from priority.siting.problem import MODELS, Model, Question, SitingProblem
from priority.siting.solve import solve_siting
from priority.siting.solver_thread import run_solver
from tests.priority.siting.test_large import plain


class Slow:
    """A solver that finds a solution at once, and does not look up until it is let go."""

    def __init__(self) -> None:
        self.go = Event()
        self.asked_to_stop = Event()
        for name in ("MipInterrupt", "SimplexInterrupt", "IpmInterrupt", "MipLogging", "MipImprovingSolution"):
            setattr(self, f"cb{name}", [])

    def run(self) -> None:
        found = SimpleNamespace(mip_solution=[1.0, 0.0], objective_function_value=5.0)
        bounds = SimpleNamespace(mip_primal_bound=5.0, mip_dual_bound=3.0)
        self._call("MipImprovingSolution", found)
        self._call("MipLogging", bounds)
        self.go.wait(30)
        self._call("MipInterrupt", bounds)

    def _call(self, name: str, data: Any) -> None:
        for callback in getattr(self, f"cb{name}"):
            callback(SimpleNamespace(data_out=data, interrupt=self.asked_to_stop.set))


class Callbacks(list[Any]):
    """Takes callbacks as HiGHS does, by `+=`."""

    def __iadd__(self, callback: Any) -> Callbacks:  # type: ignore[override]
        self.append(callback)
        return self


@pytest.fixture
def slow() -> Any:
    solver = Slow()
    for name in list(vars(solver)):
        if name.startswith("cb"):
            setattr(solver, name, Callbacks())
    yield solver
    solver.go.set()


def test_a_solver_that_does_not_look_up_is_left_alone_with_what_it_found(slow: Slow) -> None:
    started = time.perf_counter()
    heard = run_solver(slow, Effort(60, cancelled=lambda: time.perf_counter() - started > 0.1), "mclp", 10.0)
    assert time.perf_counter() - started < 5
    assert heard is not None
    assert heard.values is not None
    assert (heard.values.tolist(), heard.objective, heard.bound) == ([1.0, 0.0], 5.0, 3.0)
    slow.go.set()
    assert slow.asked_to_stop.wait(5)


def test_the_listener_hears_from_a_solver_that_says_nothing(slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("priority.siting.solver_thread._TELL_S", 0.1)
    told = list[Progress]()

    def listen(progress: Progress) -> None:
        told.append(progress)
        slow.go.set()

    assert run_solver(slow, Effort(60, listen), "mclp", 10.0) is None
    assert (told[0].stage, told[0].objective, told[0].bound) == ("mclp", 50.0, 30.0)


@pytest.mark.parametrize(("limited", "tiers"), [(False, 1), (True, 3)])
@pytest.mark.parametrize("model", MODELS)
def test_cancelling_and_a_time_limit_end_every_model_soon(model: Model, tiers: int, limited: bool) -> None:
    table, weight = plain(900, 70, 4)
    capacity = np.full(70, weight.sum() / 9) if limited else None
    tier = np.arange(900) % tiers
    problem = SitingProblem.of(Distances.from_dense(table), weight, tier=tier, capacity=capacity)
    question = Question(model, None if model == "lscp" else 14, radius=5000.0)
    started = time.perf_counter()
    found = solve_siting(problem, question, Effort(60, cancelled=lambda: time.perf_counter() - started > 0.1))
    # Half a second on a machine that has nothing else to do.
    assert time.perf_counter() - started < 3
    assert found.status in ("optimal", "gap", "infeasible", "unknown")
    assert (found.objective is None) == (found.status in ("infeasible", "unknown"))
    started = time.perf_counter()
    solve_siting(problem, question, Effort(0.1))
    assert time.perf_counter() - started < 3
