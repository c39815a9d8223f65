"""Documents in two parts: an incident, and what there is to act with. Wrong fields are told of both parts at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from priority.errors import InvalidDocument, InvalidIncident, Problem
from webmap.languages import Language

if TYPE_CHECKING:
    from priority.incident import Incident
    from priority.plans import Plan

_INCIDENT = "incident"
_Means = TypeVar("_Means")


def read_two_parts(
    document: object,
    part: str,
    parse: Callable[[object, Language], _Means],
    plans: Mapping[str, Plan],
    language: Language,
) -> tuple[Incident, _Means]:
    """Check a document of the keys `incident` and `part`, which `parse` reads.

    Raises what `parse` raises if the second part alone is wrong, else `InvalidIncident`; either names the wrong fields
    of both parts, as `crews.units[0].kind`.
    """
    from priority.incident import Incident  # noqa: PLC0415  the models take a moment to load

    body = _parts(document, (_INCIDENT, part), language)
    problems: list[Problem] = []
    incident = None
    try:
        incident = Incident.parse(body[_INCIDENT], language, plans.keys())
    except InvalidIncident as error:
        problems += _prefixed(_INCIDENT, error.problems)
    try:
        means = parse(body[part], language)
    except InvalidDocument as error:
        problems += _prefixed(part, error.problems)
        raise (InvalidIncident if incident is None else type(error))(problems) from error
    if incident is None:
        raise InvalidIncident(problems)
    return incident, means


@contextmanager
def naming_part(part: str) -> Iterator[None]:
    """Raise what the block finds wrong in the incident or the other part with the part's name before each field."""
    try:
        yield
    except InvalidDocument as error:
        name = _INCIDENT if isinstance(error, InvalidIncident) else part
        raise type(error)(_prefixed(name, error.problems)) from error


def _parts(document: object, names: tuple[str, ...], language: Language) -> Mapping[str, object]:
    """Return the parts of the body; `InvalidIncident` if it is no object of just these."""
    from priority.validation import problem  # noqa: PLC0415
    from priority.wording import Phrases  # noqa: PLC0415

    phrases = Phrases(language)
    if not isinstance(document, dict):
        raise InvalidIncident([problem(phrases, "", "not_object", {})])
    problems = [problem(phrases, name, "missing", {}) for name in names if name not in document]
    problems += [problem(phrases, name, "unknown_field", {}) for name in document if name not in names]
    if problems:
        raise InvalidIncident(problems)
    return document


def _prefixed(part: str, problems: list[Problem]) -> list[Problem]:
    return [Problem(_joined(part, item.field), item.message, item.remedy) for item in problems]


def _joined(part: str, field: str) -> str:
    return f"{part}{field}" if field.startswith("[") else f"{part}.{field}".rstrip(".")
