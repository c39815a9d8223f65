"""How QGIS draws the layers of a report: loss by a ramp, networks by hue and pattern, facilities by sign."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from layers.schema import Title
from layers.vocabulary import FACILITY_CATEGORIES, NETWORK_SYMBOLS, NETWORKS
from webmap.exports.tables import in_language
from webmap.languages import Language
from webmap.reports.files import symbols as s
from webmap.reports.files.gpkg.loss_style import loss_rules
from webmap.reports.files.gpkg.qml import Rule, SymbolLayer, SymbolType, rgb, style_document
from webmap.reports.signs import sign_of

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


@dataclass(frozen=True)
class _Drawn:
    title: Title
    symbol: SymbolType
    rules: list[Rule]
    label: str | None = None


def styles_of(source: ReportSource, titles: Mapping[str, Mapping[str, str]]) -> list[LayerStyle]:
    """Return a style for each layer of the package, in the language of the report; `titles` of fields by layer."""
    drawn: dict[str, _Drawn] = {
        "counties": _Drawn(Title("县（区）界", "Counties"), "fill", _plain(_outline())),
        "townships": _Drawn(Title("受影响人时", "People-hours"), "fill", loss_rules(source), "name"),
        "network_lines": _Drawn(Title("网络", "Networks"), "line", _networks(source.language)),
        "hit_lines": _Drawn(Title("停供管线", "Out"), "line", _hit_lines(source.language)),
        "hit_nodes": _Drawn(Title("停供节点", "Out"), "marker", _hit_nodes(source.language)),
        "damage_areas": _Drawn(Title("受损范围", "Damage"), "fill", _plain(_area(s.AREA_COLOUR))),
        "warning_areas": _Drawn(Title("预警范围", "Warning"), "fill", _plain(_area(s.WARNING_COLOUR)), "name"),
        "facilities": _Drawn(Title("单位类别与状态", "Facilities"), "marker", _facilities(source.language)),
        "faults": _Drawn(Title("故障点", "Faults"), "marker", _plain(_fault()), "name"),
    }
    return [
        LayerStyle(
            layer,
            name := in_language(style.title, source.language),
            style_document(
                [replace(rule, label=rule.label or name) for rule in style.rules],
                style.symbol,
                titles.get(layer, {}),
                style.label,
            ),
        )
        for layer, style in drawn.items()
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


def _plain(symbol: tuple[SymbolLayer, ...]) -> list[Rule]:
    """Return the one rule of a layer whose features are all drawn alike; its label is the style's name."""
    return [Rule("", "TRUE", symbol)]


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


def _networks(language: Language) -> list[Rule]:
    small = in_language(Title("支线与入户", "branches and services"), language)
    rules = []
    for network in NETWORKS:
        title, where = in_language(network.title, language), f"\"network\" = '{network.key}'"
        rules.append(Rule(title, f"{where} AND NOT {_SERVICE}", _network_line(network.key, 1.2)))
        label = f"{title}（{small}）" if language == "zh" else f"{title} ({small})"
        rules.append(Rule(label, f"{where} AND {_SERVICE}", _network_line(network.key, 0.6), _SERVICE_SCALE * 4))
    return rules


def _hit_lines(language: Language) -> list[Rule]:
    return [
        Rule(
            in_language(network.title, language),
            f"\"network\" = '{network.key}'",
            (_line(s.FAULT_COLOUR, 0.7, "1.2;0.8"), _line(NETWORK_SYMBOLS[network.key].colour, 0.25)),
        )
        for network in NETWORKS
    ]


def _marker(name: str, colour: str, outline: str, size_mm: float, **more: str) -> SymbolLayer:
    settings = {"name": name, "color": rgb(colour), "outline_color": rgb(outline), "size": str(size_mm), **more}
    return SymbolLayer("SimpleMarker", settings)


def _hit_nodes(language: Language) -> list[Rule]:
    return [
        Rule(
            in_language(network.title, language),
            f"\"network\" = '{network.key}'",
            (_marker("circle", NETWORK_SYMBOLS[network.key].colour, s.FAULT_COLOUR, 1.4, outline_width="0.2"),),
            _SERVICE_SCALE * 2,
        )
        for network in NETWORKS
    ]


def _facilities(language: Language) -> list[Rule]:
    by_state = " ".join(f"WHEN \"state\" = '{state}' THEN '{colour}'" for state, colour in s.STATE_COLOURS.items())
    dynamic = {
        "outlineColor": f"CASE {by_state} ELSE '{s.UNKNOWN_COLOUR}' END",
        "outlineWidth": "CASE WHEN \"state\" IN ('failed', 'on_reserve') THEN 0.9 ELSE 0.3 END",
    }
    rules = []
    for choice in FACILITY_CATEGORIES:
        square = _marker("square", "#FFFFFF", s.STATE_COLOURS["supplied"], 4.4, outline_width="0.3")
        sign = {
            "chr": sign_of(choice.key, language),
            "font": "Microsoft YaHei",
            "color": rgb("#1C1E21"),
            "size": "3",
            "horizontal_anchor_point": "1",
            "vertical_anchor_point": "1",
        }
        drawn = (SymbolLayer(square.kind, square.settings, dynamic), SymbolLayer("FontMarker", sign))
        rules.append(Rule(in_language(choice.title, language), f"\"category\" = '{choice.key}'", drawn))
    return rules


def _fault() -> tuple[SymbolLayer, ...]:
    return (_marker("star", s.FAULT_COLOUR, "#FFD84D", 7.0, outline_width="0.5"),)
