"""How QGIS draws the layers of a report: loss by a ramp, networks by hue and pattern, facilities by sign."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from layers.schema import Title
from layers.vocabulary import FACILITY_CATEGORIES, NETWORK_SYMBOLS, NETWORKS
from webmap.exports.tables import in_language
from webmap.languages import Language
from webmap.reports.files import symbols as s
from webmap.reports.files.gpkg.loss_style import loss_rules
from webmap.reports.files.gpkg.qml import Rule, SymbolLayer, rgb, style_document

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

#: The table in which QGIS looks for styles; the shape is the one that it makes itself.
_LAYER_STYLES = """\
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  f_table_catalog TEXT(256),
  f_table_schema TEXT(256),
  f_table_name TEXT(256),
  f_geometry_column TEXT(256),
  styleName TEXT(30),
  styleQML TEXT,
  styleSLD TEXT,
  useAsDefault BOOLEAN,
  description TEXT,
  owner TEXT(30),
  ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))"""
#: Small lines are drawn from this scale on; millimetres of a line's width by pixels of the page.
_SERVICE_SCALE = 25_000
_MM_PER_PX = 0.26
_SERVICE = "\"kind\" IN ('service', 'branch', 'feeder')"


@dataclass(frozen=True)
class LayerStyle:
    """A layer's own style, which QGIS takes when it opens the layer."""

    layer: str
    name: str
    qml: str


def styles_of(source: ReportSource) -> list[LayerStyle]:
    """Return a style for each layer of the package, in the language of the report."""
    language = source.language
    plain = {
        "counties": (Title("县（区）界", "Counties"), _outline()),
        "damage_areas": (Title("受损范围", "Damage"), _area(s.AREA_COLOUR)),
        "warning_areas": (Title("预警范围", "Warning"), _area(s.WARNING_COLOUR)),
    }
    areas = [
        LayerStyle(
            key, in_language(title, language), _styled([Rule(in_language(title, language), "TRUE", drawn)], "fill")
        )
        for key, (title, drawn) in plain.items()
    ]
    loss = style_document(loss_rules(source), "fill", "name")
    return [
        *areas,
        LayerStyle("townships", in_language(Title("受影响人时", "People-hours"), language), loss),
        LayerStyle("network_lines", in_language(Title("网络", "Networks"), language), _networks(language)),
        LayerStyle("hit_lines", in_language(Title("停供管线", "Out"), language), _hit_lines(language)),
        LayerStyle("hit_nodes", in_language(Title("停供节点", "Out"), language), _hit_nodes(language)),
        LayerStyle("facilities", in_language(Title("单位类别与状态", "Facilities"), language), _facilities(language)),
        LayerStyle("faults", in_language(Title("故障", "Faults"), language), _faults(language)),
    ]


def write_styles(connection: sqlite3.Connection, styles: Iterable[LayerStyle], stamp: str) -> None:
    """Write the styles, each as its layer's default; `stamp` (UTC) is their time."""
    connection.execute(_LAYER_STYLES)
    connection.execute(
        """INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change)
           VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?)""",
        (stamp,),
    )
    connection.executemany(
        """INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName,
           styleQML, styleSLD, useAsDefault, description, owner, update_time)
           VALUES ('', '', ?, 'geom', ?, ?, '', 1, ?, '', ?)""",
        [(style.layer, style.name, style.qml, style.name, stamp) for style in styles],
    )


def _styled(rules: list[Rule], kind: str, label: str | None = None) -> str:
    return style_document(rules, kind, label)  # type: ignore[arg-type]


def _outline() -> tuple[SymbolLayer, ...]:
    settings = {"color": rgb(s.NOT_OUT_COLOUR), "style": "no", "outline_color": rgb("#374151"), "outline_width": "0.6"}
    return (SymbolLayer("SimpleFill", settings),)


def _area(colour: str) -> tuple[SymbolLayer, ...]:
    settings = {
        "color": rgb(colour, 40),
        "style": "solid",
        "outline_color": rgb(colour),
        "outline_width": "0.5",
        "outline_style": "dash",
    }
    return (SymbolLayer("SimpleFill", settings),)


def _line(colour: str, width_mm: float, dashes: str = "") -> SymbolLayer:
    settings = {
        "line_color": rgb(colour),
        "line_width": f"{width_mm:.2f}",
        "line_width_unit": "MM",
        "capstyle": "round",
    }
    dashed = {"use_custom_dash": "1", "customdash": dashes, "customdash_unit": "MM"} if dashes else {}
    return SymbolLayer("SimpleLine", {**settings, **dashed})


def _network_line(key: str, factor: float) -> tuple[SymbolLayer, ...]:
    symbol = NETWORK_SYMBOLS[key]
    width = symbol.width_px * _MM_PER_PX * factor
    if symbol.pattern == "double":
        return (_line(symbol.colour, width), _line("#FFFFFF", width / 3))
    return (_line(symbol.colour, width, "2.4;0.8;0.4;0.8" if symbol.pattern == "dash-dot" else ""),)


def _networks(language: Language) -> str:
    small = in_language(Title("支线与入户", "branches and services"), language)
    rules = []
    for network in NETWORKS:
        title, where = in_language(network.title, language), f"\"network\" = '{network.key}'"
        rules.append(Rule(title, f"{where} AND NOT {_SERVICE}", _network_line(network.key, 1.2)))
        label = f"{title}（{small}）" if language == "zh" else f"{title} ({small})"
        rules.append(Rule(label, f"{where} AND {_SERVICE}", _network_line(network.key, 0.6), _SERVICE_SCALE * 4))
    return _styled(rules, "line")


def _hit_lines(language: Language) -> str:
    rules = [
        Rule(
            in_language(network.title, language),
            f"\"network\" = '{network.key}'",
            (_line(s.FAULT_COLOUR, 0.7, "1.2;0.8"), _line(NETWORK_SYMBOLS[network.key].colour, 0.25)),
        )
        for network in NETWORKS
    ]
    return _styled(rules, "line")


def _marker(name: str, colour: str, outline: str, size_mm: float, **more: str) -> SymbolLayer:
    settings = {"name": name, "color": rgb(colour), "outline_color": rgb(outline), "size": str(size_mm), **more}
    return SymbolLayer("SimpleMarker", settings)


def _hit_nodes(language: Language) -> str:
    rules = [
        Rule(
            in_language(network.title, language),
            f"\"network\" = '{network.key}'",
            (_marker("circle", NETWORK_SYMBOLS[network.key].colour, s.FAULT_COLOUR, 1.4, outline_width="0.2"),),
            _SERVICE_SCALE * 2,
        )
        for network in NETWORKS
    ]
    return _styled(rules, "marker")


def _facilities(language: Language) -> str:
    by_state = " ".join(f"WHEN \"state\" = '{state}' THEN '{colour}'" for state, colour in s.STATE_COLOURS.items())
    dynamic = {
        "outlineColor": f"CASE {by_state} ELSE '{s.UNKNOWN_COLOUR}' END",
        "outlineWidth": "CASE WHEN \"state\" IN ('failed', 'on_reserve') THEN 0.9 ELSE 0.3 END",
    }
    rules = []
    for choice in FACILITY_CATEGORIES:
        square = _marker("square", "#FFFFFF", s.STATE_COLOURS["supplied"], 4.4, outline_width="0.3")
        sign = {
            "chr": in_language(s.SIGNS[choice.key], language),
            "font": "Microsoft YaHei",
            "color": rgb("#1C1E21"),
            "size": "3",
            "horizontal_anchor_point": "1",
            "vertical_anchor_point": "1",
        }
        drawn = (SymbolLayer(square.kind, square.settings, dynamic), SymbolLayer("FontMarker", sign))
        rules.append(Rule(in_language(choice.title, language), f"\"category\" = '{choice.key}'", drawn))
    return _styled(rules, "marker")


def _faults(language: Language) -> str:
    drawn = (_marker("star", s.FAULT_COLOUR, "#FFFFFF", 5.0, outline_width="0.4"),)
    return _styled([Rule(in_language(Title("故障点", "Fault"), language), "TRUE", drawn)], "marker", "name")
