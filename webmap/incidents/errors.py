"""Why something is not written into a log, as nouns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from priority.errors import Problem
from priority.plans.base import Wording
from priority.wording import Phrases
from webmap.incidents.offices import any_office
from webmap.languages import Language

if TYPE_CHECKING:
    from webmap.incidents.records import Entry


class LogError(Exception):
    """Base of all errors that the log raises on purpose. Nothing was written.

    `place` is that of the fact among those that were to be written as one, from 0.
    """

    place: int = 0


class UnknownIncident(LogError):
    """No incident has that id."""


class InvalidEntry(LogError):
    """An entry cannot be read; `problems` names every field and its remedy."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(f"{problem.field}: {problem.message}" for problem in problems))


class UnreadableEntry(LogError):
    """A stored entry has no form that this version knows: a newer one wrote it, or it was tampered with."""

    def __init__(self, incident_id: str, number: int) -> None:
        self.number = number
        super().__init__(f"incident {incident_id}, entry {number}")


class Conflict(LogError):
    """Others wrote meanwhile: `entries` are those after the number that the writer thought to be the last.

    None where the writer expected more entries than there are; `length` is the number of the last one.
    """

    def __init__(self, expected: int, length: int, entries: Sequence[Entry]) -> None:
        self.expected = expected
        self.length = length
        self.entries = tuple(entries)
        super().__init__(f"entry {length} is the last, not {expected}")


class ClientKeyReused(LogError):
    """The key of an earlier entry came with something else to write."""


class Refused(LogError):
    """The plan or the log's rules do not allow an entry: `code` says which rule, `clause` where the plan has it.

    `quotation` is the plan's own text. `broken` is the number of another entry that would no longer hold.
    """

    def __init__(self, code: str, clause: str | None = None, quotation: str | None = None, **values: object) -> None:
        self.code = code
        self.clause = clause
        self.quotation = quotation
        self.values: Mapping[str, object] = values
        self.broken: int | None = None
        super().__init__(self.message("en"))

    def message(self, language: Language) -> str:
        """Say what is not allowed and by which clause."""
        phrases = Phrases(language)
        said = phrases.write(f"refusal.{self.code}", **_in_words(self.values, phrases))
        if self.clause is not None:
            said = phrases.write("refusal.by_clause", said=said, clause=self.clause)
        if self.broken is not None:
            said = phrases.write("refusal.broken", number=self.broken, said=said)
        return said

    def remedy(self, language: Language) -> str:
        """Say what can be done instead."""
        phrases = Phrases(language)
        return phrases.write(f"refusal_remedy.{self.code}", **_in_words(self.values, phrases))


def _in_words(values: Mapping[str, object], phrases: Phrases) -> dict[str, object]:
    """Offices come as tuples; they are joined, and in English explained. Wordings are said in the language."""
    return {key: _in_language(value, phrases) for key, value in values.items()}


def _in_language(value: object, phrases: Phrases) -> object:
    if isinstance(value, tuple):
        return any_office(value, phrases)
    return value.in_language(phrases.language) if isinstance(value, Wording) else value
