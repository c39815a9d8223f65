"""What one more crew would gain: the plan made anew with a crew of each skill that a fault needs."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from priority.restoration.clock import Deadline
from priority.restoration.decision import Decision
from priority.restoration.problem import NEVER, Crew, Problem, Schedule, Seconds
from priority.restoration.results import ExtraCrew
from priority.restoration.scenario import Scenario
from priority.restoration.sites import sites_of
from priority.restoration.solve import solve
from priority.restoration.words import gain_words

_EXTRA = "+"


class Extra(NamedTuple):
    """The rows, and whether time was up before every skill was asked for."""

    rows: tuple[ExtraCrew, ...]
    not_asked: bool


def extra_crews(scenario: Scenario, decision: Decision, deadline: Deadline) -> Extra:
    """Return a row for each skill where one more crew gains anything, in the order of the networks' skills.

    The crew is free at once and stands where it is soonest at the repairs of its skill: at an existing site of crews,
    else at the depot of a crew that there is. The units stay as they are. A gain is what the new plan loses less on
    each level; a level on which it loses more, for the sake of an earlier one, is told as 0. A skill for which no time
    is left has no row.
    """
    skills = sorted({item.task.skill for item in scenario.repairs})
    rows: list[ExtraCrew] = []
    for number, skill in enumerate(skills):
        if deadline.passed:
            return Extra(tuple(rows), True)
        row = _row(scenario, decision, skill, deadline.left_s / (len(skills) - number))
        if row is not None:
            rows.append(row)
    return Extra(tuple(rows), False)


def _row(scenario: Scenario, decision: Decision, skill: str, seconds: float) -> ExtraCrew | None:
    stand = _stand(scenario, skill)
    if stand is None:
        return None
    site, name, travel_s = stand
    problem = decision.problem
    larger: Problem = replace(
        problem,
        crews=(*problem.crews, Crew(_EXTRA, frozenset({skill}), 0)),
        from_depot=np.vstack([problem.from_depot, travel_s[None, :]]),
    )
    known = None if decision.solution is None else Schedule((*decision.solution.schedule.lists, ()))
    loss = tuple(solve(larger, seconds, known).loss.tolist())
    if loss >= decision.loss:
        return None
    gain = tuple(round(max(0, before - after) / 3600, 4) for before, after in zip(decision.loss, loss, strict=True))
    text = gain_words(scenario.picture, scenario.levels, gain, skill, name)
    return ExtraCrew(skill=skill, site=site, site_name=name, gain=gain, text=text)


def _stand(scenario: Scenario, skill: str) -> tuple[str | None, str, Seconds] | None:
    """Return the best place for a crew of a skill, its name, and the travel from there to all repairs (t)."""
    picture, forces = scenario.picture, scenario.forces
    sites = [site for site in sites_of(picture.system).values() if site.kind == "crew" and site.existing]
    places: list[tuple[str | None, str, list[float]]] = [
        (site.id, site.name, [site.longitude, site.latitude]) for site in sites
    ]
    if not places:
        write = picture.phrases.write
        places = [
            (None, write("restoration.extra.depot", crew=crew.name), forces.depots[number].tolist())
            for number, crew in enumerate(forces.crews)
        ]
    if not places:
        return None
    spots = np.array([item.spot for item in scenario.repairs], dtype=np.float64).reshape(-1, 2)
    depots = np.array([place[2] for place in places], dtype=np.float64)
    travel_s = picture.system.roads.travel_s(depots, spots, frozenset(picture.incident.closed_roads))
    wanted = [number for number, item in enumerate(scenario.repairs) if item.task.skill == skill]
    reached = (travel_s[:, wanted] != NEVER).sum(axis=1)
    way_s = np.where(travel_s[:, wanted] != NEVER, travel_s[:, wanted], 0).sum(axis=1)
    best = int(np.lexsort((way_s, -reached))[0])
    if reached[best] == 0:
        return None
    return places[best][0], places[best][1], travel_s[best]
