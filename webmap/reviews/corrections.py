"""What changed the past, and what happened when: corrections, late entries and the timeline."""

from __future__ import annotations

from webmap.incidents.entries import Correction, Fact
from webmap.incidents.groups import GROUPS
from webmap.incidents.moments import as_entered
from webmap.incidents.prose import is_late
from webmap.reviews.material import Material
from webmap.reviews.results import CorrectionRow, CourseRow


def correction_rows(material: Material) -> list[CorrectionRow]:
    """Return the corrections in the order of writing, each with what the entry said until then.

    What they changed may have happened after the moment that is looked at: they are all of the log's.
    """
    counts: dict[int, tuple[int, Fact]] = {}
    rows = []
    for entry in sorted(material.log.entries, key=lambda entry: entry.number):
        fact = entry.fact
        if not isinstance(fact, Correction):
            counts[entry.number] = entry.number, fact
            continue
        before = counts.get(fact.corrects)
        if before is None:  # of an entry that is not among those given
            continue
        replacement = fact.replacement
        zone = before[1].happened_at.tzinfo
        rows.append(
            CorrectionRow(
                number=entry.number,
                corrects=fact.corrects,
                happened_at=as_entered(before[1].happened_at),
                happened_at_after=None if replacement is None else as_entered(replacement.happened_at),
                written_at=as_entered(entry.written_at.astimezone(zone)),
                said_before=material.said(*before),
                said_after=None if replacement is None else _said_after(material, before, (entry.number, replacement)),
                reason=None if entry.number in material.hidden else fact.reason,
            )
        )
        if replacement is not None:
            counts[fact.corrects] = entry.number, replacement
    return rows


def _said_after(material: Material, before: tuple[int, Fact], after: tuple[int, Fact]) -> str:
    """What it says since; where neither words nor time changed, that something else did."""
    said = material.said(*after)
    if said != material.said(*before) or after[1].happened_at != before[1].happened_at:
        return said
    return material.phrases.write("review.correction.not_in_words", said=said)


def late_entries(material: Material) -> int:
    """Return how many entries were written well after what they tell; in a drill none."""
    drill = material.log.opening.drill
    told = [entry for entry in material.log.entries if not isinstance(entry.fact, Correction)]
    return sum(is_late(entry, drill=drill) for entry in told)


def course_rows(material: Material) -> list[CourseRow]:
    """Return what counts up to the moment, in the order of happening: the timeline of the incident."""
    return [
        CourseRow(
            at=as_entered(item.fact.happened_at),
            entry=item.number,
            group=GROUPS[item.fact.kind],
            said=material.said(item.corrected_by or item.number, item.fact),
        )
        for item in material.past
    ]
