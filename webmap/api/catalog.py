"""The catalogue as a document: what the page needs to know before it draws anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import shapely

from layers.catalog import CATALOG
from layers.schema import Choice, Field, Layer, LegendEntry, Title
from layers.vocabulary import LEGEND_GROUPS
from priority.plans import Figure, Plan, Wording
from webmap.languages import PRODUCT_NAME
from webmap.runtime import Snapshot
from webmap.settings import Basemap

#: West, south, east, north of 城区 and 泽州 in degrees: where the map opens when there is no data to look at.
_DISTRICT_BOUNDS = [112.51, 35.2, 113.24, 35.7]
#: Layers whose extent the map opens with, the first one that has records.
_EXTENT_LAYERS = ("counties", "townships", "network_nodes", "facilities")


def catalog_document(
    snapshot: Snapshot, plans: Mapping[str, Plan], basemap: Basemap | None, *, restricted: bool
) -> dict[str, Any]:
    """Return the catalogue with counts of the records that the viewer may see."""
    frames = {key: snapshot.visible(key, restricted=restricted) for key in CATALOG}
    layers = [_layer(layer, frames[key]) for key, layer in CATALOG.items()]
    return {
        "data_version": snapshot.data_version,
        "synthetic": snapshot.synthetic,
        "product": {"name": PRODUCT_NAME},
        "layers": layers,
        "groups": [group.key for group in LEGEND_GROUPS],
        "plans": [_plan(plan) for plan in plans.values()],
        "bounds": _bounds(frames),
        "basemap": _basemap(basemap),
    }


def _title(title: Title) -> dict[str, str]:
    return {"zh": title.zh, "en": title.en}


def _layer(layer: Layer, frame: pd.DataFrame) -> dict[str, Any]:
    return {
        "key": layer.key,
        "title": _title(layer.title),
        "geometry": layer.geometry,
        "count": len(frame),
        "fields": [_field(field) for field in layer.fields],
        "legend": [_legend_entry(entry, frame) for entry in layer.legend],
    }


def _field(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "kind": field.kind,
        "title": _title(field.title),
        "unit": field.unit,
        "required": field.required,
        "values": [_choice(choice) for choice in field.values],
        "references": field.references,
        "minimum": field.minimum,
        "maximum": field.maximum,
    }


def _choice(choice: Choice) -> dict[str, Any]:
    return {"key": choice.key, "title": _title(choice.title), "icon": choice.icon}


def _legend_entry(entry: LegendEntry, frame: pd.DataFrame) -> dict[str, Any]:
    symbol = entry.symbol
    chosen = pd.Series(True, index=frame.index)
    for column, value in entry.where:
        chosen &= frame[column] == value
    return {
        "key": entry.key,
        "group": entry.group,
        "title": _title(entry.title),
        "symbol": {
            "colour": symbol.colour,
            "shape": symbol.shape,
            "pattern": symbol.pattern,
            "width_px": symbol.width_px,
        },
        "where": dict(entry.where),
        "shown_at_start": entry.shown_at_start,
        "count": int(chosen.sum()),
    }


def _plan(plan: Plan) -> dict[str, Any]:
    return {
        "key": plan.key,
        "title": plan.title.model_dump(),
        "document_number": plan.document_number,
        "county_code": plan.county_code,
        "county_name": plan.county_name.model_dump(),
        "commodities": list(plan.commodities),
        "office": plan.office.model_dump(),
        "takeover": plan.takeover is not None,
        "levels": [{"level": level.level, "decided_by": list(level.decided_by)} for level in reversed(plan.levels)],
        "figures": [_figure(figure) for figure in plan.figures],
        "priority_list": [
            {"tier": item.tier, "category": item.category, "clause": item.clause, "name": item.name.model_dump()}
            for item in plan.priority_list
        ],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    """Return what a form needs to ask for a figure."""
    titles = figure.choice_titles or tuple(Wording(zh=key, en=key) for key in figure.choices)
    return {
        "key": figure.key,
        "kind": figure.kind,
        "title": figure.title.model_dump(),
        "hint": None if figure.hint is None else figure.hint.model_dump(),
        "clauses": list(figure.clauses),
        "computed": figure.measure is not None,
        "choices": [
            {"key": key, "title": title.model_dump()} for key, title in zip(figure.choices, titles, strict=True)
        ],
        "maximum": figure.maximum,
    }


def _bounds(frames: dict[str, pd.DataFrame]) -> list[float]:
    for key in _EXTENT_LAYERS:
        if len(frames[key]):
            return [round(float(edge), 6) for edge in shapely.total_bounds(frames[key]["geometry"].to_numpy())]
    return _DISTRICT_BOUNDS


def _basemap(basemap: Basemap | None) -> dict[str, str] | None:
    if basemap is None:
        return None
    return {"kind": basemap.kind, "url": basemap.url, "attribution": basemap.attribution}
