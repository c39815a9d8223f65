"""A plan, and the level that figures ask for, as JSON documents."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from priority.plans.dates import revision_due_on
from webmap.languages import Language

if TYPE_CHECKING:
    from priority.plans import Plan


def plan_document(plan: Plan, today: str) -> dict[str, Any]:
    """Return the whole plan with the day on which its revision is due, and whether that day has passed."""
    due = revision_due_on(plan)
    return {
        **plan.model_dump(mode="json", by_alias=True, exclude_none=True),
        "revision_due_on": due.isoformat(),
        "revision_overdue": date.fromisoformat(today) >= due,
    }


def level_document(plan: Plan, figures: object, language: Language) -> dict[str, Any]:
    """Return the level that a flat object of figures asks for; raises `InvalidFigures`."""
    from priority.levels import recommend  # noqa: PLC0415
    from priority.levels.input import parse_figures  # noqa: PLC0415
    from priority.wording import Phrases  # noqa: PLC0415

    return recommend(plan, parse_figures(figures, plan, language), Phrases(language)).model_dump(mode="json")
