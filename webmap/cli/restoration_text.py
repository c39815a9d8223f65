"""A restoration plan as a page of text for a terminal: what a dispatcher reads out to the crews."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from layers.schema import Title
from layers.vocabulary import COMMODITIES, NETWORKS
from webmap.cli.layout import (
    between,
    bracketed,
    clock,
    columns,
    duration,
    heading,
    more,
    name_of,
    optional_section,
    padded,
    section,
)
from webmap.exports.tables import in_language
from webmap.languages import Language

_UNCOVERED_ROWS = 15
_STATUS = {
    "optimal": Title("抢修次序已证明最优", "Order of repairs proven optimal"),
    "bounded": Title("抢修次序离最优不超过 {gap:.1%}", "Order of repairs within {gap:.1%} of the optimum"),
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
_ISOLATE = Title("隔离：断开或关闭 {} 处，见 webmap assess", "Isolate: {} devices to open or shut, see webmap assess")
_NOT_ADVISED = Title("不宜合上的联络 {} 处，见 --json", "{} ties that had better stay open, see --json")
_STEP = Title("{depart} 出发 → {start} 开工 → {done} 修好", "leave {depart} → start {start} → done {done}")
_EFFORT = Title("路上 {travel}，抢修 {work}", "travel {travel}, work {work}")
_ASSUMED = Title("（按通常工时）", " (usual time)")
_BY_HAND = Title("[人工指定]", "[fixed by hand]")
_NO_TASK = Title("没有任务", "no task")
_FREE = Title("{at} 完工", "free at {at}")
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
_NO_LOSS = Title("其余各级没有损失", "no loss on the other levels")
_UNTIL_HORIZON = Title("时段内不恢复", "not back within the horizon")


def restoration_text(plan: Mapping[str, Any], language: Language) -> str:
    """Return the plan for reading.

    First the schedule by crew, then what is lost on each level and how near the optimum that is, then who goes without.
    """

    def part(word: str, rows: Iterable[str]) -> list[str]:
        return optional_section(_WORDS[word], rows, language)

    status = in_language(_STATUS[plan["status"]], language).format(gap=plan["gap"])
    lines = [
        *heading(plan, plan["summary"], language),
        status,
        *part("switching", _switching(plan, language)),
        *section(_WORDS["schedule"], _schedule(plan, language), language),
        *part("units", _units(plan, language)),
        *part("levels", _levels(plan, language)),
        *section(_WORDS["uncovered"], _uncovered(plan, language), language),
        *part("open_faults", (f"{row['name']}  {row['reason']}" for row in plan["open_faults"])),
        *part("extra_crews", (row["text"] for row in plan["extra_crews"])),
        *section(_WORDS["assumptions"], (item["text"] for item in plan["assumptions"]), language),
    ]
    return "\n".join(lines)


def _switching(plan: Mapping[str, Any], language: Language) -> Iterable[str]:
    """The ties to close; isolation, which may be dozens of devices, as a count."""
    opened = sum(row["action"] == "open" for row in plan["switching"])
    ties = [row for row in plan["switching"] if row["action"] == "close"]
    if opened:
        yield in_language(_ISOLATE, language).format(opened)
    for row in ties:
        if row["advised"]:
            yield f"{row['order']:>3}. {row['text']}"
    if left := sum(not row["advised"] for row in ties):
        yield in_language(_NOT_ADVISED, language).format(left)


def _schedule(plan: Mapping[str, Any], language: Language) -> Iterable[str]:
    for crew in plan["crews"]:
        comma = "、" if language == "zh" else ", "
        skills = comma.join(name_of(skill, NETWORKS, language) for skill in crew["skills"])
        free = _NO_TASK if crew["free_at"] is None else _FREE
        at = crew["free_at"] and clock(crew["free_at"], language)
        yield f"{bracketed(crew['name'], skills, language)}  {in_language(free, language).format(at=at)}"
        steps = [step for step in plan["steps"] if step["crew"] == crew["id"]]
        for step in sorted(steps, key=lambda step: step["position"]):
            yield from _step(step, language)


def _step(step: Mapping[str, Any], language: Language) -> Iterable[str]:
    depart = step["depart_at"]
    times = in_language(_STEP, language).format(
        depart=clock(depart, language),
        start=clock(step["start_at"], language, depart),
        done=clock(step["done_at"], language, depart),
    )
    travel = between(step["depart_at"], step["arrive_at"], language)
    work = between(step["start_at"], step["done_at"], language)
    effort = in_language(_EFFORT, language).format(travel=travel, work=work)
    assumed = in_language(_ASSUMED, language) if step["hours_assumed"] else ""
    by_hand = f"  {in_language(_BY_HAND, language)}" if step["fixed"] else ""
    yield f"{step['position']:>3}. {padded(step['name'], 28)} {times}{by_hand}"
    yield f"     {effort}{assumed}"
    yield f"     {step['reason']}"


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
    titles = [*(in_language(title, language) for title in _LOSS_COLUMNS), *(rule["title"] for rule in plan["rules"])]
    rows = [["", *titles]] if hit else []
    for number in hit:
        level = plan["levels"][number]
        unit = in_language(_LOSS_UNITS[level["unit"]], language)
        others = (level["without_repairs"], *(rule["values"][number] for rule in plan["rules"]))
        amounts = [_amount(level["value"]), _amount(level["bound"]), f"{level['gap']:.1%}", *map(_amount, others)]
        rows.append([bracketed(level["title"], unit, language), *amounts])
    yield from columns(rows)
    if len(hit) < len(plan["levels"]):
        yield in_language(_NO_LOSS, language)


def _amount(value: float) -> str:
    return f"{value:,.1f}" if value < 100 else f"{value:,.0f}"


def _uncovered(plan: Mapping[str, Any], language: Language) -> Iterable[str]:
    for row in plan["uncovered"][:_UNCOVERED_ROWS]:
        end, lasts = in_language(_UNTIL_HORIZON, language), duration(row["hours"], language)
        if row["back_at"] is not None:
            end = clock(row["back_at"], language, row["fails_at"])
            lasts = between(max(row["fails_at"], plan["at"]), row["back_at"], language)
        where = bracketed(row["facility_name"], name_of(row["commodity"], COMMODITIES, language), language)
        span = f"{clock(row['fails_at'], language)} → {end}"
        yield f"{padded(where, 32)} {span}  {lasts}"
        yield f"    {row['reason']}"
    if len(plan["uncovered"]) > _UNCOVERED_ROWS:
        yield more(len(plan["uncovered"]) - _UNCOVERED_ROWS, language)
