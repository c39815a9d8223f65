"""Whether an entry may be written: the plan's rules for decisions, and the log's own for everything else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from priority.errors import Problem
from priority.figures import problems_of as figure_problems
from priority.validation import problem, problems_of
from priority.wording import Phrases
from webmap.incidents.effective import effective_facts
from webmap.incidents.entries import (
    FACT,
    KINDS,
    Correction,
    Decision,
    Fact,
    FigureReported,
    LevelRecommended,
    Reported,
    WarningLifted,
)
from webmap.incidents.entry_fields import Name
from webmap.incidents.errors import InvalidEntry, Refused
from webmap.incidents.records import Author, Entry
from webmap.incidents.standing import level_of
from webmap.incidents.transitions import RULED_KINDS, clause_of, require_allowed
from webmap.languages import Language

if TYPE_CHECKING:
    from priority.plans import Plan

_NAME: TypeAdapter[str] = TypeAdapter(Name)
#: Clocks differ. What happens later than this has not happened.
CLOCK_TOLERANCE = timedelta(minutes=5)


def read_fact(document: object, language: Language = "zh") -> Fact:
    """Return the fact that a JSON document says; `InvalidEntry` names every wrong field and its remedy."""
    phrases = Phrases(language)
    if not isinstance(document, dict):
        raise InvalidEntry([problem(phrases, "", "not_object", {})])
    _require_kind(document, "kind", KINDS, phrases)
    replacement = document.get("replacement")
    if document["kind"] == "correction" and isinstance(replacement, dict):
        _require_kind(replacement, "replacement.kind", [kind for kind in KINDS if kind != "correction"], phrases)
    try:
        return FACT.validate_python(document)
    except ValidationError as error:
        raise InvalidEntry([_without_kinds(item) for item in problems_of(error, phrases)]) from error


def require_name(name: object, language: Language = "zh") -> str:
    """Return an incident's name without blanks around it; `InvalidEntry` if it cannot be one."""
    return _require(_NAME, name, "name", language)


def require_key(key: object, language: Language = "zh") -> None:
    """Raise `InvalidEntry` for a client's key that cannot be stored."""
    if key is not None:
        _require(_NAME, key, "client_key", language)


def _require(kind: TypeAdapter[str], value: object, place: str, language: Language) -> str:
    try:
        return kind.validate_python(value)
    except ValidationError as error:
        raise InvalidEntry([replace(item, field=place) for item in problems_of(error, Phrases(language))]) from error


def _require_kind(document: Mapping[str, object], place: str, known: Sequence[str], phrases: Phrases) -> None:
    if "kind" not in document:
        raise InvalidEntry([problem(phrases, place, "missing", {})])
    if document["kind"] not in known:
        raise InvalidEntry([problem(phrases, place, "kind_unknown", {"known": phrases.join(known)})])


def _without_kinds(item: Problem) -> Problem:
    """The types are told apart by kind, so pydantic puts the kind before every field, and after `replacement`."""
    first, *path = item.field.split(".")
    if path[:1] == ["replacement"]:
        path = ["replacement", *path[2:]]
    return replace(item, field=".".join(path if first in KINDS else [first, *path]))


@dataclass(frozen=True)
class Candidate:
    """What is to be written: by whom, as which number, at what time of the clock, in a drill or not.

    `from_register` is true for what the register of warnings writes about its own.
    """

    fact: Fact
    author: Author
    number: int
    now: datetime
    drill: bool
    from_register: bool = False


def admit(plan: Plan, candidate: Candidate, history: Sequence[Entry], language: Language = "zh") -> None:
    """Raise `Refused` or `InvalidEntry` for what must not be written; return for what may.

    `history` are the entries of ruled kinds and the corrections among those written so far, and the entry that is to
    be corrected; more do no harm.
    """
    fact = candidate.fact
    if candidate.number == 1 and not isinstance(fact, Reported):
        raise Refused("opening_not_reported")
    target = _corrected(fact, candidate.number, history) if isinstance(fact, Correction) else None
    meant = fact.replacement if isinstance(fact, Correction) else fact
    if meant is not None:
        _require_past(meant, candidate)
        _require_plan_words(plan, meant, language)
    if not candidate.from_register:
        _require_not_registered([item for item in (target, meant) if item is not None], history)
    if (target or fact).kind in RULED_KINDS:
        _require_held(plan, candidate, target)
        require_allowed(plan, effective_facts([*history, _entry(candidate)]), candidate.number)


def _entry(candidate: Candidate) -> Entry:
    return Entry(candidate.number, candidate.fact, candidate.now, candidate.author.id, candidate.author.name)


def _corrected(fact: Correction, number: int, history: Sequence[Entry]) -> Fact:
    """Return the fact that a correction names."""
    target = next((entry.fact for entry in history if entry.number == fact.corrects), None)
    if target is None or fact.corrects >= number:
        raise Refused("correction_of_nothing", number=fact.corrects)
    if isinstance(target, Correction):
        raise Refused("correction_of_correction", number=fact.corrects, original=target.corrects)
    if fact.replacement is None and fact.corrects == 1:
        raise Refused("opening_withdrawn")
    if fact.replacement is not None and fact.replacement.kind != target.kind:
        raise Refused("correction_of_other_kind", number=fact.corrects)
    return target


def _require_not_registered(facts: Iterable[Fact], history: Sequence[Entry]) -> None:
    """A warning of the register is issued, updated and lifted there: its messages must say what the log says."""
    registered = {entry.number for entry in history if getattr(entry.fact, "warning_id", None) is not None}
    for fact in facts:
        ended = fact.warning if isinstance(fact, WarningLifted) else getattr(fact, "replaces", None)
        if ended in registered or getattr(fact, "warning_id", None) is not None:
            raise Refused("warning_in_register")


def _require_past(fact: Fact, candidate: Candidate) -> None:
    # A drill may play at any time; of a real event only what has happened is known.
    if not candidate.drill and fact.happened_at > candidate.now + CLOCK_TOLERANCE:
        raise Refused("not_yet_happened")


def _require_plan_words(plan: Plan, fact: Fact, language: Language) -> None:
    """Figures and levels are those of the plan."""
    if isinstance(fact, LevelRecommended) and fact.level is not None:
        level_of(plan, fact.level)
    if isinstance(fact, FigureReported):
        found = figure_problems(plan, {fact.figure: fact.value}, Phrases(language), prefix="")
        if found:
            place = "figure" if plan.figure(fact.figure) is None else "value"
            raise InvalidEntry([replace(item, field=place) for item in found])


def _require_held(plan: Plan, candidate: Candidate, target: Fact | None) -> None:
    """A decision is written by who holds the office that it names, and corrected by who holds the one that took it."""
    fact, held = candidate.fact, candidate.author.offices
    if isinstance(fact, Correction) and isinstance(target, Decision) and fact.office != target.office:
        clause = clause_of(plan, target)
        raise Refused("correction_by_other", clause, number=fact.corrects, offices=(target.office,))
    named = [fact.replacement, fact] if isinstance(fact, Correction) else [fact]
    for item in named:
        office = getattr(item, "office", None)
        if item is not None and office is not None and office not in held:
            raise Refused("office_not_held", clause_of(plan, target or item), office=(office,))
