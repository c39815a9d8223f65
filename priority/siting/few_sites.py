"""Whether a few sites cover everything: a depth-first search for questions that are too small for a program.

It branches on the demand with the fewest sites left: one of them has to be open, and once a site was tried in vain it
stays shut for its siblings. A branch is left when its uncovered demands need more sites than there are left:

* each demand pays an equal share of the site that could serve the most of its own; no site is paid more than 1, so that
  the sum of payments is no more than the number of sites any cover has;
* demands no two of which share a site need one site each.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from priority.network.kernels import BoolArray, compiled
from priority.siting.coverage import Sets
from priority.siting.distances import Ints

#: Rounding of a sum of shares.
_ROUNDING = 1e-7


class _Branch(NamedTuple):
    """Where the search is: how often demands are covered, sites they have left, what sites would newly cover."""

    times: Ints
    left: Ints
    gain: Ints
    #: The depth at which a site was shut, -1 for sites that may be opened; the sites open and their branching demands.
    shut: Ints
    opened: Ints
    asked: Ints


@compiled
def _open(sets: tuple[Ints, Ints, Ints, Ints], branch: _Branch, column: int) -> int:
    """Open a site; return how many demands it newly covers."""
    start, site, turned_start, demand = sets
    fresh = 0
    for at in range(turned_start[column], turned_start[column + 1]):
        row = demand[at]
        branch.times[row] += 1
        if branch.times[row] == 1:
            fresh += 1
            for place in range(start[row], start[row + 1]):
                branch.gain[site[place]] -= 1
    return fresh


@compiled
def _close(sets: tuple[Ints, Ints, Ints, Ints], branch: _Branch, column: int) -> int:
    """Close an open site; return how many demands are uncovered then that it alone covered."""
    start, site, turned_start, demand = sets
    bare = 0
    for at in range(turned_start[column], turned_start[column + 1]):
        row = demand[at]
        branch.times[row] -= 1
        if branch.times[row] == 0:
            bare += 1
            for place in range(start[row], start[row + 1]):
                branch.gain[site[place]] += 1
    return bare


@compiled
def _shut(sets: tuple[Ints, Ints, Ints, Ints], branch: _Branch, column: int, depth: int) -> None:
    """Forbid a site at this depth, or allow it again where the depth is -1."""
    change = 1 if depth < 0 else -1
    branch.shut[column] = depth
    for at in range(sets[2][column], sets[2][column + 1]):
        branch.left[sets[3][at]] += change


@compiled
def _allow(sets: tuple[Ints, Ints, Ints, Ints], branch: _Branch, depth: int) -> None:
    """Allow the sites again that were tried in vain for the demand of this depth."""
    row = branch.asked[depth]
    for at in range(sets[0][row], sets[0][row + 1]):
        if branch.shut[sets[1][at]] == depth:
            _shut(sets, branch, sets[1][at], -1)


@compiled
def _hardest(branch: _Branch) -> int:
    """Return the uncovered demand with the fewest sites left; of equal ones the first. One has to be uncovered."""
    found = -1
    for row in range(branch.times.size):
        if branch.times[row] == 0 and (found < 0 or branch.left[row] < branch.left[found]):
            found = row
    return found


@compiled
def _hopeless(sets: tuple[Ints, Ints, Ints, Ints], branch: _Branch, most: int, marks: Ints, mark: int) -> bool:
    """Return whether the uncovered demands need more than so many sites; `marks` (c) are sites met under a mark."""
    start, site = sets[0], sets[1]
    paid, apart = 0.0, 0
    for row in range(branch.times.size):
        if branch.times[row] > 0:
            continue
        largest, alone = 0, True
        for at in range(start[row], start[row + 1]):
            column = site[at]
            if branch.shut[column] < 0:
                largest = max(largest, branch.gain[column])
                alone = alone and marks[column] != mark
        if largest == 0:
            return True
        paid += 1.0 / largest
        if alone:
            apart += 1
            for at in range(start[row], start[row + 1]):
                marks[site[at]] = mark
        if apart > most or paid > most + _ROUNDING:
            return True
    return False


@compiled
def _next_site(sets: tuple[Ints, Ints, Ints, Ints], branch: _Branch, row: int) -> int:
    """Return the site of a demand, not shut, that covers most anew; -1 where all are shut."""
    found = -1
    for at in range(sets[0][row], sets[0][row + 1]):
        column = sets[1][at]
        if branch.shut[column] < 0 and (found < 0 or branch.gain[column] > branch.gain[found]):
            found = column
    return found


@compiled
def _search(sets: tuple[Ints, Ints, Ints, Ints], branch: _Branch, most: int, nodes: int) -> int:
    """Return the number of sites that cover everything (in `opened`), -1 if there are none, -2 if nodes ran out."""
    uncovered, depth, mark = branch.times.size, 0, 1
    marks = np.zeros(branch.gain.size, np.int64)
    if uncovered == 0:
        return 0
    if most == 0 or _hopeless(sets, branch, most, marks, mark):
        return -1
    branch.asked[0] = _hardest(branch)
    while depth >= 0:
        column = _next_site(sets, branch, branch.asked[depth])
        if column >= 0:
            if nodes == 0:
                return -2
            nodes -= 1
            branch.opened[depth] = column
            uncovered -= _open(sets, branch, column)
            if uncovered == 0:
                return depth + 1
            mark += 1
            if depth + 1 < most and not _hopeless(sets, branch, most - depth - 1, marks, mark):
                depth += 1
                branch.asked[depth] = _hardest(branch)
                continue
        else:
            _allow(sets, branch, depth)
            depth -= 1
            if depth < 0:
                break
        uncovered += _close(sets, branch, branch.opened[depth])
        _shut(sets, branch, branch.opened[depth], depth)
    return -1


def few_enough_sites(sites_of: Sets, most: int, nodes: int) -> tuple[BoolArray | None, bool]:
    """Return at most so many sites (c) that cover all demands (r), None if there are none; and whether that is sure.

    It is unsure when so many `nodes` of the search did not suffice. No demands need no sites.
    """
    turned = sites_of.turned()
    rows, columns = len(sites_of), sites_of.columns
    depths = max(1, min(most, rows))
    branch = _Branch(
        np.zeros(rows, np.int64),
        sites_of.size.astype(np.int64),
        turned.size.astype(np.int64),
        np.full(columns, -1, np.int64),
        np.zeros(depths, np.int64),
        np.zeros(depths, np.int64),
    )
    sets = (sites_of.start, sites_of.column, turned.start, turned.column)
    count = _search(sets, branch, min(most, rows), nodes)
    if count < 0:
        return None, count == -1
    chosen = np.zeros(columns, np.bool_)
    chosen[branch.opened[:count]] = True
    return chosen, True
