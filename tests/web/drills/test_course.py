"""Drill time: as fast as it is told to go, still while it is held, and never back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.drills.scripts import BEGIN
from webmap.drills.course import FASTEST, SLOWEST, Course


def later(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def test_a_minute_at_sixty_times_is_an_hour() -> None:
    course = Course(BEGIN, 0.0, 60.0, playing=True)
    assert course.drill_s(BEGIN + later(60)) == 3600
    assert course.due_in_s(7200, BEGIN + later(60)) == 60
    assert not course.is_due(3601, BEGIN + later(60))
    assert course.is_due(3600, BEGIN + later(60))


def test_held_it_stands_still_and_goes_on_from_there() -> None:
    held = Course(BEGIN, 0.0, 10.0, playing=True).held(BEGIN + later(30))
    assert held.drill_s(BEGIN + later(3000)) == 300
    assert held.due_in_s(400, BEGIN + later(3000)) is None
    assert held.due_in_s(300, BEGIN + later(3000)) == 0
    on = held.resumed(BEGIN + later(3000))
    assert on.drill_s(BEGIN + later(3001)) == 310


def test_another_speed_counts_from_now_on() -> None:
    course = Course(BEGIN, 0.0, 1.0, playing=True).at_speed(600.0, BEGIN + later(100))
    assert course.drill_s(BEGIN + later(101)) == 700


def test_the_next_step_now_goes_forward_never_back() -> None:
    course = Course(BEGIN, 100.0, 1.0, playing=False)
    assert course.at(500, BEGIN).drill_s(BEGIN) == 500
    assert course.at(50, BEGIN).drill_s(BEGIN) == 100


def test_left_alone_it_stood_still() -> None:
    course = Course(BEGIN, 0.0, 10.0, playing=True)
    taken_up = course.taken_up(BEGIN + later(60), BEGIN + later(86_400))
    assert taken_up.drill_s(BEGIN + later(86_400)) == 600
    changed_since = course.at_speed(10.0, BEGIN + later(100)).taken_up(BEGIN + later(60), BEGIN + later(86_400))
    assert changed_since.drill_s(BEGIN + later(86_400)) == 1000


Changes = st.lists(
    st.tuples(
        st.sampled_from(["hold", "resume", "speed", "step", "leave"]),
        st.floats(0, 3600),
        st.floats(SLOWEST, FASTEST),
    ),
    max_size=12,
)


@settings(max_examples=150)
@given(Changes)
def test_whatever_people_do_drill_time_never_goes_back(changes: list[tuple[str, float, float]]) -> None:
    course, now, before = Course(BEGIN, 0.0, 1.0, playing=True), BEGIN, 0.0
    for what, wait_s, number in changes:
        now += later(wait_s)
        reached = course.drill_s(now)
        match what:
            case "hold":
                course = course.held(now)
            case "resume":
                course = course.resumed(now)
            case "speed":
                course = course.at_speed(number, now)
            case "step":
                course = course.at(number * 10, now)
            case _:
                course = course.taken_up(now, now + later(10))
                now += later(10)
        assert course.drill_s(now) >= reached - 1e-6
        assert course.drill_s(now) >= before - 1e-6
        before = course.drill_s(now)


def test_a_clock_that_was_set_back_holds_it() -> None:
    course = Course(BEGIN, 50.0, 10.0, playing=True)
    assert course.drill_s(BEGIN - later(60)) == pytest.approx(50)
