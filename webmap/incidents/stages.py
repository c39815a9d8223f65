"""From a log to the stages of its incident: the moments at which something happened that changes who has supply."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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


def _moments(facts: Sequence[Effective], until: datetime) -> list[datetime]:
    told = (item.fact for item in facts if item.fact.kind in PICTURE_KINDS)
    return sorted({fact.happened_at for fact in told if fact.happened_at <= until})


_Incident = TypeVar("_Incident")


class ReadStages(Generic[_Incident]):
    """One (moment, incident) for each moment at which something happened that changes the picture, in order.

    The incident is what `read` makes of the document of what had happened by then. They are read one after the other
    whenever they are gone through: a log of thousands of faults makes thousands of documents that name most of them.
    What happened at one second makes one stage; a log in which nothing of the kind happened has none.
    """

    def __init__(
        self, log: Log, facts: Sequence[Effective], until: datetime, read: Callable[[Mapping[str, Any]], _Incident]
    ) -> None:
        """Take the log's effective facts, or those that a viewer may know of; those after `until` do not count."""
        self._log, self._facts, self._read = log, facts, read
        self._moments = _moments(facts, until)

    def __len__(self) -> int:
        return len(self._moments)

    def __iter__(self) -> Iterator[tuple[datetime, _Incident]]:
        documents = documents_at(self._log, self._facts, self._moments)
        return zip(self._moments, map(self._read, documents), strict=True)
