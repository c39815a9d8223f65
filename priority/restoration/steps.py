"""The schedule as people read it: steps with what each brings back, crews with their lists, faults nobody repairs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from priority.picture import Picture
from priority.restoration.decision import Decision
from priority.restoration.results import BroughtBack, CrewRow, OpenFault, RepairStep
from priority.restoration.scenario import Scenario
from priority.restoration.spans import Gain, gained
from priority.restoration.words import fault_name, step_reason
from priority.times import NEVER, Seconds


def in_order(scenario: Scenario, done_s: Seconds) -> list[int]:
    """Return the repairs that are done, in the order in which they are; of equal times the first fault first."""
    done = [repair for repair in range(len(scenario.repairs)) if done_s[repair] != NEVER]
    return sorted(done, key=lambda repair: (int(done_s[repair]), scenario.repairs[repair].task.fault))


def gains_of(scenario: Scenario, decision: Decision) -> dict[int, Gain]:
    """Return what each repair brings back when it is done.

    Where several things happen at one second, they are looked at a second apart, so that each gain is counted once.
    """
    apart_s = decision.done_s.copy()
    taken = {item.ready_s for item in decision.sent}
    latest = 0
    for repair in in_order(scenario, decision.done_s):
        latest = max(latest + 1, int(decision.done_s[repair]))
        while latest in taken:
            latest += 1
        apart_s[repair] = latest
    picture = scenario.after(apart_s, decision.sent, horizon_s=latest + 1)
    gains = {repair: gained(picture, int(apart_s[repair])) for repair in in_order(scenario, decision.done_s)}
    for repair, gain in gains.items():
        if gain.nothing:
            waits = _waits(picture, scenario, decision, repair, int(apart_s[repair]))
            gains[repair] = replace(gain, waits=waits)
    return gains


def _waits(picture: Picture, scenario: Scenario, decision: Decision, repair: int, time_s: int) -> bool:
    """Tell whether something that a fault alone would take is without supply at a moment, though it is repaired."""
    done_s = np.array([item.task.release_s for item in scenario.repairs], np.int64)
    done_s[repair] = NEVER
    alone = scenario.after(done_s, decision.sent, horizon_s=time_s + 1)
    shown = picture.shown_facilities
    failed = alone.failed(time_s)[shown] & picture.failed(time_s)[shown]
    return bool((alone.lost_nodes(time_s) & picture.lost_nodes(time_s)).any() or failed.any())


def repair_steps(
    picture: Picture, scenario: Scenario, decision: Decision, gains: dict[int, Gain]
) -> tuple[RepairStep, ...]:
    """Return a row for each repair, by the time when it is done."""
    ordered = in_order(scenario, decision.done_s)
    return tuple(
        _step(picture, scenario, decision, (rank, repair), gains[repair]) for rank, repair in enumerate(ordered, 1)
    )


def _step(picture: Picture, scenario: Scenario, decision: Decision, ranked: tuple[int, int], gain: Gain) -> RepairStep:
    rank, repair = ranked
    if decision.solution is None:
        raise ValueError("a step without a schedule")
    timing, item = decision.solution.timing, scenario.repairs[repair]
    crew = int(timing.crew[repair])
    position = decision.solution.schedule.lists[crew].index(repair) + 1
    depart_s, arrive_s = int(timing.depart_s[repair]), int(timing.arrive_s[repair])
    fixed = any(step.task == repair for step in scenario.forces.fixed)
    ids = picture.system.facilities.ids
    return RepairStep(
        rank=rank,
        fault=item.task.fault,
        name=fault_name(picture, picture.damages[item.damage]),
        kind=item.kind,
        network=item.network,
        crew=scenario.forces.crews[crew].id,
        position=position,
        fixed=fixed,
        depart_at=picture.iso(depart_s),
        arrive_at=picture.iso(arrive_s),
        start_at=picture.iso(int(timing.start_s[repair])),
        done_at=picture.iso(int(timing.done_s[repair])),
        travel_hours=round((arrive_s - depart_s) / 3600, 4),
        work_hours=round(item.task.duration_s / 3600, 4),
        hours_assumed=item.assumed,
        brings_back=BroughtBack(
            customers=gain.customers,
            population=gain.population,
            facilities=tuple(ids[facility] for facility, _ in gain.facilities),
        ),
        reason=step_reason(picture, position, gain, fixed=fixed),
    )


def crew_rows(picture: Picture, scenario: Scenario, decision: Decision) -> tuple[CrewRow, ...]:
    """Return every crew with its list, by id; one without a list is free."""
    rows = []
    for number, crew in enumerate(scenario.forces.crews):
        listed = () if decision.solution is None else decision.solution.schedule.lists[number]
        longitude, latitude = scenario.forces.depots[number].tolist()
        rows.append(
            CrewRow(
                id=crew.id,
                name=crew.name,
                skills=crew.skills,
                longitude=longitude,
                latitude=latitude,
                faults=tuple(scenario.repairs[repair].task.fault for repair in listed),
                free_at=picture.iso(int(decision.done_s[listed[-1]])) if listed else None,
            )
        )
    return tuple(rows)


def open_faults(picture: Picture, scenario: Scenario, decision: Decision) -> tuple[OpenFault, ...]:
    """Return the faults that stay: no crew has the skill, no road leads there, or they found no place in the plan."""
    rows = []
    for repair in np.flatnonzero(decision.done_s == NEVER).tolist():
        item = scenario.repairs[repair]
        skill = picture.phrases.write(f"restoration.skill.{item.task.skill}")
        skilled = [crew for crew in scenario.forces.crews if item.task.skill in crew.skills]
        able = any(scenario.forces.able(crew, repair, scenario.repairs) for crew in range(len(scenario.forces.crews)))
        key = "not_planned" if able else "no_way" if skilled else "no_skill"
        rows.append(
            OpenFault(
                fault=item.task.fault,
                name=fault_name(picture, picture.damages[item.damage]),
                reason=picture.phrases.write(f"restoration.open.{key}", skill=skill),
            )
        )
    return tuple(rows)
