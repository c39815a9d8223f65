"""Random incidents as they come to be known: everything with the hour at which it happened, folded to stages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from priority.aftermath import Impact, impact_over_time
from priority.incident import Incident
from priority.plans import load_plan
from tests.priority.cascade.random_systems import RandomSystem, World, systems
from tests.priority.small import AT, incident_document

#: A minute at which nothing else happens, so that some losses are momentary.
_SOON_H = 1 / 30
_AREA_TOWNSHIPS = ("140502100", "140502101", "140502102")


@dataclass(frozen=True)
class Story:
    """A system and (hour, kind, what) in order of time, until `until_h` hours after eight o'clock."""

    system: RandomSystem
    events: tuple[tuple[float, str, tuple[Any, ...]], ...]
    until_h: float

    @property
    def world(self) -> World:
        return self.system.world

    @property
    def hours(self) -> list[float]:
        """The moments at which something happens."""
        return sorted({hour for hour, _, _ in self.events if hour <= self.until_h})

    @property
    def until(self) -> datetime:
        return moment(self.until_h)

    def document(self, known_h: float, seen_h: float | None = None) -> dict[str, Any]:
        """The incident with all that happened up to `known_h`, seen at that hour or a later one."""
        faults: dict[str, float] = {}
        repairs: dict[str, float] = {}
        fields: dict[str, Any] = {"placements": [], "operations": [], "reserves": [], "inoperable": []}
        closed: dict[str, float] = {}
        for hour, kind, what in self.events:
            if moment(hour) > moment(known_h) or kind == "note":
                continue
            if kind == "fault":
                faults[what[0]] = hour
                repairs.pop(what[0], None)
            elif kind == "repair":
                repairs[what[0]] = hour
            elif kind == "road":
                closed[what[0]] = hour
            elif kind == "stuck":
                fields["inoperable"].append(what[0])
            elif kind == "area":
                fields |= {"area_townships": list(what[0]), "area_at": moment(hour).isoformat()}
            else:
                fields[kind].append((*what, hour))
        started = min([*closed.values(), *faults.values()]) if closed else None
        return incident_document(
            faults,
            repairs=repairs,
            plan=self.system.plan,
            later_h=known_h if seen_h is None else seen_h,
            closed_roads=sorted(closed),
            started_h=started,
            **fields,
        )

    def stages(self) -> list[tuple[datetime, Incident]]:
        return [(moment(hour), Incident.parse(self.document(hour))) for hour in self.hours]

    def impact(self, **options: Any) -> Impact:
        options = {"restricted": True, **options}
        plan = load_plan(self.system.plan)
        return impact_over_time(self.world.system, self.stages(), plan, self.until, **options)

    def with_events(self, *events: tuple[float, str, tuple[Any, ...]]) -> Story:
        return replace(self, events=tuple(sorted([*self.events, *events], key=lambda event: event[0])))


def moment(hour: float) -> datetime:
    """The moment that many hours after eight o'clock, to the second."""
    return AT + timedelta(seconds=round(hour * 3600))


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Draw a system and what happens in it one after the other, some of it twice."""
    system = draw(systems())
    act = system.act
    later = st.sampled_from([0.0, 0.0, _SOON_H, 0.5, 2.0, 4.0])
    events: list[tuple[float, str, tuple[Any, ...]]] = [(hour, "fault", (key,)) for key, hour in act.faults.items()]
    for key, hour in act.repairs.items():
        repaired_h = hour + draw(later)
        events.append((repaired_h, "repair", (key,)))
        if draw(st.integers(0, 3)) == 0:
            events.append((repaired_h + draw(later) + _SOON_H, "fault", (key,)))
    events += [(hour, "placements", (place, what)) for place, what, hour in act.placements]
    events += [(hour, "operations", (device, action)) for device, action, hour in act.operations]
    events += [(hour, "reserves", (place, what, left_h)) for place, what, left_h, hour in act.reserves]
    events += [(draw(st.sampled_from([-1.0, 0.5, 4.0])), "road", (road,)) for road in act.closed_roads]
    events += [(draw(st.sampled_from([-2.5, 0.5, 4.0])), "stuck", (device,)) for device in act.inoperable]
    if draw(st.integers(0, 3)) == 0:
        codes = draw(st.lists(st.sampled_from(_AREA_TOWNSHIPS), min_size=1, max_size=2, unique=True))
        events.append((draw(st.sampled_from([0.0, 1.0, 3.0])), "area", (tuple(codes),)))
    events.sort(key=lambda event: event[0])
    return Story(system, tuple(events), draw(st.sampled_from([1.0, 6.0, 14.0, 30.0])))
