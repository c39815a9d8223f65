"""A script made ready for this district: its places chosen, its texts in one language, and tried out by the rules."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from priority.errors import Problem
from priority.validation import problem
from priority.wording import Phrases
from webmap.api.log.checks import check_names
from webmap.api.log.places import places_of
from webmap.drills.choosing import choose_all
from webmap.drills.errors import ScriptUnfit
from webmap.drills.filling import Place, Telling, in_data
from webmap.drills.plan_words import with_measure
from webmap.drills.reading import with_recommended
from webmap.drills.script import Script, Step, places_named, steps_named
from webmap.incidents.admission import Candidate, admit, read_fact
from webmap.incidents.chain import canonical
from webmap.incidents.entries import LevelChanged, LevelStarted
from webmap.incidents.errors import InvalidEntry, Refused
from webmap.incidents.offices import COMMANDERS, DIRECTOR
from webmap.incidents.records import Author, Entry
from webmap.languages import Language

if TYPE_CHECKING:
    from priority.plans import Plan
    from webmap.runtime import Snapshot

#: The offices that a script speaks for.
SCRIPT_OFFICES = frozenset({DIRECTOR, *COMMANDERS})
_SOME_REASON = "-"


@dataclass(frozen=True)
class PreparedStep:
    """A step with everything but moments and the numbers of entries; `number` is its place in the script, from 1."""

    number: int
    at_s: int
    happened_s: int
    by: str | None
    name: str | None
    said: str | None
    facts: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Prepared:
    """A script as it is played: what stands in the table beside the drill."""

    script: str
    plan: str
    title: str
    language: Language
    levels: tuple[str, ...]
    steps: tuple[PreparedStep, ...]

    def text(self) -> str:
        """Return it as JSON."""
        return canonical(asdict(self))

    @classmethod
    def read(cls, text: str) -> Prepared:
        """Return what `text` wrote."""
        document = json.loads(text)
        steps = tuple(PreparedStep(**{**step, "facts": tuple(step["facts"])}) for step in document.pop("steps"))
        return cls(**{**document, "levels": tuple(document["levels"]), "steps": steps})


def prepare(script: Script, snapshot: Snapshot, plan: Plan, begins_at: datetime, language: Language) -> Prepared:
    """Return a script for the data of a snapshot; `ScriptUnfit` names every place and step that does not fit.

    Steps that speak of an optional place which there is not are left out, and those that rest on their entries.
    """
    phrases = Phrases(language)
    places, missing = choose_all(snapshot, plan, script.places)
    needed = {key: count for key, count in missing.items() if not script.places[key].optional}
    if needed:
        raise ScriptUnfit([_missing(phrases, script, key, count) for key, count in needed.items()])
    unknown = list(_unknown_measures(script, plan, phrases))
    if unknown:
        raise ScriptUnfit(unknown)
    steps = tuple(_Filler(plan, places, language).steps(script))
    if not steps or steps[0].number != 1:
        raise ScriptUnfit([problem(phrases, "steps.0", "drill_opening_left_out", {})])
    prepared = Prepared(script.key, plan.key, script.title.in_language(language), language, tuple(script.levels), steps)
    found = list(_rehearsed(prepared, snapshot, plan, begins_at))
    if found:
        raise ScriptUnfit(found)
    return prepared


def _missing(phrases: Phrases, script: Script, key: str, count: int) -> Problem:
    code = "drill_place_few" if count else "drill_place_none"
    told = {"place": key, "count": count, "rank": script.places[key].rank}
    return problem(phrases, f"places.{key}", code, told)


def _unknown_measures(script: Script, plan: Plan, phrases: Phrases) -> Iterator[Problem]:
    for number, step in enumerate(script.steps):
        for fact in step.all_facts:
            try:
                with_measure(fact, plan)
            except KeyError as error:
                told = {"clause": error.args[0], "plan": plan.title.in_language(phrases.language)}
                yield problem(phrases, f"steps.{number}.fact.measure", "drill_measure", told)


@dataclass(frozen=True)
class _Filler:
    """Fills steps for one district in one language."""

    plan: Plan
    places: Mapping[str, Place]
    language: Language

    def steps(self, script: Script) -> Iterator[PreparedStep]:
        left_out: set[str] = set()
        for number, (step, at_s) in enumerate(zip(script.steps, script.times_s, strict=True), 1):
            named = {name for fact in step.all_facts for name in places_named(fact)}
            rests_on = {name for fact in step.all_facts for name in steps_named(fact)}
            if named <= self.places.keys() and not rests_on & left_out:
                yield self._prepared(step, number, at_s)
            elif step.name:
                left_out.add(step.name)

    def _prepared(self, step: Step, number: int, at_s: int) -> PreparedStep:
        facts = tuple(in_data(with_measure(fact, self.plan), self.places, self.language) for fact in step.all_facts)
        happened_s = at_s if step.happened is None else step.happened
        return PreparedStep(number, at_s, happened_s, step.by, step.name, self._said(step), facts)

    def _said(self, step: Step) -> str | None:
        """A note may speak of an optional place that there is not: its key stands there instead."""
        if step.said is None:
            return None
        text = step.said.in_language(self.language)
        known = {name: self.places.get(name, Place(name, name)) for name in places_named({"said": text})}
        return str(in_data(text, known, self.language))


def _rehearsed(prepared: Prepared, snapshot: Snapshot, plan: Plan, begins_at: datetime) -> Iterator[Problem]:
    """Take every step as the log would, with nobody interfering; yield what the log would refuse."""
    known_places = places_of(snapshot, restricted=False)
    author = Author("script", "script", SCRIPT_OFFICES)
    phrases = Phrases(prepared.language)
    entries: list[Entry] = []
    numbers: dict[str, int] = {}
    for step in prepared.steps:
        told = Telling(begins_at, step.by, numbers)
        for document in step.facts:
            try:
                fact = read_fact(with_recommended(told.fact(document, step.happened_s)), prepared.language)
                if isinstance(fact, LevelStarted | LevelChanged) and fact.reason is None:
                    fact = fact.model_copy(update={"reason": _SOME_REASON})
                check_names(fact, known_places, (), prepared.language)
                candidate = Candidate(fact, author, len(entries) + 1, begins_at, drill=True)
                admit(plan, candidate, entries, prepared.language)
            except InvalidEntry as error:
                for item in error.problems:
                    yield replace(
                        _at_step(phrases, step, document, item.message, item.remedy), field=_field(step, item.field)
                    )
                return
            except Refused as error:
                yield _at_step(
                    phrases, step, document, error.message(prepared.language), error.remedy(prepared.language)
                )
                return
            entries.append(Entry(len(entries) + 1, fact, begins_at, author.id, author.name))
        if step.name is not None:
            numbers[step.name] = len(entries)


def _field(step: PreparedStep, inner: str = "") -> str:
    return f"steps.{step.number - 1}" + (f".fact.{inner}" if inner else "")


def _at_step(phrases: Phrases, step: PreparedStep, document: Mapping[str, Any], said: str, remedy: str) -> Problem:
    hours, seconds = divmod(step.at_s, 3600)
    told = {"number": step.number, "at": f"{hours}:{seconds // 60:02d}", "kind": document.get("kind", "")}
    return problem(phrases, _field(step), "drill_step", {**told, "said": said, "remedy": remedy})
