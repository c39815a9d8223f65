"""Reading script files: YAML to typed scripts, with messages that name file, line and place."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from priority.yaml_places import line_of, message_of, place_of, repeated_key
from webmap.drills.errors import InvalidScript
from webmap.drills.filling import Place, Telling, in_data
from webmap.drills.script import Script, Step, places_named, steps_named
from webmap.drills.script_yaml import compose, construct
from webmap.incidents.admission import read_fact
from webmap.incidents.errors import InvalidEntry
from webmap.languages import LANGUAGES

#: The scripts that come with the product are an eighth of it; reading one this large takes half a second.
MOST_BYTES = 128 * 1024
_Location = Sequence[int | str]
#: Facts are read once with some place, moment and entry, so that a misspelt field is found when the file is read.
_SOME_PLACE = Place("x", "x")
_SOME_TIME = datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=8)))
_PLACEHOLDERS = {"level_started": {"recommended": None}, "level_changed": {"recommended": None}}


@dataclass(frozen=True)
class _Finding:
    place: _Location
    message: str


def read_script(path: Path) -> Script:
    """Read a script from a file; `InvalidScript` names file, line and place, also of what is no readable file."""
    name = shown_name(path)
    try:
        if not path.is_file():
            raise InvalidScript(f"{name}: not a file")
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise InvalidScript(f"{name}: larger than {MOST_BYTES // 1024} KiB")
        return parse_script(content.decode("utf-8"), name)
    except UnicodeDecodeError as error:
        raise InvalidScript(f"{name}: not UTF-8 text (byte {error.start})") from error
    except OSError as error:
        raise InvalidScript(f"{name}: cannot be opened: {error.strerror}") from error


def shown_name(path: Path) -> str:
    """Return a file's name as text; what is no text in it is shown as such."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def parse_script(text: str, name: str) -> Script:
    """Turn YAML text into a script. `name` is the file's name for messages."""
    try:
        tree = compose(text)
        repeated = repeated_key(tree)
        if repeated:
            raise InvalidScript(f"{name}:{repeated}")
        script = Script.model_validate(construct(tree))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise InvalidScript(f"{name}{line}: not YAML: {getattr(error, 'problem', error)}") from error
    except ValidationError as error:
        found = [_Finding(item["loc"], message_of(item["msg"])) for item in error.errors(include_url=False)]
        raise _invalid(name, tree, found) from error
    found = list(_disagreements(script))
    if found:
        raise _invalid(name, tree, found)
    return script


def _invalid(name: str, tree: yaml.Node | None, found: Sequence[_Finding]) -> InvalidScript:
    lines = [f"{name}:{line_of(tree, item.place)}: {place_of(item.place, 'script')}: {item.message}" for item in found]
    return InvalidScript("\n".join(lines))


def _disagreements(script: Script) -> Iterator[_Finding]:
    yield from _of_places(script)
    yield from _of_order(script)
    named: set[str] = set()
    for number, step in enumerate(script.steps):
        for location, fact in _facts_of(number, step):
            yield from _of_fact(location, fact, step, script.places, named)
        if step.name is not None:
            if step.name in named:
                yield _Finding(("steps", number, "name"), f"{step.name}: an earlier step has this name")
            named.add(step.name)


def _of_places(script: Script) -> Iterator[_Finding]:
    known: set[str] = set()
    for key, selector in script.places.items():
        for other in selector.others:
            if other not in known:
                yield _Finding(("places", key), f"{other}: no place of that name stands before")
        known.add(key)


def _of_order(script: Script) -> Iterator[_Finding]:
    times = script.times_s
    first = script.steps[0]
    if times[0] != 0 or first.all_facts[0].get("kind") != "reported":
        yield _Finding(("steps", 0), "the first step is at 0:00 and its first fact is `reported`")
    for number in range(1, len(times)):
        if times[number] < times[number - 1]:
            yield _Finding(("steps", number, "at"), "earlier than the step before")
    for number, step in enumerate(script.steps):
        if step.happened is not None and step.happened > times[number]:
            yield _Finding(("steps", number, "happened"), "later than the step that tells it")


def _facts_of(number: int, step: Step) -> Iterator[tuple[_Location, Mapping[str, Any]]]:
    if step.fact is not None:
        yield ("steps", number, "fact"), step.fact
    for place, fact in enumerate(step.facts or ()):
        yield ("steps", number, "facts", place), fact


def _of_fact(
    location: _Location, fact: Mapping[str, Any], step: Step, places: Mapping[str, object], named: set[str]
) -> Iterator[_Finding]:
    nameless = [place for place, kind in _kinds_of(fact) if not isinstance(kind, str)]
    for inner in nameless:
        yield _Finding((*location, *inner, "kind"), "the kind of a fact is one word")
    if nameless:
        return
    for field in ("happened_at", "office", "recommended"):
        if field in fact:
            yield _Finding((*location, field), "follows from the step and is not said here")
    unknown = sorted(places_named(fact) - places.keys())
    for place in unknown:
        yield _Finding(location, f"{place}: no place of that name")
    later = sorted(steps_named(fact) - named)
    for name in later:
        yield _Finding(location, f"@{name}: no earlier step has that name")
    if unknown or later:
        return
    for language in LANGUAGES:
        found = list(_unreadable(location, fact, step, language))
        yield from found
        if found:
            return


def _kinds_of(fact: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], object]]:
    yield (), fact.get("kind")
    replacement = fact.get("replacement")
    if isinstance(replacement, Mapping):
        yield ("replacement",), replacement.get("kind")


def _unreadable(location: _Location, fact: Mapping[str, Any], step: Step, language: Any) -> Iterator[_Finding]:
    some = dict.fromkeys(places_named(fact), _SOME_PLACE)
    telling = Telling(_SOME_TIME, step.by, dict.fromkeys(steps_named(fact), 1))
    try:
        document = telling.fact(in_data(fact, some, language), 0)
        read_fact(with_recommended(document), "en")
    except PydanticCustomError as error:
        yield _Finding(location, str(error))
    except InvalidEntry as error:
        for item in error.problems:
            yield _Finding((*location, *item.field.split(".")), f"{item.message}. {item.remedy}")


def with_recommended(document: dict[str, Any], level: object = None) -> dict[str, Any]:
    """Return a fact's document with what the server puts when a level is set."""
    replacement = document.get("replacement")
    if isinstance(replacement, dict):
        return {**document, "replacement": with_recommended(replacement, level)}
    if document.get("kind") not in _PLACEHOLDERS or "recommended" in document:
        return document
    return {**document, "recommended": level}
