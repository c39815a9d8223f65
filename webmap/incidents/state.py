"""What a log folds to: the incident as it stands at a moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from webmap.incidents.effective import Effective
from webmap.incidents.records import Opening, Phase


@dataclass(frozen=True)
class LevelStep:
    """A level that was started or changed to, or the end (`level` None): when, by which office, written by whom."""

    number: int
    level: str | None
    at: datetime
    office: str
    author_name: str
    reason: str | None


@dataclass(frozen=True)
class IncidentState:
    """An incident at a moment, from what was written up to entry `known_number`.

    `document` is for `Incident.parse`. `levels` are the steps up to the moment, the first first. `warnings` are
    neither lifted nor expired nor replaced, by the number of the entry that issued them. `reserves` are the last
    reported by facility and commodity, `units` and `crews` the last that was said of each. `measures`, `reports` and
    `notes` (what was reported among them) are in the order of happening. `without_effect` are numbers of repairs of
    what was not broken then. `began_at` is when the first of all that counts happened, None for nothing. `faults` and
    `fault_entries` (the first, and all of the spell, by element), `area_entries` and `entries_of` (by what is shown:
    "repaired e-1", "placed f-1 heat", "operated s-1 2026-01-12T08:00:00+08:00", "stuck s-1", "closed r-1", "figure
    key", "reserve f-1 heat", "priority_order") are the numbers of the entries behind the document.
    `handover` is the entry that gave the command to a headquarters above, None while the own has it; `takeovers` are
    those that gave the homes of a heat source to another one, by the source that stopped.
    """

    opening: Opening
    at: datetime
    known_number: int
    document: Mapping[str, Any]
    phase: Phase
    levels: tuple[LevelStep, ...]
    warnings: Mapping[int, Effective]
    reserves: Mapping[tuple[str, str], Effective]
    units: Mapping[str, Effective]
    crews: Mapping[str, Effective]
    measures: tuple[Effective, ...]
    reports: tuple[Effective, ...]
    notes: tuple[Effective, ...]
    without_effect: tuple[int, ...]
    began_at: datetime | None
    faults: Mapping[str, int]
    fault_entries: Mapping[str, tuple[int, ...]]
    area_entries: tuple[int, ...]
    entries_of: Mapping[str, int]
    handover: Effective | None = None
    takeovers: Mapping[str, Effective] = field(default_factory=dict)

    @property
    def drill(self) -> bool:
        """Whether it is a drill, for ever."""
        return self.opening.drill

    @property
    def level(self) -> LevelStep | None:
        """The step that set the running level, None while none runs."""
        return self.levels[-1] if self.levels and self.levels[-1].level is not None else None

    @property
    def started(self) -> LevelStep | None:
        """The step that started the running response, at whatever level; None while none runs."""
        if self.level is None:
            return None
        ends = [place for place, step in enumerate(self.levels) if step.level is None]
        return self.levels[ends[-1] + 1 if ends else 0]
