"""Compile the loops of the analysis once, into numba's cache on disk, by asking what the tests ask most often.

In a fresh checkout every test process would compile them for itself, all at the same time.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from priority.plans import Plan
    from webmap.runtime import Snapshot

_AT = "2026-01-12T08:00:00+08:00"


@contextmanager
def compiling_beside(root: Path, python: Path, variables: Mapping[str, str]) -> Iterator[None]:
    """Compile in the background while the block runs, and wait at its end. What fails here, the tests will tell."""
    with _running(root, variables, *([str(python), "-m", "tools.compiling", part] for part in _PARTS)):
        yield


@contextmanager
def collecting_beside(root: Path, python: Path, variables: Mapping[str, str]) -> Iterator[None]:
    """Import all tests in the background while the block runs, so that pytest's own compiling is done once.

    Processes that begin at the same time would each do it for themselves.
    """
    with _running(root, variables, [str(python), "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]):
        yield


@contextmanager
def _running(root: Path, variables: Mapping[str, str], *commands: list[str]) -> Iterator[None]:
    quiet = subprocess.DEVNULL
    running = [
        subprocess.Popen(command, cwd=root, env=dict(variables), stdin=quiet, stdout=quiet, stderr=quiet)
        for command in commands
    ]
    try:
        yield
    except BaseException:
        for process in running:
            process.terminate()
        raise
    finally:
        for process in running:
            process.wait()


def _analyse_something() -> None:
    """Assess, rate, repair and supply in the sample."""
    from layers.sample import read_sample  # noqa: PLC0415  only the environment of the product has these
    from priority.plans import plan_book  # noqa: PLC0415
    from webmap.api.warming import assess_something, film_something, rate_everything  # noqa: PLC0415
    from webmap.runtime import Snapshot  # noqa: PLC0415

    snapshot, plans = Snapshot("sample", read_sample()), plan_book(None)
    assess_something(snapshot, plans)
    rate_everything(snapshot, plans)
    film_something(snapshot, plans)
    _plan_something(snapshot, plans)


def _plan_something(snapshot: Snapshot, plans: Mapping[str, Plan]) -> None:
    """Repair a station, bring supplies where every source is lost, and list what to guard."""
    from webmap.api.dispatch import (  # noqa: PLC0415
        dispatch_document,
        read_dispatch_request,
        suggestion_document,
    )
    from webmap.api.protection import protection_document  # noqa: PLC0415
    from webmap.api.restorations import read_planning_request, restoration_document  # noqa: PLC0415

    nodes = snapshot.visible("network_nodes", restricted=False)
    station: str = nodes.loc[nodes["kind"] == "substation", "id"].iloc[0]
    incident = {"plan": next(iter(plans)), "at": _AT, "faults": [{"element": station}]}
    crew = {"id": "crew", "name": "crew", "skills": ["electricity"], "depot": [112.85, 35.5]}
    unit = {"id": "unit", "name": "unit", "kind": "generator", "depot": [112.85, 35.5]}
    crews: dict[str, Any] = {"crews": [crew], "units": [unit], "seconds": 1.0}
    asked = read_planning_request({"incident": incident, "crews": crews}, plans, "zh")
    restoration_document(snapshot, asked)
    # Nobody needs anything brought while one station is out.
    sources = nodes.loc[nodes["kind"] == "source", "id"]
    dark = {**incident, "faults": [{"element": source} for source in sources]}
    supply = {**suggestion_document(snapshot, "zh"), "seconds": 1.0}
    dispatch_document(snapshot, read_dispatch_request({"incident": dark, "supply": supply}, plans, "zh"))
    protection_document(snapshot, next(iter(plans.values())), datetime.fromisoformat(_AT), 72.0, "zh")


def _place_something() -> None:
    """Ask every siting model of a few places, with and without capacities, and with demands shared."""
    import numpy as np  # noqa: PLC0415

    from priority.siting.distances import Distances  # noqa: PLC0415
    from priority.siting.effort import Effort  # noqa: PLC0415
    from priority.siting.problem import MODELS, Question, SitingProblem  # noqa: PLC0415
    from priority.siting.solve import solve_siting  # noqa: PLC0415

    random = np.random.default_rng(1)
    places = random.random((120, 2))
    distances = Distances.from_dense(np.hypot(*np.moveaxis(places[:, None] - places, 2, 0)))
    weight = random.integers(1, 8, len(places)).astype(float)
    for capacity in (np.inf, 90.0):
        problem = SitingProblem.of(distances, weight, capacity=np.full(len(places), capacity))
        for model in MODELS:
            for shared in (False, True):
                question = Question(model, None if model == "lscp" else 6, radius=0.15, shared=shared)
                # With capacities a proof may take its time; compiling counts as well.
                solve_siting(problem, question, Effort(1.0 if problem.limited else 20.0))


def _bring_something() -> None:
    """Bring one load too few: schedules so short that trips are taken out and put in anew."""
    import numpy as np  # noqa: PLC0415

    from priority.dispatch.problem import DispatchProblem, Need, Stock, Vehicle  # noqa: PLC0415
    from priority.dispatch.solve import solve_dispatch  # noqa: PLC0415
    from priority.siting.effort import Effort  # noqa: PLC0415

    needs = (Need(0, 0, 0, 3_600, 36_000, 1_000), Need(1, 0, 0, 1_800, 36_000, 2_000))
    lorry = Vehicle(0, 4_000, 0, 600, 600)
    way = np.full((1, 1, 2), 1_200, np.int64)
    problem = DispatchProblem(needs, (Stock(0, 12_000),), (lorry,), np.full((1, 1), 900, np.int64), way)
    # Compiling counts as time of the search, which ends long before.
    solve_dispatch(problem, Effort(120.0))


def _place_and_bring_something() -> None:
    _place_something()
    _bring_something()


_PARTS = {"analysis": _analyse_something, "siting": _place_and_bring_something}

if __name__ == "__main__":
    _PARTS[sys.argv[1]]()
