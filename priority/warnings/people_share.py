"""Which share of a township's people an area takes: by its consumer points, not by its ground.

People live close together: a strip through the fields is half of a township's ground and a tenth of its homes. The
people are those of the network that reaches most of the township's people.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from priority.warnings.point_index import Cover, PointIndex

#: The column of an index of consumer points that has their people.
PEOPLE = 1
_FLOATS = NDArray[np.float64]


def people_by_township(index: PointIndex, township: NDArray[np.intp], count: int) -> _FLOATS:
    """Return the people (count) of each township by a network; `township` (p) has a number for each point as given."""
    people = np.bincount(township[index.order], weights=index.columns[:, PEOPLE], minlength=count + 1)[:count]
    return np.asarray(people, dtype=np.float64)


def people_shares(
    indexes: Sequence[PointIndex],
    townships: Sequence[NDArray[np.intp]],
    totals: _FLOATS,
    area: BaseGeometry,
    cells: Cover,
) -> _FLOATS:
    """Return for each township (t) the share of its people inside an area; NaN where nobody knows of people there.

    `totals` (networks, t) are the people by `people_by_township`; `cells` is the area's cover.
    """
    if not totals.shape[1]:
        return np.empty(0)
    best = totals.argmax(axis=0)
    most = totals.max(axis=0)
    inside = np.zeros(totals.shape[1])
    for network in np.unique(best[most > 0]):
        index, own = indexes[network], townships[network]
        members = index.members(area, cells)
        people = np.bincount(own[members], weights=_people(index)[members], minlength=len(inside) + 1)[: len(inside)]
        inside = np.where(best == network, people, inside)
    shares: _FLOATS = np.divide(inside, most, out=np.full(len(most), np.nan), where=most > 0)
    return shares


def _people(index: PointIndex) -> _FLOATS:
    """Return the people of each point, in the order in which the points were given."""
    people = np.empty(len(index.order))
    people[index.order] = index.columns[:, PEOPLE]
    return people
