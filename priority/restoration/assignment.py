"""Which unit goes to which place, at the least loss: both by number, the loss of a choice asked from outside.

The loss of a set of placements is no sum of single gains: a pump that gets power saves the hospital behind it, and a
place that lacks power and water needs both. So every choice is judged by its own loss. Where there are few choices all
are tried, and the answer is the least there is. Otherwise units are placed one after the other, each time where the
loss sinks most, and then moved and exchanged while that helps: no better choice differs from the answer by one move
or exchange, but one that differs by more may be better.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from priority.network.kernels import BoolArray
from priority.restoration.clock import Deadline

#: A unit that stays where it is.
NOWHERE = -1

#: Place of each unit, `NOWHERE` for those that stay.
Choice = tuple[int, ...]
Loss = tuple[int, ...]


@dataclass(frozen=True)
class Assignment:
    """The best choice found and its loss; `exact` tells that all choices were tried."""

    choice: Choice
    loss: Loss
    exact: bool


def assign(
    allowed: BoolArray,
    ready_s: NDArray[np.int64],
    loss_of: Callable[[Choice], Loss],
    deadline: Deadline,
    most: int = 1500,
) -> Assignment:
    """Choose a place for each unit, or none; no place gets two. Losses compare from the left.

    `allowed` and `ready_s` (units, places) say where a unit may go and when it would be ready there; the most urgent
    place stands first. `most` limits how often a loss is asked. However little time there is, the choice is no worse
    than sending nobody, and than sending to each place in turn the unit that is soonest there. Of equal losses the one
    with fewer journeys counts, then the shorter ones: a unit that helps nobody stays.
    """
    search = _Search(allowed, ready_s, loss_of, deadline, most)
    first = min(search.nobody, search.soonest(), key=search.worth)
    if _choices_up_to(allowed, most) <= most:
        return search.best_of(first, _all_choices(allowed))
    return search.improved(min(first, search.greedy(), key=search.worth))


def _choices_up_to(allowed: BoolArray, most: int) -> int:
    """Count the choices, at least as far as `most`."""
    count = 0
    for _ in _all_choices(allowed):
        count += 1
        if count > most:
            break
    return count


def _all_choices(allowed: BoolArray, unit: int = 0, taken: frozenset[int] = frozenset()) -> Iterator[Choice]:
    if unit == allowed.shape[0]:
        yield ()
        return
    for rest in _all_choices(allowed, unit + 1, taken):
        yield (NOWHERE, *rest)
    for place in np.flatnonzero(allowed[unit]).tolist():
        if place not in taken:
            for rest in _all_choices(allowed, unit + 1, taken | {place}):
                yield (place, *rest)


@dataclass(eq=False)
class _Search:
    allowed: BoolArray
    ready_s: NDArray[np.int64]
    loss_of: Callable[[Choice], Loss]
    deadline: Deadline
    most: int
    known: dict[Choice, Loss] = field(default_factory=dict)

    def worth(self, choice: Choice) -> tuple[Loss, int, int, Choice]:
        if choice not in self.known:
            self.known[choice] = self.loss_of(choice)
        sent = [(unit, place) for unit, place in enumerate(choice) if place != NOWHERE]
        return self.known[choice], len(sent), sum(int(self.ready_s[pair]) for pair in sent), choice

    @property
    def _spent(self) -> bool:
        return len(self.known) >= self.most or self.deadline.passed

    @property
    def nobody(self) -> Choice:
        return (NOWHERE,) * len(self.allowed)

    def soonest(self) -> Choice:
        """Send to each place in turn the unit that is soonest there, as long as there are units."""
        choice = self.nobody
        for place in range(self.allowed.shape[1]):
            choice = next(self._with_place(choice, place), choice)
        return choice

    def best_of(self, first: Choice, choices: Iterator[Choice]) -> Assignment:
        best = self.worth(first)
        for choice in choices:
            if self.deadline.passed:
                return Assignment(best[3], best[0], exact=False)
            best = min(best, self.worth(choice))
        return Assignment(best[3], best[0], exact=True)

    def greedy(self) -> Choice:
        """Place one unit at a time where the loss sinks most. Each place is tried with the unit soonest there."""
        choice: Choice = self.nobody
        while not self._spent:
            tried = takewhile(lambda _: not self._spent, self._soonest(choice))
            better = min(map(self.worth, tried), default=None)
            if better is None or better >= self.worth(choice):
                break
            choice = better[3]
        return choice

    def _soonest(self, choice: Choice) -> Iterator[Choice]:
        for place in range(self.allowed.shape[1]):
            yield from self._with_place(choice, place)

    def _with_place(self, choice: Choice, place: int) -> Iterator[Choice]:
        """Yield the choice with the soonest idle unit at a place too, if there is one and the place is free."""
        able = [unit for unit, now in enumerate(choice) if now == NOWHERE and self.allowed[unit, place]]
        if able and place not in choice:
            unit = min(able, key=lambda item: (int(self.ready_s[item, place]), item))
            yield (*choice[:unit], place, *choice[unit + 1 :])

    def improved(self, choice: Choice) -> Assignment:
        """Move and exchange units while that helps and questions are left."""
        best = self.worth(choice)
        moved = True
        while moved:
            moved = False
            for other in self._neighbours(best[3]):
                if self._spent:
                    break
                worth = self.worth(other)
                if worth < best:
                    best, moved = worth, True
                    break
        return Assignment(best[3], best[0], exact=False)

    def _neighbours(self, choice: Choice) -> Iterator[Choice]:
        """Yield every choice that differs by one unit's place, or by two units that exchange theirs."""
        units, places = self.allowed.shape
        for unit in range(units):
            for place in (NOWHERE, *range(places)):
                if place == NOWHERE or (self.allowed[unit, place] and place not in choice):
                    yield (*choice[:unit], place, *choice[unit + 1 :])
        for one in range(units):
            for two in range(one + 1, units):
                if self._may(one, choice[two]) and self._may(two, choice[one]):
                    swapped = list(choice)
                    swapped[one], swapped[two] = choice[two], choice[one]
                    yield tuple(swapped)

    def _may(self, unit: int, place: int) -> bool:
        return place == NOWHERE or bool(self.allowed[unit, place])
