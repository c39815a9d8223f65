"""What each township went through, over the whole incident and at each row of the series."""

from __future__ import annotations

import numpy as np

from priority.aftermath.cells import CUSTOMERS, CUSTOMERS_UNKNOWN, PEOPLE
from priority.aftermath.results import TownshipImpact, TownshipNetworkImpact
from priority.aftermath.view import View, hours_of
from priority.network.arrays import NETWORK_KEYS

_DIGITS = 6


def township_rows(view: View) -> tuple[TownshipImpact, ...]:
    """Return every township by code; one more row for what lies in none, if anything does."""
    townships, places = view.system.townships, view.account.places
    hours = view.account.integral(view.account.sums)
    people_hours = view.account.integral(view.people_hit)
    where = view.system.facilities.township
    width = townships.outside + 1
    ever_failed = np.isin(np.arange(where.size), list(places.failures))
    failed = np.bincount(where[ever_failed], minlength=width)
    failed_s = np.bincount(where, places.failed_s, minlength=width)
    rows = []
    for number in view.rows:
        inside = number < townships.outside
        networks = {
            key: _network(view, code, number, float(hours[CUSTOMERS, code, number]), float(hours[PEOPLE, code, number]))
            for code, key in enumerate(NETWORK_KEYS)
        }
        rows.append(
            TownshipImpact(
                code=townships.codes[number] if inside else None,
                name=townships.names[number] if inside else view.phrases.write("name.outside"),
                county_code=str(townships.county_codes[number]) if inside else None,
                networks=networks,
                people_hit=round(float(view.account.ever[PEOPLE, :, number].max())),
                people_hours=round(float(people_hours[number]), _DIGITS),
                facilities_failed=int(failed[number]),
                facility_failed_hours=hours_of(failed_s[number]),
            )
        )
    return tuple(rows)


def _network(view: View, code: int, number: int, customer_hours: float, people_hours: float) -> TownshipNetworkImpact:
    out, anybody = view.customers[:, code, number], view.anybody[:, code, number]
    hit = float(view.account.ever[CUSTOMERS, code, number])
    first_s, over_s = view.first_s(anybody), view.over_s(anybody)
    return TownshipNetworkImpact(
        customers=round(float(view.totals[code, number])),
        customers_hit=round(hit),
        customers_unknown=round(float(view.account.ever[CUSTOMERS_UNKNOWN, code, number])),
        peak_customers=round(float(out.max(initial=0.0))),
        customer_hours=round(customer_hours, _DIGITS),
        people_hours=round(people_hours, _DIGITS),
        first_loss_at=None if first_s is None else view.iso(first_s),
        restored_at=None if over_s is None else view.iso(over_s),
        hours_to_restore=None if first_s is None or over_s is None else hours_of(over_s - first_s),
        hours_per_customer=round(customer_hours / hit, _DIGITS) if hit else None,
        out_at_end=round(float(out[-1])) if out.size else 0,
    )
