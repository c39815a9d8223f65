"""Reading what people send about warnings: every wrong field is named as it stands in the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from priority.errors import Problem
from priority.validation import first_problems, problem, problems_of
from priority.wording import Phrases
from webmap.incidents.errors import InvalidEntry
from webmap.languages import Language
from webmap.warnings.content import AreaPart
from webmap.warnings.wanted import Wanted, read_wanted

_Read = TypeVar("_Read", bound=BaseModel)
PART_KINDS: tuple[str, ...] = tuple(model.model_fields["kind"].default for model in get_args(get_args(AreaPart)[0]))
#: pydantic puts the kind by which it tells parts apart, and the types of a value that may have several, into the path.
_PART_TAG = re.compile(rf"(parts\[\d+\])\.({'|'.join(PART_KINDS)})(?=[.\[]|$)")
_VALUE_TAG = re.compile(r"(told\..+)\.(bool|float|str)$")


def read_as(model: type[_Read], document: object, language: Language) -> _Read:
    """Return a document as a model; `InvalidEntry` names every wrong field and its remedy."""
    phrases = Phrases(language)
    if not isinstance(document, dict):
        raise InvalidEntry([problem(phrases, "", "not_object", {})])
    wrong = list(_unknown_kinds(document, phrases))
    if wrong:
        raise InvalidEntry(first_problems(wrong, phrases))
    try:
        return model.model_validate(document)
    except ValidationError as error:
        raise InvalidEntry(as_sent(problems_of(error, phrases))) from error


def read_step(document: object, language: Language) -> Wanted:
    """Return the step that a document asks for; `InvalidEntry` names every wrong field and its remedy."""
    wrong = list(_unknown_kinds(document, Phrases(language))) if isinstance(document, dict) else []
    if wrong:
        raise InvalidEntry(first_problems(wrong, Phrases(language)))
    try:
        return read_wanted(document, language)
    except InvalidEntry as error:
        raise InvalidEntry(as_sent(list(error.problems))) from error


def as_sent(problems: list[Problem]) -> list[Problem]:
    """Return problems whose fields are those of the document, each field once."""
    found: dict[str, Problem] = {}
    for item in problems:
        field = _VALUE_TAG.sub(r"\1", _PART_TAG.sub(r"\1", item.field))
        found.setdefault(field, replace(item, field=field))
    return list(found.values())


def _unknown_kinds(document: dict[str, Any], phrases: Phrases) -> Iterator[Problem]:
    """Yield a problem for each part of an area of a kind that there is not."""
    content = document.get("content")
    nested = isinstance(content, dict)
    area = content.get("area") if isinstance(content, dict) else document.get("area")
    parts = area.get("parts") if isinstance(area, dict) else None
    for number, part in enumerate(parts if isinstance(parts, list) else ()):
        field = f"{'content.' if nested else ''}area.parts[{number}]"
        if not isinstance(part, dict):
            yield problem(phrases, field, "not_object", {})
        elif part.get("kind") not in PART_KINDS:
            code = "kind_unknown" if "kind" in part else "missing"
            yield problem(phrases, f"{field}.kind", code, {"known": phrases.join(PART_KINDS)})
