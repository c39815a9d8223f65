"""From a log to the stages of its incident: the moments at which something happened that changes who has supply."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from webmap.incidents.effective import Effective
from webmap.incidents.fold import documents_at
from webmap.incidents.records import Log

#: Kinds of fact that change who has supply: what is broken, repaired, operated, placed, closed, or left of a reserve.
PICTURE_KINDS = frozenset(
    {
        "fault_located",
        "area_drawn",
        "repaired",
        "device_operated",
        "unit_placed",
        "reserve_reported",
        "road_closed",
    }
)


@dataclass(frozen=True)
class Stage:
    """What was known to have happened by `begins_at`, as the document of an incident at that moment."""

    begins_at: datetime
    incident: Mapping[str, Any]


def stages_of(log: Log, facts: Sequence[Effective], until: datetime) -> tuple[Stage, ...]:
    """Return one stage for each moment up to `until` at which something happened that changes the picture.

    `facts` are the log's effective ones, or those of them that a viewer may know of, in the order of happening. What
    happened at one second makes one stage. A log in which nothing of the kind happened has none.
    """
    moments = _moments(facts, until)
    return tuple(map(Stage, moments, documents_at(log, facts, moments)))


def _moments(facts: Sequence[Effective], until: datetime) -> list[datetime]:
    told = (item.fact for item in facts if item.fact.kind in PICTURE_KINDS)
    return sorted({fact.happened_at for fact in told if fact.happened_at <= until})


_Incident = TypeVar("_Incident")


class ReadStages(Generic[_Incident]):
    """The same stages, each as (moment, incident), read one after the other whenever they are gone through.

    A log of thousands of faults makes thousands of documents that name most of them: they are never held together.
    `read` makes an incident of a document.
    """

    def __init__(
        self, log: Log, facts: Sequence[Effective], until: datetime, read: Callable[[Mapping[str, Any]], _Incident]
    ) -> None:
        self._log, self._facts, self._read = log, facts, read
        self._moments = _moments(facts, until)

    def __len__(self) -> int:
        return len(self._moments)

    def __iter__(self) -> Iterator[tuple[datetime, _Incident]]:
        documents = documents_at(self._log, self._facts, self._moments)
        return zip(self._moments, map(self._read, documents), strict=True)
