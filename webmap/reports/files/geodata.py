"""The map of a report as layers: what was hit, with its figures, for GeoPackage and GeoJSON alike. EPSG:4490."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from layers.catalog import CATALOG
from layers.crs import STORAGE_EPSG
from layers.schema import Title
from layers.vocabulary import (
    BOUNDARY_QUALITIES,
    FACILITY_CATEGORIES,
    LINE_KINDS,
    NETWORKS,
    NODE_KINDS,
    PROVENANCES,
    TOWNSHIP_KINDS,
)
from webmap.exports.tables import STATES, in_language
from webmap.reports.china_time import china_text
from webmap.reports.files.damage_spells import Ground, Spell, area_spells, fault_spells, warning_spells
from webmap.reports.files.hit_lines import HitElements, hit_elements
from webmap.reports.files.impact_tables import facilities_table, townships_table
from webmap.reports.files.tables import ReportColumn, integer, moment, text, title_of, told

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

_CRS = f"EPSG:{STORAGE_EPSG}"
#: Values of closed lists that are written as words, by column.
_WORDS = {
    "network": NETWORKS,
    "provenance": PROVENANCES,
    "boundary_quality": BOUNDARY_QUALITIES,
    "category": FACILITY_CATEGORIES,
}
_KINDS = {
    "counties": TOWNSHIP_KINDS,
    "townships": TOWNSHIP_KINDS,
    "network_lines": LINE_KINDS,
    "network_nodes": NODE_KINDS,
}
#: Figures of a township that stand in the catalogue's columns already.
_IN_CATALOGUE = frozenset({"name", "code", "county_code"})


@dataclass(frozen=True)
class MapLayer:
    """A layer with titled columns; `frame` has them in their order, and `geometry`."""

    key: str
    title: Title
    columns: tuple[ReportColumn, ...]
    frame: gpd.GeoDataFrame


def map_layers(source: ReportSource) -> list[MapLayer]:
    """Return the layers of a report in the order of drawing, the lowest first; a layer may be empty.

    Closed lists of values are written as keys in columns of the catalogue's names, and in words beside them
    (`network` and `network_title`).
    """
    ground, hit = Ground(source), hit_elements(source)
    source.progress("layers", 1, 2)
    found = [
        _catalogue_layer(source, "counties", "counties", CATALOG["counties"].title),
        _townships(source),
        _catalogue_layer(source, "network_lines", "network_lines", CATALOG["network_lines"].title),
        _hit(source, hit, "lines"),
        _hit(source, hit, "nodes"),
        _spells(source, "damage_areas", Title("受损范围", "Drawn areas of damage"), area_spells(source, ground)),
        _spells(source, "warning_areas", Title("预警范围", "Warned areas"), warning_spells(source, ground)),
        _facilities(source),
        _spells(source, "faults", Title("故障点", "Faults"), fault_spells(source, ground)),
    ]
    source.progress("layers", 2, 2)
    return found


def _catalogue_layer(
    source: ReportSource, layer: str, key: str, title: Title, wanted: Sequence[str] | None = None
) -> MapLayer:
    """Return records of a layer with the catalogue's columns; `wanted` are the ids, None for all."""
    frame = source.snapshot.visible(layer, restricted=source.restricted)
    columns: list[ReportColumn] = []
    data: dict[str, Any] = {}
    if wanted is not None and not frame.empty:
        frame = frame[frame["id"].isin(set(wanted))]
    for field in CATALOG[layer].fields:
        kind = {"text": "text", "integer": "integer", "number": "number", "boolean": "integer"}[field.kind]
        columns.append(ReportColumn(field.name, field.title, kind))  # type: ignore[arg-type]
        values = [] if frame.empty else frame[field.name].tolist()
        data[field.name] = [None if pd.isna(value) else value for value in values]
        choices = _KINDS.get(layer) if field.name == "kind" else _WORDS.get(field.name)
        if choices:
            zh, en = f"{field.title.zh}（文字）", f"{field.title.en} (in words)"
            columns.append(text(f"{field.name}_title", zh, en))
            data[f"{field.name}_title"] = [title_of(choices, value, source.language) for value in data[field.name]]
    shapes = [] if frame.empty else frame["geometry"].tolist()
    return MapLayer(key, title, tuple(columns), _frame(data, shapes))


def _with(
    layer: MapLayer, columns: Sequence[ReportColumn], facts: Mapping[str, Mapping[str, Any]], by: str
) -> MapLayer:
    """Return the layer with further columns, whose values are given by the value of column `by`."""
    frame = layer.frame.copy()
    keys = frame[by].tolist()
    for column in columns:
        values = [told(column, facts.get(key, {}).get(column.name)) for key in keys]
        frame[column.name] = pd.Series(values, frame.index, dtype=object)
    order = [column.name for column in (*layer.columns, *columns)]
    return MapLayer(layer.key, layer.title, (*layer.columns, *columns), frame[[*order, "geometry"]])


def _townships(source: ReportSource) -> MapLayer:
    table = townships_table(source.impact, source.language)
    columns = [column for column in table.columns if column.name not in _IN_CATALOGUE]
    title = Title("镇街影响", "Townships: impact")
    facts = {str(record["code"]): record for record in table.records}
    return _with(_catalogue_layer(source, "townships", "townships", title), columns, facts, "code")


def _facilities(source: ReportSource) -> MapLayer:
    """All facilities, with their state at the moment of the report; impact of those that were hit."""
    table = facilities_table(source.impact, source.language)
    left_out = {"name", "category", "id"}
    columns = [column for column in table.columns if column.name not in left_out]
    facts: dict[str, dict[str, Any]] = {record["id"]: {**record} for record in table.records}
    for row in source.assessment["facilities"]:
        told = {
            "state": row["state"],
            "state_title": in_language(STATES[row["state"]], source.language),
            "tier": row["tier"],
            "township_name": row["township_name"],
        }
        facts[row["id"]] = {**facts.get(row["id"], {}), **told}
    states = [text("state", "截至时状态", "State"), text("state_title", "截至时状态（文字）", "State (in words)")]
    layer = _catalogue_layer(source, "facilities", "facilities", CATALOG["facilities"].title)
    return _with(layer, [*states, *columns], facts, "id")


def _hit(source: ReportSource, hit: Sequence[HitElements], what: str) -> MapLayer:
    """Lines or nodes without supply, with the moment that they are told of."""
    titles = {
        "lines": Title("停供管线", "Lines without supply"),
        "nodes": Title("停供站点与用户点", "Nodes without supply"),
    }
    moments = {identifier: {"out_at": china_text(found.at)} for found in hit for identifier in getattr(found, what)}
    layer = _catalogue_layer(source, f"network_{what}", f"hit_{what}", titles[what], list(moments))
    column = moment("out_at", "停供最多的时间（所示为该时刻）", "Moment shown: most customers out")
    return _with(layer, [column], moments, "id")


def _spells(source: ReportSource, key: str, title: Title, spells: Sequence[Spell]) -> MapLayer:
    """Things that lasted; those whose place is not known are left out here, and stand in the log."""
    columns = (
        integer("entry", "日志序号", "Entry"),
        text("element", "编号", "Identifier"),
        text("name", "名称", "Name"),
        text("said", "内容", "What was said", long=True),
        moment("since", "开始", "Since"),
        moment("until", "结束", "Until"),
    )
    placed = [spell for spell in spells if spell.place is not None]
    data: dict[str, Any] = {
        "entry": [spell.entry for spell in placed],
        "element": [spell.key for spell in placed],
        "name": [spell.name for spell in placed],
        "said": [spell.said for spell in placed],
        "since": [china_text(spell.since) for spell in placed],
        "until": [None if spell.until is None else china_text(spell.until) for spell in placed],
    }
    return MapLayer(key, title, columns, _frame(data, [spell.place for spell in placed]))


def _frame(data: Mapping[str, Sequence[Any]], shapes: Sequence[Any]) -> gpd.GeoDataFrame:
    values = {name: pd.Series(list(column), dtype=object) for name, column in data.items()}
    return gpd.GeoDataFrame(values, geometry=gpd.GeoSeries(list(shapes), crs=_CRS))
