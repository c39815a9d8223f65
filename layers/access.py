"""Which records a viewer may see: restricted ones never leave for those without that right."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from layers.records import layer_of


def visible(key: str, frame: pd.DataFrame, related: Mapping[str, pd.DataFrame], *, restricted: bool) -> pd.DataFrame:
    """Return the records of a layer that a viewer may see.

    `restricted` says whether the viewer has the right to restricted records. `related` holds the layers from which a
    restriction is inherited (for `supplies` and `coal_routes` the facilities, unfiltered). The frame given is not
    changed.
    """
    layer = layer_of(key)
    if restricted:
        return frame
    if layer.personal:
        return frame.iloc[:0]
    if layer.restricted_by is not None:
        return frame[~frame[layer.restricted_by]].reset_index(drop=True)
    for column in layer.restricted_through:
        parent_key = layer.field(column).references
        if parent_key is None:
            raise KeyError(f"{key}.{column} refers to no layer")
        frame = frame[~frame[column].isin(hidden_ids(parent_key, related[parent_key]))]
    return frame.reset_index(drop=True) if layer.restricted_through else frame


def hidden_ids(key: str, frame: pd.DataFrame) -> frozenset[str]:
    """Return the ids of a layer's restricted records; empty for a layer without restriction."""
    restricted_by = layer_of(key).restricted_by
    return frozenset() if restricted_by is None else frozenset(frame.loc[frame[restricted_by], "id"])
