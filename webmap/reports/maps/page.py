"""A map's page: its bodies drawn, its legend and words gathered, for a sheet or for a document's figure."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import shapely

from priority.wording import Phrases
from webmap.reports.maps.bivariate import bivariate
from webmap.reports.maps.body import Look, draw_body
from webmap.reports.maps.choropleth import choropleth
from webmap.reports.maps.classes import Scheme
from webmap.reports.maps.frame import Frame, fit
from webmap.reports.maps.ground import Ground, ground_of
from webmap.reports.maps.labels import text_width_mm
from webmap.reports.maps.layout import Layout
from webmap.reports.maps.legend import class_legend, square_legend, symbol_files, symbol_legend
from webmap.reports.maps.multiples import multiples
from webmap.reports.maps.overlay import Overlay, overlay_of
from webmap.reports.maps.sayings import foot, marks, subtitle
from webmap.reports.maps.typesetting import Page, PlacedMap

if TYPE_CHECKING:
    from webmap.languages import Language
    from webmap.reports.source import ReportSource

Kind = Literal["choropleth", "bivariate", "multiples"]
#: Townships with less room than this on paper (mm around their middle) are shown at a larger scale beside, if that can
#: be one; else those with still less.
_CROWDED_MM = (4.0, 3.2, 2.5, 2.0, 1.5)
_LEAST_ENLARGEMENT = 1.5
_BAR_SHARE = 0.2
#: Places with a sign in the enlargement; the others are dots.
_SIGNS_ENLARGED = 24


@dataclass(frozen=True)
class Theme:
    """What a map shows: a colouring for each of its states with a title, its legend, and the title of the whole.

    `hit` are the townships that maps of several states are about.
    """

    title: str
    states: tuple[tuple[tuple[str, ...], Callable[[str], str]], ...]
    unknown: frozenset[str]
    legend: Mapping[str, Any]
    hit: frozenset[str] = frozenset()


def theme_of(
    impact: Mapping[str, Any],
    kind: Kind,
    measure: str,
    network: str | None,
    scheme: Scheme,
    count: int,
    language: Language,
) -> Theme:
    """Class an impact for a kind of map. Raises `InvalidQuery` as the classes do."""
    phrases = Phrases(language)
    if kind == "multiples":
        three = multiples(impact, network, scheme, count, language)
        states = tuple((title, _state_colour(three, number)) for number, (title, _) in enumerate(three.states))
        return Theme(three.title, states, frozenset(), three.legend(), three.hit)
    if kind == "bivariate":
        both = bivariate(impact, measure, network, scheme, language)
        unknown = frozenset(code for code, cell in both.cells.items() if cell == "unknown")
        title = phrases.write("map.sheet_title", what=both.title)
        return Theme(title, (((), both.colour),), unknown, square_legend(both))
    one = choropleth(impact, measure, network, scheme, count, language)
    unknown = frozenset(code for code, number in one.class_of.items() if number == "unknown")
    return Theme(phrases.write("map.sheet_title", what=one.title), (((), one.colour),), unknown, class_legend(one))


def _state_colour(three: Any, number: int) -> Callable[[str], str]:
    def colour(code: str) -> str:
        found: str = three.colour(number, code)
        return found

    return colour


def map_page(source: ReportSource, impact: Mapping[str, Any], theme: Theme, layout: Layout, paper: str) -> Page:
    """Draw a theme of an impact in a layout; `paper` is named at the foot of a whole sheet."""
    ground = ground_of(source.snapshot)
    overlay = overlay_of(source, impact)
    unmentioned = frozenset(ground.codes) - {row["code"] for row in impact["townships"]}
    looks = [_look(colour, theme.unknown | unmentioned, layout, source.language) for _, colour in theme.states]
    if len(looks) > 1:
        overlay = Overlay()
        maps = _states(ground, theme, layout, looks)
    else:
        maps = _one(ground, overlay, layout, looks[0], source.language)
    bodies = [placed.body for placed in maps]
    said = marks(source)
    legend = {**theme.legend, **symbol_legend(overlay, bodies, source.language, signs=layout.whole)}
    if not ground.codes:
        legend["notes"] = [*legend["notes"], Phrases(source.language).write("map.no_townships")]
    if len(looks) > 1 and theme.hit and len(theme.hit) < len(ground.codes):
        legend["notes"] = [*legend["notes"], Phrases(source.language).write("map.multiples_frame")]
    lines = foot(source, ground, bodies[0].frame.denominator, paper) if layout.whole else ()
    return Page(
        size_mm=layout.size_mm,
        type_factor=layout.type_factor,
        title=theme.title,
        subtitle=subtitle(source, impact),
        marks=said,
        maps=tuple(maps),
        blocks=layout.blocks,
        legend=legend,
        foot=lines,
        language=source.language,
        made_at=source.made_at,
        author=source.made_by or "",
        alt=" ".join([*said, theme.title, subtitle(source, impact)]),
        files=symbol_files(),
        mark_pt=11.0 if layout.whole else 8.5,
    )


def _look(colour: Callable[[str], str], unknown: frozenset[str], layout: Layout, language: Language) -> Look:
    signs = layout.signs if layout.whole else 0
    badge_mm = 3.2 * max(layout.type_factor, 1.0)
    return Look(colour, unknown, layout.name_pt, badge_mm=badge_mm, signs=signs, language=language)


def _one(ground: Ground, overlay: Overlay, layout: Layout, look: Look, language: Language) -> list[PlacedMap]:
    """Draw one map, and beside it at a larger scale the townships that are too small in it."""
    ((left, top, width, height),) = layout.maps
    frame = fit(ground.bounds, width, height)
    window = None if layout.window is None else _window(ground, frame, layout.window)
    bar = width * _BAR_SHARE
    main = draw_body(ground, frame, overlay, look, window)
    maps = [PlacedMap(main, left, top, layout.name_pt, bar_mm=bar, north=True)]
    if window is not None and layout.window is not None:
        small = replace(look, lines=False, badge_mm=look.badge_mm * 0.85, signs=min(look.signs, _SIGNS_ENLARGED))
        body = draw_body(ground, window, replace(overlay, area=None), small)
        x, y, wide, _ = layout.window
        said = Phrases(language).write(
            "map.window_at_scale" if layout.whole else "map.window", denominator=f"{window.denominator:,.0f}"
        )
        maps.append(PlacedMap(body, x, y, layout.name_pt, (said,), bar_mm=wide * 0.35, edges=False))
    return maps


def _states(ground: Ground, theme: Theme, layout: Layout, looks: list[Look]) -> list[PlacedMap]:
    """Draw the states at one scale, without places and faults: what was hit over the whole time is of no one state.

    The frame is that of the townships hit, which are often a small part of all; the names of these come first.
    """
    maps, bounds = [], _bounds_of(ground, theme.hit)
    for number, ((title, _), look, (left, top, width, height)) in enumerate(
        zip(theme.states, looks, layout.maps, strict=True)
    ):
        frame = fit(bounds, width, height)
        plain = replace(
            look,
            name_pt=layout.name_pt,
            name_room_mm=text_width_mm("三字名", layout.name_pt) / 2 if layout.whole else math.inf,
            named_first=theme.hit,
            lines=False,
            weight=0.6,
        )
        body = draw_body(ground, frame, Overlay(), plain)
        bar = width * 0.3 if number == 0 else None
        maps.append(PlacedMap(body, left, top, layout.name_pt, title, bar, north=number == 0, edges=False))
    return maps


def _bounds_of(ground: Ground, codes: frozenset[str]) -> tuple[float, float, float, float]:
    """Return the extent (metres) of these townships; of all where there are none of them."""
    shapes = [shape for code, shape in zip(ground.codes, ground.shapes, strict=True) if code in codes]
    if not shapes:
        return ground.bounds
    west, south, east, north = shapely.total_bounds(np.array(shapes, dtype=object)).tolist()
    return (west, south, east, north)


def _window(ground: Ground, frame: Frame, rectangle: tuple[float, float, float, float]) -> Frame | None:
    """Return the frame of what is crowded at this scale; None where nothing is, or no larger scale would show it."""
    rooms = [
        (_room_mm(shape, x, y, frame), shape)
        for shape, (x, y) in zip(ground.shapes, ground.anchors.tolist(), strict=True)
    ]
    for least_mm in _CROWDED_MM:
        crowded = [shape for room, shape in rooms if room < least_mm]
        if len(crowded) < 2:
            break
        west, south, east, north = shapely.total_bounds(np.array(crowded, dtype=object)).tolist()
        window = fit((west, south, east, north), rectangle[2], rectangle[3])
        if window.denominator * _LEAST_ENLARGEMENT <= frame.denominator:
            return window
    return None


def _room_mm(shape: Any, x: float, y: float, frame: Frame) -> float:
    return float(shapely.distance(shapely.boundary(shape), shapely.Point(x, y))) / frame.metres_per_mm
