"""What the script of the report's page works with, as one JSON document: figures by step, places, tables."""

from __future__ import annotations

from bisect import bisect_left
from datetime import datetime
from typing import TYPE_CHECKING, Any

from layers.schema import Title
from layers.vocabulary import FACILITY_CATEGORIES, NETWORK_SYMBOLS, NETWORKS
from webmap.exports.tables import STATES, in_language
from webmap.reports.china_time import china_text
from webmap.reports.files.all_tables import TABLES
from webmap.reports.files.damage_spells import Ground, Spell, area_spells, fault_spells, warning_spells
from webmap.reports.files.hit_lines import HitElements
from webmap.reports.files.html.figures import count, hours_said
from webmap.reports.files.html.lines import rounded_geometry
from webmap.reports.files.html.words import words_in
from webmap.reports.files.tables import ReportTable, title_of
from webmap.reports.signs import SIGNS, sign_of

if TYPE_CHECKING:
    from priority.aftermath import Impact
    from webmap.reports.source import ReportSource

#: Tables that the page shows, in the order of its tabs.
SHOWN_TABLES = ("townships", "facilities", "course", "networks", "hours", "response")
#: Columns of townships that fit a narrow table; all of them are in the workbook.
_TOWNSHIP_COLUMNS = ("name", "people_hit", "people_hours", "facilities_failed")
_TOWNSHIP_PARTS = ("customers_hit", "customer_hours", "hours_to_restore", "out_at_end")
_LEFT_OUT = {
    "facilities": {"id", "failures", "reserve_used_hours", "reserve_used_share", "units_placed"},
    "networks": {"customers_unknown", "unserved", "unserved_unit"},
}
_TIER = Title("保障次序", "Tier")
_PLACE = Title("所在镇街", "Township")
_FAILED_HOURS = Title("失去供应", "Without supply")
_RESERVE_HOURS = Title("靠备用维持", "On reserve")
_CAUSE = Title("原因", "Cause")
_HIT = Title("停供户时", "customer-hours")
_RESTORED = Title("恢复用时", "restored after")
_STILL = Title("仍停户数", "still out")


def page_data(source: ReportSource, hit: list[HitElements], bounds: list[list[float]]) -> dict[str, Any]:
    """Return the document. Steps are the rows of the impact's hourly series; places are as of the report's moment.

    `bounds` are the south-western and north-eastern corner (latitude, longitude) that the map opens with.
    """
    impact, ground = source.impact, Ground(source)
    starts = [datetime.fromisoformat(row.at) for row in impact.series]
    return {
        "language": source.language,
        "words": words_in(source.language),
        "states": {key: in_language(title, source.language) for key, title in STATES.items()},
        "bounds": bounds,
        "steps": _steps(impact),
        "began": impact.begins_at is not None,
        "networks": _networks(source),
        "shown_network": _most_hit(impact),
        "townships": _townships(source, starts),
        "out": [impact.by_hour.customers_out.get(network.key, ()) for network in NETWORKS],
        "people": impact.by_hour.people_hit,
        "facilities": _facilities(source, starts),
        "signs": _signs(source),
        "faults": [_spell(spell, starts) for spell in fault_spells(source, ground) if spell.place is not None],
        "damage": [_spell(spell, starts) for spell in area_spells(source, ground) if spell.place is not None],
        "warnings": [_spell(spell, starts) for spell in warning_spells(source, ground) if spell.place is not None],
        "hits": [_hit(found, source) for found in hit],
        "tables": [_table(key, source) for key in SHOWN_TABLES],
    }


def _steps(impact: Impact) -> list[dict[str, Any]]:
    return [
        {
            "at": row.at,
            "hours": row.hours,
            "people_hit": row.people_hit,
            "customers": [row.customers_out.get(network.key, 0) for network in NETWORKS],
            "facilities_failed": row.facilities_failed,
            "facilities_on_reserve": row.facilities_on_reserve,
            "temperature_c": row.temperature_c,
        }
        for row in impact.series
    ]


def _networks(source: ReportSource) -> list[dict[str, str]]:
    return [
        {
            "key": network.key,
            "title": in_language(network.title, source.language),
            "colour": NETWORK_SYMBOLS[network.key].colour,
        }
        for network in NETWORKS
    ]


def _most_hit(impact: Impact) -> int:
    """Return the number of the network with most customer-hours, which is shown first; -1 (people) for none."""
    hours = [impact.networks[network.key].customer_hours for network in NETWORKS]
    return hours.index(max(hours)) if any(hours) else -1


def _townships(source: ReportSource, starts: list[datetime]) -> list[dict[str, Any]]:
    frame = source.snapshot.visible("townships", restricted=source.restricted)
    people = {} if frame.empty else dict(zip(frame["code"].tolist(), frame["population"].tolist(), strict=True))
    found = []
    for row in source.impact.townships:
        parts = [row.networks.get(network.key) for network in NETWORKS]
        population = people.get(row.code)
        found.append(
            {
                "code": row.code,
                "name": row.name,
                "population": None if population is None or population != population else int(population),  # noqa: PLR0124  NaN
                "customers": [0 if part is None else part.customers for part in parts],
                "unknown": [
                    _span(part.first_loss_at, part.restored_at, starts) if part and part.customers_unknown else None
                    for part in parts
                ],
                "facts": _township_facts(row, source),
            }
        )
    return found


def _township_facts(row: Any, source: ReportSource) -> list[tuple[str, str]]:
    language = source.language
    facts = []
    for network in NETWORKS:
        part = row.networks.get(network.key)
        if part is None or not (part.customers_hit or part.customers_unknown):
            continue
        said = [f"{in_language(_HIT, language)} {count(part.customer_hours)}"]
        if part.hours_to_restore is not None:
            said.append(f"{in_language(_RESTORED, language)} {hours_said(part.hours_to_restore, language)}")
        if part.out_at_end:
            said.append(f"{in_language(_STILL, language)} {count(part.out_at_end)}")
        facts.append((in_language(network.title, language), ("，" if language == "zh" else ", ").join(said)))
    return facts


def _facilities(source: ReportSource, starts: list[datetime]) -> list[dict[str, Any]]:
    """Every facility that the reader may see, with its state from step to step."""
    language = source.language
    frame = source.snapshot.visible("facilities", restricted=source.restricted)
    rows = {row.id: row for row in source.impact.facilities}
    status = {row["id"]: row for row in source.assessment["facilities"]}
    changes: dict[str, list[tuple[int, str]]] = {}
    for change in source.impact.reserve_course:
        step = bisect_left(starts, datetime.fromisoformat(change.at))
        changes.setdefault(change.facility, []).append((step, change.state))
    found = []
    for identifier, name, category, shape in (
        () if frame.empty else zip(frame["id"], frame["name"], frame["category"], frame["geometry"], strict=True)
    ):
        told = status.get(identifier, {})
        first = "unknown" if told.get("state") == "unknown" else "supplied"
        found.append(
            {
                "id": identifier,
                "name": name,
                "category": title_of(FACILITY_CATEGORIES, category, language),
                "sign": sign_of(category, language),
                "point": [round(shape.y, 5), round(shape.x, 5)],
                "states": [(0, first), *changes.get(identifier, ())],
                "facts": _facility_facts(told, rows.get(identifier), source),
            }
        )
    return found


def _signs(source: ReportSource) -> list[tuple[str, str]]:
    """Return the sign and the class for each class that has a place on the map."""
    frame = source.snapshot.visible("facilities", restricted=source.restricted)
    present = set() if frame.empty else set(frame["category"])
    return [
        (sign_of(key, source.language), title_of(FACILITY_CATEGORIES, key, source.language) or key)
        for key in SIGNS
        if key in present
    ]


def _facility_facts(told: Any, row: Any, source: ReportSource) -> list[tuple[str, str]]:
    language = source.language
    facts = [
        (_TIER, told.get("tier")),
        (_PLACE, told.get("township_name")),
        (_FAILED_HOURS, hours_said(row.failed_hours, language) if row and row.failed_hours else None),
        (_RESERVE_HOURS, hours_said(row.on_reserve_hours, language) if row and row.on_reserve_hours else None),
        (_CAUSE, "；".join(dict.fromkeys(spell.cause for spell in row.failures)) if row else None),
    ]
    return [(in_language(title, language), str(value)) for title, value in facts if value]


def _span(since: str | None, until: str | None, starts: list[datetime]) -> tuple[int, int] | None:
    """Return from which step until before which something lasted."""
    if since is None:
        return None
    end = len(starts) if until is None else bisect_left(starts, datetime.fromisoformat(until))
    return bisect_left(starts, datetime.fromisoformat(since)), end


def _spell(spell: Spell, starts: list[datetime]) -> dict[str, Any]:
    return {
        "name": spell.name,
        "said": spell.said,
        "since": china_text(spell.since),
        "until": None if spell.until is None else china_text(spell.until),
        "from": min(bisect_left(starts, spell.since), len(starts) - 1),
        "to": None if spell.until is None else bisect_left(starts, spell.until),
        "geometry": rounded_geometry(spell.place),
    }


def _hit(found: HitElements, source: ReportSource) -> dict[str, Any]:
    title = title_of(NETWORKS, found.network, source.language)
    return {"network": found.network, "title": title, "at": china_text(found.at), "lines": len(found.lines)}


def _table(key: str, source: ReportSource) -> dict[str, Any]:
    table = TABLES[key](source)
    columns = [column for column in table.columns if _is_shown(key, column.name, source.impact)]
    return {
        "key": key,
        "title": in_language(table.title, source.language),
        "columns": [{"title": in_language(column.title, source.language), "kind": column.kind} for column in columns],
        "rows": [[record.get(column.name) for column in columns] for record in _ordered(key, table)],
    }


def _ordered(key: str, table: ReportTable) -> list[Any]:
    """Return the records as they are read first: townships by what they lost."""
    if key == "townships":
        return sorted(table.records, key=lambda record: -record["people_hours"])
    return list(table.records)


def _is_shown(table: str, name: str, impact: Impact) -> bool:
    """Whether a column is on the page: of townships, those of networks that were hit."""
    if table != "townships":
        return name not in _LEFT_OUT.get(table, set())
    network, _, part = name.partition("_")
    if network in impact.networks:
        return part in _TOWNSHIP_PARTS and impact.networks[network].first_loss_at is not None
    return name in _TOWNSHIP_COLUMNS
