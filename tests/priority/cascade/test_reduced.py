"""The part that an incident touches has the losses of the whole, condensed networks the supply of the full ones."""

from __future__ import annotations

import itertools
from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from priority.assessment import take_picture
from priority.incident import Incident
from priority.network import trace_supply
from priority.picture import Picture
from priority.plans import load_plan
from priority.restoration.input import Crews
from priority.restoration.levels import Levels
from priority.restoration.losses import IncidentLosses
from priority.restoration.tasks import repairs_of
from priority.system import SupplySystem
from priority.times import NEVER
from tests.priority.cascade.random_systems import HORIZON_H, RandomSystem, systems
from tests.priority.small import incident_document

thorough = settings(max_examples=30, deadline=None)


def picture_of(system: RandomSystem, supplies: SupplySystem, repairs: dict[str, float]) -> Picture:
    fields = {**system.act.fields(), "repairs": repairs}
    incident = Incident.parse(incident_document(plan=system.plan, horizon_hours=HORIZON_H, **fields))
    return take_picture(supplies, incident, load_plan(system.plan), restricted=True)


def losses_by_hand(picture: Picture, levels: Levels) -> list[int]:
    """Walk over the moments of a picture and add up what is lost between them."""
    people = np.where(picture.counted, picture.system.loads.population, 0)
    moments = [0, *(int(t) for t in picture.cascade.times_s if 0 < t < picture.horizon_s), picture.horizon_s]
    total: Counter[int] = Counter()
    for start, end in itertools.pairwise(moments):
        for facility in np.flatnonzero(picture.failed(start)):
            if levels.of_facility[facility] >= 0:
                total[int(levels.of_facility[facility])] += end - start
        total[levels.people] += round(float(people[picture.lost_nodes(start)].sum())) * (end - start)
    return [total[level] for level in range(len(levels.rows))]


@thorough
@given(systems(), st.data())
def test_losses_with_repairs_are_those_of_the_whole_district(system: RandomSystem, data: st.DataObject) -> None:
    supplies = SupplySystem.build(system.frames, "1-test")
    waiting = picture_of(system, supplies, {})
    everything = np.ones(len(supplies.facilities.ids), np.bool_)
    levels = Levels.of(supplies, waiting.plan, waiting.incident, everything, waiting.phrases)
    repairs = repairs_of(supplies, waiting.damages, Crews())
    hours = [data.draw(st.sampled_from([0.5, 2.5, 4.0, 9.0, None])) for _ in repairs]
    done_h = {
        item.task.fault: max(hour, item.task.release_s / 3600)
        for item, hour in zip(repairs, hours, strict=True)
        if hour is not None
    }
    done_s = np.array(
        [round(done_h[item.task.fault] * 3600) if item.task.fault in done_h else NEVER for item in repairs]
    )
    model = IncidentLosses.of(waiting, repairs, levels)
    mended = picture_of(system, supplies, done_h)
    assert model.evaluate(done_s.astype(np.int64)).tolist() == losses_by_hand(mended, levels)


@thorough
@given(systems())
def test_what_surely_is_down_is_down_while_the_repairs_wait(system: RandomSystem) -> None:
    supplies = SupplySystem.build(system.frames, "1-test")
    waiting = picture_of(system, supplies, {})
    everything = np.ones(len(supplies.facilities.ids), np.bool_)
    levels = Levels.of(supplies, waiting.plan, waiting.incident, everything, waiting.phrases)
    repairs = repairs_of(supplies, waiting.damages, Crews())
    model = IncidentLosses.of(waiting, repairs, levels)
    nothing_done = model.evaluate(np.full(len(repairs), NEVER))
    for chosen in [(), *((task,) for task in range(len(repairs))), tuple(range(len(repairs)))]:
        down = model.down_from(chosen)
        sure = np.zeros(len(levels.rows), np.int64)
        seconds = np.clip(model.horizon_s - np.maximum(down, 0), 0, None)
        np.add.at(sure, model.level, np.where(down == NEVER, 0, seconds) * model.weight)
        assert (sure <= nothing_done).all()


@thorough
@given(systems())
def test_condensed_networks_have_the_supply_of_the_full_ones(system: RandomSystem) -> None:
    supplies = SupplySystem.build(system.frames, "1-test")
    picture = picture_of(system, supplies, system.act.repairs)
    for moment_s in (0, *(int(time_s) for time_s in picture.cascade.times_s)):
        full = trace_supply(supplies.arrays, picture.cascade.state(moment_s)).supplied
        lost = supplies.baseline.supplied & ~full
        assert (lost == picture.cascade.lost(moment_s)).all()
