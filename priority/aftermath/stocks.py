"""Stocks of coal in a run of the cascade: how fast each shrinks, and from when on a place is said to live on it.

A stock that is filled more slowly than it is used counts as lived on once, at the rate of that moment, it ends within
the incident's horizon: many days of coal are no emergency yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from priority.cascade import Cascade
from priority.cascade.wiring import FULL_RATE


class StockStep(NamedTuple):
    """From `time_s` on the stock `need` shrinks at `rate` (thousandths of full use); `counts`: it is lived on."""

    time_s: int
    need: int
    rate: int
    counts: bool


def stock_steps(cascade: Cascade, told_s: int) -> list[StockStep]:
    """Return the steps of all stocks whose deliveries are known, in order of time. `told_s`: the horizon in seconds."""
    wiring = cascade.wiring
    steps: list[StockStep] = []
    for need in np.flatnonzero(wiring.is_stock & wiring.watched & wiring.required).tolist():
        steps += _steps_of(cascade, need, told_s)
    return sorted(steps)


def _begins_s(cascade: Cascade) -> int:
    """Return when stocks begin to shrink, as the script of the run says."""
    if cascade.stocks_from_s is not None:
        return cascade.stocks_from_s
    return min([0, *(damage.time_s for damage in cascade.damages)])


def _steps_of(cascade: Cascade, need: int, told_s: int) -> Iterator[StockStep]:
    reports = {item.time_s: item.left_s * FULL_RATE for item in cascade.actions.reported if item.need == need}
    rates = _rates(cascade, need)
    times = sorted({*rates, *reports})
    left, rate, last = int(cascade.wiring.reserve[need]), 0, times[0]
    for place, time_s in enumerate(times):
        left = max(0, left - (time_s - last) * rate)
        left, rate, last = reports.get(time_s, left), rates.get(time_s, rate), time_s
        spare = left - rate * told_s
        yield StockStep(time_s, need, rate, rate > 0 and spare <= 0)
        if rate > 0 and spare > 0:
            crossing_s = time_s - (-spare // rate)
            if place == len(times) - 1 or crossing_s < times[place + 1]:
                yield StockStep(crossing_s, need, rate, True)


def _rates(cascade: Cascade, need: int) -> dict[int, int]:
    """Return at which rate a stock shrinks, by the moment from which it does."""
    wiring, begins_s = cascade.wiring, _begins_s(cascade)
    routes = np.flatnonzero(wiring.route_need == need)
    mines, shares = wiring.route_mine[routes], wiring.route_share[routes]
    rows = cascade.facility_track.rows
    changes = np.unique(rows[np.isin(rows[:, 1], mines[mines >= 0]), 0])
    moments = [begins_s, *changes[changes > begins_s].tolist()]
    rates = {}
    for moment_s in moments:
        comes = (mines < 0) | ~cascade.failed(moment_s)[mines]
        rates[moment_s] = max(0, FULL_RATE - int(shares[comes].sum()))
    return rates
