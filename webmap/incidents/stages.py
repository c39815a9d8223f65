"""From a log to the stages of its incident: the moments at which something happened that changes who has supply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

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
    moments = sorted(
        {item.fact.happened_at for item in facts if item.fact.kind in PICTURE_KINDS and item.fact.happened_at <= until}
    )
    return tuple(map(Stage, moments, documents_at(log, facts, moments)))
