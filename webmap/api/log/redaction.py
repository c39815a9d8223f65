"""What a reader without the right to restricted places gets of entries that name one: that it was, not what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from priority.wording import Phrases
from webmap.api.log.places import Places
from webmap.incidents.entries import Correction, CrewSent, Fact
from webmap.incidents.mentions import elements_named
from webmap.incidents.records import Entry

#: Whether a reader may not know of an id.
Hides = Callable[[str], bool]
#: Fields that people fill with words of their own.
_WORDS = ("text", "task", "source", "reason", "place")
#: The incident document's lists, and which of their items' fields names a place; "" where the item itself does.
_LISTS = {
    "faults": "element",
    "repairs": "element",
    "placements": "facility",
    "operations": "device",
    "reserves": "facility",
    "inoperable": "",
    "closed_roads": "",
}


def hides_nothing(_identifier: str) -> bool:
    """Hide nothing: of readers with the right."""
    return False


def hides_beyond(places: Places) -> Hides:
    """Hide all that an audience does not know to be open: a place that was restricted may be gone from the data."""
    return lambda identifier: not places.knows_of(identifier)


def names_hidden(fact: Fact, hides: Hides) -> bool:
    """Whether a fact names a place that the reader may not know of."""
    return hides is not hides_nothing and any(map(hides, elements_named(fact)))


def hidden_numbers(entries: Iterable[Entry], hides: Hides) -> frozenset[int]:
    """Return the numbers of entries that name such a place, or correct one that does or was once said to.

    A correction may speak of what the one before it said.
    """
    found: set[int] = set()
    spoken_of: set[int] = set()
    for entry in sorted(entries, key=lambda entry: entry.number):
        target = entry.fact.corrects if isinstance(entry.fact, Correction) else entry.number
        if target in spoken_of or names_hidden(entry.fact, hides):
            found.add(entry.number)
            spoken_of.add(target)
    return frozenset(found)


def without_words(fact: Fact, phrases: Phrases) -> Fact:
    """Return a fact without what people wrote in words of their own."""
    blank: dict[str, Any] = {name: None for name in _WORDS if name in type(fact).model_fields}
    if isinstance(fact, CrewSent):
        blank["crew"] = phrases.write("log.a_crew")
    return fact.model_copy(update=blank)


def open_document(document: Mapping[str, Any], hides: Hides) -> tuple[dict[str, Any], int]:
    """Return an incident document without hidden places, and how many were left out."""
    shown, hidden = dict(document), set()
    for name, key in _LISTS.items():
        kept = []
        for item in document.get(name, ()):
            identifier = item[key] if key else item
            if hides(identifier):
                hidden.add(identifier)
            else:
                kept.append(item)
        if name in document:
            shown[name] = kept
    return {key: value for key, value in shown.items() if key not in _LISTS or value}, len(hidden)
