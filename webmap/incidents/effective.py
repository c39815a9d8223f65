"""What a log says once its corrections are read in: nothing was edited, and the latest correction counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from webmap.incidents.entries import Correction, Fact
from webmap.incidents.records import Entry


@dataclass(frozen=True, slots=True)
class Effective:
    """A fact as it counts now. `corrected_by` is the number of the correction that it stands in, None for none."""

    number: int
    fact: Fact
    author_name: str
    corrected_by: int | None = None


def corrections_of(entries: Iterable[Entry]) -> dict[int, tuple[int, Correction]]:
    """Return the correction that counts for each entry that has any, with its number: the one written last."""
    return {
        entry.fact.corrects: (entry.number, entry.fact)
        for entry in sorted(entries, key=lambda entry: entry.number)
        if isinstance(entry.fact, Correction)
    }


def effective_facts(entries: Iterable[Entry]) -> list[Effective]:
    """Return what counts, in the order in which it happened; at one and the same second in the order of writing.

    Corrections of entries that are not among those given have nothing to correct and are left out.
    """
    entries = list(entries)
    corrected = corrections_of(entries)
    found = []
    for entry in entries:
        fact = entry.fact
        if isinstance(fact, Correction):
            continue
        if entry.number not in corrected:
            found.append(Effective(entry.number, fact, entry.author_name))
            continue
        number, correction = corrected[entry.number]
        if correction.replacement is not None:
            found.append(Effective(entry.number, correction.replacement, entry.author_name, number))
    return sorted(found, key=lambda item: (item.fact.happened_at, item.number))
