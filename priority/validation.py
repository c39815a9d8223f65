"""From pydantic's findings to problems in words: the field, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from pydantic import ValidationError

from layers.vocabulary import NETWORKS
from priority.errors import Problem
from priority.wording import Phrases


class Stationed(Protocol):
    """What stands somewhere: at a site, by its id, or at a depot, a position."""

    @property
    def site(self) -> str | None:
        """The site's id."""

    @property
    def depot(self) -> Any:
        """Longitude and latitude."""


#: How many wrong fields a person is told at once.
_MAX_PROBLEMS = 50


def _field_path(location: tuple[int | str, ...]) -> str:
    path = ""
    for part in location:
        if isinstance(part, int):
            path += f"[{part}]"
        else:
            path += f".{part}" if path else part
    return path


#: pydantic's own error types, by the phrase that explains them.
_PHRASE_OF = {
    "missing": "missing",
    "extra_forbidden": "unknown_field",
    "string_type": "not_text",
    "string_unicode": "not_text",
    "string_too_short": "empty_text",
    "string_too_long": "text_too_long",
    "tuple_type": "not_list",
    "too_long": "list_too_long",
    "too_short": "list_too_short",
    "dict_type": "not_object",
    "model_type": "not_object",
    "model_attributes_type": "not_object",
    "literal_error": "choice_unknown",
    "union_tag_invalid": "choice_unknown",
    "union_tag_not_found": "missing",
    "bool_parsing": "bool_type",
    "greater_than": "too_small",
    "greater_than_equal": "too_small",
    "less_than_equal": "too_large",
    "int_type": "not_number",
    "int_parsing": "not_number",
    "int_from_float": "not_whole",
    "float_type": "not_number",
    "float_parsing": "not_number",
    "finite_number": "not_number",
}


def _code(kind: str, location: tuple[int | str, ...]) -> str:
    if kind == "literal_error" and "networks" in location:
        return "network_unknown"
    return _PHRASE_OF.get(kind, kind)


def problems_of(error: ValidationError, phrases: Phrases) -> list[Problem]:
    """Turn pydantic's findings into ours, one a field.

    A list that is too short because its items are wrong is told by its items alone.
    """
    found: dict[str, Problem] = {}
    for item in error.errors(include_url=False):
        context: dict[str, Any] = {"known": "、".join(choice.key for choice in NETWORKS), **(item.get("ctx") or {})}
        if item["type"] == "area_crosses_itself":
            context["detail"] = phrases.polygon_fault(context["detail"])
        context.setdefault("expected", context.get("expected_tags", ""))
        field = _field_path(item["loc"]) + str(context.get("place", ""))
        found.setdefault(field, problem(phrases, field, _code(item["type"], item["loc"]), context))
    lists = {field.rpartition("[")[0] for field in found if field.endswith("]")}
    return first_problems([item for field, item in found.items() if field not in lists], phrases)


def first_problems(found: list[Problem], phrases: Phrases) -> list[Problem]:
    """Return as many problems as a person can be told at once; the last one counts the others."""
    if len(found) <= _MAX_PROBLEMS:
        return found
    return [*found[:_MAX_PROBLEMS], problem(phrases, "", "more_problems", {"count": len(found) - _MAX_PROBLEMS})]


def problem(phrases: Phrases, field: str, code: str, context: dict[str, Any]) -> Problem:
    """Write one problem and its remedy by the phrase of that code."""
    write: Callable[..., str] = phrases.write
    return Problem(field, write(f"problem.{code}", **context), write(f"remedy.{code}", **context))


def placed_once(placed: Iterable[tuple[str, Stationed]], phrases: Phrases) -> list[Problem]:
    """Return the problems of what does not stand at one place alone, a site or a depot; each with its field."""
    return [
        problem(phrases, f"{key}.site", "place_missing" if item.site is None else "place_twice", {})
        for key, item in placed
        if (item.site is None) == (item.depot is None)
    ]


def named_once(names: Mapping[str, Sequence[str]], phrases: Phrases) -> list[Problem]:
    """Return the problems of names that stand twice in a list; a list's key has `{}` where the number belongs."""
    found = []
    for field, values in names.items():
        seen: set[str] = set()
        for number, value in enumerate(values):
            if value in seen:
                found.append(problem(phrases, field.format(number), "named_twice", {"name": value}))
            seen.add(value)
    return found
