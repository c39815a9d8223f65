"""Whether the texts of a warning say what its level, times and issuer are: a message must not contradict itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from priority.plans import Plan
from priority.plans.response import WarningLevel
from priority.warnings.content import CONTENT_PARTS, Facts, content_of
from priority.warnings.moments import moments_in
from priority.wording import Phrases

_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Contradiction:
    """An item of the content in a language that says something else: `part` is level, time or issuer.

    `should` is what would agree, as the product would write it.
    """

    language: str
    name: str
    part: str
    should: str


def contradictions(
    plan: Plan, level: str, starts_at: datetime, expires_at: datetime, texts: Mapping[str, Mapping[str, str]]
) -> tuple[Contradiction, ...]:
    """Return what contradicts the level (its key), the times and the issuer among the texts by language and item.

    Missing texts contradict nothing. Raises `KeyError` for a level that the plan lacks.
    """
    facts = Facts(starts_at=starts_at, ends_at=expires_at)
    rule = {item.key: item for item in plan.warnings.levels}[level]
    found = []
    for language, said in texts.items():
        ours = content_of(plan, level, facts, Phrases("en" if language == "en" else "zh"))
        should = {item.name: item.text or "" for item in ours}
        for name in plan.warnings.required_content:
            part, text = CONTENT_PARTS.get(name, ""), (said.get(name) or "").strip()
            if not text or text == should[name]:
                continue
            wrong = (
                (part == "level" and not _tells_level(plan, rule, text))
                or (part == "time" and not _tells_times(text, starts_at, expires_at))
                or (part == "issuer" and language == "zh" and not _tells_issuer(rule, text))
            )
            if wrong:
                found.append(Contradiction(language, name, part, should[name]))
    return tuple(found)


def names_any(names: Sequence[str], text: str) -> bool:
    """Whether a text names any of these places; without any names there is nothing to name."""
    plain = _plain(text)
    return not names or any(_plain(name) in plain for name in names)


def _tells_level(plan: Plan, rule: WarningLevel, text: str) -> bool:
    """Whether a text has the name of the level, in either language, and of no other."""
    keys = {_plain(name): item.key for item in plan.warnings.levels for name in _names(item)}
    # 重大 stands in 特别重大: where a longer name fits, the shorter one in it is not meant.
    longest_first = sorted(keys, key=len, reverse=True)
    said = re.findall("|".join(map(re.escape, longest_first)), _plain(text))
    return {keys[name] for name in said} == {rule.key}


def _names(level: WarningLevel) -> Iterator[str]:
    yield level.name
    if level.title is not None:
        yield level.title.en


def _tells_times(text: str, starts_at: datetime, expires_at: datetime) -> bool:
    """Whether a text tells when it starts, and no moment but that and the end."""
    said = moments_in(text)
    if not said or not said[0].is_(starts_at):
        return False
    return all(moment.is_(starts_at) or moment.is_(expires_at) for moment in said[1:])


def _tells_issuer(rule: WarningLevel, text: str) -> bool:
    """Whether a text may mean who issues it: in short (指挥部), or at length (泽州县供热应急指挥部办公室)."""
    units = (rule.issued_by, *rule.approved_by)
    plain = _plain(text)
    return any(_within(_plain(unit), plain) or _within(plain, _plain(unit)) for unit in units)


def _within(signs: str, text: str) -> bool:
    """Whether the signs stand in a text in their order."""
    rest = iter(text)
    return all(sign in rest for sign in signs)


def _plain(text: str) -> str:
    return _BLANKS.sub("", text).casefold()
