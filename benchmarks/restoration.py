"""How good a restoration plan is and how long it takes, beside simple rules, in one run.

    .venv/bin/python -m benchmarks.restoration

Each case is a problem with its name. The made-up districts are those of the tests: people that hang on one to three
repairs at once and facilities with reserves, second feeds and each other. The gap is (loss - bound) / loss.
"""

from __future__ import annotations

import platform
from collections.abc import Iterator

from priority.restoration.problem import Problem, Solution
from priority.restoration.rules import RULES, rule_schedule
from priority.restoration.solve import solve
from priority.restoration.timing import time_schedule
from tests.priority.restoration.toy import random_problem

SECONDS = 20.0


def cases() -> Iterator[tuple[str, Problem]]:
    """Yield what is measured; a case more is a line more."""
    for seed in range(3):
        yield f"made-up district {seed}: 30 repairs, 6 crews", random_problem(seed, 30, 6, groups=120, skills=3)
    for seed in range(3):
        yield f"made-up district {seed}: 7 repairs, 3 crews", random_problem(seed, 7, 3)


def gap(solution: Solution, level: int) -> float:
    """Return the share of a level's loss that is not proven, in percent."""
    loss = int(solution.loss[level])
    return 100 * (loss - int(solution.bound[level])) / loss if loss else 0.0


def report(name: str, problem: Problem) -> None:
    """Print one case: the plan, then each rule as a multiple of the plan's losses."""
    solution = solve(problem, SECONDS)
    gaps = " / ".join(f"{gap(solution, level):.2f} %" for level in range(solution.loss.size))
    print(
        f"| {name} | plan ({solution.method}) | {' / '.join('1.00' for _ in solution.loss)} | {gaps} "
        f"| {solution.seconds:.1f} |"
    )
    for rule in RULES:
        done = time_schedule(problem, rule_schedule(problem, rule)).done_s
        loss = problem.losses.evaluate(done)
        times = " / ".join(
            f"{lost / best:.2f}" if best else "-" for lost, best in zip(loss, solution.loss, strict=True)
        )
        print(f"| | {rule} | {times} | | |")


def main() -> None:
    """Measure and print a Markdown table."""
    print(f"Python {platform.python_version()}, at most {SECONDS:.0f} s a plan; losses level by level\n")
    print("| case | by | loss, plan = 1 | gap | s |\n| --- | --- | ---: | ---: | ---: |")
    for name, problem in cases():
        report(name, problem)


if __name__ == "__main__":
    main()
