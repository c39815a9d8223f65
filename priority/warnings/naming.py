"""Which townships a warning names of those that its area shares ground with.

Outlines of the same border differ by some metres, and a hand that draws along a border crosses it. A township of which
nobody lives or works inside the area, and only a sliver of its ground lies there, is not named: its name would tell all
of it that it is warned. Titles, messages, lists and recipients all follow this one rule.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from priority.network.kernels import BoolArray
from priority.wording import Phrases

#: A township is named from this share of its ground on, whoever lives there.
LEAST_SHARE = 0.005
#: A township of which less is left out is warned whole.
WHOLE_SHARE = 0.98
#: A small area in wide fields is named by the townships that hold at least this share of the area.
_LEAST_OF_AREA = 0.1


def told_name(name: str, share: float | None, phrases: Phrases) -> str:
    """Return a township's name as a warning tells it: as a part unless the whole is known to be inside."""
    whole = share is not None and share >= WHOLE_SHARE
    return name if whole else phrases.write("warning.part_township", name=name)


def named(shares: NDArray[np.float64], shared: NDArray[np.float64], occupied: BoolArray) -> BoolArray:
    """Return which townships (t) are named. All three have one place for each township that shares ground.

    `shares` are parts of the townships' ground, `shared` is that ground in any unit of area, `occupied` tells where a
    consumer point or an open facility lies inside. The one with most of the area is always named; of none, none is.
    """
    if not len(shared):
        return np.zeros(0, np.bool_)
    weighty = (shared >= _LEAST_OF_AREA * shared.sum()) | (shared == shared.max())
    return np.asarray((shares >= LEAST_SHARE) | occupied | weighty, dtype=np.bool_)
