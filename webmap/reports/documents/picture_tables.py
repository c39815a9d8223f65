"""Tables of the picture at a moment: townships without supply, places of the plan's list in trouble."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from webmap.exports.tables import STATES
from webmap.reports.documents.evidence import affected, data_note, falling_places, listed_places, networks_out
from webmap.reports.documents.model import Block, Column, Paragraph, Runs, Table, words
from webmap.reports.documents.phrasing import (
    CATEGORY_NAMES,
    CUSTOMERS_OUT,
    RESERVE_UNKNOWN,
    at_least,
    hours,
    stamp,
    whole,
)

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

_MOST_PLACES = 20


def picture_tables(source: ReportSource) -> tuple[Block, ...]:
    """Return the tables of what is out and who is in trouble now, with their source; nothing where nothing is."""
    made = (*townships_table(source.assessment), *places_table(source.assessment))
    return (*made, data_note(source)) if made else ()


def townships_table(assessment: Mapping[str, Any]) -> tuple[Block, ...]:
    """Return the townships without supply, those with most people first; nothing where none is."""
    networks = [key for key, _ in networks_out(assessment)]
    rows = affected(assessment)
    failed = Counter(row["township"] for row in listed_places(assessment, "failed"))
    many = len(networks) > 2
    columns = (
        Column("乡镇（街道）", 2),
        *(
            Column(f"{CUSTOMERS_OUT[key]}{'户数' if many else '户数/总户数'}", 1.2 if many else 1.6, figures=True)
            for key in networks
        ),
        Column("受影响人口", 1.4, figures=True),
        Column("失去供应的重点保障单位", 1.7, figures=True),
    )
    told = tuple(
        (
            words(row["name"] or "未划入乡镇（街道）"),
            *(_share(row["commodities"].get(key), total=not many) for key in networks),
            words(whole(row["population_affected"])),
            words(whole(failed[row["code"]])),
        )
        for row in rows
    )
    return (Table(columns, told, "各乡镇（街道）停供情况"),) if told and networks else ()


def _share(part: Mapping[str, Any] | None, *, total: bool) -> Runs:
    if part is None:
        return words("—")
    out = at_least(part["customers_out"], part["customers_unknown"])
    return words(f"{out}/{whole(part['customers'])}" if total else out)


def places_table(assessment: Mapping[str, Any]) -> tuple[Block, ...]:
    """Return the listed places that failed by their rank, then those that will, the soonest first, then the others."""
    falling = falling_places(assessment)
    lasting = [row for row in listed_places(assessment, "on_reserve") if row["hours_left"] is None]
    found = [*listed_places(assessment, "failed"), *falling, *lasting]
    columns = (
        Column("单位", 2.2),
        Column("类别（预案次序）", 2.6),
        Column("状态", 1.3),
        Column("失去供应时间", 1.5),
        Column("尚可维持", 1.3, figures=True),
    )
    rows = tuple(_place(row) for row in found[:_MOST_PLACES])
    if not rows:
        return ()
    more = len(found) - len(rows)
    note = (Paragraph(words(f"另有 {more} 家，见附带的数据文件。"), "note"),) if more else ()
    return (Table(columns, rows, "重点保障单位情况"), *note)


def _place(row: Mapping[str, Any]) -> tuple[Runs, ...]:
    category = CATEGORY_NAMES.get(row["category"], row["category"])
    left = "已失去供应" if row["state"] == "failed" else hours(row["hours_left"])
    if row["state"] != "failed" and row["reserve_unknown"]:
        left += f"（{RESERVE_UNKNOWN}）"
    return (
        words(row["name"]),
        words(f"{category}（{row['tier']}）"),
        words(STATES[row["state"]].zh),
        words(stamp(row["fails_at"])),
        words(left),
    )
