"""An assessment as a page of text for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from layers.schema import Choice
from layers.vocabulary import NETWORKS
from priority.wording import Phrases
from webmap.exports.csv_file import SAMPLE_MARK
from webmap.exports.tables import STATES, in_language
from webmap.languages import Language

_RANKED_ROWS = 15
_WORDS: dict[str, dict[Language, str]] = {
    "outages": {"zh": "停供", "en": "Outages"},
    "isolation": {"zh": "隔离操作", "en": "Isolation"},
    "townships": {"zh": "受影响乡镇（街道）", "en": "Townships affected"},
    "ranking": {"zh": "优先保障次序", "en": "Priority ranking"},
    "assumptions": {"zh": "假定", "en": "Assumptions"},
    "none": {"zh": "无", "en": "none"},
    "customers": {"zh": "户", "en": "customers"},
    "people": {"zh": "人", "en": "people"},
    "left": {"zh": "剩 {}", "en": "{} left"},
    "more": {"zh": "……另有 {} 个，见 --json", "en": "... and {} more, see --json"},
}


def summary(assessment: Mapping[str, Any], language: Language) -> str:
    """Return what a commander asks first: what happened, who is cut off, what to open, whom to help in which order."""
    mark = f"【{in_language(SAMPLE_MARK, language)}】" if assessment["synthetic"] else ""
    plan = assessment["plan"]
    lines = [
        f"{mark}{assessment['situation']}",
        f"{plan['title']}（{plan['document_number']}） · {assessment['at']} · {assessment['data_version']}",
        *_section("outages", _outages(assessment, language), language),
        *_section("isolation", _isolation(assessment), language),
        *_section("townships", _townships(assessment, language), language),
        *_section("ranking", _ranking(assessment, language), language),
        *_section("assumptions", (item["text"] for item in assessment["assumptions"]), language),
    ]
    return "\n".join(lines)


def _section(word: str, rows: Iterable[str], language: Language) -> list[str]:
    return ["", _WORDS[word][language], *(f"  {row}" for row in [*rows] or [_WORDS["none"][language]])]


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
            yield f"{_padded(township['name'], 16)} {', '.join(cut)}"


def _ranking(assessment: Mapping[str, Any], language: Language) -> Iterable[str]:
    ranking = assessment["ranking"]
    for row in ranking[:_RANKED_ROWS]:
        state = in_language(STATES[row["state"]], language)
        left = "" if row["hours_left"] is None else _left(row["hours_left"], language)
        yield f"{row['rank']:>3}  {_padded(row['name'], 32)} {_padded(state, 12)} {left}"
        yield f"     {row['reason']}"
    if len(ranking) > _RANKED_ROWS:
        yield _WORDS["more"][language].format(len(ranking) - _RANKED_ROWS)


def _name(choice: Choice, language: Language) -> str:
    return in_language(choice.title, language)


def _padded(text: str, width: int) -> str:
    """Fill up to a width in terminal cells; a Chinese character takes two."""
    cells = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
    return text + " " * max(0, width - cells)


def _left(hours: float, language: Language) -> str:
    """Write the time left as the page and the reasons do: 8 小时 30 分."""
    return _WORDS["left"][language].format(Phrases(language).duration(round(hours * 3600)))
