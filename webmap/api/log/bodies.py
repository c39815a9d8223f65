"""The bodies that open an incident and write into its log, checked field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from priority.errors import Problem
from priority.validation import problem
from priority.wording import Phrases
from webmap.api.log.recommendation import LEFT_OUT, SETS_LEVEL
from webmap.incidents.admission import read_fact, require_key, require_name
from webmap.incidents.entries import Fact
from webmap.incidents.errors import InvalidEntry
from webmap.languages import Language

#: A take-over of a whole picture is written at once; more than this is no work of people.
MOST_FACTS = 2_000
_OPENING = {"plan", "name", "drill", "facts", "client_key"}
_WRITING = {"facts", "client_key", "expected_number"}
_OPTIONAL = {"client_key", "expected_number"}


@dataclass(frozen=True)
class Wanted:
    """What is to be written: the facts, by place what the client said was recommended, and the request's key."""

    facts: Sequence[Fact]
    recommended: Mapping[int, object]
    client_key: str | None
    expected_number: int | None = None


@dataclass(frozen=True)
class WantedIncident:
    """An incident that is to be opened."""

    plan: str
    name: str
    drill: bool
    wanted: Wanted


def read_writing(document: object, language: Language) -> Wanted:
    """Return what a body asks to be written into a log; `InvalidEntry` names every wrong field."""
    body = _object(document, _WRITING, language)
    expected = body.get("expected_number")
    if expected is not None and (isinstance(expected, bool) or not isinstance(expected, int) or expected < 0):
        raise _wrong("expected_number", "not_number", language)
    return replace(_wanted(body, language), expected_number=expected)


def read_opening(document: object, language: Language) -> WantedIncident:
    """Return the incident that a body asks to be opened; `InvalidEntry` names every wrong field."""
    body = _object(document, _OPENING, language)
    if not isinstance(body["plan"], str):
        raise _wrong("plan", "not_text", language)
    if not isinstance(body["drill"], bool):
        raise _wrong("drill", "bool_type", language)
    name = require_name(body["name"], language)
    return WantedIncident(body["plan"], name, body["drill"], _wanted(body, language))


def in_place(error: InvalidEntry, place: int) -> InvalidEntry:
    """Return an error about one fact as one about the list that it came in."""
    told = InvalidEntry([replace(item, field=f"facts[{place}].{item.field}".rstrip(".")) for item in error.problems])
    told.place = place
    return told


def _object(document: object, fields: set[str], language: Language) -> Mapping[str, Any]:
    phrases = Phrases(language)
    if not isinstance(document, dict):
        raise InvalidEntry([problem(phrases, "", "not_object", {})])
    problems = [problem(phrases, name, "missing", {}) for name in sorted(fields - _OPTIONAL - document.keys())]
    problems += [problem(phrases, name, "unknown_field", {}) for name in document if name not in fields]
    if problems:
        raise InvalidEntry(problems)
    return document


def _wanted(body: Mapping[str, Any], language: Language) -> Wanted:
    key = body.get("client_key")
    require_key(key, language)
    given = body["facts"]
    if not isinstance(given, list):
        raise _wrong("facts", "not_list", language)
    if not 1 <= len(given) <= MOST_FACTS:
        raise _wrong("facts", "facts_count", language, most=MOST_FACTS)
    facts, recommended, problems = [], {}, list[Problem]()
    for place, item in enumerate(given):
        try:
            facts.append(read_fact(_with_place_for_recommendation(item), language))
        except InvalidEntry as error:
            problems += in_place(error, place).problems
        recommended[place] = _recommended(item)
    if problems:
        raise InvalidEntry(problems)
    return Wanted(facts, recommended, key)


def _setting(item: object) -> dict[str, Any] | None:
    """Return the part of a fact's document that sets a level: the fact itself or what it is to be corrected to."""
    if not isinstance(item, dict):
        return None
    replacement = item.get("replacement")
    part = replacement if item.get("kind") == "correction" and isinstance(replacement, dict) else item
    kind = part.get("kind")
    return part if isinstance(kind, str) and kind in SETS_LEVEL else None


def _recommended(item: object) -> object:
    part = _setting(item)
    return LEFT_OUT if part is None else part.get("recommended", LEFT_OUT)


def _with_place_for_recommendation(item: object) -> object:
    """Let a client leave out what the server puts."""
    part = _setting(item)
    if part is None or "recommended" in part or not isinstance(item, dict):
        return item
    filled = {**part, "recommended": None}
    return filled if part is item else {**item, "replacement": filled}


def _wrong(field: str, code: str, language: Language, **told: object) -> InvalidEntry:
    return InvalidEntry([problem(Phrases(language), field, code, told)])
