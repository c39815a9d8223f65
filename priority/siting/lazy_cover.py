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
#: So many demands join at a time, or this part of those asked, and more only if they have no site in common.
_JOINING, _GROWTH = 15, 8
#: How much the search of its own may look at before a program is asked.
_LOOKS = 20_000_000
#: So many steps of local search without success, and the share of the time left that it may take.
_PATIENCE, _SEARCHING = 16_000, 0.2


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
    """Remembers for so many demands which of them were worth asking.

    `searched` tells that a local search for all has already failed to find fewer sites.
    """

    def __init__(self, demands: int, *, searched: bool = False) -> None:
        self._asked = np.zeros(demands, np.bool_)
        self._searched = searched

    def at_most(self, sets: Sets, need: BoolArray, most: int, effort: Effort) -> tuple[BoolArray | None, bool]:
        """Return at most so many sites (c) that cover the demands (r) in need, None if there are none; and if sure.

        It is unsure only where the effort has ended. No demands in need give no sites.
        """
        asked = need if sets.column.size <= _FEW_PAIRS else self._asked & need
        tried = self._searched or asked is need
        everywhere = np.ones(sets.columns, np.bool_)
        while not effort.over:
            few = _Few(sets.part(asked, everywhere), most)
            if not few.decided and not tried:
                # One local search for all may spare many questions.
                tried, found = True, _searched(sets.part(need, everywhere), most, effort.part(_SEARCHING))
                if found.sum() <= most:
                    return found, True
            chosen, sure = few.answer(effort)
            if chosen is None:
                return None, sure
            bare = need & (np.bincount(sets.row[chosen[sets.column]], minlength=len(sets)) == 0)
            if not bare.any():
                return chosen, True
            asked = asked | _joining(sets, bare, max(_JOINING, int(asked.sum()) // _GROWTH))
            self._asked |= asked
        return None, False


def _joining(sets: Sets, bare: BoolArray, wanted: int) -> BoolArray:
    """Return about so many demands (r) of those that are bare: such as lie far apart, then some from everywhere."""
    rows = np.flatnonzero(bare)
    joining = apart(sets.start, sets.column, sets.columns, rows[np.argsort(sets.size[rows], kind="stable")])
    rest = np.flatnonzero(bare & ~joining)
    more = max(0, wanted - int(joining.sum()))
    joining[rest[np.linspace(0, rest.size - 1, min(more, rest.size)).astype(np.int64)]] = True
    return joining


class _Few:
    """A small question about all demands (r) of some sets: a search of its own decides it, or else a program."""

    def __init__(self, sets: Sets, most: int) -> None:
        demands, self._sites = reduced(sets, np.zeros(sets.columns))
        self._sets, self._most = sets.part(demands, self._sites), most
        self._found, self.decided = few_enough_sites(self._sets, most, _LOOKS // max(1, self._sets.column.size))

    def answer(self, effort: Effort) -> tuple[BoolArray | None, bool]:
        """Return at most so many sites (c) that cover all demands, None if there are none; and whether that is sure."""
        found, sure = (self._found, True) if self.decided else _by_program(self._sets, self._most, effort)
        if found is None:
            return None, sure
        chosen = np.zeros(self._sites.size, np.bool_)
        chosen[np.flatnonzero(self._sites)[found]] = True
        return chosen, True


def _searched(sets: Sets, most: int, effort: Effort) -> BoolArray:
    """Return sites (c) that cover all demands (r), by local search; so few if it finds them."""
    return smaller_cover(sets, greedy_cover(sets, np.ones(len(sets), np.int64)), effort, most, _PATIENCE)


def _by_program(sets: Sets, most: int, effort: Effort) -> tuple[BoolArray | None, bool]:
    near = _searched(sets, most, effort.part(_SEARCHING))
    if near.sum() <= most:
        return near, True
    program = Program(np.ones(sets.columns), np.ones(sets.columns, np.bool_))
    program.add_rows(sets.row, sets.column, np.ones(sets.column.size), np.ones(len(sets)), np.full(len(sets), np.inf))
    program.add_row(np.arange(sets.columns), np.ones(sets.columns), high=float(most))
    answer = program.minimise(np.ones(sets.columns), effort, target=float(most), stage="cover")
    return None if answer.values is None else answer.values > 0.5, answer.infeasible or answer.values is not None
