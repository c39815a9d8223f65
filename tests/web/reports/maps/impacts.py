"""Impact documents made by hand, small enough to know every figure in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

BEGINS, UNTIL = "2026-01-12T08:00:00+08:00", "2026-01-12T12:00:00+08:00"
_NOTHING = {
    "customers": 100,
    "customers_hit": 0,
    "customers_unknown": 0,
    "peak_customers": 0,
    "customer_hours": 0.0,
    "people_hours": 0.0,
    "first_loss_at": None,
    "restored_at": None,
    "hours_to_restore": None,
    "hours_per_customer": None,
    "out_at_end": 0,
}


def network(customer_hours: float = 0.0, **fields: Any) -> dict[str, Any]:
    """Return a township's row of a network that lost something: back after two hours unless told."""
    lost = {"first_loss_at": BEGINS, "hours_to_restore": 2.0, "hours_per_customer": 1.5, "customers_hit": 10}
    return {**_NOTHING, **(lost if customer_hours else {}), "customer_hours": customer_hours, **fields}


def township(code: str | None, networks: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
    hours = max((row["people_hours"] for row in networks.values()), default=0.0)
    return {
        "code": code,
        "name": code or "",
        "networks": dict(networks),
        "people_hit": 0,
        "people_hours": hours,
        **fields,
    }


def impact(townships: Sequence[dict[str, Any]], **fields: Any) -> dict[str, Any]:
    return {"language": "zh", "townships": list(townships), "begins_at": BEGINS, "until": UNTIL, **fields}
