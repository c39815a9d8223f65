"""The time that a person allows is kept, and what was left out for it is said."""

from __future__ import annotations

import time
from typing import Any

import pytest

from priority.errors import InvalidIncident
from priority.restoration import plan as planning
from priority.restoration.problem import Schedule
from priority.restoration.results import RestorationPlan
from priority.restoration.solve import solve
from tests.pictures import District
from tests.priority.restoration.towns import PLACES, crew, plan_for, two_feeders, unit
from tests.priority.restoration.toy import random_problem

MANY = 40


def many_feeders() -> tuple[District, dict[str, float]]:
    lines = "\n".join(f"{'S*' if n == 0 else 'S'} - s{n}| - n{n}:{10 + n}" for n in range(MANY))
    district = District().network("electricity", lines)
    for number in range(MANY):
        district.facility(f"h{number}", "hospital", electricity=(f"n{number}", 1 + number % 5))
    return district, {f"n{number}": 0.0 for number in range(MANY)}


def codes(plan: RestorationPlan) -> set[str]:
    return {item.code for item in plan.assumptions}


def test_forty_faults_and_thirty_units_keep_to_one_second() -> None:
    district, faults = many_feeders()
    crews: dict[str, Any] = {
        "crews": [crew(f"c{number}") for number in range(3)],
        "units": [unit(f"u{number}", depot=PLACES) for number in range(30)],
    }
    plan_for(two_feeders(), {"a": 0.0, "b": 0.0}, {**crews, "seconds": 1})
    # The processor's time: what others do on the machine is no matter here.
    begin = time.process_time()
    plan = plan_for(district, faults, {**crews, "seconds": 1})
    assert time.process_time() - begin < 1.5 * 1 + 1
    assert len(plan.steps) == MANY
    assert plan.units
    assert all(row.saves_hours >= 0 for row in plan.units)


def test_what_time_left_out_is_said() -> None:
    crews = {"crews": [crew("c1")], "units": [unit("u1"), unit("u2")]}
    hurried = plan_for(two_feeders(), {"a": 0.0, "b": 0.0}, {**crews, "seconds": 1e-6})
    assert "extra_not_asked" in codes(hurried)
    assert hurried.extra_crews == ()
    assert [step.fault for step in hurried.steps]
    unhurried = plan_for(two_feeders(), {"a": 0.0, "b": 0.0}, {**crews, "seconds": 20})
    assert not {"extra_not_asked", "units_together"} & codes(unhurried)


@pytest.mark.parametrize("seed", range(3))
def test_without_time_a_known_schedule_is_kept_or_bettered(seed: int) -> None:
    problem = random_problem(seed, 9, 3)
    good = solve(problem, 20.0)
    again = solve(problem, 0.0, good.schedule)
    assert again.loss.tolist() <= good.loss.tolist()
    unknown = Schedule(((), (), ()))
    assert solve(problem, 0.0, unknown).loss.tolist() >= good.loss.tolist()


def test_four_hundred_repairs_end_soon_after_their_second() -> None:
    problem = random_problem(3, 400, 5, groups=60)
    solve(random_problem(1, 2, 1), 1.0)
    begin = time.process_time()
    solution = solve(problem, 1.0)
    assert time.process_time() - begin < 2.5
    assert sum(len(tasks) for tasks in solution.schedule.lists) == 400
    assert (solution.bound <= solution.loss).all()


def test_more_repairs_than_can_be_planned_are_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    district, faults = many_feeders()
    monkeypatch.setattr(planning, "MOST_REPAIRS", MANY - 1)
    with pytest.raises(InvalidIncident) as caught:
        plan_for(district, faults, {"crews": [crew("c1")]})
    (told,) = caught.value.problems
    assert (told.field, told.message) == ("faults", "有 40 处待修故障，一次最多安排 39 处")
    assert told.remedy == "先安排最重要的故障，或用 area 划定区域"
