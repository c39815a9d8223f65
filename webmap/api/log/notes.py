"""What a writer is told beside that it was written: damage after the end may be another event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from priority.wording import Phrases
from webmap.incidents.effective import Effective, effective_facts
from webmap.incidents.entries import (
    Closed,
    Correction,
    Fact,
    LevelChanged,
    LevelEnded,
    LevelStarted,
)
from webmap.incidents.fold import is_damage
from webmap.incidents.records import Entry, Log
from webmap.languages import Language


def notes(written: Sequence[Entry], log: Log, language: Language) -> list[str]:
    """Return a note for each end that damage among what was written came after; none where no damage did.

    `log` is the log, with or without what was written. A fact that is corrected to such damage is damage too.
    """
    damage = [fact for fact in map(_meant, written) if fact is not None and is_damage(fact)]
    if not damage:
        return []
    known = {entry.number for entry in log.entries}
    new = [entry for entry in written if entry.number not in known]
    facts = effective_facts(replace(log, entries=[*log.entries, *new]).entries)
    ends = ((fact, end_before(facts, fact.happened_at)) for fact in damage)
    return list(dict.fromkeys(_note(fact, end, Phrases(language)) for fact, end in ends if end is not None))


def end_before(facts: Sequence[Effective], moment: datetime) -> Effective | None:
    """Return the end of the response, or the closing, that holds at a moment; None while there is neither.

    `facts` are a log's effective ones, in the order of happening.
    """
    end = None
    for item in facts:
        if item.fact.happened_at >= moment:
            break
        if isinstance(item.fact, LevelEnded | Closed):
            end = item
        elif isinstance(item.fact, LevelStarted | LevelChanged):
            end = None
    return end


def _meant(entry: Entry) -> Fact | None:
    return entry.fact.replacement if isinstance(entry.fact, Correction) else entry.fact


def _note(fact: Fact, end: Effective, phrases: Phrases) -> str:
    """The day is told where it is another than the damage's."""
    at = end.fact.happened_at.astimezone(fact.happened_at.tzinfo)
    clock = f"{at:%H:%M}" if at.date() == fact.happened_at.date() else f"{at:%Y-%m-%d %H:%M}"
    return phrases.write("log.after_closing" if isinstance(end.fact, Closed) else "log.after_end", clock=clock)
