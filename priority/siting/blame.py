"""Which places make a problem infeasible."""

from __future__ import annotations

import numpy as np

from priority.siting.capacitated import most_places
from priority.siting.cover import Within
from priority.siting.effort import Effort
from priority.siting.problem import Question, SitingProblem
from priority.siting.results import Blocked

#: The most seconds to find out who is left over.
_MOST_S = 2.0


def blocked_places(problem: SitingProblem, question: Question, effort: Effort) -> tuple[Blocked, ...]:
    """Return the places without enough sites within reach; if there are none, those left when most places are served.

    The latter is one smallest set of many: with other sites it may be other places, but never fewer if time sufficed.
    """
    limit = float(question.radius) if question.model == "lscp" and question.radius is not None else np.inf
    within = Within.of(problem, limit)
    alone = within.sites_of.size + within.stay < 1 + question.backup
    if alone.any():
        return tuple(Blocked(problem.demand_ids[at], "unreachable") for at in np.flatnonzero(alone))
    part = effort.part(min(1.0, _MOST_S / max(effort.deadline.left_s, 1e-9)))
    served = most_places(problem, question, part, limit)
    if served.share is None:
        return ()
    total = np.bincount(problem.distances.demand, served.share, len(problem.demand_ids))
    return tuple(Blocked(problem.demand_ids[at], "not_enough") for at in np.flatnonzero(total < 1 - 1e-6))
