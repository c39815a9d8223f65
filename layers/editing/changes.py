"""What an edit changes: record by record with before and after, and as frames that can be stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from layers.catalog import CATALOG, WRITE_ORDER
from layers.crs import STORAGE_EPSG
from layers.editing.ground import Ground, Key, Record
from layers.records import conform, empty_frame


@dataclass(frozen=True)
class Change:
    """A record before and after; None where it was not there."""

    before: Record | None
    after: Record | None

    @property
    def kind(self) -> str:
        """`added`, `changed` or `removed`."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"


@dataclass(frozen=True)
class Changes:
    """Every record that differs, in the order of layers and ids. Equal changes do the same to the same frames."""

    records: Mapping[Key, Change]

    @property
    def inverse(self) -> Changes:
        """What takes these changes back."""
        return Changes({key: Change(change.after, change.before) for key, change in self.records.items()})

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers of which something changes, those that others refer to first."""
        touched = {layer for layer, _ in self.records}
        return tuple(key for key in WRITE_ORDER if key in touched)

    def upserts(self, layer: str) -> pd.DataFrame:
        """Return the records of a layer that are new or different, as a conforming frame; raises `InvalidRecords`."""
        found = [change.after for key, change in self.records.items() if key[0] == layer and change.after is not None]
        return frame_of(layer, found)

    def removed(self, layer: str) -> tuple[str, ...]:
        """Return the ids of the records of a layer that go."""
        return tuple(key[1] for key, change in self.records.items() if key[0] == layer and change.after is None)

    def applied_to(self, frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        """Return the frames after the changes; layers without changes are the same objects."""
        return {**frames, **{layer: self._merged(layer, frames[layer]) for layer in self.layers}}

    def _merged(self, layer: str, frame: pd.DataFrame) -> pd.DataFrame:
        upserts, gone = self.upserts(layer), {key[1] for key in self.records if key[0] == layer}
        kept = frame[~frame["id"].isin(gone)]
        if not len(upserts):
            return conform(layer, kept)
        return conform(layer, pd.concat([kept, upserts], ignore_index=True) if len(kept) else upserts)


def changes_of(ground: Ground, changed: Mapping[Key, Record | None]) -> Changes:
    """Return what differs from the ground; what was put back as it was does not."""
    order = {layer: number for number, layer in enumerate(CATALOG)}
    found = {}
    for key in sorted(changed, key=lambda key: (order[key[0]], key[1])):
        before, after = ground.record(key), changed[key]
        if before != after:
            found[key] = Change(before, after)
    return Changes(found)


def frame_of(layer: str, records: list[Record]) -> pd.DataFrame:
    """Return records as a conforming frame; none give an empty one."""
    if not records:
        return empty_frame(layer)
    table = pd.DataFrame(
        [dict(record.values) for record in records], columns=list(CATALOG[layer].columns), dtype=object
    )
    if CATALOG[layer].geometry is None:
        return conform(layer, table)
    shapes = np.empty(len(records), dtype=object)
    shapes[:] = [record.geometry for record in records]
    return conform(layer, gpd.GeoDataFrame(table, geometry=shapes, crs=STORAGE_EPSG))
