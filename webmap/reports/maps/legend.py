"""Legends as the page's template sets them: classes or the square of two measures, symbols, notes."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import shapely

from layers.vocabulary import FACILITY_CATEGORIES
from priority.wording import Phrases
from webmap.languages import Language
from webmap.reports.maps import ink, palette
from webmap.reports.maps.bivariate import Bivariate
from webmap.reports.maps.body import STATE_COLOURS, Body
from webmap.reports.maps.choropleth import Choropleth
from webmap.reports.maps.overlay import STATES, Overlay
from webmap.reports.signs import SIGNS, sign_of

_SYMBOL_MM = 4.0
_CATEGORY_TITLES = {choice.key: choice.title for choice in FACILITY_CATEGORIES}


def class_legend(found: Choropleth) -> dict[str, Any]:
    """Return the legend of a choropleth: measure and unit, a row a class with its townships, how it was classed."""
    phrases = Phrases(found.language)
    unit = phrases.title(found.read.measure.unit)
    return {
        "kind": "classes",
        "title": phrases.write("map.unit", title=found.title, unit=unit),
        "rows": [_row(row, phrases) for row in found.rows()],
        "notes": [found.sentence, *found.notes()],
    }


def square_legend(found: Bivariate) -> dict[str, Any]:
    """Return the legend of two measures: their square, both axes named with unit, how each was classed."""
    phrases = Phrases(found.language)
    loss, time = (
        phrases.write("map.unit", title=phrases.title(read.measure.title), unit=phrases.title(read.measure.unit))
        for read in (found.loss, found.time)
    )
    return {
        "kind": "square",
        "title": found.title,
        "colours": [list(row) for row in palette.BIVARIATE],
        "counts": found.counts(),
        "times": found.time_labels(),
        "losses": found.loss_labels(),
        "time": f"↑ {time}",
        "loss": f"{loss} →",
        "rows": [_row(row, phrases) for row in found.rows()],
        "notes": found.notes(),
    }


def symbol_legend(overlay: Overlay, bodies: Sequence[Body], language: Language, *, signs: bool) -> dict[str, Any]:
    """Return the symbols that the bodies show, and no others; without `signs` every place is a dot."""
    phrases = Phrases(language)
    shown = [place for body in bodies for place in body.shown]
    states = {place.state for place in shown}
    dots = sum(body.dots for body in bodies)
    lines = [
        *([("fault.svg", "map.fault")] if any(not fault.repaired for fault in overlay.faults) else []),
        *([("repaired.svg", "map.fault_repaired")] if any(fault.repaired for fault in overlay.faults) else []),
        *([("area.svg", "map.area")] if overlay.area is not None else []),
        ("county.svg", "map.county"),
        ("township.svg", "map.township"),
    ]
    named = [key for key in SIGNS if signs and any(place.category == key for place in shown)]
    said = [
        [f"{state if signs else f'dot-{state}'}.svg", phrases.write(f"map.state_{state}")]
        for state in STATES
        if state in states
    ]
    if dots and signs:
        said.append(["dot.svg", phrases.write("map.dot", count=dots)])
    return {
        "places": phrases.write("map.places"),
        "states": said,
        "signs": [[sign_of(key, language), phrases.title(_CATEGORY_TITLES[key])] for key in named],
        "columns": 2 if signs else 1,
        "lines": [[file, phrases.write(key)] for file, key in lines],
    }


@cache
def symbol_files() -> Mapping[str, bytes]:
    """Return the pictures of the symbols by file name, SVG."""
    half = _SYMBOL_MM / 2
    files = {f"{state}.svg": _badge(*STATE_COLOURS[state]) for state in STATES}
    files |= {f"dot-{state}.svg": _dot(*STATE_COLOURS[state]) for state in STATES}
    files["dot.svg"] = files["dot-failed.svg"]
    for name, ground in (("fault.svg", palette.FAULT_OPEN), ("repaired.svg", "#FFFFFF")):
        sign = (ink.bolt(half, half, 2.9), palette.FAULT, "none")
        files[name] = _drawn([(shapely.Point(half, half).buffer(1.8), ground, palette.FAULT), sign])
    for name, colour, width_mm, style in (
        ("county.svg", palette.COUNTY_LINE, 0.5, "solid"),
        ("township.svg", palette.TOWNSHIP_LINE, 0.2, "solid"),
        ("area.svg", palette.FAULT, 0.4, (0, (3, 2))),
    ):
        files[name] = _line(colour, width_mm, style)
    return files


def _badge(ground: str, ring: str, _sign: str) -> bytes:
    return _drawn([(ink.badge(_SYMBOL_MM / 2, _SYMBOL_MM / 2, 3.2), ground, ring)])


def _dot(ground: str, ring: str, _sign: str) -> bytes:
    return _drawn([(shapely.Point(_SYMBOL_MM / 2, _SYMBOL_MM / 2).buffer(0.8), ground, ring)])


def _drawn(parts: Sequence[tuple[Any, str, str]]) -> bytes:
    figure, axes = ink.paper(_SYMBOL_MM, _SYMBOL_MM, None)
    for geometry, ground, ring in parts:
        ink.fill(axes, geometry, ground, edgecolor=ring, linewidth=0.35 * ink.POINTS_PER_MM)
    return _saved(figure)


def _line(colour: str, width_mm: float, style: Any) -> bytes:
    figure, axes = ink.paper(_SYMBOL_MM, _SYMBOL_MM, None)
    line = shapely.linestrings([[(0.1, _SYMBOL_MM / 2), (_SYMBOL_MM - 0.1, _SYMBOL_MM / 2)]])
    ink.stroke(axes, line, colour, width_mm, 1, style)
    return _saved(figure)


def _saved(figure: Any) -> bytes:
    drawn = io.StringIO()
    figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
    return drawn.getvalue().encode()


def _row(row: Mapping[str, Any], phrases: Phrases) -> dict[str, Any]:
    count = phrases.write("map.townships", count=row["count"])
    return {"label": row["label"], "colour": row["colour"], "hatched": row["hatched"], "count": count}
