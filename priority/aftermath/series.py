"""The course hour by hour and from change to change."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from priority.aftermath.results import ByHour, ImpactRow
from priority.aftermath.view import View, hours_of
from priority.network.arrays import NETWORK_KEYS
from priority.times import Seconds

#: More rows than these are not told: of a longer incident every second or third hour, of the changes an even choice.
MOST_ROWS = 2_000


def step_hours(view: View) -> int:
    """Return how many hours lie between two rows of the series."""
    return -(-view.end_s // (3600 * MOST_ROWS)) or 1


def series_times(view: View) -> Seconds:
    """Return each full hour after the first moment, and the last moment."""
    hours = np.arange(0, view.end_s + 1, 3600 * step_hours(view), dtype=np.int64)
    return np.unique(np.append(hours, view.end_s))


def series(view: View) -> tuple[ImpactRow, ...]:
    """Return the rows of `series_times`; without any stage one row at `until`, with nothing out."""
    return _rows(view, series_times(view))


def changes(view: View) -> tuple[ImpactRow, ...]:
    """Return a row for each moment at which any total changes, and the first; `MOST_ROWS` at most."""
    times = change_times(view)
    if times.size > MOST_ROWS:
        times = times[np.unique(np.linspace(0, times.size - 1, MOST_ROWS).round().astype(np.intp))]
    return _rows(view, times)


def change_times(view: View) -> Seconds:
    """Return every moment at which any total changes, and the first."""
    account = view.account
    if not account.time_s.size:
        return account.time_s
    single = (view.people_hit.sum(axis=1), account.failed, account.on_reserve)
    totals = np.column_stack([view.customers.sum(axis=2), view.people.sum(axis=2), *single])
    changed = np.ones(len(totals), np.bool_)
    changed[1:] = (totals[1:] != totals[:-1]).any(axis=1)
    return account.time_s[changed]


def by_hour(view: View) -> ByHour:
    """Return the townships at each row of the series, in the order of the townships' rows."""
    townships = view.system.townships
    codes = tuple(townships.codes[number] if number < townships.outside else None for number in view.rows)
    places = _places(view, series_times(view))
    width = len(codes)
    return ByHour(
        codes=codes,
        customers_out={key: _table(view.customers[:, code, :width], places) for code, key in enumerate(NETWORK_KEYS)},
        people_hit=_table(view.people_hit[:, :width], places),
    )


def _places(view: View, times: Seconds) -> NDArray[np.intp]:
    """Return which moment of the account holds at each time, -1 where there is none."""
    return np.searchsorted(view.account.time_s, times, side="right") - 1


def _table(values: NDArray[np.float64], places: NDArray[np.intp]) -> tuple[tuple[int, ...], ...]:
    if not len(values):
        return tuple((0,) * values.shape[1] for _ in places)
    return tuple(tuple(row) for row in np.rint(values[places]).astype(np.int64).tolist())


def _rows(view: View, times: Seconds) -> tuple[ImpactRow, ...]:
    places = _places(view, times)
    celsius = view.temperatures.at(times)
    customers = _table(view.customers.sum(axis=2), places)
    people = _table(view.people.sum(axis=2), places)
    hit = _table(view.people_hit.sum(axis=1)[:, None], places)
    failed = _table(view.account.failed[:, None].astype(np.float64), places)
    on_reserve = _table(view.account.on_reserve[:, None].astype(np.float64), places)
    return tuple(
        ImpactRow(
            at=view.iso(time_s),
            hours=hours_of(time_s),
            customers_out=dict(zip(NETWORK_KEYS, customers[place], strict=True)),
            people_out=dict(zip(NETWORK_KEYS, people[place], strict=True)),
            people_hit=hit[place][0],
            facilities_failed=failed[place][0],
            facilities_on_reserve=on_reserve[place][0],
            temperature_c=None if np.isnan(celsius[place]) else float(celsius[place]),
        )
        for place, time_s in enumerate(times.tolist())
    )
