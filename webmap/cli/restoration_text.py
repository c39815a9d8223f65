"""A restoration plan as a page of text for a terminal: what a dispatcher reads out to the crews."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from layers.schema import Title
from layers.vocabulary import COMMODITIES, NETWORKS
from webmap.cli.layout import (
    aligned_right,
    bracketed,
    clock,
    duration,
    heading,
    name_of,
    optional_section,
    padded,
    section,
)
from webmap.exports.tables import in_language
from webmap.languages import Language

_NAMED_PLACES = 5
_STATUS = {
    "optimal": Title("已证明最优", "Proven optimal"),
    "bounded": Title("离最优不超过 {gap:.1%}", "Within {gap:.1%} of the optimum"),
    "nothing_to_repair": Title("没有要抢修的故障", "Nothing to repair"),
    "nobody_to_repair": Title("没有能抢修的队伍", "Nobody to repair"),
}
_WORDS = {
    "schedule": Title("抢修安排", "Schedule"),
    "switching": Title("先操作", "Switching first"),
    "units": Title("机动设备", "Mobile units"),
    "levels": Title("损失（前一级优先于后一级）", "Loss (an earlier level counts before all later ones)"),
    "uncovered": Title("仍会失去供应的单位", "Places that still go without"),
    "open_faults": Title("无法抢修的故障", "Faults that nobody can repair"),
    "extra_crews": Title("再增加一支队伍", "With one more crew"),
    "assumptions": Title("假定", "Assumptions"),
}
_STEP = Title("{depart} 出发 → {start} 开工 → {done} 修好", "leave {depart} → start {start} → done {done}")
_EFFORT = Title("路上 {travel}，抢修 {work}", "travel {travel}, work {work}")
_ASSUMED = Title("（按通常工时）", " (usual time)")
_BY_HAND = Title("[人工指定]", "[fixed by hand]")
_NO_TASK = Title("没有任务", "no task")
_FREE = Title("{at} 完工", "free at {at}")
_BACK = Title("恢复 {customers:,} 户、{people:,} 人", "brings back {customers:,} customers, {people:,} people")
_PLACES_MORE = Title("{names} 等 {count} 家", "{names} and others, {count} in all")
_UNIT_STEP = Title("{depart} 出发 → {ready} 可用", "leave {depart} → ready {ready}")
_IN_TIME = {True: Title("赶得上", "in time"), False: Title("到达前会中断", "not before the place fails")}
_LOSS_COLUMNS = (
    Title("本方案", "this plan"),
    Title("下界", "bound"),
    Title("差距", "gap"),
    Title("不抢修", "no repairs"),
)
_LOSS_UNITS = {
    "facility_hours": Title("单位·小时", "facility hours"),
    "people_hours": Title("人·小时", "people hours"),
}
_LEVEL_CELLS, _LOSS_CELLS = 48, 16
_NO_LOSS = Title("其余各级没有损失", "no loss on the other levels")
_UNTIL_HORIZON = Title("时段内不恢复", "not back within the horizon")


def restoration_text(plan: Mapping[str, Any], language: Language) -> str:
    """Return the plan for reading; `plan` has the names of places (`webmap.exports.restoration_table.with_names`).

    First the schedule by crew, then what is lost on each level and how near the optimum that is, then who goes without.
    """

    def part(word: str, rows: Iterable[str]) -> list[str]:
        return optional_section(_WORDS[word], rows, language)

    status = in_language(_STATUS[plan["status"]], language).format(gap=plan["gap"])
    lines = [
        *heading(plan, plan["summary"], language),
        status,
        *part("switching", (f"{row['order']:>3}. {row['text']}" for row in plan["switching"])),
        *section(_WORDS["schedule"], _schedule(plan, language), language),
        *part("units", _units(plan, language)),
        *part("levels", _levels(plan, language)),
        *section(_WORDS["uncovered"], _uncovered(plan, language), language),
        *part("open_faults", (f"{row['name']}  {row['reason']}" for row in plan["open_faults"])),
        *part("extra_crews", (row["text"] for row in plan["extra_crews"])),
        *section(_WORDS["assumptions"], (item["text"] for item in plan["assumptions"]), language),
    ]
    return "\n".join(lines)


def _schedule(plan: Mapping[str, Any], language: Language) -> Iterable[str]:
    for crew in plan["crews"]:
        comma = "、" if language == "zh" else ", "
        skills = comma.join(name_of(skill, NETWORKS, language) for skill in crew["skills"])
        free = _NO_TASK if crew["free_at"] is None else _FREE
        at = crew["free_at"] and clock(crew["free_at"], language)
        yield f"{bracketed(crew['name'], skills, language)}  {in_language(free, language).format(at=at)}"
        steps = [step for step in plan["steps"] if step["crew"] == crew["id"]]
        for step in sorted(steps, key=lambda step: step["position"]):
            yield from _step(step, plan["facility_names"], language)


def _step(step: Mapping[str, Any], names: Mapping[str, str], language: Language) -> Iterable[str]:
    depart = step["depart_at"]
    times = in_language(_STEP, language).format(
        depart=clock(depart, language),
        start=clock(step["start_at"], language, depart),
        done=clock(step["done_at"], language, depart),
    )
    travel, work = duration(step["travel_hours"], language), duration(step["work_hours"], language)
    effort = in_language(_EFFORT, language).format(travel=travel, work=work)
    assumed = in_language(_ASSUMED, language) if step["hours_assumed"] else ""
    by_hand = f"  {in_language(_BY_HAND, language)}" if step["fixed"] else ""
    yield f"{step['position']:>3}. {padded(step['name'], 28)} {times}{by_hand}"
    yield f"     {effort}{assumed}{'；' if language == 'zh' else '; '}{_brought_back(step, names, language)}"
    yield f"     {step['reason']}"


def _brought_back(step: Mapping[str, Any], names: Mapping[str, str], language: Language) -> str:
    back = step["brings_back"]
    text = in_language(_BACK, language).format(customers=sum(back["customers"].values()), people=back["population"])
    places = [names.get(place, place) for place in back["facilities"]]
    if not places:
        return text
    colon, comma = ("：", "、") if language == "zh" else (": ", ", ")
    listed = comma.join(places[:_NAMED_PLACES])
    if len(places) > _NAMED_PLACES:
        listed = in_language(_PLACES_MORE, language).format(names=listed, count=len(places))
    return f"{text}{colon}{listed}"


def _units(plan: Mapping[str, Any], language: Language) -> Iterable[str]:
    for row in plan["units"]:
        depart = row["depart_at"]
        times = in_language(_UNIT_STEP, language).format(
            depart=clock(depart, language), ready=clock(row["ready_at"], language, depart)
        )
        commodity = name_of(row["commodity"], COMMODITIES, language)
        where = f"{row['unit_name']} → {bracketed(row['facility_name'], commodity, language)}"
        yield f"{row['rank']:>3}. {where}  {times}  {in_language(_IN_TIME[row['in_time']], language)}"
        yield f"     {row['reason']}"


def _levels(plan: Mapping[str, Any], language: Language) -> Iterable[str]:
    """One row a level with a loss: this plan, what cannot be beaten, doing nothing, what simple rules would lose."""
    hit = [number for number, level in enumerate(plan["levels"]) if level["value"] or level["without_repairs"]]
    if hit:
        titles = [
            *(in_language(title, language) for title in _LOSS_COLUMNS),
            *(rule["title"] for rule in plan["rules"]),
        ]
        yield _loss_row("", titles)
    for number in hit:
        level = plan["levels"][number]
        rules = [rule["values"][number] for rule in plan["rules"]]
        amounts = [_amount(level[name]) for name in ("value", "bound")]
        others = [_amount(value) for value in (level["without_repairs"], *rules)]
        unit = in_language(_LOSS_UNITS[level["unit"]], language)
        yield _loss_row(bracketed(level["title"], unit, language), [*amounts, f"{level['gap']:.1%}", *others])
    if len(hit) < len(plan["levels"]):
        yield in_language(_NO_LOSS, language)


def _loss_row(first: str, cells: Iterable[str]) -> str:
    return padded(first, _LEVEL_CELLS) + "".join(aligned_right(cell, _LOSS_CELLS) for cell in cells)


def _amount(value: float) -> str:
    return f"{value:,.1f}" if value < 100 else f"{value:,.0f}"


def _uncovered(plan: Mapping[str, Any], language: Language) -> Iterable[str]:
    for row in plan["uncovered"]:
        end = in_language(_UNTIL_HORIZON, language)
        if row["back_at"] is not None:
            end = clock(row["back_at"], language, row["fails_at"])
        where = bracketed(row["facility_name"], name_of(row["commodity"], COMMODITIES, language), language)
        span = f"{clock(row['fails_at'], language)} → {end}"
        yield f"{padded(where, 32)} {span}  {duration(row['hours'], language)}"
        yield f"    {row['reason']}"
