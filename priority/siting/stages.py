"""Objectives one after the other: what an earlier one has reached is never given up for a later one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from priority.siting.distances import Floats
from priority.siting.effort import Effort
from priority.siting.program import Program

#: Limits that hold earlier objectives are scaled to this size, so that HiGHS's tolerance is a billionth of them.
_SIZE = 1e3


@dataclass(frozen=True, eq=False)
class Staged:
    """The last solution, or None; for each objective its value in it and its proven bound.

    The bound of a later objective holds for all solutions that are as good on the earlier ones. `finished` tells that
    each is at its optimum.
    """

    values: Floats | None
    reached: tuple[float, ...]
    bounds: tuple[float, ...]
    finished: bool
    infeasible: bool = False


def minimise_in_order(
    program: Program, costs: Sequence[Floats], effort: Effort, start: Floats | None = None, stage: str = ""
) -> Staged:
    """Minimise the costs (c each) in their order, under a limit for each before; without costs any solution will do."""
    values, bounds, finished = start, list[float](), True
    costs = costs or [np.zeros(program.columns)]
    for number, cost in enumerate(costs):
        answer = program.minimise(cost, effort.part(1 / (len(costs) - number)), values, stage=stage)
        if answer.infeasible and values is None:
            return Staged(None, (), (), finished=True, infeasible=True)
        if answer.values is not None and (values is None or cost @ answer.values < cost @ values):
            values = answer.values
        if values is None:
            return Staged(None, (), (answer.bound,), finished=False)
        bounds.append(min(answer.bound, float(cost @ values)))
        finished &= answer.finished
        _hold(program, cost, float(cost @ values))
    reached = () if values is None else tuple(float(cost @ values) for cost in costs)
    return Staged(values, reached, tuple(bounds), finished)


def _hold(program: Program, cost: Floats, value: float) -> None:
    """Forbid a higher cost than this."""
    used = np.flatnonzero(cost)
    scale = max(abs(value), float(np.abs(cost).max(initial=0.0))) / _SIZE
    if used.size:
        program.add_row(used, cost[used] / scale, high=value / scale)
