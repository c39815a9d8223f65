"""Style documents of QGIS (QML): symbols of fills, lines and markers, chosen by rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element, SubElement, tostring

_DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_VERSION = "3.28.0-Firenze"
SymbolType = Literal["fill", "line", "marker"]


@dataclass(frozen=True)
class SymbolLayer:
    """One layer of a symbol: QGIS's class of it, its settings, and settings that follow from an expression."""

    kind: str
    settings: Mapping[str, str]
    expressions: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Rule:
    """Which features are drawn how: `where` is a QGIS expression, `least_scale` hides it on smaller maps (1:n)."""

    label: str
    where: str
    symbol: tuple[SymbolLayer, ...]
    least_scale: int | None = None


def rgb(colour: str, alpha: int = 255) -> str:
    """Return `#RRGGBB` as QGIS writes colours."""
    return ",".join([*(str(int(colour[place : place + 2], 16)) for place in (1, 3, 5)), str(alpha)])


def style_document(
    rules: Sequence[Rule], symbol_type: SymbolType, titles: Mapping[str, str], label: str | None = None
) -> str:
    """Return a style: rules in the order of the legend, titles of fields, and names beside features if wanted.

    `label` is the field that names features on the map. Titles stand here too, because older versions do not read those
    of the GeoPackage's own table.
    """
    root = Element(
        "qgis",
        version=_VERSION,
        styleCategories="Symbology|Labeling|Fields",
        labelsEnabled=str(int(bool(label))),
    )
    _renderer(root, rules, symbol_type)
    if label:
        _labels(root, label, beside=symbol_type == "marker")
    names = SubElement(root, "aliases")
    for number, (field, title) in enumerate(titles.items()):
        SubElement(names, "alias", field=field, name=title, index=str(number))
    return _DOCTYPE + tostring(root, encoding="unicode")


def _renderer(root: Element, rules: Sequence[Rule], symbol_type: SymbolType) -> None:
    renderer = SubElement(
        root, "renderer-v2", type="RuleRenderer", symbollevels="0", enableorderby="0", forceraster="0"
    )
    listed = SubElement(renderer, "rules", key="{root}")
    symbols = SubElement(renderer, "symbols")
    for number, rule in enumerate(rules):
        # Groups of rules are told apart by their keys, which must be unique within the document alone.
        entry = SubElement(
            listed, "rule", key=f"{{rule-{number}}}", symbol=str(number), label=rule.label, filter=rule.where
        )
        if rule.least_scale is not None:
            entry.set("scalemaxdenom", str(rule.least_scale))
            entry.set("scalemindenom", "1")
        _symbol(symbols, str(number), rule.symbol, symbol_type)


def _symbol(parent: Element, name: str, layers: Sequence[SymbolLayer], symbol_type: SymbolType) -> None:
    symbol = SubElement(parent, "symbol", name=name, type=symbol_type, alpha="1", clip_to_extent="1", force_rhr="0")
    for number, layer in enumerate(layers):
        element = SubElement(symbol, "layer", {"class": layer.kind, "enabled": "1", "locked": "0", "pass": "0"})
        options = SubElement(element, "Option", type="Map")
        for key, value in layer.settings.items():
            SubElement(options, "Option", name=key, value=value, type="QString")
        # QGIS before 3.20 reads these.
        for key, value in layer.settings.items():
            SubElement(element, "prop", k=key, v=value)
        if layer.expressions:
            _data_defined(element, layer.expressions)
        if layer.kind == "LinePatternFill":
            _symbol(element, f"@{name}@{number}", (_HATCH_LINE,), "line")


_HATCH_LINE = SymbolLayer(
    "SimpleLine", {"line_color": "107,114,128,255", "line_width": "0.3", "line_width_unit": "MM", "line_style": "solid"}
)


def _data_defined(element: Element, expressions: Mapping[str, str]) -> None:
    outer = SubElement(SubElement(element, "data_defined_properties"), "Option", type="Map")
    SubElement(outer, "Option", name="name", value="", type="QString")
    properties = SubElement(outer, "Option", name="properties", type="Map")
    for key, expression in expressions.items():
        entry = SubElement(properties, "Option", name=key, type="Map")
        SubElement(entry, "Option", name="active", value="true", type="bool")
        SubElement(entry, "Option", name="expression", value=expression, type="QString")
        SubElement(entry, "Option", name="type", value="3", type="int")
    SubElement(outer, "Option", name="type", value="collection", type="QString")


def _labels(root: Element, field: str, *, beside: bool) -> None:
    settings = SubElement(SubElement(root, "labeling", type="simple"), "settings", calloutType="simple")
    text = SubElement(
        settings,
        "text-style",
        fieldName=field,
        isExpression="0",
        fontFamily="Microsoft YaHei",
        fontSize="9",
        fontSizeUnit="Point",
        textColor="28,30,33,255",
        textOpacity="1",
    )
    SubElement(
        text, "text-buffer", bufferDraw="1", bufferSize="0.8", bufferSizeUnits="MM", bufferColor="255,255,255,230"
    )
    # A point's name stands beside its symbol, an area's in its middle.
    placing = {"placement": "0", "dist": "4", "distUnits": "MM"} if beside else {"placement": "1"}
    SubElement(settings, "placement", placing)
    SubElement(settings, "rendering", drawLabels="1", obstacle="0")
