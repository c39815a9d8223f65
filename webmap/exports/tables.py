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


def _plain(name: str, zh: str, en: str) -> Column:
    return Column(Title(zh, en), lambda record, _: record.get(name))


def _moment(name: str, zh: str, en: str) -> Column:
    """A time as spreadsheets read it: `2026-01-12 12:00` in the incident's own offset."""
    return Column(Title(zh, en), lambda record, _: (record.get(name) or "")[:16].replace("T", " ") or None)


def _titles(choices: tuple[Choice, ...]) -> dict[str, Title]:
    return {choice.key: choice.title for choice in choices}


def _named(name: str, zh: str, en: str, titles: Mapping[str, Title]) -> Column:
    def value(record: Record, language: Language) -> Cell:
        key = str(record.get(name, ""))
        return in_language(titles[key], language) if key in titles else key

    return Column(Title(zh, en), value)


def _lost(record: Record, language: Language) -> Cell:
    titles = _titles(COMMODITIES)
    return ("、" if language == "zh" else ", ").join(in_language(titles[key], language) for key in record["lost"])


def _causes(record: Record, language: Language) -> Cell:
    return ("；" if language == "zh" else "; ").join(record["causes"])


_CATEGORY = _named("category", "类别", "Category", _titles(FACILITY_CATEGORIES))
_STATE = _named("state", "状态", "State", STATES)
_FACILITY_IDENTITY = (
    _plain("name", "单位", "Facility"),
    _CATEGORY,
    _plain("tier", "保障次序（预案类别）", "Tier in the plan"),
    _plain("township_name", "所在乡镇（街道）", "Township"),
    _STATE,
    _plain("hours_left", "尚可维持（小时）", "Hours left"),
    _moment("fails_at", "失去供应时间", "Fails at"),
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
            _plain("rank", "次序", "Rank"),
            *_FACILITY_IDENTITY,
            _plain("clause", "依据条款", "Clause"),
            _plain("reason", "理由", "Reason"),
            _plain("id", "编号", "Identifier"),
        ),
    ),
    "facilities": TableKind(
        Title("重点保障单位", "Priority facilities"),
        lambda assessment: list(assessment["facilities"]),
        (
            *_FACILITY_IDENTITY,
            Column(Title("原因", "Causes"), _causes),
            _plain("id", "编号", "Identifier"),
        ),
    ),
    "townships": TableKind(
        Title("乡镇（街道）停供情况", "Townships"),
        lambda assessment: list(assessment["townships"]),
        (
            _plain("name", "乡镇（街道）", "Township"),
            _plain("code", "区划代码", "Code"),
            *(column for network in NETWORKS for column in _commodity_columns(network)),
            _plain("population_affected", "受影响人口", "People affected"),
            _plain("facilities_failed", "失去供应的单位", "Facilities failed"),
            _plain("facilities_on_reserve", "靠备用维持的单位", "Facilities on reserve"),
        ),
    ),
}
