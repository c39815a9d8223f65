"""Identifiers made of what a record is: the same record in the next delivery gets the same one."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from layers.schema import Layer

#: Seven decimals of a degree are a centimetre: deliveries differ less than that by rounding alone.
_DECIMALS = 7
_BYTES = 8
#: First word of the identifiers made for a layer.
_PREFIX = {
    "counties": "county",
    "townships": "township",
    "network_lines": "line",
    "network_nodes": "node",
    "facilities": "facility",
    "supplies": "supply",
    "coal_routes": "route",
    "roads": "road",
    "sites": "site",
    "contacts": "contact",
}
#: What tells records of the same place and name apart, where the layer has it.
_PART_OF_PLACE = ("name", "code", "network", "category")
_NOT_CONTENT = frozenset({"id", "provenance", "source"})


def made_ids(layer: Layer, frame: pd.DataFrame) -> NDArray[np.object_]:
    """Return an identifier for each record, made of its place and name; of all its texts where it has no place.

    Amounts do not count, so that a corrected diameter is the same pipe. Records of the same content get the same.
    """
    texts = [item.name for item in layer.fields if item.kind == "text" and item.name not in _NOT_CONTENT]
    names = texts if layer.geometry is None else [name for name in _PART_OF_PLACE if name in texts]
    columns = [frame[name].fillna("").astype(str).tolist() for name in names]
    places: list[bytes] = [b""] * len(frame)
    if layer.geometry is not None and len(frame):
        shapes = frame["geometry"].to_numpy(dtype=object)
        # Adding zero makes of minus zero a plain one.
        rounded = shapely.transform(shapes, lambda given: np.round(given, _DECIMALS) + 0.0)
        places = [blob or b"" for blob in shapely.to_wkb(rounded, byte_order=1)]
    prefix = f"{_PREFIX.get(layer.key, layer.key)}-"
    joined = ["\x1f".join(row).encode() for row in zip(*columns, strict=True)] if columns else [b""] * len(frame)
    return np.array(
        [
            prefix + blake2b(text + b"\x1e" + place, digest_size=_BYTES).hexdigest()
            for text, place in zip(joined, places, strict=True)
        ],
        dtype=object,
    )


def part_ids(ids: NDArray[np.object_], parts: NDArray[np.int64]) -> NDArray[np.object_]:
    """Return identifiers of parts: that of the record for the first, with `_p2`, `_p3`, ... for the others."""
    if not (parts > 1).any():
        return ids
    out = ids.copy()
    for place in np.flatnonzero((parts > 1) & ~pd.isna(ids)):
        out[place] = f"{ids[place]}_p{parts[place]}"
    return out
