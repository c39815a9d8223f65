"""From a fact as a script says it to a fact as the log takes it: places, texts, moments, entries of earlier steps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from webmap.drills.script import PLACE_ID, PLACE_NAME, STEP_ENTRY, offset_s
from webmap.incidents.entries import Decision
from webmap.incidents.moments import as_entered
from webmap.languages import LANGUAGES, Language

#: Fields that hold a moment; a script says them as offsets from the beginning.
MOMENTS = frozenset({"expires_at", "speaks_of"})
_WORDING = frozenset(LANGUAGES)


@dataclass(frozen=True)
class Place:
    """A place of the data that a script speaks of."""

    id: str
    name: str


def in_data(value: Any, places: Mapping[str, Place], language: Language) -> Any:
    """Return a fact's document with places and texts filled in; moments and entries stay as the script says them."""
    if isinstance(value, str):
        whole = PLACE_ID.match(value)
        if whole:
            return places[whole.group(1)].id
        return PLACE_NAME.sub(lambda found: _beside(found, places[found.group(1)].name), value)
    if isinstance(value, Mapping):
        if value.keys() == _WORDING:
            return in_data(value[language], places, language)
        return {key: in_data(item, places, language) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [in_data(item, places, language) for item in value]
    return value


def _beside(found: re.Match[str], name: str) -> str:
    """A name that begins or ends with a figure or a letter stands apart from the letters beside it."""
    text = found.string
    before = " " if name[:1].isascii() and text[: found.start()][-1:].isalnum() else ""
    after = " " if name[-1:].isascii() and text[found.end() :][:1].isalnum() else ""
    return f"{before}{name}{after}"


@dataclass(frozen=True)
class Telling:
    """What a step's facts are told with: when the drill began, whose decision it is, the entries of earlier steps."""

    begins_at: datetime
    office: str | None
    entries: Mapping[str, int]

    def fact(self, document: Mapping[str, Any], happened_s: int) -> dict[str, Any]:
        """Return a fact's document for the log. Raises `KeyError` for a step that wrote no entry."""
        filled = self._settled(document)
        filled["happened_at"] = self.moment(happened_s)
        replacement = filled.get("replacement")
        if isinstance(replacement, dict):
            inner = self._settled(replacement)
            inner["happened_at"] = (
                self._moment(inner["happened_at"]) if "happened_at" in inner else filled["happened_at"]
            )
            filled["replacement"] = self._with_office(inner)
        return self._with_office(filled)

    def moment(self, offset: int) -> str:
        """Return a moment of the drill as the log writes it."""
        return as_entered(self.begins_at + timedelta(seconds=offset))

    def _with_office(self, document: dict[str, Any]) -> dict[str, Any]:
        decided = document.get("kind") in TAKING_OFFICE
        return {**document, "office": self.office} if decided and self.office is not None else document

    def _settled(self, document: Mapping[str, Any]) -> dict[str, Any]:
        return {key: self._value(key, value) for key, value in document.items()}

    def _value(self, key: str, value: Any) -> Any:
        if key in MOMENTS and value is not None:
            return self._moment(value)
        found = STEP_ENTRY.match(value) if isinstance(value, str) else None
        return self.entries[found.group(1)] if found else value

    def _moment(self, value: object) -> object:
        offset = offset_s(value)
        return self.moment(offset) if isinstance(offset, int) else value


def _kinds(model: type[Decision]) -> set[str]:
    below = {kind for inner in model.__subclasses__() for kind in _kinds(inner)}
    return below | ({model.model_fields["kind"].default} if model is not Decision else set())


#: Kinds of fact that say which office brought them about; a correction says it of what it corrects.
TAKING_OFFICE = frozenset({*_kinds(Decision), "correction"})
