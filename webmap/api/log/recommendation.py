"""What is recommended when a level is decided: put by the server, from the picture at that moment."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from layers.errors import LayerError
from priority.errors import InvalidIncident, UnsoundNetwork
from webmap.api.incidents import assess_bounded
from webmap.incidents.admission import CLOCK_TOLERANCE
from webmap.incidents.entries import Fact, LevelChanged, LevelStarted
from webmap.incidents.errors import Refused
from webmap.incidents.fold import fold
from webmap.incidents.records import Entry, Log
from webmap.runtime import Runtime
from webmap.workload import Workload

#: Stands for a recommendation that the client left to the server.
LEFT_OUT = object()
_LOG = logging.getLogger(__name__)
SETS_LEVEL = frozenset({"level_started", "level_changed"})


@dataclass(frozen=True)
class Recommendation:
    """The level recommended, None for none; `failed` where the picture could not be assessed, so that nobody knows."""

    level: str | None
    failed: bool = False


class Recommender:
    """Says which level the picture asks for, as `/api/assessments` would of the same incident."""

    def __init__(self, runtime: Runtime, workload: Workload) -> None:
        self._runtime = runtime
        self._workload = workload

    def recommend(self, log: Log, at: datetime) -> Recommendation:
        """Return what was recommended at a moment.

        A picture cannot be assessed where the data have changed and no longer hold what is broken; the server's log
        says why. Raises `TooBusy` and `UnknownPlan`.
        """
        document = dict(fold(log, at).document)
        self._runtime.plan(log.opening.plan)
        try:
            snapshot = self._runtime.snapshot_of(log)
            # A restricted place counts whoever decides: those who may decide may know of it.
            assessed = assess_bounded(snapshot, self._runtime.plans, document, "zh", self._workload, restricted=True)
        except (InvalidIncident, LayerError, UnsoundNetwork):
            incident = log.opening.incident_id
            _LOG.exception("incident %s: no level recommended, the picture cannot be assessed", incident)
            return Recommendation(None, failed=True)
        return Recommendation(assessed["level"]["level"])


def completed(
    facts: Sequence[Fact], given: Mapping[int, object], log: Log, moment: datetime, recommender: Recommender
) -> list[Fact]:
    """Return facts in which every level that is set says what was recommended then.

    `given` is what the client said, by the facts' places, `LEFT_OUT` where it said nothing. Facts before count for
    those after. In a real incident a decision that is recorded late was taken on what was recorded by then, in a drill
    on all that is. Raises `Refused` where the client said something else, what it decided on is no longer the picture.
    """
    known, done = list(log.entries), []
    for place, fact in enumerate(facts):
        if isinstance(fact, LevelStarted | LevelChanged):
            found = recommender.recommend(
                known_then(Log(log.opening, known), fact.happened_at, moment), fact.happened_at
            )
            done.append(with_level(fact, found, given.get(place, LEFT_OUT), place))
        else:
            done.append(fact)
        known.append(Entry(len(known) + 1, fact, moment, "", ""))
    return done


def known_then(log: Log, at: datetime, now: datetime) -> Log:
    """Return the log as it was known when a decision was taken at a moment: whole, unless it is recorded late."""
    return log if log.opening.drill or at >= now - CLOCK_TOLERANCE else log.known_at(at)


def recommendation_of(fact: LevelStarted | LevelChanged) -> Recommendation:
    """Return what a fact says was recommended."""
    return Recommendation(fact.recommended, fact.recommendation_failed)


def with_level(fact: LevelStarted | LevelChanged, found: Recommendation, given: object, place: int) -> Fact:
    """Return the fact with what was recommended; raises `Refused` where the client said another level."""
    if given is not LEFT_OUT and given != found.level:
        nothing = "recommendation_failed" if found.failed else "recommendation_gone"
        refusal = Refused(nothing if found.level is None else "recommendation_changed", level=found.level)
        refusal.place = place
        raise refusal
    return fact.model_copy(update={"recommended": found.level, "recommendation_failed": found.failed})
