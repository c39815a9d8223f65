"""How long the four siting models take, how near the optimum they are, and spopt beside them, in one run.

    .venv/bin/python -m benchmarks.siting

Random places on a plain of 30 km, straight distances rounded to metres, people drawn from a log-normal distribution.
spopt runs in `.venv-oracles` (`make test` makes it) with CBC, each row in a process of its own that is ended after
`SPOPT_SECONDS`. Ours is timed once, after the compiled loops were used once; memory is
the peak of a process of its own.
"""

from __future__ import annotations

import json
import multiprocessing
import platform
import resource
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from priority.siting.distances import Distances
from priority.siting.effort import Effort
from priority.siting.problem import Model, Question, SitingProblem
from priority.siting.solve import solve_siting

ROOT = Path(__file__).resolve().parent.parent
SPOPT_SECONDS = 100


@dataclass(frozen=True)
class Case:
    """Candidates, demands, new sites, radius in metres, and the time limit of ours."""

    model: Model
    candidates: int
    demands: int
    sites: int | None = None
    radius: float | None = None
    seconds: float = 25.0
    beside: bool = True

    @property
    def title(self) -> str:
        """Say what is asked."""
        asked = [f"{self.sites} sites"] if self.sites else []
        asked += [f"{self.radius / 1000:g} km"] if self.radius else []
        return f"{self.model} {self.candidates:,} x {self.demands:,}, {', '.join(asked)}"


CASES = (
    Case("mclp", 500, 5000, 40, 1500.0),
    Case("mclp", 500, 5000, 10, 3000.0),
    Case("mclp", 500, 5000, 5, 5000.0),
    Case("mclp", 500, 5000, 25, 3000.0, beside=False),
    Case("pmedian", 500, 5000, 10),
    Case("pmedian", 500, 5000, 25, beside=False),
    Case("pmedian", 500, 5000, 100, beside=False),
    Case("lscp", 2000, 20000, None, 8000.0, beside=False),
    Case("lscp", 2000, 20000, None, 4000.0, beside=False),
    Case("pcenter", 40, 150, 5),
    Case("pcenter", 150, 40, 5),
)


def places(case: Case) -> tuple[np.ndarray, np.ndarray]:
    """Return distances in metres (demands, candidates) and people."""
    rng = np.random.default_rng(0)
    here, there = rng.random((case.demands, 2)) * 30_000, rng.random((case.candidates, 2)) * 30_000
    table = np.hypot(*(here[:, None, axis] - there[None, :, axis] for axis in (0, 1)))
    return np.round(table), np.round(rng.lognormal(5, 1, case.demands))


def warm_up() -> None:
    """Have the compiled loops ready."""
    table, people = places(Case("mclp", 30, 60))
    for model in ("lscp", "mclp", "pmedian", "pcenter"):
        sites = None if model == "lscp" else 4
        solve_siting(SitingProblem.of(Distances.from_dense(table), people), Question(model, sites, radius=9000.0))  # type: ignore[arg-type]


def ours(case: Case, answers: multiprocessing.Queue) -> None:  # type: ignore[type-arg]
    """Put seconds (from the table of distances on), status, objective, gap and peak memory in GB."""
    warm_up()
    table, people = places(case)
    start = time.perf_counter()
    near = table if case.radius is None else np.where(table <= case.radius, table, np.nan)
    problem = SitingProblem.of(Distances.from_dense(near), people)
    found = solve_siting(problem, Question(case.model, case.sites, radius=case.radius), Effort(case.seconds))
    seconds = time.perf_counter() - start
    memory_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    answers.put((seconds, found.status, found.objective, found.gap, memory_gb))


def theirs(case: Case) -> str:
    """What spopt does with the same table: seconds to build and to solve, objective and peak memory."""
    table, people = places(case)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.npz"
        np.savez(path, table=table, people=people)
        # -P: a module of this folder has the name of one that Python itself brings along.
        program = [str(ROOT / ".venv-oracles" / "bin" / "python"), "-P", str(ROOT / "benchmarks" / "other_siting.py")]
        asked = [str(path), case.model, str(case.sites or 0), str(case.radius or 0)]
        try:
            done = subprocess.run([*program, *asked], check=True, capture_output=True, text=True, timeout=SPOPT_SECONDS)
        except subprocess.TimeoutExpired:
            return f"not done after {SPOPT_SECONDS} s | |"
        except subprocess.CalledProcessError as error:
            return f"failed ({error.stderr.strip().splitlines()[-1][:40]}) | |"
    said = json.loads(done.stdout)
    return f"{said['build_s']:.1f} + {said['solve_s']:.1f} | {said['objective']:,.0f} | {said['memory_gb']:.1f}"


def main() -> None:
    """Measure and print a Markdown table."""
    print(f"Python {platform.python_version()}\n")
    print("| case | s | status | objective | GB | spopt: build + solve, s | objective | GB |")
    print("| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: |")
    spawn = multiprocessing.get_context("spawn")
    for case in CASES:
        answers = spawn.Queue()
        process = spawn.Process(target=ours, args=(case, answers))
        process.start()
        seconds, status, objective, gap, memory_gb = answers.get()
        process.join()
        proof = "optimal" if status == "optimal" else f"gap {100 * gap:.2f} %"
        beside = theirs(case) if case.beside else "| |"
        row = f"| {case.title} | {seconds:.3f} | {proof} | {objective:,.0f} | {memory_gb:.2f} | {beside} |"
        print(row, flush=True)


if __name__ == "__main__":
    main()
