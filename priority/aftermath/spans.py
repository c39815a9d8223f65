"""From the stages of an incident to as few runs of the cascade as give exactly the same course.

Between two stages the cascade runs on from what was known at the first one. Where the second only adds things that
begin at its own moment (faults, repairs, operated devices, placed units), its run is the same as the first one's until
then, because nothing in a run looks ahead. So both share the run of the second, read back into the time before it.
Everything else changes the past of a run (a reported reserve, a stuck device, a closed road, another area, an element
that broke again) and gets a run of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from priority.damage import damages_of, seconds_after
from priority.incident import Incident
from priority.system import SupplySystem
from priority.wording import Phrases

Stage = tuple[datetime, Incident]


class Stages(Protocol):
    """From which moment on which incident was known, in the order of time. They are gone through once."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Stage]: ...


#: What has to be equal in both stages.
_UNTIMED = (
    "area",
    "area_at",
    "area_network_at",
    "area_townships",
    "networks",
    "inoperable",
    "reserves",
    "closed_roads",
    "started_at",
)
#: Lists whose items say when they begin.
_TIMED = ("faults", "repairs", "operations", "placements")


@dataclass(frozen=True)
class Span:
    """A run of the cascade for `incident`, which holds from `begin_s` to `end_s` (seconds after the first stage).

    `at_s` is when the incident's own time is, `told_s` the horizon that people asked for, which the run's own differs
    from; `stages` is how many share the run. After the `last` one nothing comes: it counts at its end, too.
    """

    begin_s: int
    end_s: int
    at_s: int
    incident: Incident
    told_s: int
    stages: int
    last: bool


def spans_of(system: SupplySystem, stages: Iterable[Stage], until: datetime, *, restricted: bool) -> Iterator[Span]:
    """Yield the runs one after the other; none where no stage begins by `until`. Of two at one second the last counts.

    Raises `InvalidIncident` for a damaged area that there is not, `ValueError` for stages in another order.
    """
    kept = _one_a_second(stages, until)
    origin, incident = next(kept, (None, None))
    if origin is None or incident is None:
        return
    first, count = origin, 1
    for begin, following in kept:
        if adds_only(system, incident, following, restricted=restricted):
            count += 1
        else:
            yield _span(origin, (first, begin), incident, count, last=False)
            first, count = begin, 1
        incident = following
    yield _span(origin, (first, until), incident, count, last=True)


def _span(origin: datetime, lasts: tuple[datetime, datetime], incident: Incident, stages: int, *, last: bool) -> Span:
    return Span(
        begin_s=seconds_after(lasts[0], origin),
        end_s=seconds_after(lasts[1], origin),
        at_s=seconds_after(incident.at, origin),
        incident=running_to(incident, lasts[1]),
        told_s=round(incident.horizon_hours * 3600),
        stages=stages,
        last=last,
    )


def _one_a_second(stages: Iterable[Stage], until: datetime) -> Iterator[Stage]:
    before: Stage | None = None
    for begin, incident in stages:
        if begin > until:
            break
        second = begin.replace(microsecond=0)
        if before is not None and second < before[0]:
            raise ValueError("stages are not in the order of time")
        if before is not None and second > before[0]:
            yield before
        before = second, incident
    if before is not None:
        yield before


def running_to(incident: Incident, end: datetime) -> Incident:
    """Return the incident with a horizon to the end of the span, or to the last fault that it tells of."""
    begins = [fault.at for fault in incident.faults if fault.at is not None]
    begins += [moment for moment in (incident.area_at, *incident.area_network_at.values()) if moment is not None]
    horizon_s = seconds_after(max([end, *begins]), incident.at)
    return incident.model_copy(update={"horizon_hours": max(horizon_s, 0) / 3600})


def adds_only(system: SupplySystem, before: Incident, after: Incident, *, restricted: bool) -> bool:
    """Whether `after` says of the time before its own what `before` does, and when stocks began to shrink."""
    untimed = all(getattr(before, name) == getattr(after, name) for name in _UNTIMED)
    if not untimed or not all(_later_only(before, after, name) for name in _TIMED):
        return False
    if before.started_at is not None or before.faults:
        return True
    # Without a damage stocks shrink from the incident's own time on, which is not the same in both.
    drawn = before.area is not None or bool(before.area_townships)
    return drawn and bool(damages_of(system, before, Phrases("zh"), restricted=restricted)[0])


def _later_only(before: Incident, after: Incident, name: str) -> bool:
    old, new = getattr(before, name), getattr(after, name)
    if old == new:
        return True
    if any(item.at is None for item in (*old, *new)):
        return False  # begins with the incident's own time, which is not the same in both
    known = set(old)
    return known <= set(new) and all(item.at >= after.at for item in new if item not in known)
