"""Integer programs for HiGHS: columns and sparse rows in, a solution with its proven bound out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from priority.network.kernels import BoolArray
from priority.siting.distances import Floats, Ints
from priority.siting.effort import Effort
from priority.siting.solver_thread import Heard, run_solver

_INF = float(highspy.kHighsInf)
#: Objectives are scaled to about this size, so that HiGHS's tolerances are some billionths of them.
_SIZE = 1e4
_STATUS = highspy.HighsModelStatus


@dataclass(frozen=True, eq=False)
class Answer:
    """`values` is None where no solution was found; `infeasible` where it is proven that there is none.

    `bound` is proven: no solution has a smaller objective.
    """

    values: Floats | None
    bound: float
    infeasible: bool
    finished: bool


class Program:
    """Minimise over columns (c) between 0 and `upper`, whole where `integer`, under rows that are added in blocks."""

    def __init__(self, upper: Floats, integer: BoolArray, *, whole: bool = True) -> None:
        """`whole` tells that some optimum has whole values in all columns, also in those that are not asked for it."""
        self.columns = upper.size
        self._upper = upper
        self.integer = integer
        self._whole = whole
        self.blocks: list[tuple[Ints, Ints, Floats, Floats, Floats]] = []

    def add_rows(self, row: Ints, column: Ints, value: Floats, low: Floats, high: Floats) -> None:
        """Add rows (r) from entries: `row` counts from 0 within the block, `low` and `high` (r) may be infinite."""
        self.blocks.append((row, column, value, low, high))

    def add_row(self, column: Ints, value: Floats, low: float = -np.inf, high: float = np.inf) -> None:
        """Add one row."""
        self.add_rows(np.zeros(column.size, np.int64), column, value, np.array([low]), np.array([high]))

    def minimise(
        self, cost: Floats, effort: Effort, start: Floats | None = None, target: float | None = None, stage: str = ""
    ) -> Answer:
        """Solve; `start` (c) is a solution to begin with, `target` an objective that is good enough.

        With whole costs a gap below the greatest measure they have in common is none.
        """
        if not self.columns:
            return self._without_columns()
        if effort.over:
            return Answer(None, -np.inf, infeasible=False, finished=False)
        scale, gap = _scaling(cost, self._whole, start)
        solver = _solver(effort, gap)
        if target is not None:
            solver.setOptionValue("objective_target", target / scale)
        solver.passModel(self._model(cost / scale))
        if start is not None:
            known = highspy.HighsSolution()
            known.col_value = start.tolist()
            solver.setSolution(known)
        heard = run_solver(solver, effort, stage, scale)
        if heard is not None:
            return self._left_alone(heard, scale)
        return self._answer(solver, scale)

    def _without_columns(self) -> Answer:
        _, _, _, low, high = self._joined()
        kept = bool((low <= 0).all() and (high >= 0).all())
        return Answer(np.zeros(0) if kept else None, 0.0 if kept else np.inf, infeasible=not kept, finished=True)

    def _model(self, cost: Floats) -> Any:
        row, column, value, low, high = self._joined()
        order = np.argsort(column, kind="stable")
        starts = np.zeros(self.columns + 1, np.int64)
        np.cumsum(np.bincount(column, minlength=self.columns), out=starts[1:])
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.columns, low.size
        model.col_cost_, model.col_lower_, model.col_upper_ = cost, np.zeros(self.columns), _bounds(self._upper)
        model.row_lower_, model.row_upper_ = _bounds(low), _bounds(high)
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = starts.astype(np.int32)
        model.a_matrix_.index_ = row[order].astype(np.int32)
        model.a_matrix_.value_ = value[order]
        if self.integer.any():
            kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            model.integrality_ = [kinds[whole] for whole in self.integer.tolist()]
        return model

    def _joined(self) -> tuple[Ints, Ints, Floats, Floats, Floats]:
        offset = np.cumsum([0, *(block[3].size for block in self.blocks)])
        row = [block[0] + first for block, first in zip(self.blocks, offset, strict=False)]
        empty: list[Any] = [np.zeros(0, np.int64)]
        return (
            np.concatenate(row or empty),
            np.concatenate([block[1] for block in self.blocks] or empty),
            np.concatenate([block[2] for block in self.blocks] or [np.zeros(0)]),
            np.concatenate([block[3] for block in self.blocks] or [np.zeros(0)]),
            np.concatenate([block[4] for block in self.blocks] or [np.zeros(0)]),
        )

    def _left_alone(self, heard: Heard, scale: float) -> Answer:
        values = heard.values
        if values is not None:
            values[self.integer] = np.rint(values[self.integer])
        bound = -np.inf if heard.bound is None else heard.bound * scale
        return Answer(values, bound, infeasible=False, finished=False)

    def _answer(self, solver: Any, scale: float) -> Answer:
        status, info = solver.getModelStatus(), solver.getInfo()
        if status == _STATUS.kInfeasible:
            return Answer(None, np.inf, infeasible=True, finished=True)
        finished = status in (_STATUS.kOptimal, _STATUS.kModelEmpty)
        found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible or finished
        values = np.array(solver.getSolution().col_value, dtype=np.float64) if found else None
        if values is not None:
            values[self.integer] = np.rint(values[self.integer])
        whole = bool(self.integer.any())
        bound = info.mip_dual_bound if whole else (info.objective_function_value if finished else -np.inf)
        return Answer(values, float(bound) * scale, infeasible=False, finished=finished)


def common_measure(amounts: Floats) -> float:
    """Return the greatest whole number that all amounts are multiples of, 0 where they are not whole or too large."""
    used = np.abs(amounts[amounts != 0])
    if not used.size or used.max() >= 2**40 or np.any(used % 1):
        return 0.0
    return float(np.gcd.reduce(used.astype(np.int64)))


def _scaling(cost: Floats, whole: bool, start: Floats | None) -> tuple[float, float]:
    """Return what costs are divided by, and the absolute gap that proves an optimum then."""
    used = np.abs(cost[cost != 0])
    if not used.size:
        return 1.0, 1e-6
    if whole and (measure := common_measure(used)):
        return measure, 0.999
    size = 0.0 if start is None else abs(float(cost @ start))
    return (size or float(used.sum())) / _SIZE, 1e-6


def _solver(effort: Effort, gap: float) -> Any:
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", gap),
        ("time_limit", max(0.01, effort.deadline.left_s)),
    ):
        solver.setOptionValue(option, value)
    return solver


def _bounds(values: Floats) -> Floats:
    return np.clip(values, -_INF, _INF)
