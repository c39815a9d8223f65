"""Tables of what an incident cost: by network, by township, by place, by class, and the indices of IEEE Std 1366."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from webmap.reports.documents.model import Block, Column, Paragraph, Runs, Table, words
from webmap.reports.documents.phrasing import NETWORK_NAMES, at_least, decimal, hours, stamp, whole

if TYPE_CHECKING:
    from priority.aftermath import Impact
    from priority.aftermath.results import FacilityImpact, NetworkImpact

_UNITS = {"kWh": "千瓦时", "m3": "立方米"}
#: Amounts from here on are written in 万: their last places are not known anyway.
_TEN_THOUSANDS_FROM = 100_000


def hit_networks(impact: Impact) -> list[tuple[str, NetworkImpact]]:
    """Return the networks of which somebody was without supply."""
    return [(key, part) for key, part in impact.networks.items() if part.first_loss_at is not None]


def networks_table(impact: Impact) -> tuple[Block, ...]:
    """Return customers, hours and restoration by network: one column each; nothing where nothing was out."""
    hit = hit_networks(impact)
    if not hit:
        return ()
    lines: list[tuple[str, Iterable[str]]] = [
        ("停供用户（户）", (at_least(part.customers_hit, part.customers_unknown) for _, part in hit)),
        ("停供人口（人）", (whole(part.people_hit) for _, part in hit)),
        ("其中老弱病残孕幼（人）", (whole(part.vulnerable_people_hit) for _, part in hit)),
        ("同时停供最多（户）", (whole(part.peak_customers) for _, part in hit)),
        ("停供最多的时刻", (stamp(part.peak_at) for _, part in hit)),
        ("停供户时（户·时）", (at_least(part.customer_hours, part.customers_unknown) for _, part in hit)),
        ("停供人时（人·时）", (whole(part.people_hours) for _, part in hit)),
        ("少供量", (_unserved(part) for _, part in hit)),
        ("首次停供", (stamp(part.first_loss_at) for _, part in hit)),
        ("恢复 50% 用时", (_restored(part, "50") for _, part in hit)),
        ("恢复 90% 用时", (_restored(part, "90") for _, part in hit)),
        ("全部恢复用时", (_restored(part, "100") for _, part in hit)),
        ("全部恢复时刻", (_restored_at(part) for _, part in hit)),
        ("期末仍停供（户）", (whole(part.out_at_end) for _, part in hit)),
    ]
    columns = (Column("指标", 2.1), *(Column(NETWORK_NAMES[key], 1.8, figures=True) for key, _ in hit))
    rows = tuple((words(title), *(words(value) for value in values)) for title, values in lines)
    unknown = sum(part.customers_unknown for _, part in hit)
    note = (Paragraph(words(f"有 {unknown} 处用户点没有户数资料，合计为下限。"), "note"),) if unknown else ()
    return (Table(columns, rows, "各类供应的停供与恢复"), *note)


def _unserved(part: NetworkImpact) -> str:
    value, unit = part.unserved.value, _UNITS[part.unserved.unit]
    known = f"{whole(value)} {unit}" if value < _TEN_THOUSANDS_FROM else f"{decimal(value / 10_000)} 万{unit}"
    return f"至少 {known}" if part.unserved.unknown_points else known


def _restored(part: NetworkImpact, share: str) -> str:
    reached = part.restored.get(share)
    return "未达到" if reached is None else hours(reached.hours)


def _restored_at(part: NetworkImpact) -> str:
    reached = part.restored.get("100")
    return "未恢复" if reached is None else stamp(reached.at)


def townships_impact_table(impact: Impact) -> tuple[Block, ...]:
    """Return what each township lost of each network; nothing where none did."""
    rows: list[tuple[Runs, ...]] = []
    for row in sorted(impact.townships, key=lambda row: (-row.people_hours, row.name)):
        for key, part in row.networks.items():
            if part.first_loss_at is None:
                continue
            rows.append(
                (
                    words(row.name or "未划入乡镇（街道）"),
                    words(NETWORK_NAMES[key]),
                    words(f"{at_least(part.customers_hit, part.customers_unknown)}/{whole(part.customers)}"),
                    words(whole(part.customer_hours)),
                    words(whole(part.people_hours)),
                    words("未恢复" if part.restored_at is None else stamp(part.restored_at)),
                    words(hours(part.hours_to_restore)),
                )
            )
    columns = (
        Column("乡镇（街道）", 1.5),
        Column("供应", 0.7),
        Column("停供/总户数", 1.5, figures=True),
        Column("户·时", 0.9, figures=True),
        Column("人·时", 0.9, figures=True),
        Column("恢复时刻", 1.3, figures=True),
        Column("全部恢复用时", 1.4, figures=True),
    )
    return (Table(columns, tuple(rows), "各乡镇（街道）的影响"),) if rows else ()


def facilities_table(impact: Impact, most: int = 40) -> tuple[Block, ...]:
    """Return the places of the plan's list that failed or lived on a reserve, those without supply longest first."""
    found = [row for row in impact.facilities if row.tier is not None and (row.failures or row.on_reserve_hours)]
    found.sort(key=lambda row: (-row.failed_hours, row.tier or 0, row.name))
    rows = tuple(_facility(row) for row in found[:most])
    if not rows:
        return ()
    columns = (
        Column("单位", 1.9),
        Column("次序", 0.7, figures=True),
        Column("失去供应", 2.9),
        Column("累计", 1.5, figures=True),
        Column("靠备用", 1.4, figures=True),
        Column("原因", 0.9),
    )
    more = len(found) - len(rows)
    note = (Paragraph(words(f"另有 {more} 家，见附带的数据文件。"), "note"),) if more else ()
    return (Table(columns, rows, "重点保障单位受到的影响"), *note)


def _facility(row: FacilityImpact) -> tuple[Runs, ...]:
    spells = "；".join(f"{stamp(one.from_)}～{stamp(one.to) if one.to else '未恢复'}" for one in row.failures)
    causes = "；".join(dict.fromkeys(one.cause for one in row.failures if one.cause))
    return (
        words(row.name),
        words(str(row.tier)),
        words(spells or "未失去供应"),
        words(hours(row.failed_hours) if row.failures else "—"),
        words(hours(row.on_reserve_hours) if row.on_reserve_hours else "—"),
        words(causes or "—"),
    )


def classes_table(impact: Impact) -> tuple[Block, ...]:
    """Return how the classes of the plan's list fared, those too that were spared."""
    columns = (
        Column("次序", 0.7, figures=True),
        Column("类别", 3.4),
        Column("单位数", 0.7, figures=True),
        Column("受影响", 0.7, figures=True),
        Column("失去供应", 1, figures=True),
        Column("失去供应时数", 1.3, figures=True),
    )
    rows = tuple(
        (
            words("—" if row.tier is None else str(row.tier)),
            words(row.title),
            words(whole(row.count)),
            words(whole(row.hit)),
            words(whole(row.failed)),
            words(decimal(row.failed_hours)),
        )
        for row in impact.classes
    )
    return (Table(columns, rows, "全部单位（含学校、热源等）分类情况，次序“—”为预案名单以外"),) if rows else ()


def indices_table(impact: Impact) -> tuple[Block, ...]:
    """Return SAIFI, SAIDI and CAIDI of the networks that were hit; nothing where none was."""
    hit = hit_networks(impact)
    columns = (
        Column("供应", 1),
        Column("用户总数", 1, figures=True),
        Column("停供用户次数（超过 5 分钟）", 1.6, figures=True),
        Column("瞬时停供次数", 1.1, figures=True),
        Column("SAIFI（次/户）", 1.1, figures=True),
        Column("SAIDI（分/户）", 1.2, figures=True),
        Column("CAIDI（分/次）", 1.2, figures=True),
    )
    rows = tuple(
        (
            words(NETWORK_NAMES[key]),
            words(at_least(part.customers_total, part.customers_unknown)),
            words(whole(part.interruptions)),
            words(whole(part.momentary_interruptions)),
            words(decimal(part.saifi, 4)),
            words(decimal(part.saidi_minutes, 2)),
            words(decimal(part.caidi_minutes, 2)),
        )
        for key, part in hit
    )
    return (Table(columns, rows, "供应可靠性指标（IEEE Std 1366）"),) if rows else ()


def heating_lines(impact: Impact) -> tuple[Block, ...]:
    """Return the degree hours while heat was out; nothing without a loss of heat."""
    heat = impact.heating
    if heat is None:
        return ()
    base = f"采暖度时数（{decimal(heat.base_c, 0)}℃基准）"
    if heat.degree_hours is None:
        return (Paragraph(words(f"停热期间没有人填报气温，{base}不详。")),)
    weighed = heat.people_degree_hours
    people = "" if weighed is None else f"，按停热人口加权 {whole(weighed)} 人·℃·时"
    unknown = f"；另有 {hours(heat.hours_unknown)}没有气温资料，未计入" if heat.hours_unknown else ""
    return (Paragraph(words(f"停热期间{base} {decimal(heat.degree_hours)} ℃·时{people}{unknown}。")),)


def definitions_table(impact: Impact) -> tuple[Block, ...]:
    """Return how the figures are defined."""
    columns = (Column("指标", 1.3), Column("定义", 4.5), Column("单位", 0.8), Column("出处", 1.2))
    rows = tuple(
        tuple(words(text) for text in (row.title, row.text, row.unit, row.source)) for row in impact.definitions
    )
    return (Table(columns, rows, "指标定义"),) if rows else ()
