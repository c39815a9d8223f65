"""Parts of the incident document that facts put there."""

from __future__ import annotations

from webmap.incidents.effective import Effective
from webmap.incidents.entries import ReserveReported, UnitPlaced
from webmap.incidents.moments import as_entered


def placement_part(fact: UnitPlaced) -> dict[str, str]:
    """Return where a mobile unit feeds, as the incident document has it."""
    unit = {} if fact.unit is None else {"unit": fact.unit}
    return {"facility": fact.facility, "commodity": fact.commodity, "at": as_entered(fact.happened_at), **unit}


def reserve_part(item: Effective) -> dict[str, object]:
    """Return how long a reserve was reported to last, as the incident document has it."""
    fact = item.fact
    assert isinstance(fact, ReserveReported)  # noqa: S101
    at = as_entered(fact.happened_at)
    return {"facility": fact.facility, "commodity": fact.commodity, "hours": fact.hours, "at": at}
