"""File geodatabases through GDAL, from a folder that was unpacked here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from layers.importing.source.gdal import GdalBatch, layer_info, layer_names, stream
from layers.importing.source.model import Batch, Limits, SourceTable
from layers.importing.source.refusals import refusal
from layers.importing.source.sampling import Samples
from layers.importing.source.shapes import check_vertices, crs_name, kinds_of, one_kind

_SAMPLED_ROWS = 2_000


@dataclass
class GeodatabaseReader:
    """Reads the feature classes and tables of a geodatabase."""

    folder: Path
    limits: Limits
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    with_geometry: set[str] = field(default_factory=set)

    def batches(self, table: str, encoding: str, batch_rows: int) -> Iterator[Batch]:
        """Yield the rows in their order; texts are Unicode by the format."""
        del encoding
        first = 0
        for batch in stream(self.folder, table, batch_rows):
            frame = _frame(batch, self.columns[table])
            rows = np.arange(first + 1, first + len(frame) + 1, dtype=np.int64)
            first += len(frame)
            if first > self.limits.rows:
                raise refusal("too_many_rows", limit=self.limits.rows)
            geometry = batch.geometry if table in self.with_geometry else None
            if geometry is not None:
                check_vertices(geometry, rows, self.limits)
            yield Batch(rows, frame, geometry)


def open_geodatabase(folder: Path, limits: Limits) -> tuple[GeodatabaseReader, tuple[SourceTable, ...]]:
    """Return the reader and its tables."""
    reader = GeodatabaseReader(folder, limits)
    tables = [_table(reader, name, limits) for name in layer_names(folder, "OpenFileGDB")]
    if not tables:
        raise refusal("no_tables")
    return reader, tuple(tables)


def _table(reader: GeodatabaseReader, name: str, limits: Limits) -> SourceTable:
    info = layer_info(reader.folder, name)
    columns = tuple(str(column) for column in info["fields"])
    if len(columns) > limits.columns:
        raise refusal("too_many_columns", found=len(columns), limit=limits.columns)
    reader.columns[name] = columns
    samples, kind = Samples(columns), None
    if info["geometry_type"]:
        reader.with_geometry.add(name)
    first = next(stream(reader.folder, name, _SAMPLED_ROWS), None)
    if first is not None:
        for column in columns:
            samples.add(column, first.columns[column])
        kind = one_kind(kinds_of(first.geometry)) if info["geometry_type"] else None
    rows = int(info["features"])
    return SourceTable(name, rows if rows >= 0 else None, columns, kind, crs_name(info["crs"]), samples.taken())


def _frame(batch: GdalBatch, columns: tuple[str, ...]) -> pd.DataFrame:
    data = {name: batch.columns[name] for name in columns}
    return pd.DataFrame(data, index=pd.RangeIndex(len(batch.geometry)), columns=list(columns), dtype=object)
