"""Which class of places comes before which: the commander's order first, then the plan's list, then all others."""

from __future__ import annotations

from priority.incident import Incident
from priority.plans import Plan

#: The place of classes outside the plan's list: after every tier. A commander's order comes before every tier.
OUTSIDE = 10_000
_ORDERED = -10_000


def precedence(plan: Plan, incident: Incident, category: str) -> int:
    """Return a class's place, smaller before larger; `OUTSIDE` for a class that neither list names.

    Energy plan 4.2.1(6), 4.2.2(7), 4.2.3(4); heating plan 2.3 (heat sources first), 4.5.2(4), 3.3(3).
    """
    order = incident.priority_order
    if order is not None and category in order.categories:
        return _ORDERED + order.categories.index(category)
    entry = plan.priority_of(category)
    return OUTSIDE if entry is None else entry.tier
