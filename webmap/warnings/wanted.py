"""Steps as a person wants to take them: without what the server adds (ground, entry, message)."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal, get_args

from pydantic import Field, TypeAdapter, ValidationError

from priority.validation import problem, problems_of
from priority.wording import Phrases
from webmap.incidents.entry_fields import Name, Text
from webmap.incidents.errors import InvalidEntry
from webmap.languages import Language
from webmap.warnings.content import Content
from webmap.warnings.steps import Approved, Referred, Returned, StepBody, Submitted, Withdrawn


class Revise(StepBody):
    """A new version of the content; begins an update where nothing is in preparation."""

    kind: Literal["revised"] = "revised"
    content: Content


class Issue(StepBody):
    """The version in preparation is to be issued in the name of an office."""

    kind: Literal["issued"] = "issued"
    office: Name


class Lift(StepBody):
    """The warning in force is to be lifted in the name of an office."""

    kind: Literal["lifted"] = "lifted"
    office: Name
    reason: Text
    reason_en: Text | None = None


Wanted = Revise | Submitted | Returned | Approved | Issue | Lift | Referred | Withdrawn
_WANTED: TypeAdapter[Wanted] = TypeAdapter(Annotated[Wanted, Field(discriminator="kind")])
#: The kinds of steps that a warning can be taken by once it was drafted, in the order of its life.
WANTED_KINDS: tuple[str, ...] = tuple(model.model_fields["kind"].default for model in get_args(Wanted))


def read_wanted(document: object, language: Language = "zh") -> Wanted:
    """Return the step that a JSON document asks for; `InvalidEntry` names every wrong field and its remedy."""
    phrases = Phrases(language)
    if not isinstance(document, dict):
        raise InvalidEntry([problem(phrases, "", "not_object", {})])
    if document.get("kind") not in WANTED_KINDS:
        raise InvalidEntry([problem(phrases, "kind", "kind_unknown", {"known": phrases.join(WANTED_KINDS)})])
    try:
        return _WANTED.validate_python(document)
    except ValidationError as error:
        # pydantic puts the kind, by which it tells the types apart, before every field.
        found = [replace(item, field=item.field.partition(".")[2]) for item in problems_of(error, phrases)]
        raise InvalidEntry(found) from error
