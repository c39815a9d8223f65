"""What is recommended when a level is decided: put by the server, from the picture at that moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from layers.errors import LayerError
from priority.errors import InvalidIncident, UnsoundNetwork
from webmap.api.incidents import assess_bounded
from webmap.incidents.entries import Fact, LevelChanged, LevelStarted
from webmap.incidents.errors import Refused
from webmap.incidents.fold import fold
from webmap.incidents.records import Entry, Log
from webmap.runtime import Runtime
from webmap.workload import Workload

#: Stands for a recommendation that the client left to the server.
LEFT_OUT = object()
SETS_LEVEL = frozenset({"level_started", "level_changed"})


class Recommender:
    """Says which level the picture asks for, as `/api/assessments` would of the same incident."""

    def __init__(self, runtime: Runtime, workload: Workload) -> None:
        self._runtime = runtime
        self._workload = workload

    def level(self, log: Log, at: datetime) -> str | None:
        """Return the level recommended at a moment; None for none, and where the picture cannot be assessed.

        What cannot be: the data have changed and no longer hold what is broken. Raises `TooBusy` and `UnknownPlan`.
        """
        document = dict(fold(log, at).document)
        self._runtime.plan(log.opening.plan)
        try:
            snapshot = self._runtime.snapshot()
            # A restricted place counts whoever decides: those who may decide may know of it.
            assessed = assess_bounded(snapshot, self._runtime.plans, document, "zh", self._workload, restricted=True)
        except (InvalidIncident, LayerError, UnsoundNetwork):
            return None
        level: str | None = assessed["level"]["level"]
        return level


def completed(
    facts: Sequence[Fact], given: Mapping[int, object], log: Log, moment: datetime, recommender: Recommender
) -> list[Fact]:
    """Return facts in which every level that is set says what was recommended then.

    `given` is what the client said, by the facts' places, `LEFT_OUT` where it said nothing. Facts before count for
    those after. Raises `Refused` where the client said something else, what it decided on is no longer the picture.
    """
    known, done = list(log.entries), []
    for place, fact in enumerate(facts):
        if isinstance(fact, LevelStarted | LevelChanged):
            level = recommender.level(Log(log.opening, known), fact.happened_at)
            done.append(with_level(fact, level, given.get(place, LEFT_OUT), place))
        else:
            done.append(fact)
        known.append(Entry(len(known) + 1, fact, moment, "", ""))
    return done


def with_level(fact: LevelStarted | LevelChanged, level: str | None, given: object, place: int) -> Fact:
    """Return the fact with the level recommended; raises `Refused` where the client said another."""
    if given is not LEFT_OUT and given != level:
        code = "recommendation_gone" if level is None else "recommendation_changed"
        refusal = Refused(code, level=level)
        refusal.place = place
        raise refusal
    return fact.model_copy(update={"recommended": level})
