"""Heating degree hours: how much warmth was missing while heat was out for anybody."""

from __future__ import annotations

import numpy as np

from priority.aftermath.results import Heating
from priority.aftermath.view import View, hours_of
from priority.network.arrays import NETWORK_KEYS

#: Indoor temperature that heating holds; degrees below it are counted (base 18 °C).
BASE_C = 18.0
_HEAT = NETWORK_KEYS.index("heat")
_DIGITS = 6


def heating(view: View) -> Heating | None:
    """Return the degree hours; None where heat was never out."""
    out = view.anybody[:, _HEAT].any(axis=1) | (view.people[:, _HEAT].sum(axis=1) > 0)
    if not out.any():
        return None
    inside = view.temperatures.changes_s
    inside = inside[(inside > 0) & (inside < view.end_s)]
    times = np.union1d(view.account.time_s, inside)
    places = np.searchsorted(view.account.time_s, times, side="right") - 1
    length_s = np.diff(times, append=times[-1:]).astype(np.float64) * out[places]
    celsius = view.temperatures.at(times)
    known = ~np.isnan(celsius)
    missing = np.maximum(0.0, BASE_C - np.where(known, celsius, BASE_C))
    people = view.people[:, _HEAT].sum(axis=1)[places]
    known_s = float(length_s[known].sum())
    return Heating(
        base_c=BASE_C,
        degree_hours=round(float((missing * length_s).sum()) / 3600, _DIGITS) if known_s else None,
        people_degree_hours=round(float((missing * length_s * people).sum()) / 3600, _DIGITS) if known_s else None,
        hours_known=hours_of(known_s),
        hours_unknown=hours_of(float(length_s[~known].sum())),
    )
