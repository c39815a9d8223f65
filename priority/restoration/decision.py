"""Repairs and units together: the schedule and the placements are found in turn, each with the other known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from priority.restoration.clock import Deadline
from priority.restoration.mobile import Sent, place_units
from priority.restoration.problem import Problem, Solution
from priority.restoration.scenario import Scenario
from priority.restoration.solve import solve
from priority.times import NEVER, Seconds

#: The share of the time left that each round of repairs has: the first without units, the others with them.
_SHARES = (0.25, 0.7, 1.0)
#: The share of the time left that is spent on where to send the units, each time.
_SENDING = 0.4


@dataclass(frozen=True, eq=False)
class Decision:
    """Units to send and, where anything can be repaired, the schedule with them. `done_s` is of each repair (t).

    `all_tried` tells that every way to send the units was tried with this schedule's repairs.
    """

    problem: Problem
    solution: Solution | None
    sent: tuple[Sent, ...]
    all_tried: bool
    done_s: Seconds
    loss: tuple[int, ...]


def decide(scenario: Scenario, deadline: Deadline) -> Decision:
    """Plan repairs without units, send units to what fails in spite of them, and plan the repairs anew around them.

    This goes on while it helps and there is time, and the best of all rounds counts; so units never make a plan worse.
    Each schedule is solved with its bound for the units as sent; that no other pair of schedule and units is better is
    not proven.
    """
    first, *more = _SHARES if scenario.forces.units else (1.0,)
    best = latest = _repaired(scenario, (), True, deadline.left_s * first)
    for share in more:
        if latest.sent and deadline.passed:
            break
        sent, all_tried = _sent(scenario, latest.done_s, deadline.part(_SENDING))
        if sent == latest.sent:
            break
        latest = _repaired(scenario, sent, all_tried, deadline.left_s * share, latest.solution)
        best = min(best, latest, key=lambda item: (scenario.full_loss(item.done_s, item.sent), len(item.sent)))
    return best


def _sent(scenario: Scenario, done_s: Seconds, deadline: Deadline) -> tuple[tuple[Sent, ...], bool]:
    picture = scenario.after(done_s, ())
    return place_units(picture, scenario.forces, lambda sent: scenario.full_loss(done_s, sent), deadline)


def _repaired(
    scenario: Scenario, sent: tuple[Sent, ...], all_tried: bool, seconds: float, before: Solution | None = None
) -> Decision:
    problem = scenario.problem(sent)
    able = any(
        scenario.forces.able(crew, repair, scenario.repairs)
        for crew in range(len(scenario.forces.crews))
        for repair in range(len(scenario.repairs))
    )
    if not able:
        done_s = np.full(len(scenario.repairs), NEVER)
        loss = tuple(problem.losses.evaluate(done_s).tolist())
        return Decision(problem, None, sent, all_tried, done_s, loss)
    solution = solve(problem, seconds, None if before is None else before.schedule)
    return Decision(problem, solution, sent, all_tried, solution.timing.done_s, tuple(solution.loss.tolist()))
