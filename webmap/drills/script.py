"""A script of a drill as its file says it: the places it speaks of, and step by step what is written when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from priority.plans.base import Wording
from webmap.drills.selector import Key, Selector
from webmap.incidents.entries import KINDS

Office = Literal["办公室主任", "副指挥长", "指挥长"]
_OFFSET = re.compile(r"^(\d{1,3}):([0-5]\d)(?::([0-5]\d))?$")
#: A script is an exercise of days at the most.
MOST_S = 14 * 86_400


def offset_s(text: object) -> object:
    """Return an offset from the beginning, `1:05` or `1:05:30`, in seconds; other values as they are."""
    if not isinstance(text, str):
        # Without quotation marks YAML reads 1:05 as a number in base 60.
        raise PydanticCustomError("offset", 'write hours and minutes in quotation marks: "1:05"')
    found = _OFFSET.match(text)
    if found is None:
        raise PydanticCustomError("offset", 'hours and minutes, "1:05", or with seconds "1:05:30"')
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds


#: Schemas of what is written otherwise than it is kept.
_OFFSET_SCHEMA = {
    "type": "string",
    "pattern": r"^\d{1,3}:[0-5]\d(:[0-5]\d)?$",
    "description": 'hours and minutes from the beginning, "1:05", or with seconds',
}
_FACT_SCHEMA = {
    "type": "object",
    "required": ["kind"],
    "properties": {"kind": {"enum": list(KINDS)}},
    "not": {"anyOf": [{"required": [name]} for name in ("happened_at", "office", "recommended")]},
    "description": "as in fact.json, without happened_at, office and recommended; $place, {place}, @step, {zh, en}",
}

Offset = Annotated[int, BeforeValidator(offset_s), Field(le=MOST_S), WithJsonSchema(_OFFSET_SCHEMA)]
FactOfScript = Annotated[dict[str, Any], WithJsonSchema(_FACT_SCHEMA)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Step(_Part):
    """What is written at one moment of the drill: a fact, or several as one.

    `at` is the time from the beginning, `after_s` the seconds since the step before; `happened` where it happened
    earlier than it is told. `by` is the office that decides. `said` is for who directs the drill. `name` is how later
    steps speak of the entry: `@name`. Of a fact everything is as in the log but `happened_at` and `office`, which
    follow from the step: `$place` is a place's id, `{place}` in a text its name, `{zh: ..., en: ...}` a text in both
    languages, and `expires_at` an offset.
    """

    at: Offset | None = None
    after_s: Annotated[int, Field(ge=0, le=MOST_S)] | None = None
    happened: Offset | None = None
    by: Office | None = None
    name: Key | None = None
    said: Wording | None = None
    fact: FactOfScript | None = None
    facts: Annotated[tuple[FactOfScript, ...], Field(min_length=1, max_length=50)] | None = None

    @property
    def all_facts(self) -> tuple[dict[str, Any], ...]:
        """The facts of the step."""
        return self.facts if self.facts is not None else (self.fact or {},)

    @model_validator(mode="after")
    def _complete(self) -> Step:
        if (self.fact is None) == (self.facts is None):
            raise PydanticCustomError("step", "fact: one fact, or a list of facts under `facts`")
        if (self.at is None) == (self.after_s is None):
            raise PydanticCustomError("step", "at: either `at` or `after_s`")
        if self.name is not None and len(self.all_facts) > 1:
            raise PydanticCustomError("step", "name: a step that is spoken of has one fact")
        return self


class Script(_Part):
    """A drill that plays itself: what it is about, the plan it exercises, its places and its steps."""

    key: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
    plan: Annotated[str, Field(min_length=1)]
    title: Wording
    about: Wording
    places: dict[Key, Selector] = {}
    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=500)]

    @property
    def times_s(self) -> list[int]:
        """When each step is taken, in seconds from the beginning."""
        times: list[int] = []
        for step in self.steps:
            times.append(step.at if step.at is not None else (times[-1] if times else 0) + (step.after_s or 0))
        return times

    @property
    def length_s(self) -> int:
        """When the last step is taken, in seconds from the beginning."""
        return self.times_s[-1]

    @property
    def levels(self) -> list[str]:
        """The response levels that the script goes through, in its order."""
        facts = (fact for step in self.steps for fact in step.all_facts)
        return [str(fact["level"]) for fact in facts if fact.get("kind") in {"level_started", "level_changed"}]


def texts_in(value: object) -> Iterator[str]:
    """Yield every text in a fact's document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from texts_in(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts_in(item)


#: A place's id as a whole value, a place's name within a text, an earlier step's entry.
PLACE_ID = re.compile(r"^\$([a-z][a-z0-9_]*)$")
PLACE_NAME = re.compile(r"\{([a-z][a-z0-9_]*)\}")
STEP_ENTRY = re.compile(r"^@([a-z][a-z0-9_]*)$")


def places_named(fact: Mapping[str, Any]) -> set[str]:
    """Return the places that a fact's document speaks of."""
    found: set[str] = set()
    for text in texts_in(fact):
        whole = PLACE_ID.match(text)
        found |= {whole.group(1)} if whole else set(PLACE_NAME.findall(text))
    return found


def steps_named(fact: Mapping[str, Any]) -> set[str]:
    """Return the steps whose entries a fact's document speaks of."""
    return {found.group(1) for text in texts_in(fact) if (found := STEP_ENTRY.match(text))}
