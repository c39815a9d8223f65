"""How good a restoration plan is and how long it takes, beside simple rules, in one run.

    .venv/bin/python -m benchmarks.restoration

The sample: thirty faults drawn at random, ten in each network, six crews that start from random nodes, two for each
network or all with two skills. Made-up districts are those of the tests, harder on purpose: places that need several
repairs at once, have reserves and second feeds, and hang on each other. The gap is (loss - bound) / loss by level.
"""

from __future__ import annotations

import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from layers.sample import read_sample
from priority.incident import Incident
from priority.plans import load_plan
from priority.restoration.input import Crews
from priority.restoration.plan import restore
from priority.restoration.problem import Problem
from priority.restoration.rules import RULES, rule_schedule
from priority.restoration.solve import solve
from priority.restoration.timing import time_schedule
from priority.system import SupplySystem
from tests.priority.restoration.toy import random_problem

SECONDS = 20.0
SKILLS = ("electricity", "gas", "heat")


@dataclass(frozen=True)
class Result:
    """What was found: losses and bounds by level, each rule's losses, and the seconds it took."""

    name: str
    loss: Sequence[float]
    bound: Sequence[float]
    rules: dict[str, Sequence[float]]
    optimal: bool
    seconds: float


def of_problem(name: str, problem: Problem) -> Result:
    """Solve a problem as it is given."""
    solution = solve(problem, SECONDS)
    rules = {}
    for rule in RULES:
        done_s = time_schedule(problem, rule_schedule(problem, rule)).done_s
        rules[rule] = [float(loss) for loss in problem.losses.evaluate(done_s)]
    loss, bound = solution.loss.astype(float).tolist(), solution.bound.astype(float).tolist()
    return Result(name, loss, bound, rules, solution.optimal, solution.seconds)


def sample_cases() -> Iterator[Result]:
    """Yield plans for the sample; the seconds are those of the whole answer."""
    frames = read_sample()
    system, plan = SupplySystem.build(frames, "benchmark"), load_plan("energy-chengqu")
    nodes = frames["network_nodes"]
    kinds = ("substation", "transformer", "regulator", "heat_exchange", "junction")
    for seed in range(6):
        rng = np.random.default_rng(seed)
        faults = []
        for network in SKILLS:
            own = nodes.loc[(nodes["network"] == network) & nodes["kind"].isin(kinds), "id"].to_numpy()
            faults += [{"element": str(element)} for element in rng.choice(own, 10, replace=False)]
        incident = Incident.parse({"plan": "energy-chengqu", "at": "2026-01-12T08:00:00+08:00", "faults": faults})
        depots = nodes.geometry.iloc[rng.choice(len(nodes), 6, replace=False)]
        mixed = seed % 2
        crews = [
            {
                "id": f"crew {number}",
                "name": f"crew {number}",
                "skills": sorted({SKILLS[number % 3], SKILLS[(number + mixed * (1 + number // 3)) % 3]}),
                "depot": [point.x, point.y],
            }
            for number, point in enumerate(depots)
        ]
        found = restore(system, incident, Crews.parse({"crews": crews, "seconds": SECONDS}), plan)
        yield Result(
            f"sample {seed}: 30 repairs, 6 crews" + (" with two skills" if mixed else ""),
            [level.value for level in found.levels],
            [level.bound for level in found.levels],
            {row.rule: row.values for row in found.rules},
            found.status == "optimal",
            found.seconds,
        )


def made_up_cases() -> Iterator[Result]:
    """Yield plans for made-up districts."""
    for seed in range(3):
        problem = random_problem(seed, 30, 6, groups=120, skills=3)
        yield of_problem(f"made-up district {seed}: 30 repairs, 6 crews", problem)
    for seed in range(3):
        yield of_problem(f"made-up district {seed}: 12 repairs, 4 crews", random_problem(seed, 12, 4, skills=3))
    for seed in range(3):
        yield of_problem(f"made-up district {seed}: 7 repairs, 3 crews", random_problem(seed, 7, 3))


def _beside(rule: Sequence[float], plan: Sequence[float]) -> str:
    """Return the first level on which a rule differs from the plan, as a multiple of it."""
    for level, (lost, least) in enumerate(zip(rule, plan, strict=True), 1):
        if lost != least:
            return f"level {level}: " + (f"{lost / least:.2f} x" if least else "loses, plan does not")
    return "as good"


def main() -> None:
    """Measure and print a Markdown table."""
    print(f"Python {platform.python_version()}, at most {SECONDS:.0f} s a plan\n")
    print("| case | gap by level | s | " + " | ".join(RULES) + " |\n| --- | --- | ---: | " + "--- | " * len(RULES))
    for result in (*sample_cases(), *made_up_cases()):
        pairs = zip(result.loss, result.bound, strict=True)
        gaps = " / ".join(f"{100 * (loss - bound) / loss if loss else 0:.2f} %" for loss, bound in pairs)
        rules = " | ".join(_beside(result.rules[rule], result.loss) for rule in RULES)
        print(f"| {result.name} | {'optimal' if result.optimal else gaps} | {result.seconds:.1f} | {rules} |")


if __name__ == "__main__":
    main()
