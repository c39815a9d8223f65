"""What every file says of itself: which incident, by which plan and data, as of when, and whether it is made up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from layers.catalog import CATALOG
from layers.crs import STORAGE_EPSG
from layers.schema import Title
from layers.vocabulary import PROVENANCES
from webmap.exports.csv_file import SAMPLE_MARK
from webmap.exports.tables import Cell, in_language, titles
from webmap.languages import PRODUCT_NAME, Language
from webmap.reports.china_time import china_text, in_china

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

DRILL_MARK = Title("演练", "DRILL")
CRS_NAME = "CGCS2000 (EPSG:4490)"
#: Layers from which the figures and the map are made.
_LAYERS = ("counties", "townships", "network_nodes", "network_lines", "facilities", "supplies")
#: Most sources that are named one by one.
_MOST_SOURCES = 30
_TITLES = {
    "product": Title("软件", "Software"),
    "incident": Title("事件", "Incident"),
    "drill": Title("演练", "Drill"),
    "data_nature": Title("数据性质", "Data"),
    "plan": Title("预案", "Plan"),
    "plan_number": Title("预案文号", "Plan number"),
    "at": Title("截至时间", "As of"),
    "known_entry": Title("依据日志至第几条", "Log known up to entry"),
    "made_at": Title("生成时间", "Made at"),
    "made_by": Title("生成人", "Made by"),
    "time_zone": Title("时间", "Times"),
    "data_version": Title("数据版本", "Data version"),
    "crs": Title("坐标系", "Coordinate system"),
}
#: Keys of the lines of `provenance_rows`, in their order.
ROW_KEYS = (
    "incident",
    "drill",
    "data_nature",
    "plan",
    "plan_number",
    "at",
    "known_entry",
    "made_at",
    "made_by",
    "time_zone",
    "data_version",
    "crs",
    "product",
)
_REAL = Title("实际数据", "Real data")
_ANSWER = {True: Title("是", "Yes"), False: Title("否", "No")}
_CHINA_TIME = Title("北京时间（UTC+08:00）", "China Standard Time (UTC+08:00)")
_UNKNOWN = Title("未知", "unknown")


def provenance_of(source: ReportSource) -> dict[str, Any]:
    """Return the head that files carry, as a JSON document.

    `at` is what the figures are as of, `known_entry` the last entry of the log that they rest on, `sources` where the
    records come from, each with its layer and provenance.
    """
    impact = source.impact
    return {
        "product": PRODUCT_NAME[source.language],
        "incident": {
            "id": source.opening.incident_id,
            "name": source.opening.name,
            "opened_at": source.opening.opened_at,
            "began_at": impact.begins_at,
        },
        "drill": source.opening.drill,
        "synthetic": source.snapshot.synthetic,
        "plan": impact.plan.model_dump(mode="json"),
        "at": china_text(source.at),
        "known_entry": source.known,
        "made_at": china_text(source.made_at),
        "made_by": source.made_by,
        "data_version": source.snapshot.data_version,
        "crs": f"EPSG:{STORAGE_EPSG}",
        "language": source.language,
        "sources": list(_sources(source)),
    }


def provenance_rows(source: ReportSource) -> list[tuple[str, Cell]]:
    """Return the same as titled lines for people: what must be known first comes first."""
    head, language = provenance_of(source), source.language
    values: dict[str, Cell] = {
        "incident": source.mark.words(language),
        "drill": in_language(_ANSWER[head["drill"]], language),
        "data_nature": in_language(SAMPLE_MARK if head["synthetic"] else _REAL, language),
        "plan": head["plan"]["title"],
        "plan_number": head["plan"]["document_number"],
        "at": clock(head["at"]),
        "known_entry": head["known_entry"],
        "made_at": clock(head["made_at"]),
        "made_by": head["made_by"] or in_language(_UNKNOWN, language),
        "time_zone": in_language(_CHINA_TIME, language),
        "data_version": head["data_version"],
        "crs": CRS_NAME,
        "product": head["product"],
    }
    return [(in_language(_TITLES[key], language), values[key]) for key in ROW_KEYS]


def source_rows(source: ReportSource) -> list[tuple[str, str, str]]:
    """Return layer, provenance and source of what the figures rest on, in words."""
    language, natures = source.language, titles(PROVENANCES)
    return [
        (
            in_language(CATALOG[row["layer"]].title, language),
            in_language(natures[row["provenance"]], language) if row["provenance"] in natures else row["provenance"],
            row["source"],
        )
        for row in _sources(source)
    ]


def marks_of(source: ReportSource) -> list[str]:
    """Return the marks that nobody must miss: of a drill, of made-up data."""
    marks = [(source.opening.drill, DRILL_MARK), (source.snapshot.synthetic, SAMPLE_MARK)]
    return [in_language(title, source.language) for holds, title in marks if holds]


def clock(moment: str) -> str:
    """Return an ISO 8601 moment as `2026-01-12 08:00`, China's time."""
    return f"{in_china(moment):%Y-%m-%d %H:%M}"


def titled(zh: str, en: str, language: Language) -> str:
    """Return one of two texts."""
    return zh if language == "zh" else en


def _sources(source: ReportSource) -> Iterator[dict[str, str]]:
    left = _MOST_SOURCES
    for key in _LAYERS:
        frame = source.snapshot.visible(key, restricted=source.restricted)
        if frame.empty:
            continue
        pairs = frame[["provenance", "source"]].drop_duplicates().sort_values(["provenance", "source"])
        for provenance, name in pairs.head(left).itertuples(index=False):
            left -= 1
            yield {"layer": key, "provenance": str(provenance), "source": str(name)}
