"""Whether so many sites cover all demands, asked of few demands at a time.

What cannot cover some demands cannot cover all: a no holds at once. A yes is tried on the others, and of those that it
leaves uncovered some join the few, until there is a no or nobody is left. Few demands leave few sites that are not
dominated, so that each question is small even where thousands of sites and demands lie close together.
"""

from __future__ import annotations

import numpy as np

from priority.network.kernels import BoolArray, compiled
from priority.siting.coverage import Sets, reduced
from priority.siting.distances import Ints
from priority.siting.effort import Effort
from priority.siting.few_sites import few_enough_sites
from priority.siting.local_cover import greedy_cover, smaller_cover
from priority.siting.program import Program

#: Questions with no more pairs than this are asked of all demands at once.
_FEW_PAIRS = 50_000
#: So many demands join at a time, and more only if they have no site in common.
_JOINING = 15
#: How much the search of its own may look at before a program is asked.
_LOOKS = 20_000_000
#: So many steps of local search without success.
_PATIENCE = 16_000


@compiled
def apart(start: Ints, column: Ints, columns: int, order: Ints) -> BoolArray:
    """Return rows (r) no two of which have a column in common, taken in an order: each needs a column of its own."""
    taken = np.zeros(columns, np.bool_)
    found = np.zeros(start.size - 1, np.bool_)
    for row in order:
        alone = True
        for at in range(start[row], start[row + 1]):
            if taken[column[at]]:
                alone = False
                break
        if alone:
            found[row] = True
            for at in range(start[row], start[row + 1]):
                taken[column[at]] = True
    return found


class LazyCover:
    """Remembers for so many demands which of them were worth asking."""

    def __init__(self, demands: int) -> None:
        self._asked = np.zeros(demands, np.bool_)

    def at_most(self, sets: Sets, need: BoolArray, most: int, effort: Effort) -> tuple[BoolArray | None, bool]:
        """Return at most so many sites (c) that cover the demands (r) in need, None if there are none; and if sure.

        It is unsure only where the effort has ended. No demands in need give no sites.
        """
        asked = need if sets.column.size <= _FEW_PAIRS else self._asked & need
        while not effort.over:
            chosen, sure = _covering(sets.part(asked, np.ones(sets.columns, np.bool_)), most, effort)
            if chosen is None:
                return None, sure
            bare = need & (np.bincount(sets.row[chosen[sets.column]], minlength=len(sets)) == 0)
            if not bare.any():
                return chosen, True
            asked = asked | _joining(sets, bare)
            self._asked |= asked
        return None, False


def _joining(sets: Sets, bare: BoolArray) -> BoolArray:
    """Return some demands (r) of those that are bare: such as lie far apart, then some from everywhere."""
    rows = np.flatnonzero(bare)
    joining = apart(sets.start, sets.column, sets.columns, rows[np.argsort(sets.size[rows], kind="stable")])
    rest = np.flatnonzero(bare & ~joining)
    more = max(0, _JOINING - int(joining.sum()))
    joining[rest[np.linspace(0, rest.size - 1, min(more, rest.size)).astype(np.int64)]] = True
    return joining


def _covering(sets: Sets, most: int, effort: Effort) -> tuple[BoolArray | None, bool]:
    """Answer for all demands of a small question: by a search of its own, a local one, at last by a program."""
    demands, sites = reduced(sets, np.zeros(sets.columns))
    small = sets.part(demands, sites)
    found, sure = few_enough_sites(small, most, _LOOKS // max(1, small.column.size))
    if not sure:
        found, sure = _by_program(small, most, effort)
    if found is None:
        return None, sure
    chosen = np.zeros(sets.columns, np.bool_)
    chosen[np.flatnonzero(sites)[found]] = True
    return chosen, True


def _by_program(sets: Sets, most: int, effort: Effort) -> tuple[BoolArray | None, bool]:
    start = greedy_cover(sets, np.ones(len(sets), np.int64))
    near = smaller_cover(sets, start, effort.part(0.1), most, _PATIENCE)
    if near.sum() <= most:
        return near, True
    program = Program(np.ones(sets.columns), np.ones(sets.columns, np.bool_))
    program.add_rows(sets.row, sets.column, np.ones(sets.column.size), np.ones(len(sets)), np.full(len(sets), np.inf))
    program.add_row(np.arange(sets.columns), np.ones(sets.columns), high=float(most))
    answer = program.minimise(np.ones(sets.columns), effort, target=float(most), stage="cover")
    return None if answer.values is None else answer.values > 0.5, answer.infeasible or answer.values is not None
