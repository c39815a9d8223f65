"""The goal's levels: the classes of the priority list in which anything fails, in order, and last the people.

A restoration plan is judged level by level: facility-hours without supply of the first class, then of the next, and at
the end people-hours without a commodity. The order is that of the ranking: the commander's order, then the plan's
list (energy plan 4.2.1(6); under the heating plan heat sources come first, 2.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from layers.vocabulary import FACILITY_CATEGORIES
from priority.incident import Incident
from priority.network.kernels import BoolArray
from priority.plans import Plan
from priority.precedence import OUTSIDE, precedence
from priority.system import SupplySystem
from priority.wording import Phrases

PEOPLE = "people"
_CATEGORY_TITLES = {choice.key: choice.title for choice in FACILITY_CATEGORIES}


@dataclass(frozen=True)
class Level:
    """One level: `key` is a class of places or "people"; the loss is counted in `unit`."""

    key: str
    title: str
    clause: str | None
    tier: int | None
    unit: Literal["facility_hours", "people_hours"]


@dataclass(frozen=True, eq=False)
class Levels:
    """Levels in order, people last. `of_facility` (f) is the level that each facility adds to, -1 for none.

    `others` (f) are the facilities counted that are outside both lists.
    """

    rows: tuple[Level, ...]
    of_facility: NDArray[np.int32]
    others: BoolArray

    @classmethod
    def of(cls, system: SupplySystem, plan: Plan, incident: Incident, counted: BoolArray, phrases: Phrases) -> Levels:
        """Make the levels for the facilities in `counted` (f): those that may fail and that the viewer may know.

        Classes outside both lists make no level; nothing counted leaves people alone.
        """
        categories = system.facilities.categories
        named = sorted({categories[facility] for facility in np.flatnonzero(counted)})
        places = {key: precedence(plan, incident, key) for key in named}
        ordered = sorted((key for key in named if places[key] < OUTSIDE), key=lambda key: (places[key], key))
        of_facility = np.full(len(categories), -1, np.int32)
        for facility in np.flatnonzero(counted):
            if categories[facility] in ordered:
                of_facility[facility] = ordered.index(categories[facility])
        people = Level(PEOPLE, phrases.write("restoration.level.people"), None, None, "people_hours")
        rows = (*(_level(plan, key, phrases) for key in ordered), people)
        return cls(rows, of_facility, counted & (of_facility < 0))

    def with_others(self) -> Levels:
        """Return the levels with one more, before the people, for the places outside both lists.

        No plan is judged by it: it only says where a unit may go that no place of the lists needs.
        """
        others = Level("others", "", None, None, "facility_hours")
        of_facility = np.where(self.others, self.people, self.of_facility).astype(np.int32)
        return Levels((*self.rows[:-1], others, self.rows[-1]), of_facility, np.zeros_like(self.others))

    @property
    def people(self) -> int:
        """The number of the last level, people-hours."""
        return len(self.rows) - 1


def _level(plan: Plan, category: str, phrases: Phrases) -> Level:
    entry = plan.priority_of(category)
    if entry is None:
        return Level(category, phrases.title(_CATEGORY_TITLES[category]), None, None, "facility_hours")
    return Level(category, entry.name.in_language(phrases.language), entry.clause, entry.tier, "facility_hours")
