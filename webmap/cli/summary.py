"""An assessment as a page of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from layers.schema import Choice, Title
from layers.vocabulary import NETWORKS
from webmap.cli.layout import duration, heading, more, padded, section
from webmap.exports.tables import STATES, in_language
from webmap.languages import Language

_RANKED_ROWS = 15
_TITLES = {
    "outages": Title("停供", "Outages"),
    "isolation": Title("隔离操作", "Isolation"),
    "townships": Title("受影响乡镇（街道）", "Townships affected"),
    "ranking": Title("优先保障次序", "Priority ranking"),
    "assumptions": Title("假定", "Assumptions"),
}
_WORDS: dict[str, dict[Language, str]] = {
    "customers": {"zh": "户", "en": "customers"},
    "people": {"zh": "人", "en": "people"},
    "left": {"zh": "剩 {}", "en": "{} left"},
}


def summary(assessment: Mapping[str, Any], language: Language) -> str:
    """Return what a commander asks first: what happened, who is cut off, what to open, whom to help in which order."""
    lines = [
        *heading(assessment, assessment["situation"], language),
        *section(_TITLES["outages"], _outages(assessment, language), language),
        *section(_TITLES["isolation"], _isolation(assessment), language),
        *section(_TITLES["townships"], _townships(assessment, language), language),
        *section(_TITLES["ranking"], _ranking(assessment, language), language),
        *section(_TITLES["assumptions"], (item["text"] for item in assessment["assumptions"]), language),
    ]
    return "\n".join(lines)


def _outages(assessment: Mapping[str, Any], language: Language) -> Iterable[str]:
    customers, people = _WORDS["customers"][language], _WORDS["people"][language]
    for network in NETWORKS:
        outage = assessment["outages"].get(network.key)
        if outage and outage["nodes"]:
            share = "" if outage["customers_share"] is None else f" ({outage['customers_share']:.1%})"
            amounts = f"{outage['customers']:,} {customers}{share}, {outage['population']:,} {people}"
            yield f"{_name(network, language)}  {amounts}, {outage['demand']:,.0f} {outage['demand_unit']}"


def _isolation(assessment: Mapping[str, Any]) -> Iterable[str]:
    for isolation in assessment["isolation"]:
        yield isolation["name"]
        for device in isolation["devices_to_open"]:
            yield f"{device['order']:>5}. {device['name']} ({device['id']})"


def _townships(assessment: Mapping[str, Any], language: Language) -> Iterable[str]:
    for township in assessment["townships"]:
        cut = [
            f"{_name(network, language)} {part['customers_out']:,} {_WORDS['customers'][language]}"
            for network in NETWORKS
            if (part := township["commodities"].get(network.key)) and part["customers_out"]
        ]
        if cut:
            yield f"{padded(township['name'], 16)} {', '.join(cut)}"


def _ranking(assessment: Mapping[str, Any], language: Language) -> Iterable[str]:
    ranking = assessment["ranking"]
    for row in ranking[:_RANKED_ROWS]:
        state = in_language(STATES[row["state"]], language)
        left = "" if row["hours_left"] is None else _left(row["hours_left"], language)
        yield f"{row['rank']:>3}  {padded(row['name'], 32)} {padded(state, 12)} {left}"
        yield f"     {row['reason']}"
    if len(ranking) > _RANKED_ROWS:
        yield more(len(ranking) - _RANKED_ROWS, language)


def _name(choice: Choice, language: Language) -> str:
    return in_language(choice.title, language)


def _left(hours: float, language: Language) -> str:
    return _WORDS["left"][language].format(duration(hours, language))
