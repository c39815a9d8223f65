"""Items of a report that the picture says: extent, loss, trend, grade. Computed from the log and the data, so named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from webmap.incidents.entries import AreaDrawn, FaultLocated, RoadClosed
from webmap.incidents.fold import is_damage
from webmap.reports.documents.evidence import affected, falling_places, from_data, listed_places, networks_out
from webmap.reports.documents.item import Filled, ItemSource, detail_runs
from webmap.reports.documents.model import Gap, Runs, Text, said_by
from webmap.reports.documents.phrasing import (
    CUSTOMERS_OUT,
    NETWORK_NAMES,
    RESERVE_UNKNOWN,
    at_least,
    before_words,
    clock,
    hours,
    listed,
    sentence,
    whole,
)
from webmap.reports.documents.told_items import property_loss

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

_OUTSIDE = "未划入乡镇（街道）的区域"
_DAMAGE = (FaultLocated, AreaDrawn, RoadClosed)


def damage_numbers(source: ReportSource) -> tuple[int, ...]:
    """Return the entries that say what is broken: without one nothing can be computed."""
    return tuple(item.number for item in source.facts if isinstance(item.fact, _DAMAGE) and is_damage(item.fact))


def _scope(source: ReportSource, kind: str) -> Filled:
    given, basis = detail_runs(source, "scope")
    numbers = damage_numbers(source)
    if not numbers:
        return Filled(given or (Gap("范围"),), basis, "detail", "scope")
    found = _extent_of_impact(source) if kind == "final" else _extent_now(source)
    origin: ItemSource = "impact" if kind == "final" else "assessment"
    return Filled((*given, *found), (*basis, *numbers), "detail" if given else origin, "scope")


def _extent_now(source: ReportSource) -> Runs:
    rows = affected(source.assessment)
    networks = [NETWORK_NAMES[key] for key, _ in networks_out(source.assessment)]
    if not networks:
        return (Text(f"截至 {clock(source.at)}，没有用户失去供应。"), from_data(source))
    return _extent(source, [row["name"] or _OUTSIDE for row in rows], networks, "目前")


def _extent_of_impact(source: ReportSource) -> Runs:
    impact = source.impact
    hit = [row for row in impact.townships if any(part.customers_hit for part in row.networks.values())]
    networks = [NETWORK_NAMES[key] for key, part in impact.networks.items() if part.first_loss_at is not None]
    if not networks:
        return (Text("没有用户失去供应。"), from_data(source))
    hit.sort(key=lambda row: (-row.people_hit, row.name))
    return _extent(source, [row.name or _OUTSIDE for row in hit], networks, "先后")


def _extent(source: ReportSource, townships: list[str], networks: list[str], when: str) -> Runs:
    where = f"{when}涉及 {len(townships)} 个乡镇（街道）：{listed(townships, 12)}" if townships else f"{when}受影响"
    return (Text(f"{where}；受影响的供应：{listed(networks)}。"), from_data(source))


def _loss(source: ReportSource, kind: str) -> Filled:
    money = property_loss(source)
    numbers = damage_numbers(source)
    if not numbers:
        return Filled(
            (Gap("停供户数和人口"), Text("；"), *money.runs), money.basis, "detail", money.detail, money.figures
        )
    parts = _loss_of_impact(source) if kind == "final" else _loss_now(source)
    said = (*sentence([parts]), from_data(source)) if parts else ()
    money_said: Runs = (Text("财产损失："), *money.runs)
    origin: ItemSource = "impact" if kind == "final" else "assessment"
    return Filled((*said, *money_said), (*numbers, *money.basis), origin, money.detail, money.figures)


def _loss_now(source: ReportSource) -> Runs:
    assessment = source.assessment
    parts = [_out(key, outage) for key, outage in networks_out(assessment)]
    failed = listed_places(assessment, "failed")
    reserve = listed_places(assessment, "on_reserve")
    if failed:
        parts.append(
            f"重点保障单位失去供应 {len(failed)} 家（{listed([row['name'] for row in failed], 6, counted=False)}）"
        )
    if reserve:
        parts.append(f"靠备用维持 {len(reserve)} 家")
    return (Text("；".join(parts) or "目前没有用户失去供应"),)


def _places(names: list[str]) -> str:
    return f"{len(names)} 家（{listed(names, 6, counted=False)}）"


def _out(key: str, outage: Mapping[str, Any]) -> str:
    unknown = outage["customers_unknown"]
    more = f"，另有 {unknown} 处用户点户数不详" if unknown else ""
    people = f"、{whole(outage['population'])} 人" if outage["population"] else ""
    return f"{CUSTOMERS_OUT[key]} {at_least(outage['customers'], unknown)} 户{people}{more}"


def _loss_of_impact(source: ReportSource) -> Runs:
    impact = source.impact
    parts = []
    for key, part in impact.networks.items():
        if part.first_loss_at is None:
            continue
        hit = at_least(part.customers_hit, part.customers_unknown)
        parts.append(
            f"累计{CUSTOMERS_OUT[key]} {hit} 户，{at_least(part.customer_hours, part.customers_unknown)} 户·时"
        )
    found = [(row.tier, -row.failed_hours, row.name) for row in impact.facilities if row.tier and row.failures]
    failed = [name for _, _, name in sorted(found)]
    if failed:
        parts.append(f"重点保障单位曾失去供应 {len(failed)} 家（{listed(failed, 6, counted=False)}）")
    return (Text("；".join(parts) or "没有用户失去供应"),)


def _trend(source: ReportSource, kind: str) -> Filled:
    given, basis = detail_runs(source, "trend")
    numbers = damage_numbers(source)
    found: Runs = ()
    origin: ItemSource = "detail"
    if numbers and kind == "final":
        found, origin = _after(source), "impact"
    elif numbers:
        found, origin = _coming(source), "assessment"
    if not given and not found:
        return Filled((Gap("发展趋势"),), (), "detail", "trend")
    return Filled((*given, *found), (*basis, *(numbers if found else ())), "detail" if given else origin, "trend")


def _after(source: ReportSource) -> Runs:
    impact = source.impact
    if impact.running:
        return (Text(f"截至 {clock(impact.until)}，仍有用户或单位没有恢复供应。"), from_data(source))
    return (Text("供应已全部恢复，" + _last_restored(source) + "。"), from_data(source))


def _last_restored(source: ReportSource) -> str:
    parts = [
        f"{NETWORK_NAMES[key]}于 {clock(part.restored['100'].at)} 全部恢复"
        for key, part in source.impact.networks.items()
        if part.restored.get("100") is not None and part.restored["100"] is not None
    ]
    return "；".join(parts) or "没有用户失去供应"


def _coming(source: ReportSource) -> Runs:
    """What happens if nothing more is done: who falls next, how many more lose supply within the horizon."""
    assessment = source.assessment
    parts = []
    falling = falling_places(assessment)
    if falling:
        first = falling[0]
        unknown = f"，{RESERVE_UNKNOWN}" if first["reserve_unknown"] else ""
        name = before_words(first["name"])
        parts.append(
            f"{name}预计于 {clock(first['fails_at'])} 失去供应（尚余 {hours(first['hours_left'])}{unknown}）"
            + (f"，其后还有 {len(falling) - 1} 家重点保障单位" if len(falling) > 1 else "")
        )
    for key, outage in networks_out(assessment):
        later = outage["at_horizon"]["customers"]
        if later != outage["customers"]:
            grown = "增至" if later > outage["customers"] else "降至"
            parts.append(f"{CUSTOMERS_OUT[key]}户数预计{grown} {whole(later)} 户")
    if not parts:
        if not networks_out(assessment):
            return ()
        return (Text(f"{_horizon(source)}停供户数预计没有变化。"), from_data(source))
    return (Text(f"如不采取新的措施，{_horizon(source)}" + "；".join(parts) + "。"), from_data(source))


def _horizon(source: ReportSource) -> str:
    return f"今后 {hours(source.assessment['horizon_hours'])}内，"


def _grade(source: ReportSource, _kind: str) -> Filled:
    level = source.assessment["level"]
    parts: list[Runs] = []
    numbers: list[int] = []
    if level["grade_name"] is not None:
        parts.append((Text(f"初判为{level['grade_name']}"),))
    elif source.plan.grades:
        parts.append((Gap("事件等级"),))
    running = source.state.level
    if running is not None:
        parts.append((Text(f"{clock(running.at)} 起为 {running.level} 级响应"), *said_by([running.number])))
        numbers.append(running.number)
    elif level["level"] is not None:
        parts.append((Text(f"按已知数据建议启动 {level['level']} 级响应"),))
    elif not source.plan.grades:
        parts.append((Gap("响应级别"),))
    asked = [one.figure for grade in source.plan.grades for one in grade.test.any if hasattr(one, "figure")]
    unknown = {row["key"] for row in level["figures"] if row["source"] == "unknown"}
    missing = tuple(key for key in dict.fromkeys(asked) if key in unknown)
    named = [figure.title.zh for key in missing if (figure := source.plan.figure(key)) is not None]
    if missing and level["grade_name"] is None:
        parts.append((Text(_known_of(source, asked) + f"尚不掌握：{listed(named)}，核实后才能定级"),))
    return Filled(sentence(parts), tuple(numbers), "assessment", None, missing)


def _known_of(source: ReportSource, asked: list[str]) -> str:
    """What is known of the figures that make the grade: that a part of them is zero makes none, for any is enough."""
    values = {row["key"]: row["value"] for row in source.assessment["level"]["figures"] if row["value"] is not None}
    figures = [source.plan.figure(key) for key in dict.fromkeys(asked) if key in values]
    phrases = source.prose.phrases
    told = [f"{one.title.zh} {phrases.figure(one, values[one.key])}" for one in figures if one is not None]
    return f"已知：{listed(told)}；" if told else ""


FILL: Mapping[str, Callable[[ReportSource, str], Filled]] = {
    "scope": _scope,
    "loss": _loss,
    "trend": _trend,
    "grade": _grade,
}
