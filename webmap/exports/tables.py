"""The tables of an assessment: which columns each has, what they are called, where the values come from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from layers.schema import Choice, Title
from layers.vocabulary import COMMODITIES, FACILITY_CATEGORIES, NETWORKS
from webmap.languages import Language

TableKey = Literal["ranking", "facilities", "townships"]
Cell = str | int | float | None
Record = Mapping[str, Any]

STATES = {
    "supplied": Title("供应正常", "Supplied"),
    "on_reserve": Title("靠备用维持", "On reserve"),
    "failed": Title("已失去供应", "Failed"),
    "unknown": Title("供应情况未知", "Unknown"),
}


@dataclass(frozen=True)
class Column:
    """A column: its heading, and its value for one record in a language."""

    title: Title
    value: Callable[[Record, Language], Cell]


@dataclass(frozen=True)
class TableKind:
    """A table: what it is called, which records of the assessment it lists, and its columns."""

    title: Title
    records: Callable[[Record], list[Record]]
    columns: tuple[Column, ...]


def in_language(title: Title, language: Language) -> str:
    """Return the text of a title in a language."""
    return title.zh if language == "zh" else title.en


def plain(name: str, zh: str, en: str) -> Column:
    """A value as it stands in the record."""
    return Column(Title(zh, en), lambda record, _: record.get(name))


def moment(name: str, zh: str, en: str) -> Column:
    """A time as spreadsheets read it: `2026-01-12 12:00` in the incident's own offset."""
    return Column(Title(zh, en), lambda record, _: (record.get(name) or "")[:16].replace("T", " ") or None)


def titles(choices: tuple[Choice, ...]) -> dict[str, Title]:
    """Return the titles of a closed list of values by key."""
    return {choice.key: choice.title for choice in choices}


def named(name: str, zh: str, en: str, words: Mapping[str, Title]) -> Column:
    """A key of a closed list, written as its title; a key that is not in the list as it stands."""

    def value(record: Record, language: Language) -> Cell:
        if record.get(name) is None:
            return None
        key = str(record[name])
        return in_language(words[key], language) if key in words else key

    return Column(Title(zh, en), value)


def _lost(record: Record, language: Language) -> Cell:
    names = titles(COMMODITIES)
    return ("、" if language == "zh" else ", ").join(in_language(names[key], language) for key in record["lost"])


def _causes(record: Record, language: Language) -> Cell:
    return ("；" if language == "zh" else "; ").join(record["causes"])


_CATEGORY = named("category", "类别", "Category", titles(FACILITY_CATEGORIES))
_STATE = named("state", "状态", "State", STATES)
_FACILITY_IDENTITY = (
    plain("name", "单位", "Facility"),
    _CATEGORY,
    plain("tier", "保障次序（预案类别）", "Tier in the plan"),
    plain("township_name", "所在乡镇（街道）", "Township"),
    _STATE,
    plain("hours_left", "尚可维持（小时）", "Hours left"),
    moment("fails_at", "失去供应时间", "Fails at"),
    moment("back_at", "恢复供应时间", "Back at"),
    Column(Title("已失去的供应", "Supplies lost"), _lost),
)


def _ranking(assessment: Record) -> list[Record]:
    """The ranked facilities, each with what the list of facilities says about it."""
    facilities = {record["id"]: record for record in assessment["facilities"]}
    return [{**facilities.get(row["id"], {"lost": [], "causes": []}), **row} for row in assessment["ranking"]]


def _commodity_columns(network: Choice) -> tuple[Column, ...]:
    def part(name: str) -> Callable[[Record, Language], Cell]:
        return lambda record, _: (record["commodities"].get(network.key) or {}).get(name)

    def percent(record: Record, _: Language) -> Cell:
        share = (record["commodities"].get(network.key) or {}).get("share")
        return None if share is None else round(share * 100, 2)

    zh, en = network.title.zh, network.title.en
    return (
        Column(Title(f"{zh}停供户数", f"{en}: customers out"), part("customers_out")),
        Column(Title(f"{zh}总户数", f"{en}: customers"), part("customers")),
        Column(Title(f"{zh}停供占比（%）", f"{en}: share out (%)"), percent),
        Column(Title(f"{zh}停供人口", f"{en}: people"), part("population")),
        Column(Title(f"{zh}停供老弱病残孕幼人数", f"{en}: vulnerable people"), part("vulnerable_people")),
    )


TABLES: Mapping[TableKey, TableKind] = {
    "ranking": TableKind(
        Title("优先保障次序", "Priority ranking"),
        _ranking,
        (
            plain("rank", "次序", "Rank"),
            *_FACILITY_IDENTITY,
            plain("clause", "依据条款", "Clause"),
            plain("reason", "理由", "Reason"),
            plain("id", "编号", "Identifier"),
        ),
    ),
    "facilities": TableKind(
        Title("重点保障单位", "Priority facilities"),
        lambda assessment: list(assessment["facilities"]),
        (
            *_FACILITY_IDENTITY,
            Column(Title("原因", "Causes"), _causes),
            plain("id", "编号", "Identifier"),
        ),
    ),
    "townships": TableKind(
        Title("乡镇（街道）停供情况", "Townships"),
        lambda assessment: list(assessment["townships"]),
        (
            plain("name", "乡镇（街道）", "Township"),
            plain("code", "区划代码", "Code"),
            *(column for network in NETWORKS for column in _commodity_columns(network)),
            plain("population_affected", "受影响人口", "People affected"),
            plain("facilities_failed", "失去供应的单位", "Facilities failed"),
            plain("facilities_on_reserve", "靠备用维持的单位", "Facilities on reserve"),
        ),
    ),
}
