"""What the plan's page shows, prepared so that the template holds no rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from layers.vocabulary import FACILITY_CATEGORIES
from priority.plans.dates import revision_due_on
from webmap.languages import Language

if TYPE_CHECKING:
    from priority.plans import Plan, Wording
    from priority.plans.response import Level

_CATEGORY_TITLES = {choice.key: choice.title for choice in FACILITY_CATEGORIES}


@dataclass(frozen=True)
class PlanPage:
    """A plan read for a page on a day, in a language."""

    plan: Plan
    today: str
    language: Language
    dark: bool = False

    def say(self, wording: Wording) -> str:
        """Return a text of ours in the page's language."""
        return wording.in_language(self.language)

    @property
    def due_on(self) -> date:
        """The day on which the revision is due."""
        return revision_due_on(self.plan)

    @property
    def overdue(self) -> bool:
        """Whether that day has come."""
        return date.fromisoformat(self.today) >= self.due_on

    @property
    def levels(self) -> tuple[Level, ...]:
        """Levels, the highest first, as they stand side by side."""
        return tuple(reversed(self.plan.levels))

    @cached_property
    def group_names(self) -> dict[str, str]:
        """Names of the working groups by key."""
        return {group.key: group.name for group in self.plan.organisation.groups}

    def category(self, key: str) -> str:
        """Return the title of a class of facilities."""
        title = _CATEGORY_TITLES[key]
        return title.zh if self.language == "zh" else title.en

    def anchor(self, clause: str) -> str:
        """Return the fragment under which a clause stands on the page: c-4.2.1(6)."""
        return clause_anchor(clause)

    def telephones(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield units with their duty telephones."""
        for telephone in self.plan.organisation.telephones:
            yield telephone.unit, telephone.numbers


def clause_anchor(clause: str) -> str:
    """Return the fragment of a clause; blanks do not belong in one."""
    return f"c-{clause.replace(' ', '')}"
