"""The parts of the report's page that need no script: its head, and what it tells of itself."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from layers.schema import Title
from webmap.exports.tables import in_language
from webmap.reports.china_time import in_china
from webmap.reports.files.html.figures import count, hours_said
from webmap.reports.files.provenance import (
    CRS_NAME,
    DRILL_MARK,
    clock,
    marks_of,
    provenance_of,
    provenance_rows,
    source_rows,
)

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

_AS_OF = Title("截至 {at}（依据日志第 {known} 条及以前）", "As of {at} (from log entries up to {known})")
_PLAN = Title("预案：{plan}", "Plan: {plan}")
_DATA = Title("数据版本：{version}，{crs}", "Data version: {version}, {crs}")
_SOURCE = Title("来源：{sources}", "Sources: {sources}")
_MADE = Title("生成：{at}", "Made: {at}")
_PEOPLE = Title("受影响人数（人）", "People hit")
_PEOPLE_HOURS = Title("停供人时（人·时）", "People-hours lost")
_RESTORED = Title("全部恢复用时", "Time to restore all")
_NOT_BACK = Title("尚未恢复", "not back yet")
_FACILITIES = Title("失去过供应的重点单位（预案名单）", "Facilities of the plan's list that failed")
_ABOUT = Title("本文件", "This file")
_SOURCES = Title("数据来源", "Sources")
_LEFT_OUT = Title("未包含的内容", "What is left out")
_DEFINITIONS = Title("指标定义", "Definitions")
_ASSUMPTIONS = Title("推定", "Assumptions")
_LICENCES = Title("第三方软件许可", "Third-party licences")
_NOTES = (
    Title(
        "管线 {lines} 段全部画出，首尾相接的合并为一条，坐标取 5 位小数（约 1 米）；管线的逐条属性在 GeoPackage 中。",
        "All {lines} lines are drawn, joined where two ends meet, with 5 decimals (about 1 m); their attributes are in "
        "the GeoPackage.",
    ),
    Title(
        "站点与用户点 {nodes} 个未逐个画出，已计入各镇街的户数；道路、运煤线路、底图不含在内。",
        "{nodes} nodes are not drawn one by one, they are counted in the townships; no roads, coal routes or base map.",
    ),
    Title(
        "本文件不访问网络，打开后不再更新；之后的更正与新情况不在其中。",
        "This file asks nothing of a network and does not change: later corrections and news are not in it.",
    ),
)


def page_title(source: ReportSource) -> str:
    """Return the title of the page as escaped text: marks, incident."""
    return escape("".join(f"【{mark}】" for mark in marks_of(source)) + source.opening.name)


def head_html(source: ReportSource) -> str:
    """Return the head: marks, incident, times, plan, data, sources."""
    head, language = provenance_of(source), source.language
    names = list(dict.fromkeys(row["source"] for row in head["sources"]))
    told = [
        in_language(_AS_OF, language).format(at=clock(head["at"]), known=head["known_entry"]),
        in_language(_PLAN, language).format(plan=head["plan"]["title"]),
        in_language(_DATA, language).format(version=head["data_version"], crs=CRS_NAME),
        in_language(_MADE, language).format(at=clock(head["made_at"])),
        in_language(_SOURCE, language).format(sources=("；" if language == "zh" else "; ").join(names)),
    ]
    line = "　·　".join(told) if language == "zh" else " · ".join(told)
    return (
        '<header class="report-head"><div class="report-title">'
        f"{_marks(source)}<h1>{escape(source.opening.name)}</h1></div>"
        f'<p class="report-line">{escape(line)}</p></header>'
    )


def places_html(source: ReportSource, notices: str) -> str:
    """Return the places that the script fills, and what the first tab holds."""
    return (
        f'<section class="report-time" id="report-time"><div class="time-marks">{_marks(source)}</div></section>'
        f'<aside class="report-panel" id="report-panel"><div class="about" id="report-about" hidden>'
        f"{_about(source, notices)}</div></aside>"
    )


def _marks(source: ReportSource) -> str:
    drill = in_language(DRILL_MARK, source.language)
    return "".join(
        f'<span class="mark{" mark-drill" if mark == drill else ""}">{escape(mark)}</span>' for mark in marks_of(source)
    )


def _about(source: ReportSource, notices: str) -> str:
    language, impact = source.language, source.impact
    rows = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(str(value))}</dd>" for name, value in provenance_rows(source) if value
    )
    sources = [f"{layer}（{nature}）：{name}" for layer, nature, name in source_rows(source)]
    definitions = [f"{item.title}（{item.unit}）：{item.text} {item.source}" for item in impact.definitions]
    assumptions = [f"{item.text}" + (f"〔{item.clause}〕" if item.clause else "") for item in impact.assumptions]
    return "".join(
        [
            f'<p class="situation">{escape(str(source.assessment["situation"]))}</p>',
            _headlines(source),
            f"<h2>{escape(in_language(_ABOUT, language))}</h2><dl>{rows}</dl>",
            _list(_LEFT_OUT, _notes(source), source),
            _list(_SOURCES, sources, source),
            _list(_DEFINITIONS, definitions, source),
            _list(_ASSUMPTIONS, assumptions, source),
            f"<details><summary>{escape(in_language(_LICENCES, language))}</summary>"
            f"<pre>{escape(notices)}</pre></details>",
        ]
    )


def _headlines(source: ReportSource) -> str:
    """Return the figures that the page of the incident has first, and the facilities."""
    impact = source.impact
    least = "≥ " if any(row.customers_unknown for row in impact.networks.values()) else ""
    failed = sum(bool(row.failures) and row.tier is not None for row in impact.facilities)
    figures = [
        (_PEOPLE, least + count(sum(row.people_hit for row in impact.townships))),
        (_PEOPLE_HOURS, least + count(round(impact.people_hours_hit))),
        (_RESTORED, _restored(source)),
        (_FACILITIES, count(failed)),
    ]
    cells = "".join(
        f"<div><strong>{escape(value)}</strong><span>{escape(in_language(title, source.language))}</span></div>"
        for title, value in figures
    )
    return f'<div class="headlines">{cells}</div>'


def _restored(source: ReportSource) -> str:
    """Return the time from the first loss until all of every network is back, a dash where nothing was lost."""
    hit = [row for row in source.impact.networks.values() if row.first_loss_at is not None]
    ends = [reached.at for row in hit if (reached := row.restored["100"]) is not None]
    if not hit:
        return "—"
    if len(ends) < len(hit):
        return in_language(_NOT_BACK, source.language)
    first = min(in_china(row.first_loss_at) for row in hit if row.first_loss_at is not None)
    lasted = max(map(in_china, ends)) - first
    return hours_said(lasted.total_seconds() / 3600, source.language)


def _notes(source: ReportSource) -> list[str]:
    counts = {
        key: f"{len(source.snapshot.visible(f'network_{key}', restricted=source.restricted)):,}"
        for key in ("lines", "nodes")
    }
    return [in_language(note, source.language).format(**counts) for note in _NOTES]


def _list(title: Title, items: Iterable[str], source: ReportSource) -> str:
    rows = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f"<h2>{escape(in_language(title, source.language))}</h2><ul>{rows}</ul>" if rows else ""
