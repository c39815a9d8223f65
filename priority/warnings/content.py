"""What a warning must say by the plan (energy plan 3.3, heating plan 3.3), filled in as far as it is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from layers.vocabulary import NETWORKS
from priority.plans import Plan
from priority.plans.response import WarningLevel
from priority.warnings.exposure import Inside
from priority.warnings.moments import CHINA
from priority.warnings.results import ContentItem
from priority.wording import Phrases

Basis = Literal["plan", "data", "ours"]
_Filler = Callable[["_Case"], tuple[str | None, Basis]]


@dataclass(frozen=True)
class Facts:
    """What is known of a warning to be issued; None and empty are unknown.

    `townships` are names, whole ones or those that the area shares ground with; `networks` are what is or may be lost.
    """

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    townships: tuple[str, ...] = ()
    place: str | None = None
    networks: tuple[str, ...] = ()
    inside: Inside | None = None
    synthetic: bool = False


@dataclass(frozen=True)
class _Case:
    plan: Plan
    level: WarningLevel
    facts: Facts
    phrases: Phrases


def content_of(plan: Plan, level: str, facts: Facts, phrases: Phrases) -> tuple[ContentItem, ...]:
    """Return every item of the plan's required content for a level (its key), in the plan's order.

    An item that we do not know how to fill has no text. Raises `KeyError` for no such level.
    """
    rule = {item.key: item for item in plan.warnings.levels}[level]
    case = _Case(plan, rule, facts, phrases)
    items = []
    for name in plan.warnings.required_content:
        title, filler = _ITEMS.get(name, (None, None))
        text, basis = (None, "ours") if filler is None else filler(case)
        items.append(
            ContentItem(
                name=name,
                title=name if title is None or phrases.language == "zh" else phrases.write(title),
                clause=rule.clause,
                text=text,
                basis=basis,
            )
        )
    return tuple(items)


def missing_content(plan: Plan, level: str, texts: Mapping[str, str | None], phrases: Phrases) -> tuple[str, ...]:
    """Return one sentence for each item of the required content that nobody has written, naming item and clause."""
    rule = {item.key: item for item in plan.warnings.levels}[level]
    absent = [name for name in plan.warnings.required_content if not (texts.get(name) or "").strip()]
    return tuple(phrases.write("warning.content_missing", name=name, clause=rule.clause) for name in absent)


def category_text(networks: tuple[str, ...], phrases: Phrases) -> str | None:
    """Say what a warning is about: the networks that are or may be lost. None without any."""
    return _networks(phrases, networks, "warning.category")


def _category(case: _Case) -> tuple[str | None, Basis]:
    return category_text(case.facts.networks, case.phrases), "data"


def _level(case: _Case) -> tuple[str | None, Basis]:
    return case.level.in_language(case.phrases.language), "plan"


def _place(case: _Case) -> tuple[str | None, Basis]:
    parts = [*case.facts.townships, *([case.facts.place] if case.facts.place else [])]
    return case.phrases.join(parts) or None, "data"


def _time(case: _Case) -> tuple[str | None, Basis]:
    starts, ends = case.facts.starts_at, case.facts.ends_at
    if starts is None:
        return None, "data"
    if ends is None:
        return case.phrases.write("warning.from", start=_moment(case.phrases, starts)), "data"
    times = {"start": _moment(case.phrases, starts), "end": _moment(case.phrases, ends)}
    return case.phrases.write("warning.from_to", **times), "data"


def _extent(case: _Case) -> tuple[str | None, Basis]:
    """Write who is inside; what nobody knows is said to be unknown."""
    inside, write = case.facts.inside, case.phrases.write
    if inside is None:
        return None, "data"
    parts = [_people(case, inside)]
    for row in inside.networks:
        if row.network in case.facts.networks and (row.customers or row.customers_unknown):
            title = _network_title(case.phrases, row.network)
            parts.append(write("warning.customers", network=title, count=case.phrases.number(row.customers)))
            if row.customers_unknown:
                parts.append(write("warning.customers_unknown", network=title, count=row.customers_unknown))
    if inside.schools or inside.hospitals:
        parts.append(write("warning.places", schools=inside.schools, hospitals=inside.hospitals))
    return case.phrases.join(parts), "data"


def _people(case: _Case, inside: Inside) -> str:
    write, number = case.phrases.write, case.phrases.number
    if inside.people_network is None:
        return write("warning.people_unknown")
    said = write("warning.people", count=number(inside.people))
    if inside.vulnerable_people:
        said += write("warning.vulnerable", count=number(inside.vulnerable_people))
    unknown = next(row.people_unknown for row in inside.networks if row.network == inside.people_network)
    return said + (write("warning.some_people_unknown", count=unknown) if unknown else "")


def _advice(case: _Case) -> tuple[str | None, Basis]:
    return _by_network(case, "warning.advice")


def _measures(case: _Case) -> tuple[str | None, Basis]:
    """Say what people should do. The plan's action (预警行动) is for its units: `Authority.action`."""
    return _by_network(case, "warning.measures")


def _issuer(case: _Case) -> tuple[str | None, Basis]:
    return case.level.issued_by, "plan"


def _by_network(case: _Case, stem: str) -> tuple[str | None, Basis]:
    texts = [case.phrases.write(f"{stem}.{key}") for key in case.facts.networks]
    return "".join(texts).strip() or None, "ours"


def _networks(phrases: Phrases, networks: tuple[str, ...], key: str) -> str | None:
    titles = [_network_title(phrases, network) for network in networks]
    return phrases.write(key, networks=phrases.join(titles)) if titles else None


def _network_title(phrases: Phrases, network: str) -> str:
    return next(phrases.title(choice.title) for choice in NETWORKS if choice.key == network)


def _moment(phrases: Phrases, moment: datetime) -> str:
    """Write a moment with its year, in the time of the place: a notice on a door outlives the day."""
    there = moment.astimezone(CHINA)
    if phrases.language == "zh":
        return f"{there.year}年{phrases.clock(there)}"
    return f"{there.day} {there:%b %Y %H:%M}"


#: How the plans word the items of a warning's content, the key of their English title, and what fills them.
_ITEMS: Mapping[str, tuple[str, _Filler]] = {
    "预警类别": ("warning.item_category", _category),
    "预警级别": ("warning.item_level", _level),
    "预警区域或场所": ("warning.item_place", _place),
    "预警起始时间": ("warning.item_time", _time),
    "预警期起始时间": ("warning.item_time", _time),
    "可能影响范围": ("warning.item_extent", _extent),
    "警示事项": ("warning.item_advice", _advice),
    "应采取的措施": ("warning.item_measures", _measures),
    "发布机关": ("warning.item_issuer", _issuer),
}
#: What part of a warning an item is, by the plans' names: category, level, place, time, extent, advice, ...
CONTENT_PARTS: Mapping[str, str] = {name: title.removeprefix("warning.item_") for name, (title, _) in _ITEMS.items()}
