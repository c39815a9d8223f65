"""Folium's map without anything from elsewhere: no tiles, no content delivery network, no text that runs.

Folium writes what it is given into a Jinja template. Names and texts that people entered are therefore never given to
it: its layers get outlines with numbers, and the page's script joins the texts from a document that is only read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import folium
from branca.element import Element, Figure
from folium.map import CustomPane
from folium.template import Template
from folium.utilities import JsCode

from layers.vocabulary import NETWORK_SYMBOLS, NETWORKS
from webmap.exports.tables import in_language
from webmap.languages import Language

HIT_COLOUR = "#111827"


class Raw(Element):
    """A piece of the page that stands as it is: unlike branca's `Element`, its text is no template."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def render(self, **_: Any) -> str:
        """Return the text."""
        return self._text


class ReportMap(folium.Map):
    """A map that loads nothing. Its size is the style sheet's."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012  Folium declares it so
    default_css: list[tuple[str, str]] = []  # noqa: RUF012
    _template = Template(
        """
        {% macro html(this, kwargs) %}
            <main class="folium-map" id={{ this.get_name()|tojson }}></main>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
                center: {{ this.location|tojson }}, crs: L.CRS.{{ this.crs }}, ...{{ this.options|tojavascript }}
            });
            L.control.scale({ imperial: false, position: "bottomright" }).addTo({{ this.get_name() }});
        {% endmacro %}
        """
    )


class ReportClock(folium.MacroElement):
    """Starts the page's script with the layers that it moves through time."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            reportMap.start({{ this._parent.get_name() }}, {
                {%- for part, layers in this.layers.items() %}
                {{ part }}: {% if layers is string %}{{ layers }}{% else %}[{{ layers|join(", ") }}]{% endif %},
                {%- endfor %}
            });
        {% endmacro %}
        """
    )

    def __init__(self, layers: Mapping[str, str | list[str]]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "ReportClock"
        self.layers = layers


def swatch(title: str, colour: str, *, dashed: bool = False, area: bool = False) -> str:
    """Return the markup of a layer's title with its colour before it; `title` is of our own words alone."""
    kind, style = "layer-area" if area else "layer-line", "dashed" if dashed else "solid"
    return f'<span class="{kind}" style="border-color:{colour};border-style:{style}"></span>{title}'


def features(shapes: Iterable[tuple[int, Mapping[str, Any]]]) -> dict[str, Any]:
    """Return a FeatureCollection of numbered outlines: nothing but numbers, which no template can take for its own."""
    collected = [
        {"type": "Feature", "id": number, "properties": {}, "geometry": dict(geometry)} for number, geometry in shapes
    ]
    return {"type": "FeatureCollection", "features": collected}


def line_layer(
    geometry: Mapping[str, Any], network: str, weight: float, title: str = "", *, show: bool = True, hit: bool = False
) -> folium.GeoJson:
    """Return a layer of lines of a network. Lines hit are dark and dashed and answer clicks; the others lie still."""
    colour = HIT_COLOUR if hit else NETWORK_SYMBOLS[network].colour
    dashes = "5 4" if hit else {"dash-dot": "7 3 1.5 3"}.get(NETWORK_SYMBOLS[network].pattern)
    style = {"color": colour, "weight": weight, "opacity": 0.9, "dashArray": dashes}
    still: dict[str, Any] = {} if hit else {"renderer": JsCode('L.canvas({ pane: "lines" })'), "interactive": False}
    return folium.GeoJson(
        features([(0, geometry)]),
        name=swatch(title, colour),
        style_function=lambda _: style,
        show=show,
        smooth_factor=1,
        pane="hit" if hit else "lines",
        **still,
    )


def outline_layer(collection: dict[str, Any], title: str, pane: str, **style: Any) -> folium.GeoJson:
    """Return a layer of polygons; those of the pane `outlines` answer no clicks."""
    still: dict[str, Any] = {"interactive": False} if pane == "outlines" else {}
    return folium.GeoJson(
        collection,
        name=swatch(title, str(style["color"]), area=True),
        style_function=lambda _: style,
        smooth_factor=0.5,
        pane=pane,
        **still,
    )


def add_panes(map_: folium.Map) -> None:
    """Add the panes from below to above. A canvas takes all clicks of its pane, so that of the lines gets none."""
    for name, z_index, clicks in (
        ("areas", 350, True),
        ("outlines", 370, False),
        ("lines", 390, False),
        ("hit", 420, True),
    ):
        map_.add_child(CustomPane(name, z_index=z_index, pointer_events=clicks))


def number_elements(figure: Figure) -> None:
    """Give Folium's elements running numbers instead of random ids: the same report makes the same file."""
    waiting: list[Element] = [figure]
    number = 0
    while waiting:
        element = waiting.pop(0)
        element._id = f"{number:04d}"
        number += 1
        waiting += element._children.values()


def json_script(identifier: str, document: Any) -> str:
    """Return a document as a script element that is only read: no text in it can end the element."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    safe = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f'<script type="application/json" id="{identifier}">{safe}</script>'


def network_titles(language: Language) -> dict[str, str]:
    """Return the networks' titles by key."""
    return {network.key: in_language(network.title, language) for network in NETWORKS}
