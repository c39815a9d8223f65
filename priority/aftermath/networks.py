"""What each network's outage added up to."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from priority.aftermath.cells import (
    CUSTOMERS,
    CUSTOMERS_UNKNOWN,
    DEMAND,
    DEMAND_UNKNOWN,
    PEOPLE,
    VULNERABLE,
    Floats,
)
from priority.aftermath.results import NetworkImpact, Reached, Unserved
from priority.aftermath.view import View, hours_of
from priority.loads import DEMAND_UNITS
from priority.network.arrays import NETWORK_KEYS

#: Shares of the peak, in percent, whose restoration is told.
RESTORED_PERCENT = (50, 90, 100)
_DIGITS = 6


def network_rows(view: View) -> dict[str, NetworkImpact]:
    """Return one row for each network."""
    hours = view.account.integral(view.account.sums).sum(axis=2)
    return {key: _row(view, code, key, hours[:, code]) for code, key in enumerate(NETWORK_KEYS)}


def _row(view: View, code: int, key: str, hours: Floats) -> NetworkImpact:
    ever = view.account.ever[:, code].sum(axis=1)
    out = view.customers[:, code].sum(axis=1)
    peak = float(out.max(initial=0.0))
    anybody = np.any(view.anybody[:, code], axis=1)
    first_s = view.first_s(anybody)
    sustained, momentary = (float(row[code]) for row in _interruptions(view))
    return NetworkImpact(
        customers_total=round(float(view.totals[code].sum())),
        customers_unknown=round(ever[CUSTOMERS_UNKNOWN]),
        customers_hit=round(ever[CUSTOMERS]),
        people_hit=round(ever[PEOPLE]),
        vulnerable_people_hit=round(ever[VULNERABLE]),
        peak_customers=round(peak),
        peak_at=view.iso(int(view.account.time_s[int(out.argmax())])) if peak else None,
        customer_hours=round(float(hours[CUSTOMERS]), _DIGITS),
        people_hours=round(float(hours[PEOPLE]), _DIGITS),
        vulnerable_people_hours=round(float(hours[VULNERABLE]), _DIGITS),
        unserved=Unserved(
            value=round(float(hours[DEMAND]), _DIGITS),
            unit="kWh" if DEMAND_UNITS[key] == "kW" else "m3",
            unknown_points=round(ever[DEMAND_UNKNOWN]),
        ),
        first_loss_at=None if first_s is None else view.iso(first_s),
        restored={str(percent): _restored(view, percent, out, anybody) for percent in RESTORED_PERCENT},
        out_at_end=round(float(out[-1])) if out.size else 0,
        interruptions=round(sustained),
        momentary_interruptions=round(momentary),
        **_indices(view, code, sustained, ever[CUSTOMERS_UNKNOWN]),
    )


def _interruptions(view: View) -> tuple[Floats, Floats]:
    return view.account.interruptions.sustained, view.account.interruptions.momentary


def _indices(view: View, code: int, interruptions: float, unknown_hit: float) -> dict[str, float | None]:
    """Return SAIFI, SAIDI and CAIDI; None where nobody is served, or customers nobody counted could change them."""
    served = float(view.totals[code].sum())
    everywhere = view.system.loads.customers_unknown & (view.system.loads.network == code)
    if not served or unknown_hit or (interruptions and everywhere.any()):
        return {"saifi": None, "saidi_minutes": None, "caidi_minutes": None}
    minutes = float(view.account.interruptions.sustained_s[code]) / 60
    return {
        "saifi": round(interruptions / served, _DIGITS),
        "saidi_minutes": round(minutes / served, _DIGITS),
        "caidi_minutes": round(minutes / interruptions, _DIGITS) if interruptions else None,
    }


def _restored(view: View, percent: int, out: Floats, anybody: NDArray[np.bool_]) -> Reached | None:
    """Return the first moment after which at most 100 - `percent` of the peak are out; of all: nobody at all."""
    peak = float(out.max(initial=0.0))
    above = anybody if percent == 100 else out * 100 > peak * (100 - percent)
    first_s, over_s = view.first_s(anybody), view.over_s(above)
    if first_s is None or over_s is None:
        return None
    return Reached(at=view.iso(over_s), hours=hours_of(over_s - first_s))
