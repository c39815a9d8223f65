"""HiGHS run so that whoever cancels need not wait: it looks up too seldom while it simplifies a large program.

It works in a thread of its own and is asked to stop; if it does not at once, its answer is no longer waited for, and
what it has found so far counts. The thread ends when HiGHS next looks up.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Thread
from typing import Any

import highspy
import numpy as np

from priority.siting.distances import Floats
from priority.siting.effort import Effort

_INF = float(highspy.kHighsInf)
#: Seconds between two looks, between two words to the listener, and until a solver that was told to stop is left alone.
_LOOK_S, _TELL_S, _WAIT_S = 0.05, 0.5, 0.2


@dataclass
class Heard:
    """What a solver has said so far: its best solution (c), that one's objective and the bound; None if nothing yet."""

    values: Floats | None = None
    objective: float | None = None
    bound: float | None = None
    stop: bool = False


def run_solver(solver: Any, effort: Effort, stage: str, scale: float) -> Heard | None:
    """Run a solver to its end, telling the listener costs times `scale`; return what it said if it was left alone."""
    if effort.cancelled is None and effort.listener is None:
        solver.run()
        return None
    heard = Heard()
    _listen(solver, heard)
    thread = Thread(target=solver.run, name="highs")
    thread.start()
    told_s = effort.deadline.elapsed_s
    stopped_s = np.inf
    while True:
        thread.join(_LOOK_S)
        if not thread.is_alive():
            return None
        now_s = effort.deadline.elapsed_s
        if effort.over and not heard.stop:
            heard.stop, stopped_s = True, now_s
        if now_s - stopped_s > _WAIT_S:
            return heard
        if now_s - told_s >= _TELL_S:
            told_s = now_s
            effort.tell(stage, _scaled(heard.objective, scale), _scaled(heard.bound, scale))


def _scaled(value: float | None, scale: float) -> float | None:
    return None if value is None else value * scale


def _listen(solver: Any, heard: Heard) -> None:
    """Have a solver note what it finds, and stop when it is told to. HiGHS calls this in the thread that it runs in."""

    def note(event: Any) -> None:
        best, bound = event.data_out.mip_primal_bound, event.data_out.mip_dual_bound
        if np.isfinite(best) and abs(best) < _INF:
            heard.objective = best
        if np.isfinite(bound) and abs(bound) < _INF:
            heard.bound = bound

    def interrupt(event: Any) -> None:
        if heard.stop:
            event.interrupt()

    def found(event: Any) -> None:
        heard.values = np.array(event.data_out.mip_solution, dtype=np.float64)
        heard.objective = event.data_out.objective_function_value

    solver.cbMipInterrupt += interrupt
    solver.cbSimplexInterrupt += interrupt
    solver.cbIpmInterrupt += interrupt
    solver.cbMipLogging += note
    solver.cbMipImprovingSolution += found
