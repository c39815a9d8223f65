"""Townships by people-hours lost, in the classes of the printed maps; hatched where nobody knows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from layers.schema import Title
from webmap.exports.tables import in_language
from webmap.reports.files.gpkg.qml import Rule, SymbolLayer, rgb
from webmap.reports.files.symbols import NOT_OUT_COLOUR, OUTLINE_COLOUR
from webmap.reports.maps.classes import ZERO, classes_of
from webmap.reports.maps.measures import township_values
from webmap.reports.maps.palette import loss_colours

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

MEASURE = "people_hours"
_NOT_OUT = Title("未停供", "Nobody out")
_UNKNOWN = Title("影响人数不明", "Unknown")


def loss_rules(source: ReportSource) -> list[Rule]:
    """Return the rules of the legend: nobody out, classes by natural breaks, unknown. Empty classes are left out.

    Rules name the townships by code, so that a program that filters on rounded figures cannot class them otherwise.
    """
    values = township_values(source.impact.document(), MEASURE)
    codes = list(values.values)
    classes = classes_of([values.values[code] for code in codes], "natural_breaks", language=source.language)
    unit = in_language(values.measure.unit, source.language)
    found: list[tuple[int | None, str, tuple[SymbolLayer, ...]]] = [
        (ZERO, in_language(_NOT_OUT, source.language), _fill(NOT_OUT_COLOUR)),
        *(
            (number, f"{label} {unit}", _fill(colour))
            for number, (label, colour) in enumerate(
                zip(classes.labels, loss_colours(len(classes.labels)), strict=True)
            )
        ),
        (None, in_language(_UNKNOWN, source.language), _hatch()),
    ]
    rules = []
    for number, label, drawn in found:
        chosen = [code for code, one in zip(codes, classes.numbers, strict=True) if one == number]
        if chosen:
            rules.append(Rule(label, f'"code" IN ({_quoted(chosen)})', drawn))
    return rules


def _quoted(codes: Iterable[str]) -> str:
    return ", ".join("'{}'".format(code.replace("'", "''")) for code in sorted(codes))


def _fill(colour: str) -> tuple[SymbolLayer, ...]:
    settings = {
        "color": rgb(colour, 215),
        "style": "solid",
        "outline_color": rgb(OUTLINE_COLOUR),
        "outline_width": "0.26",
        "outline_style": "solid",
    }
    return (SymbolLayer("SimpleFill", settings),)


def _hatch() -> tuple[SymbolLayer, ...]:
    lines = SymbolLayer("LinePatternFill", {"angle": "45", "distance": "2", "distance_unit": "MM", "line_width": "0.3"})
    return (*_fill("#FFFFFF"), lines)
