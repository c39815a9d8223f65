"""The fold: from the entries of a log to the incident at a moment, as it was known.

Facts count in the order in which they happened, not in which they were written, so a late fact changes the picture from
its own moment on. What was believed at some time is the fold of the log as it was then (`Log.known_at`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from webmap.incidents.damage_course import DamageCourse
from webmap.incidents.document_parts import placement_part, reserve_part
from webmap.incidents.effective import Effective, effective_facts
from webmap.incidents.entries import (
    CrewSent,
    DeviceOperated,
    Fact,
    FigureReported,
    LevelChanged,
    LevelEnded,
    LevelStarted,
    PriorityOrdered,
    ReserveReported,
    RoadClosed,
    SupplyTakenOver,
    UnitPlaced,
    WarningIssued,
    WarningLifted,
)
from webmap.incidents.moments import as_entered
from webmap.incidents.records import Log, Phase
from webmap.incidents.state import IncidentState, LevelStep

#: Kinds that tell of something broken; of a road that was opened it is not true.
DAMAGE_KINDS = frozenset({"fault_located", "area_drawn", "road_closed"})

_ENDINGS = frozenset({"level_ended", "closed"})
#: Kinds that say of themselves whether an incident runs.
_PHASE_KINDS = _ENDINGS | {"level_started", "level_changed"}


def is_damage(fact: Fact) -> bool:
    """Whether a fact says that something broke."""
    return fact.kind in DAMAGE_KINDS and not (isinstance(fact, RoadClosed) and not fact.closed)


def has_ended(facts: Sequence[Effective]) -> bool:
    """Whether an incident has ended after facts in the order of happening: nothing broke and no level ran since."""
    last = next((item.fact for item in reversed(facts) if item.fact.kind in _PHASE_KINDS or is_damage(item.fact)), None)
    return last is not None and last.kind in _ENDINGS


def fold(log: Log, at: datetime) -> IncidentState:
    """Return the incident at a moment from all that the log says happened up to then.

    A log without entries, and a moment before the first, give an incident in which nothing has happened.
    """
    return fold_of(log, effective_facts(log.entries), at)


def fold_of(log: Log, facts: Sequence[Effective], at: datetime) -> IncidentState:
    """Return the same for who has the log's effective facts at hand."""
    course = _Course()
    for item in facts:
        if item.fact.happened_at > at:
            break
        course.take(item)
    return IncidentState(
        opening=log.opening,
        at=at,
        known_number=log.length,
        document=course.document(log.opening.plan, at),
        phase=course.phase,
        levels=tuple(course.levels),
        warnings=course.warnings_at(at),
        reserves=course.reserves,
        units=course.units,
        crews=course.crews,
        measures=tuple(course.measures),
        reports=tuple(course.reports),
        notes=tuple(course.notes),
        without_effect=tuple(course.damage.without_effect),
        began_at=facts[0].fact.happened_at if facts else None,
        handover=course.handover,
        takeovers=course.takeovers,
        faults=course.damage.faults,
        fault_entries=course.damage.fault_entries,
        area_entries=course.damage.area_entries,
        entries_of=course.entries_of(),
    )


def documents_at(log: Log, facts: Iterable[Effective], moments: Iterable[datetime]) -> Iterator[dict[str, Any]]:
    """Yield the incident document at each of these moments, which are in order, in one pass over the facts."""
    course, waiting = _Course(), deque(facts)
    for moment in moments:
        while waiting and waiting[0].fact.happened_at <= moment:
            course.take(waiting.popleft())
        yield course.document(log.opening.plan, moment)


def phase_after(facts: Iterable[Effective]) -> tuple[Phase, str | None]:
    """Return the phase and the running level after facts in the order of happening.

    Those of ruled kinds and of `DAMAGE_KINDS` are enough.
    """
    course = _Course()
    for item in facts:
        course.take(item)
    return course.phase, course.levels[-1].level if course.levels else None


@dataclass
class _Course:
    damage: DamageCourse = field(default_factory=DamageCourse)
    figures: dict[str, tuple[int, Any]] = field(default_factory=dict)
    operations: list[tuple[int, DeviceOperated]] = field(default_factory=list)
    stuck: dict[str, tuple[int, bool]] = field(default_factory=dict)
    placements: dict[object, tuple[int, UnitPlaced]] = field(default_factory=dict)
    roads: dict[str, tuple[int, datetime]] = field(default_factory=dict)
    priority_order: tuple[int, PriorityOrdered] | None = None
    phase: Phase = "reported"
    levels: list[LevelStep] = field(default_factory=list)
    warnings: dict[int, Effective] = field(default_factory=dict)
    reserves: dict[tuple[str, str], Effective] = field(default_factory=dict)
    units: dict[str, Effective] = field(default_factory=dict)
    crews: dict[str, Effective] = field(default_factory=dict)
    measures: list[Effective] = field(default_factory=list)
    reports: list[Effective] = field(default_factory=list)
    notes: list[Effective] = field(default_factory=list)
    handover: Effective | None = None
    takeovers: dict[str, Effective] = field(default_factory=dict)

    def take(self, item: Effective) -> None:
        """Take a fact. Damage after the end is an event again: nobody must look for it among those that ended."""
        if self.phase == "ended" and is_damage(item.fact):
            self.phase = "reported"
        _TAKE[item.fact.kind](self, item)

    def document(self, plan: str, at: datetime) -> dict[str, Any]:
        """Return the incident document; fields that nothing was said about are left out."""
        order = None if self.priority_order is None else self.priority_order[1]
        fields: dict[str, Any] = {
            **self.damage.document(),
            "figures": {key: value for key, (_, value) in sorted(self.figures.items())},
            "operations": [
                {"device": fact.device, "action": fact.action, "at": as_entered(fact.happened_at)}
                for _, fact in self.operations
            ],
            "inoperable": sorted(self._inoperable()),
            "placements": [placement_part(fact) for _, fact in self.placements.values()],
            "closed_roads": sorted(self.roads),
            "reserves": [reserve_part(item) for _, item in sorted(self.reserves.items())],
            "priority_order": None if order is None else {"categories": list(order.categories), "reason": order.reason},
        }
        if self.roads:
            # Coal stocks shrink from the incident's first moment on, which is a fault's or a road's.
            closed = [moment for _, moment in self.roads.values()]
            begins = [*closed, *([self.damage.first_at] if self.damage.first_at else [])]
            fields["started_at"] = as_entered(min(begins))
        return {"plan": plan, "at": as_entered(at), **{key: value for key, value in fields.items() if value}}

    def entries_of(self) -> dict[str, int]:
        """Return the numbers of the entries behind the document, by what they put there."""
        found = {f"repaired {element}": number for element, number in self.damage.repairs.items()}
        found |= {f"placed {fact.facility} {fact.commodity}": number for number, fact in self.placements.values()}
        found |= {f"operated {fact.device} {as_entered(fact.happened_at)}": number for number, fact in self.operations}
        found |= {f"stuck {device}": number for device, number in self._inoperable().items()}
        found |= {f"closed {road}": number for road, (number, _) in self.roads.items()}
        found |= {f"figure {key}": number for key, (number, _) in self.figures.items()}
        found |= {f"reserve {place} {commodity}": item.number for (place, commodity), item in self.reserves.items()}
        return found if self.priority_order is None else {**found, "priority_order": self.priority_order[0]}

    def _inoperable(self) -> dict[str, int]:
        """For `Incident` a stuck device was never moved: one that was, and then stuck, stays as it was moved."""
        moved = {fact.device for _, fact in self.operations}
        return {device: number for device, (number, stuck) in self.stuck.items() if stuck and device not in moved}

    def take_figure(self, item: Effective) -> None:
        fact = item.fact
        assert isinstance(fact, FigureReported)  # noqa: S101
        self.figures.pop(fact.figure, None)
        if fact.value is not None:
            self.figures[fact.figure] = item.number, fact.value

    def take_operation(self, item: Effective) -> None:
        fact = item.fact
        assert isinstance(fact, DeviceOperated)  # noqa: S101
        self.stuck[fact.device] = item.number, fact.outcome == "stuck"
        if fact.outcome == "done":
            self.operations.append((item.number, fact))

    def take_placement(self, item: Effective) -> None:
        fact = item.fact
        assert isinstance(fact, UnitPlaced)  # noqa: S101
        if fact.unit is None:
            self.placements[item.number] = item.number, fact
            return
        # Told once more of the same place, it has been there all the time.
        _, before = self.placements.get(fact.unit, (0, None))
        if before is None or (before.facility, before.commodity) != (fact.facility, fact.commodity):
            self.placements[fact.unit] = item.number, fact
        self.units[fact.unit] = item

    def take_road(self, item: Effective) -> None:
        fact = item.fact
        assert isinstance(fact, RoadClosed)  # noqa: S101
        if fact.closed:
            self.roads.setdefault(fact.road, (item.number, fact.happened_at))
        else:
            self.roads.pop(fact.road, None)

    def take_level(self, item: Effective) -> None:
        fact = item.fact
        assert isinstance(fact, LevelStarted | LevelChanged | LevelEnded)  # noqa: S101
        level = None if isinstance(fact, LevelEnded) else fact.level
        self.levels.append(LevelStep(item.number, level, fact.happened_at, fact.office, item.author_name, fact.reason))
        self.phase = "ended" if level is None else "responding"

    def take_order(self, item: Effective) -> None:
        fact = item.fact
        assert isinstance(fact, PriorityOrdered)  # noqa: S101
        self.priority_order = (item.number, fact) if fact.categories else None

    def take_closing(self, _item: Effective) -> None:
        self.phase = "ended"

    def take_warning(self, item: Effective) -> None:
        fact = item.fact
        assert isinstance(fact, WarningIssued)  # noqa: S101
        replaced = None if fact.replaces is None else self.warnings.get(fact.replaces)
        # What the register issued it alone updates.
        if replaced is not None and getattr(replaced.fact, "warning_id", None) in (None, fact.warning_id):
            del self.warnings[replaced.number]
        self.warnings[item.number] = item

    def warnings_at(self, at: datetime) -> dict[int, Effective]:
        """Return the warnings that are neither lifted nor expired."""
        return {number: item for number, item in self.warnings.items() if not _has_expired(item.fact, at)}

    def take_lifting(self, item: Effective) -> None:
        fact = item.fact
        assert isinstance(fact, WarningLifted)  # noqa: S101
        self.warnings.pop(fact.warning, None)

    def take_reserve(self, item: Effective) -> None:
        fact = item.fact
        assert isinstance(fact, ReserveReported)  # noqa: S101
        self.reserves[fact.facility, fact.commodity] = item

    def take_takeover(self, item: Effective) -> None:
        fact = item.fact
        assert isinstance(fact, SupplyTakenOver)  # noqa: S101
        self.takeovers.pop(fact.stopped, None)
        if fact.by is not None:
            self.takeovers[fact.stopped] = item

    def take_crew(self, item: Effective) -> None:
        fact = item.fact
        assert isinstance(fact, CrewSent)  # noqa: S101
        self.crews[fact.crew] = item


def _has_expired(fact: Fact, at: datetime) -> bool:
    return isinstance(fact, WarningIssued) and fact.expires_at is not None and fact.expires_at <= at


#: What each kind of fact does to the state. What reports are made of and recommendations leave it as it is.
_TAKE: Mapping[str, Callable[[_Course, Effective], None]] = {
    "reported": lambda course, item: course.notes.append(item),
    "fault_located": lambda course, item: course.damage.take_fault(item),
    "area_drawn": lambda course, item: course.damage.take_area(item),
    "repaired": lambda course, item: course.damage.take_repair(item),
    "figure_reported": _Course.take_figure,
    "device_operated": _Course.take_operation,
    "unit_placed": _Course.take_placement,
    "reserve_reported": _Course.take_reserve,
    "crew_sent": _Course.take_crew,
    "road_closed": _Course.take_road,
    **dict.fromkeys(
        ("temperature_reported", "detail_given", "level_recommended", "data_adopted"), lambda course, item: None
    ),
    "level_started": _Course.take_level,
    "level_changed": _Course.take_level,
    "level_ended": _Course.take_level,
    "warning_issued": _Course.take_warning,
    "warning_lifted": _Course.take_lifting,
    "priority_ordered": _Course.take_order,
    "command_handed_over": lambda course, item: setattr(course, "handover", item),
    "command_taken_back": lambda course, item: setattr(course, "handover", None),
    "supply_taken_over": _Course.take_takeover,
    "measure_done": lambda course, item: course.measures.append(item),
    "report_sent": lambda course, item: course.reports.append(item),
    "note": lambda course, item: course.notes.append(item),
    "closed": _Course.take_closing,
}
