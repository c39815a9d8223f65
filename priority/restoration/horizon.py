"""How far a plan looks ahead: at least to where everything that can be repaired is repaired.

An order of repairs that all end beyond the horizon cannot be told from any other: none loses less within it.
"""

from __future__ import annotations

import math

from priority.incident import MAX_HORIZON_HOURS
from priority.restoration.rules import RULES, rule_schedule
from priority.restoration.scenario import Scenario
from priority.restoration.timing import time_schedule
from priority.restoration.world import ImpossibleFixings
from priority.times import NEVER

#: A plan looks at least so far ahead: what fails in the first days is what repairs are judged by.
LEAST_HOURS = 72.0


def planned_hours(scenario: Scenario) -> float:
    """Return the hours to plan over: the scenario's own, or the whole hours until the simple rules have repaired all.

    Never more than an incident may look ahead. With nothing to repair, or nobody to do it, the scenario's own.
    """
    problem = scenario.problem(())
    latest_s = 0
    for rule in RULES:
        try:
            done_s = time_schedule(problem, rule_schedule(problem, rule)).done_s
        except ImpossibleFixings:
            continue
        latest_s = max(latest_s, int(done_s[done_s != NEVER].max(initial=0)))
    own = scenario.picture.incident.horizon_hours
    return max(own, min(float(math.ceil(latest_s / 3600)), float(MAX_HORIZON_HOURS)))
