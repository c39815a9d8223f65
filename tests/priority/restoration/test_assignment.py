"""Units to places: against every choice there is."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from priority.restoration.assignment import NOWHERE, Choice, Loss, assign
from priority.restoration.clock import Deadline

LossOf = Callable[[Choice], Loss]
Question = tuple[np.ndarray, np.ndarray, LossOf]


def least_by_hand(allowed: np.ndarray, loss_of: LossOf) -> Loss:
    units, places = allowed.shape
    found = []
    for choice in itertools.product((NOWHERE, *range(places)), repeat=units):
        sent = [place for place in choice if place != NOWHERE]
        if len(set(sent)) == len(sent) and all(
            place == NOWHERE or allowed[unit, place] for unit, place in enumerate(choice)
        ):
            found.append(loss_of(choice))
    return min(found)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Places down from one time to another; later places stand up while an earlier one does."""
    units, places = draw(st.integers(0, 3)), draw(st.integers(1, 4))
    allowed = np.array(draw(st.lists(st.booleans(), min_size=units * places, max_size=units * places)), bool)
    ready = np.array(draw(st.lists(st.integers(0, 9), min_size=units * places, max_size=units * places)), np.int64)
    spans = draw(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=places, max_size=places))
    tiers = draw(st.lists(st.integers(0, 1), min_size=places, max_size=places))
    behind = draw(st.lists(st.integers(-1, places - 1), min_size=places, max_size=places))
    allowed, ready = allowed.reshape(units, places), ready.reshape(units, places)

    def loss_of(choice: Choice) -> Loss:
        loss = [0, 0]
        fed = {place: int(ready[unit, place]) for unit, place in enumerate(choice) if place != NOWHERE}
        for place, (fails, back) in enumerate(spans):
            until = min([back, *(fed[item] for item in (place, behind[place]) if item in fed)])
            loss[tiers[place]] += max(0, until - fails)
        return tuple(loss)

    return allowed, ready, loss_of


@settings(max_examples=150, deadline=None)
@given(questions())
def test_the_choice_is_the_best_of_all(question: Question) -> None:
    allowed, ready, loss_of = question
    found = assign(allowed, ready, loss_of, Deadline(60))
    assert found.exact
    assert found.loss == loss_of(found.choice) == least_by_hand(allowed, loss_of)
    sent = [place for place in found.choice if place != NOWHERE]
    assert len(sent) == len(set(sent))


@settings(max_examples=100, deadline=None)
@given(questions())
def test_a_unit_that_helps_nobody_stays(question: Question) -> None:
    allowed, ready, loss_of = question
    found = assign(allowed, ready, loss_of, Deadline(60))
    for unit, place in enumerate(found.choice):
        if place != NOWHERE:
            without = (*found.choice[:unit], NOWHERE, *found.choice[unit + 1 :])
            assert loss_of(without) > found.loss


def test_many_units_are_placed_and_exchanged_within_the_limit() -> None:
    places, asked = 30, []
    allowed, ready = np.ones((6, places), bool), np.arange(6 * places).reshape(6, places) % 7

    def loss_of(choice: Choice) -> Loss:
        asked.append(choice)
        fed = {place: int(ready[unit, place]) for unit, place in enumerate(choice) if place != NOWHERE}
        return (sum(min(10 + place, fed.get(place, 99)) for place in range(places)),)

    found = assign(allowed, ready, loss_of, Deadline(60), most=400)
    assert not found.exact
    assert len(asked) <= 400
    assert sorted(found.choice) == [24, 25, 26, 27, 28, 29]
    # The six largest places, each fed at once: no choice can do better than that.
    assert found.loss[0] >= sum(10 + place for place in range(24))
    assert found.loss[0] <= sum(10 + place for place in range(24)) + 6


def test_no_unit_and_no_place_leave_nothing_to_choose() -> None:
    def loss_of(choice: Choice) -> Loss:
        return (7,)

    nothing = np.zeros((0, 4), np.int64)
    assert assign(nothing.astype(bool), nothing, loss_of, Deadline(60)).choice == ()
    nowhere = np.zeros((2, 0), np.int64)
    assert assign(nowhere.astype(bool), nowhere, loss_of, Deadline(60)).choice == (NOWHERE, NOWHERE)


def test_without_time_each_place_in_turn_has_the_unit_that_is_soonest_there() -> None:
    asked = []
    ready = np.array([[3, 1], [1, 2], [9, 9]])

    def loss_of(choice: Choice) -> Loss:
        asked.append(choice)
        return (sum(10 for place in (0, 1) if place not in choice),)

    found = assign(np.ones((3, 2), bool), ready, loss_of, Deadline(0))
    assert found.choice == (1, 0, NOWHERE)
    assert not found.exact
    assert len(asked) == 2
    assert assign(np.ones((3, 2), bool), ready, lambda _: (7,), Deadline(0)).choice == (NOWHERE,) * 3
