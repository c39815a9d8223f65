"""A layer as GeoJSON, written column by column and compressed once per data version and audience."""

from __future__ import annotations

import gzip
import json
from typing import Any

import numpy as np
import pandas as pd
import shapely

from layers.records import layer_of
from webmap.runtime import Snapshot

#: 6 decimals of a degree are 0.1 m, finer than any record here is known.
_DECIMALS = 6
#: Level 6 is paid once per data version; level 9 takes three times as long for 1 %.
_LEVEL = 6


def layer_payload(snapshot: Snapshot, key: str, *, restricted: bool) -> bytes:
    """Return the gzip-compressed FeatureCollection of the records that the viewer may see."""
    return snapshot.once(
        ("layer", key, restricted),
        lambda: gzip.compress(feature_collection(key, snapshot.visible(key, restricted=restricted)), _LEVEL, mtime=0),
    )


def feature_collection(key: str, frame: pd.DataFrame) -> bytes:
    """Return a layer's records as UTF-8 GeoJSON, with all catalogue columns as properties.

    Coordinates are rounded to 6 decimals. Unknown values are null; a layer without geometry has null geometries.
    """
    layer = layer_of(key)
    shapes = geometry_texts(frame["geometry"].to_numpy()) if layer.geometry else ["null"] * len(frame)
    columns = [json_texts(frame[name]) for name in layer.columns]
    names = [f"{json.dumps(name)}:" for name in layer.columns]
    ids = columns[layer.columns.index("id")]
    features = (
        f'{{"type":"Feature","id":{identifier},"properties":{{'
        f'{",".join(map(str.__add__, names, values))}}},"geometry":{shape}}}'
        for identifier, shape, values in zip(ids, shapes, zip(*columns, strict=True), strict=True)
    )
    text = f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}'
    return text.encode("utf-8", "replace")


def geometry_texts(shapes: Any) -> list[str]:
    """Return each geometry as a GeoJSON text with coordinates rounded to 6 decimals."""
    rounded = shapely.transform(shapes, lambda coordinates: np.round(coordinates, _DECIMALS))
    return [str(text) for text in shapely.to_geojson(rounded)]


def json_texts(column: pd.Series[Any]) -> list[str]:
    """Return each value of a column as a JSON text; unknown values as null. Repeated values are written once."""
    codes, values = pd.factorize(column)
    texts = [json.dumps(_plain(value), ensure_ascii=False, allow_nan=False) for value in values]
    return ["null" if code < 0 else texts[code] for code in codes.tolist()]


def _plain(value: Any) -> Any:
    """Return the Python value of a NumPy scalar; whole numbers without a decimal point."""
    plain = value.item() if isinstance(value, np.generic) else value
    return int(plain) if isinstance(plain, float) and plain.is_integer() else plain
