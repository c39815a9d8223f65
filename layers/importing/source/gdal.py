"""GDAL, kept on a short lead: real files under names of our own alone, no network, rows as a stream.

Formats that bring their own little languages (VRT, SQL views, remote sources) never come here: what a file is has
been found by content before. A process that reads files of unknown origin starts with `gdal_environment.ENVIRONMENT`.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyogrio
from numpy.typing import NDArray

from layers.importing.source.refusals import refusal
from layers.importing.source.shapes import from_wkb

#: Config of the drivers used here. DXF texts are UTF-8 when they come here; blocks stay points.
_SETTINGS = {
    "SHAPE_RESTORE_SHX": "YES",
    "DXF_ENCODING": "UTF-8",
    "DXF_INLINE_BLOCKS": "FALSE",
    "DXF_FEATURE_LIMIT_PER_BLOCK": "10000",
}
#: Where a file lies on the server is nobody's business who sent it.
_FOLDERS = re.compile(r"(?:/[^/'\"\s]+)+/")


@dataclass(frozen=True)
class GdalBatch:
    """Rows as GDAL gives them: columns by name as Python values, and 2D geometry."""

    columns: dict[str, list[object]]
    geometry: NDArray[np.object_]


def layer_names(path: Path, driver: str) -> list[str]:
    """Return the names of the layers of a dataset, which that driver must have opened."""
    with _telling():
        found = [str(name) for name in pyogrio.list_layers(path)[:, 0]]
        if found and pyogrio.read_info(path, layer=found[0])["driver"] != driver:
            raise refusal("unknown_format")
        return found


def layer_info(path: Path, layer: str) -> dict[str, Any]:
    """Return what GDAL knows of a layer: `fields`, `crs`, `features`, `geometry_type`."""
    with _telling():
        info: dict[str, Any] = pyogrio.read_info(path, layer=layer)
        return info


def stream(path: Path, layer: str | None, batch_rows: int) -> Iterator[GdalBatch]:
    """Yield the rows of a layer in their order, `batch_rows` at a time."""
    with ExitStack() as stack:
        with _telling():
            opened = pyogrio.open_arrow(path, layer=layer, use_pyarrow=True, batch_size=batch_rows)
            meta, reader = stack.enter_context(opened)
        name = meta["geometry_name"] or "wkb_geometry"
        while True:
            with _telling():
                batch = next(iter(reader), None)
                rows = None if batch is None else _batch(batch, name)
            if rows is None:
                return
            yield rows


def _batch(batch: pa.RecordBatch, geometry: str) -> GdalBatch:
    columns: dict[str, list[object]] = {}
    shapes = np.full(batch.num_rows, None, dtype=object)
    for name, values in zip(batch.schema.names, batch.columns, strict=True):
        if name == geometry:
            shapes = from_wkb(values.to_pylist())
        else:
            columns[name] = [_plain(value) for value in values.to_pylist()]
    return GdalBatch(columns, shapes)


def _plain(value: object) -> object:
    if value is None or isinstance(value, str | int | float | bool):
        return None if value == "" or value != value else value  # noqa: PLR0124  NaN is no value
    if isinstance(value, bytes):
        return None
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


@contextmanager
def _telling() -> Iterator[None]:
    """Turn what GDAL cannot read into `UnusableFile`; its warnings are no news to a person."""
    pyogrio.set_gdal_config_options(_SETTINGS)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (pa.ArrowException, UnicodeDecodeError, OSError, RuntimeError, ValueError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise refusal("truncated", detail=_FOLDERS.sub("", reason)[:200]) from None
