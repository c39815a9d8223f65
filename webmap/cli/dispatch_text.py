"""A dispatch plan as a page of text for a terminal: what a dispatcher reads out to the drivers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from layers.schema import Title
from webmap.cli.layout import between, bracketed, clock, heading, more, optional_section, padded, section
from webmap.exports.tables import in_language
from webmap.languages import Language

_WORDS = {
    "vehicles": Title("按车辆", "By vehicle"),
    "late": Title("来不及的单位", "Not in time"),
    "kept": Title("储备用完前送到的单位", "Reached before the reserve ends"),
    "stocks": Title("库存", "Stocks"),
    "beyond": Title("靠运送帮不上的单位", "Places that nothing brought by road helps"),
    "notes": Title("提示", "Notes"),
    "assumptions": Title("假定", "Assumptions"),
}
_TRIP = Title("{leave} 出发 → {load} 装 → {unloaded} 卸完", "leave {leave} → load {load} → unloaded {unloaded}")
_IN_TIME = Title("提前 {slack}", "{slack} early")
_LATE = Title("晚到 {slack}", "{slack} late")
_BY = Title("{dry} 用完", "ends {dry}")
_NO_TRIP = Title("没有任务", "no trip")
_ASSUMED = Title("假定", "assumed")
_UNKNOWN = Title("数量不明", "amount unknown")
_TAKEN = Title("调出 {taken}，剩 {left}", "{taken} taken, {left} left")
_BEYOND_ROWS = 15


def dispatch_text(plan: Mapping[str, Any], language: Language) -> str:
    """Return the plan for reading: the answer, who is not in time, the trips by vehicle, who is kept, the stocks."""

    def part(word: str, rows: Iterable[str]) -> list[str]:
        return optional_section(_WORDS[word], rows, language)

    lines = [
        *heading(plan, plan["sentence"], language),
        *([plan["proof"]] if plan["proof"] else []),
        *part("late", _places(plan, language, kept=False)),
        *part("vehicles", _vehicles(plan, language)),
        *part("kept", _places(plan, language, kept=True)),
        *part("stocks", _stocks(plan, language)),
        *part("beyond", _beyond(plan, language)),
        *part("notes", plan["notes"]),
        *section(_WORDS["assumptions"], (item["text"] for item in plan["assumptions"]), language),
    ]
    return "\n".join(lines)


def _places(plan: Mapping[str, Any], language: Language, *, kept: bool) -> Iterable[str]:
    for row in plan["facilities"]:
        if (row["state"] == "kept") == kept:
            ends = in_language(_BY, language).format(dry=clock(row["deadline_at"], language, plan["at"]))
            yield f"{padded(row['facility_name'], 28)} {ends}  {row['reason']}"


def _vehicles(plan: Mapping[str, Any], language: Language) -> Iterable[str]:
    for vehicle in plan["vehicles"]:
        load = f"{vehicle['load']:g} {vehicle['unit']}"
        told = f"{load}，{in_language(_ASSUMED, language)}" if vehicle["assumed"] else load
        mine = [trip for trip in plan["trips"] if trip["vehicle"] == vehicle["id"]]
        rest = "" if mine else f"  {in_language(_NO_TRIP, language)}"
        yield f"{bracketed(vehicle['name'], told, language)}{rest}"
        for trip in mine:
            yield from _trip(trip, language)


def _trip(trip: Mapping[str, Any], language: Language) -> Iterable[str]:
    leave = trip["leave_at"]
    times = in_language(_TRIP, language).format(
        leave=clock(leave, language),
        load=clock(trip["load_at"], language, leave),
        unloaded=clock(trip["unloaded_at"], language, leave),
    )
    late = trip["slack_minutes"] < 0
    first, last = sorted((trip["unloaded_at"], trip["deadline_at"]))
    span = between(first, last, language)
    slack = in_language(_LATE if late else _IN_TIME, language).format(slack=span)
    amount = f"{trip['amount']:g} {trip['unit']}"
    where = f"{trip['stock_name']} → {bracketed(trip['facility_name'], amount, language)}"
    yield f"{trip['position']:>3}. {where}"
    yield f"     {times}  {slack}"


def _stocks(plan: Mapping[str, Any], language: Language) -> Iterable[str]:
    for row in plan["stocks"]:
        unit = row["unit"]
        left = in_language(_UNKNOWN, language) if row["left"] is None else f"{row['left']:g} {unit}"
        told = in_language(_TAKEN, language).format(taken=f"{row['taken']:g} {unit}", left=left)
        name = bracketed(row["name"], in_language(_ASSUMED, language), language) if row["assumed"] else row["name"]
        yield f"{padded(name, 36)} {told}"


def _beyond(plan: Mapping[str, Any], language: Language) -> Iterable[str]:
    rows = plan["beyond"]
    for row in rows[:_BEYOND_ROWS]:
        yield f"{padded(row['facility_name'], 28)} {clock(row['fails_at'], language)}  {row['reason']}"
    if rest := len(rows) - len(rows[:_BEYOND_ROWS]) + plan["beyond_more"]:
        yield more(rest, language)
