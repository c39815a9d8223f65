"""What is broken, since when and until when, as `Incident` can say it: one spell for each element, one area.

Where something broke again after its repair, the last spell counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from webmap.incidents.effective import Effective
from webmap.incidents.entries import AreaDrawn, FaultLocated, Repaired
from webmap.incidents.moments import as_entered

AREA = "area"


@dataclass
class _Spell:
    since: datetime
    numbers: list[int]
    repaired_at: datetime | None = None
    repaired_by: int = 0


@dataclass
class _DrawnArea:
    """The drawing that counts, since when each of its networks is damaged, and when which of them was repaired."""

    drawing: AreaDrawn
    since: dict[str, datetime]
    numbers: tuple[int, ...]
    repaired_at: dict[str, datetime] = field(default_factory=dict)
    repaired_by: dict[str, int] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        return bool(self.open_networks)

    @property
    def open_networks(self) -> dict[str, datetime]:
        """Since when those networks are damaged that were not repaired."""
        return {network: begin for network, begin in self.since.items() if network not in self.repaired_at}


@dataclass
class DamageCourse:
    """Takes faults, drawings and repairs in the order of happening. `without_effect` are repairs of what was whole."""

    _spells: dict[str, _Spell] = field(default_factory=dict)
    _area: _DrawnArea | None = None
    without_effect: list[int] = field(default_factory=list)

    def take_fault(self, item: Effective) -> None:
        """An element broke; one that is broken stays broken since the first time."""
        fact = item.fact
        assert isinstance(fact, FaultLocated)  # noqa: S101  the fold's table says so
        spell = self._spells.get(fact.element)
        if spell is None or spell.repaired_at is not None:
            self._spells[fact.element] = _Spell(fact.happened_at, [item.number])
        else:
            spell.numbers.append(item.number)

    def take_area(self, item: Effective) -> None:
        """A drawing replaces the one before. What was not repaired of it stays damaged since the first of them.

        That takes a part drawn later for damaged from the start: reserves are rather thought shorter than longer. A
        network that was whole until then, or whole again, is damaged since this drawing: it had supply before.
        """
        fact = item.fact
        assert isinstance(fact, AreaDrawn)  # noqa: S101  the fold's table says so
        before = self._area if self._area is not None and self._area.is_open else None
        begun = {} if before is None else before.open_networks
        since: dict[str, datetime] = {network: begun.get(network, fact.happened_at) for network in fact.networks}
        numbers = () if before is None else before.numbers
        self._area = _DrawnArea(fact, since, (*numbers, item.number))

    def take_repair(self, item: Effective) -> None:
        """A fault ended, or the area's damage on one network or all."""
        fact = item.fact
        assert isinstance(fact, Repaired)  # noqa: S101  the fold's table says so
        spell = self._spells.get(fact.element)
        if fact.element.partition("/")[0] == AREA:
            done = self._repair_area(fact, item.number)
        else:
            done = spell is not None and spell.repaired_at is None
            if spell is not None and done:
                spell.repaired_at, spell.repaired_by = fact.happened_at, item.number
        if not done:
            self.without_effect.append(item.number)

    def _repair_area(self, fact: Repaired, number: int) -> bool:
        if self._area is None:
            return False
        network = fact.element.partition("/")[2]
        meant = [key for key in self._area.drawing.networks if network in ("", key)]
        open_ones = [key for key in meant if key not in self._area.repaired_at]
        self._area.repaired_at.update(dict.fromkeys(open_ones, fact.happened_at))
        self._area.repaired_by.update(dict.fromkeys(open_ones, number))
        return bool(open_ones)

    @property
    def first_at(self) -> datetime | None:
        """When the first of the damages that count began."""
        begins = [spell.since for spell in self._spells.values()]
        begins += [] if self._area is None else self._area.since.values()
        return min(begins, default=None)

    @property
    def faults(self) -> dict[str, int]:
        """The number of the entry that each spell begins with, by element."""
        return {element: spell.numbers[0] for element, spell in sorted(self._spells.items())}

    @property
    def fault_entries(self) -> dict[str, tuple[int, ...]]:
        """The numbers of all entries that say of a spell that it began or lasts, by element."""
        return {element: tuple(spell.numbers) for element, spell in sorted(self._spells.items())}

    @property
    def area_entries(self) -> tuple[int, ...]:
        """The numbers of the drawings that the damaged area and its begin rest on."""
        return () if self._area is None else self._area.numbers

    @property
    def repairs(self) -> dict[str, int]:
        """The number of the entry behind each repair, by the element that `document` names."""
        found = {element: spell.repaired_by for element, spell in self._spells.items() if spell.repaired_at is not None}
        if self._area is not None:
            told = (repair["element"].partition("/")[2] for repair in self._area_repairs())
            by = self._area.repaired_by
            found |= {f"{AREA}/{key}" if key else AREA: by[key] if key else max(by.values()) for key in told}
        return found

    def document(self) -> dict[str, Any]:
        """Return the incident document's fields about damages and repairs, in the order of the elements' ids."""
        spells = sorted(self._spells.items())
        found: dict[str, Any] = {
            "faults": [{"element": element, "at": as_entered(spell.since)} for element, spell in spells],
            "repairs": [
                {"element": element, "at": as_entered(spell.repaired_at)}
                for element, spell in spells
                if spell.repaired_at is not None
            ],
        }
        if self._area is not None:
            drawing = self._area.drawing
            first = min(self._area.since.values())
            later = {network: as_entered(begin) for network, begin in self._area.since.items() if begin != first}
            found |= {"area_at": as_entered(first), "area_network_at": later, "networks": list(drawing.networks)}
            found |= {"area": drawing.area} if drawing.area is not None else {}
            found |= {"area_townships": list(drawing.townships)} if drawing.townships else {}
            found["repairs"] += self._area_repairs()
        return found

    def _area_repairs(self) -> list[dict[str, str]]:
        assert self._area is not None  # noqa: S101
        repaired = self._area.repaired_at
        if not self._area.is_open and len(set(repaired.values())) == 1:
            return [{"element": AREA, "at": as_entered(next(iter(repaired.values())))}]
        return [{"element": f"{AREA}/{key}", "at": as_entered(at)} for key, at in sorted(repaired.items())]
