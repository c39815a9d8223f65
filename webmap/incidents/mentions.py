"""What an entry speaks of, by id: for names, and for hiding what a viewer may not know of."""

from __future__ import annotations

from collections.abc import Iterator

from webmap.incidents.entries import Correction, Fact, UnitPlaced

_ID_FIELDS = ("element", "device", "facility", "road", "stopped", "by")


def elements_named(fact: Fact) -> Iterator[str]:
    """Yield ids of elements, devices, facilities, units, roads and townships that a fact or its correction names."""
    if isinstance(fact, Correction):
        if fact.replacement is not None:
            yield from elements_named(fact.replacement)
        return
    for field in _ID_FIELDS:
        value = getattr(fact, field, None)
        if value is not None:
            yield value
    if isinstance(fact, UnitPlaced) and fact.unit is not None:
        yield fact.unit
    yield from getattr(fact, "townships", ())
