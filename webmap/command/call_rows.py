"""Rows of the list of calls: who, under which numbers, why, and whether they were called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from priority.warnings.addresses import Address, AddressBook
from priority.wording import Phrases
from webmap.command.results import Call, Called, Section
from webmap.incidents.effective import Effective
from webmap.incidents.entries import Note
from webmap.incidents.moments import as_entered

if TYPE_CHECKING:
    from priority.plans import Plan
    from priority.plans.organisation import MemberUnit, Telephone


@dataclass(frozen=True)
class Reason:
    """Why somebody is to be called, and the clause that says so (None: none does)."""

    why: str
    clause: str | None


@dataclass(frozen=True)
class Line:
    """Telephone numbers, the clause that publishes them, and whose they are; nothing where nobody knows any."""

    numbers: tuple[str, ...] = ()
    clause: str | None = None
    person: str | None = None
    role: str | None = None


@dataclass(frozen=True)
class Book:
    """The plan's telephones and the contacts, with what was noted of calls; writes in the language of `phrases`."""

    plan: Plan
    contacts: AddressBook
    facts: Sequence[Effective]
    phrases: Phrases

    def write(self, key: str, **places: object) -> str:
        """Write a sentence."""
        return self.phrases.write(key, **places)

    def member(self, name: str) -> MemberUnit | None:
        """Return the member unit that is called so in the plan, by its own name or another."""
        units = self.plan.organisation.units
        return next((unit for unit in units if name == unit.name or name in unit.also), None)

    def unit(self, section: Section, name: str, reason: Reason) -> Iterator[Call]:
        """Yield a unit of the plan: one row for each line of the appendix under it, one without a number for none.

        Units that stand for whoever is concerned (townships) are told as those, not here.
        """
        member = self.member(name)
        if member is not None and member.townships:
            return
        own = name if member is None else member.name
        lines = [one for one in self.plan.organisation.telephones if own in {one.member, one.unit}]
        if not lines:
            yield from self.at(section, "unit", own, own, reason, None)
        for line in lines:
            shown = own if len(lines) == 1 else line.unit
            yield from self.at(section, "unit", shown, shown, reason, line)

    def at(
        self,
        section: Section,
        kind: Literal["unit", "township", "facility"],
        key: str,
        name: str,
        reason: Reason,
        line: Telephone | None,
    ) -> Iterator[Call]:
        """Yield somebody with the numbers of the appendix, then every contact that has a telephone."""
        contacts = [one for one in self.contacts.of(kind, key) if one.phone is not None]
        if line is not None or not contacts:
            told = Line() if line is None else Line(line.numbers, line.clause)
            yield row(self, section, f"{kind}:{key}", name, reason, told)
        for contact in contacts:
            yield self._contact(section, f"{kind}:{key}/{contact.key}", name, reason, contact)

    def _contact(self, section: Section, key: str, name: str, reason: Reason, contact: Address) -> Call:
        numbers = tuple(part for part in (contact.phone or "").split("、") if part)
        return row(self, section, key, name, reason, Line(numbers, person=contact.person, role=contact.role))


def row(book: Book, section: Section, key: str, unit: str, reason: Reason, line: Line) -> Call:
    """Return a row with the calls that were noted."""
    person = line.person
    whom = unit if person is None or person == unit else f"{unit} {person}"
    return Call(
        key=key,
        section=section,
        unit=unit,
        person=None if person == unit else person,
        role=line.role,
        numbers=line.numbers,
        numbers_clause=line.clause,
        why=reason.why,
        clause=reason.clause,
        note=book.write("command.called", unit=whom),
        called=_called(book.facts, whom),
    )


def _called(facts: Iterable[Effective], whom: str) -> tuple[Called, ...]:
    """The notes that somebody was called, in whichever language, the last one first; words may follow."""
    texts = tuple(Phrases(language).write("command.called", unit=whom) for language in ("zh", "en"))
    found = [
        Called(entry=item.number, at=as_entered(item.fact.happened_at), by=item.author_name)
        for item in facts
        if isinstance(item.fact, Note)
        and any(item.fact.text == text or item.fact.text.startswith((f"{text}，", f"{text},")) for text in texts)
    ]
    return tuple(reversed(found))


def merged(rows: Iterable[Call], phrases: Phrases) -> tuple[Call, ...]:
    """Return each once, in its first section; the reasons of one section are told together."""
    found: dict[str, Call] = {}
    for one in rows:
        before = found.get(one.key)
        if before is None:
            found[one.key] = one
        elif before.section == one.section and one.why not in before.why:
            why = phrases.write("command.and").join((before.why, one.why))
            found[one.key] = before.model_copy(update={"why": why})
    return tuple(found.values())
