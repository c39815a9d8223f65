"""Entries as documents: what each says as a sentence and as data, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from priority.wording import Phrases
from webmap.api.log.redaction import hidden_numbers, without_words
from webmap.incidents.effective import corrections_of
from webmap.incidents.entries import Correction, Fact
from webmap.incidents.groups import GROUPS
from webmap.incidents.moments import as_entered, written
from webmap.incidents.prose import Prose, is_late
from webmap.incidents.records import Entry

if TYPE_CHECKING:
    from webmap.api.log.reader import Reader


def entry_documents(
    entries: Sequence[Entry], corrected: Iterable[Entry], reader: Reader, prose: Prose, *, drill: bool
) -> list[dict[str, Any]]:
    """Return the documents of entries, in their order.

    `corrected` are the entries that those among them which are corrections name, and the earlier corrections of the
    same, which may name what must be hidden; more do no harm.
    """
    targets = {entry.number: entry for entry in (*corrected, *entries)}
    hidden = hidden_numbers(sorted(targets.values(), key=lambda entry: entry.number), reader.hides)
    corrections = corrections_of(entries)
    documents = []
    for entry in entries:
        number, correction = corrections.get(entry.number, (None, None))
        redacted = entry.number in hidden
        documents.append(
            {
                **_written(entry),
                "late": is_late(entry, drill=drill),
                "group": _group(entry.fact, targets),
                "said": _said(entry.fact, prose, redacted=redacted),
                "fact": None if redacted else fact_document(entry.fact),
                "corrected_by": number,
                "withdrawn": correction is not None and correction.replacement is None,
                "counts": None if correction is None else _counts(correction, prose, redacted=number in hidden),
                "redacted": redacted,
            }
        )
    return documents


def _written(entry: Entry) -> dict[str, Any]:
    fact = entry.fact
    return {
        "number": entry.number,
        "kind": fact.kind,
        "happened_at": as_entered(fact.happened_at),
        "written_at": written(entry.written_at),
        "author": entry.author_name,
        "clause": fact.clause,
        "corrects": fact.corrects if isinstance(fact, Correction) else None,
    }


def _counts(correction: Correction, prose: Prose, *, redacted: bool) -> dict[str, Any] | None:
    """What is to be read instead of a corrected entry; None where it was withdrawn."""
    fact = correction.replacement
    if fact is None:
        return None
    said = _said(fact, prose, redacted=redacted)
    return {"happened_at": as_entered(fact.happened_at), "said": said, "clause": fact.clause}


def _group(fact: Fact, targets: Mapping[int, Entry]) -> str:
    """A correction belongs where what it corrects does."""
    if isinstance(fact, Correction):
        target = targets.get(fact.corrects)
        return "other" if target is None else GROUPS[target.fact.kind]
    return GROUPS[fact.kind]


def _said(fact: Fact, prose: Prose, *, redacted: bool) -> str:
    if not redacted:
        return prose.sentence(fact)
    if isinstance(fact, Correction):
        key = "withdrawal_hidden" if fact.replacement is None else "correction_hidden"
        return prose.say(key, number=fact.corrects)
    return prose.sentence(without_words(fact, prose.phrases))


def fact_document(fact: Fact) -> dict[str, Any]:
    """Return a fact as it is sent, its time with the offset it was entered with."""
    document = fact.model_dump(mode="json")
    document["happened_at"] = as_entered(fact.happened_at)
    if fact.field_report is None:
        del document["field_report"]
    if isinstance(fact, Correction) and fact.replacement is not None:
        document["replacement"] = fact_document(fact.replacement)
    return document


def prose_for(reader: Reader) -> Prose:
    """Return what writes entries for a reader: in the reader's language, hidden places without their names."""
    phrases = Phrases(reader.language)
    hidden = phrases.write("log.restricted_place")

    def name_of(identifier: str) -> str:
        return hidden if reader.hides(identifier) else reader.places.names.get(identifier, identifier)

    return Prose(phrases, reader.plan, name_of)
