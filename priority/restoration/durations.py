"""How long a repair takes where nobody has told: hours of work on the spot, by network and kind. All are assumptions.

They are round figures for a trained crew with its material at hand, journey not counted. Whoever knows better gives
the hours with the crews; the plan says for each step whether its hours were assumed.
"""

from __future__ import annotations

#: Hours by network and kind of node or line; a network's own figure goes before the one for all.
_HOURS: dict[tuple[str, str], float] = {
    ("electricity", "transmission"): 8,
    ("electricity", "feeder"): 4,
    ("electricity", "busbar"): 6,
    ("electricity", "service"): 2,
    ("electricity", "source"): 12,
    ("gas", "trunk"): 6,
    ("gas", "branch"): 4,
    ("gas", "service"): 2,
    ("heat", "trunk"): 12,
    ("heat", "branch"): 6,
    ("heat", "service"): 3,
    ("water", "trunk"): 6,
    ("water", "branch"): 4,
    ("water", "service"): 2,
}
_HOURS_OF_KIND: dict[str, float] = {
    "source": 12,
    "substation": 8,
    "transformer": 4,
    "switch": 3,
    "valve": 3,
    "pump": 4,
    "regulator": 4,
    "heat_exchange": 6,
    "junction": 4,
    "consumer": 2,
    "plant": 12,
    "facility": 8,
    "area": 24,
}
_HOURS_OF_LINE = 4.0


def usual_hours(network: str, kind: str) -> float:
    """Return the assumed hours of work for a kind of node or line, `plant`, `facility` or `area`."""
    return float(_HOURS.get((network, kind), _HOURS_OF_KIND.get(kind, _HOURS_OF_LINE)))
