"""How many sites any cover needs at least: Lagrangian prices for demands, by subgradient.

For any prices that are not negative, a cover of all demands has at least

    sum of prices + sum over sites of min(0, 1 - prices of its demands)

sites, and so that many rounded up; the search only looks for prices that make it large.
"""

from __future__ import annotations

import numpy as np

from priority.siting.coverage import Sets
from priority.siting.distances import Floats
from priority.siting.effort import Effort

_ROUNDS = 400
_HALVE_AFTER = 15
_MEMORY = 0.7
_ROUNDING = 1e-7


def fewest_possible(sites_of: Sets, upper: int, effort: Effort) -> int:
    """Return a proven least number of sites for demands (r), given that `upper` suffice; 0 without demands."""
    if not len(sites_of):
        return 0
    row, column = sites_of.row, sites_of.column
    # Each demand asks for its share of the site that serves the most.
    size = np.bincount(column, minlength=sites_of.columns)
    price: Floats = 1.0 / np.maximum.reduceat(size[column], sites_of.start[:-1])
    best, direction, step, since = 0.0, np.zeros(len(sites_of)), 1.0, 0
    for _ in range(_ROUNDS):
        rest = 1.0 - np.bincount(column, price[row], sites_of.columns)
        opened = rest < 0
        value = float(price.sum() + rest[opened].sum())
        since = 0 if value > best + 1e-6 else since + 1
        best = max(best, value)
        if np.ceil(best - _ROUNDING) >= upper or effort.over or step < 1e-3:
            break
        if since >= _HALVE_AFTER:
            step, since = step / 2, 0
        direction = 1.0 - np.bincount(row, opened[column], len(sites_of)) + _MEMORY * direction
        # A price that is 0 cannot sink: that part of the direction leads nowhere.
        useful = np.where((price <= 0) & (direction < 0), 0.0, direction)
        length = float(useful @ useful)
        if length == 0.0:
            break
        price = np.maximum(0.0, price + step * max(upper - value, 1e-6) / length * useful)
    return int(np.ceil(best - _ROUNDING))
