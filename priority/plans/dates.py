"""When a plan must be revised and drilled, from its own dates."""

from __future__ import annotations

from datetime import date

from priority.plans.models import Plan


def revision_due_on(plan: Plan) -> date:
    """Return the day on which the plan's revision is due: so many years after it was issued."""
    return years_after(plan.issued_on, plan.revision.every_years)


def years_after(day: date, years: int) -> date:
    """Return the same day so many years later; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
