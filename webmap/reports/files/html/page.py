"""The report's page put together: Folium's map, our script and style, the data, and a policy that lets nothing out."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Figure
from flask import Flask
from folium.utilities import JsCode

from layers.schema import Title
from webmap.assets import PageAssets
from webmap.exports.tables import in_language
from webmap.reports.files.hit_lines import HitElements, hit_elements
from webmap.reports.files.html import folium_map as fm
from webmap.reports.files.html.head import head_html, page_title, places_html
from webmap.reports.files.html.lines import hit_geometry, network_geometries, rounded_geometry
from webmap.reports.files.html.payload import page_data
from webmap.reports.files.html.python_notices import python_notices
from webmap.reports.files.symbols import AREA_COLOUR, WARNING_COLOUR

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

_LAYERS = {
    "counties": Title("县（区）界", "Counties"),
    "townships": Title("镇街停供情况（随时间）", "Townships (by time)"),
    "services": Title("入户线（管），全部网络", "Service lines of all networks"),
    "hits": Title("停供管线（停供最多时）", "Lines out (worst moment)"),
    "facilities": Title("重点保障单位（随时间）", "Facilities (by time)"),
    "faults": Title("故障点（随时间）", "Faults (by time)"),
    "damage": Title("受损范围", "Drawn areas of damage"),
    "warnings": Title("预警范围", "Warned areas"),
}
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src {scripts}; "
    "base-uri 'none'; form-action 'none'"
)
_POLICY_PLACE = "<!--policy-->"
_STAGES = 4


def html_file(source: ReportSource) -> bytes:
    """Return one UTF-8 HTML file with the map by hour, its layers and popups, and tables.

    It loads nothing: scripts and styles stand in it, and its own policy forbids every request and every script but
    those that it was made with. Names and entered texts are only ever text.
    """
    source.progress("html", 0, _STAGES)
    hit = hit_elements(source)
    source.progress("html", 1, _STAGES)
    figure = Figure(title=None)
    map_ = _map(source, hit)
    figure.add_child(map_)
    source.progress("html", 2, _STAGES)
    assets = _assets()
    for text in (
        f'<meta charset="utf-8">{_POLICY_PLACE}',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{page_title(source)}</title>",
        f"<style>{assets.text('report_css')}</style>",
        f"<script>{_inline(assets.text('report_js'))}</script>",
    ):
        figure.header.add_child(fm.Raw(text))
    figure.html.add_child(fm.Raw(head_html(source)))
    fm.number_elements(figure)
    after = places_html(source, assets.report_notices() + python_notices()) + fm.json_script(
        "report-data", _data(source, hit)
    )
    page = figure.render().replace("</body>", f"{after}</body>", 1)
    source.progress("html", 3, _STAGES)
    content = _with_policy(page, source.language).encode("utf-8", "replace")
    source.progress("html", _STAGES, _STAGES)
    return content


def _map(source: ReportSource, hit: list[HitElements]) -> folium.Map:
    language = source.language
    south_west, north_east = _bounds(source)
    centre = [(south_west[0] + north_east[0]) / 2, (south_west[1] + north_east[1]) / 2]
    map_ = fm.ReportMap(location=centre, zoom_start=11, tiles=None, min_zoom=8, max_zoom=18, zoom_snap=0.25)
    fm.add_panes(map_)
    titles = {key: in_language(title, language) for key, title in _LAYERS.items()}
    townships = _outlines(source, "townships")
    shaded = fm.outline_layer(townships, titles["townships"], "areas", color="#6B7280", weight=1, fillOpacity=0)
    border = fm.outline_layer(
        _outlines(source, "counties"), titles["counties"], "outlines", color="#374151", weight=2, fill=False
    )
    hit_group, hit_lines = _hit_layers(source, hit)
    groups = {
        "facilities": folium.FeatureGroup(name=titles["facilities"]),
        "faults": folium.FeatureGroup(name=titles["faults"]),
        "damage": folium.FeatureGroup(name=fm.swatch(titles["damage"], AREA_COLOUR, dashed=True, area=True)),
        "warnings": folium.FeatureGroup(name=fm.swatch(titles["warnings"], WARNING_COLOUR, dashed=True, area=True)),
    }
    for layer in (shaded, border, *_line_layers(source), hit_group, *groups.values()):
        map_.add_child(layer)
    control = folium.LayerControl()
    # Open where it covers a small part of the map alone.
    control.options["collapsed"] = JsCode("window.innerWidth < 1600 || window.innerHeight < 900")  # type: ignore[assignment]
    map_.add_child(control)
    parts: dict[str, Any] = {"townships": shaded, "hits": hit_lines, **groups}
    map_.add_child(_Started(parts))
    return map_


class _Started(fm.ReportClock):
    """The clock, told the names of the layers when the page is written: by then they have their numbers."""

    def __init__(self, parts: dict[str, Any]) -> None:
        super().__init__({})
        self._parts = parts

    def render(self, **kwargs: Any) -> str:
        """Write the call that starts the page."""
        self.layers = {
            key: [layer.get_name() for layer in part] if isinstance(part, list) else part.get_name()
            for key, part in self._parts.items()
        }
        super().render(**kwargs)  # type: ignore[no-untyped-call]
        return ""


def _outlines(source: ReportSource, layer: str) -> dict[str, Any]:
    """Return outlines by number: of townships, their place in the impact; those that it does not name are left out."""
    frame = source.snapshot.visible(layer, restricted=source.restricted)
    if frame.empty:
        return fm.features(())
    if layer != "townships":
        return fm.features(enumerate(rounded_geometry(shape) for shape in frame["geometry"]))
    places = {code: number for number, code in enumerate(source.impact.by_hour.codes)}
    rows = zip(frame["code"].tolist(), frame["geometry"], strict=True)
    return fm.features((places[code], rounded_geometry(shape)) for code, shape in rows if code in places)


def _line_layers(source: ReportSource) -> list[Any]:
    """Return a layer of mains for each network, and one of all service lines, which is off at first."""
    titles = fm.network_titles(source.language)
    mains = [
        fm.line_layer(geometry, network, 1.4, titles[network], show=network in {"electricity", "heat"})
        for network, geometry in network_geometries(source, main=True)
    ]
    services = folium.FeatureGroup(name=in_language(_LAYERS["services"], source.language), show=False)
    for network, geometry in network_geometries(source, main=False):
        services.add_child(fm.line_layer(geometry, network, 0.7))
    return [*mains, services]


def _hit_layers(source: ReportSource, hit: list[HitElements]) -> tuple[folium.FeatureGroup, list[folium.GeoJson]]:
    """Return lines for each of `hit`, in their order, and the layer of them all; lines that are hidden are left out."""
    empty = {"type": "MultiLineString", "coordinates": []}
    lines = [fm.line_layer(hit_geometry(source, found.lines) or empty, found.network, 2.2, hit=True) for found in hit]
    group = folium.FeatureGroup(
        name=fm.swatch(in_language(_LAYERS["hits"], source.language), fm.HIT_COLOUR, dashed=True)
    )
    for layer in lines:
        group.add_child(layer)
    return group, lines


def _data(source: ReportSource, hit: list[HitElements]) -> dict[str, Any]:
    return page_data(source, hit, _bounds(source))


def _bounds(source: ReportSource) -> list[list[float]]:
    """Return the corners (latitude, longitude) around the townships hit, else of the plan's county, else of all."""
    frame = source.snapshot.visible("townships", restricted=source.restricted)
    if frame.empty:
        return [[35.2, 112.5], [35.8, 113.2]]
    # A single place at the far end of a line is no reason to show the whole county.
    least = max((row.people_hours for row in source.impact.townships), default=0.0) / 100
    hit = {row.code for row in source.impact.townships if row.people_hours > least}
    chosen = frame[frame["code"].isin(hit)]
    if chosen.empty:
        chosen = frame[frame["county_code"] == source.plan.county_code]
    west, south, east, north = (chosen if not chosen.empty else frame)["geometry"].total_bounds.tolist()
    return [[round(south, 5), round(west, 5)], [round(north, 5), round(east, 5)]]


def _assets() -> PageAssets:
    return PageAssets(Flask("webmap"))


def _inline(script: str) -> str:
    """Return a script that cannot end its element early."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _with_policy(page: str, language: str) -> str:
    """Put the policy into the page: only the scripts that stand in it now may run."""
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in _SCRIPT.findall(page)]
    policy = _POLICY.format(scripts=" ".join(f"'sha256-{value}'" for value in hashes))
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    tongue = "zh-Hans-CN" if language == "zh" else "en"
    return page.replace(_POLICY_PLACE, tag, 1).replace("<html>", f'<html lang="{tongue}">', 1)
