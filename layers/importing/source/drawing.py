"""DXF drawings through GDAL: the layers of a drawing as tables, blocks as points with their names."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from layers.importing.source.encoding import candidates_of_file, normal_name
from layers.importing.source.gdal import GdalBatch, layer_names, stream
from layers.importing.source.model import Batch, Limits, SourceTable
from layers.importing.source.refusals import refusal
from layers.importing.source.sampling import Samples
from layers.importing.source.shapes import check_vertices, kind_name

_CHUNK = 2**20
_BATCH = 20_000
_CODE_PAGE = re.compile(rb"\$DWGCODEPAGE\s*\r?\n\s*3\s*\r?\n\s*(\S+)")
_HEAD_BYTES = 65_536
_ENTITIES = "entities"
_LAYER = "Layer"
#: Columns of GDAL's that say how a thing is drawn, not what it is.
_DRAWN = frozenset({"PaperSpace", "SubClasses", "Linetype", "BlockOCSNormal", "BlockOCSCoords", "Block", "BlockScale"})


@dataclass
class _Found:
    rows: int = 0
    samples: Samples = field(default_factory=Samples)
    used: set[str] = field(default_factory=set)


@dataclass
class DxfReader:
    """Reads a drawing, a table for each of its layers, and for each kind of geometry where a layer has several."""

    path: Path
    work: Path
    encoding: str
    limits: Limits
    plain: Path
    tables: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def batches(self, table: str, encoding: str, batch_rows: int) -> Iterator[Batch]:
        """Yield the entities of a table; `rows` counts all entities of the drawing."""
        plain = self.plain
        if encoding != "auto" and normal_name(encoding) != self.encoding:
            plain = _as_utf8(self.path, normal_name(encoding), self.work / f"drawing-{normal_name(encoding)}.dxf")
        layer, kind = self.tables[table]
        names = self.columns[table]
        first = 0
        for batch in stream(plain, _ENTITIES, batch_rows):
            numbers = np.arange(first + 1, first + len(batch.geometry) + 1, dtype=np.int64)
            first += len(numbers)
            layers = np.array(_layers(batch), dtype=object)
            wanted = np.flatnonzero((layers == layer) & _of_kind(batch.geometry, kind))
            if not len(wanted):
                continue
            check_vertices(batch.geometry[wanted], numbers[wanted], self.limits)
            data = {name: [batch.columns[name][place] for place in wanted] for name in names}
            yield Batch(numbers[wanted], pd.DataFrame(data, columns=list(names), dtype=object), batch.geometry[wanted])


def open_dxf(
    path: Path, work: Path, encoding: str, limits: Limits
) -> tuple[DxfReader, tuple[SourceTable, ...], tuple[str, ...]]:
    """Return the reader, its tables, and the encodings in which the drawing's texts can be read."""
    candidates = _candidates(path)
    chosen = candidates[0] if encoding == "auto" else normal_name(encoding)
    plain = _as_utf8(path, chosen, work / "drawing.dxf")
    if _ENTITIES not in layer_names(plain, "DXF"):
        raise refusal("no_tables")
    reader = DxfReader(path, work, chosen, limits, plain)
    found: dict[tuple[str, str], _Found] = {}
    for batch in stream(plain, _ENTITIES, _BATCH):
        _collect(batch, found, limits)
    if not found:
        raise refusal("no_tables")
    return reader, tuple(_tables(reader, found)), candidates


def _tables(reader: DxfReader, found: Mapping[tuple[str, str], _Found]) -> Iterator[SourceTable]:
    for layer in dict.fromkeys(layer for layer, _ in found):
        kinds = [kind for other, kind in found if other == layer]
        for kind in kinds:
            entry = found[layer, kind]
            name = layer if len(kinds) == 1 else f"{layer} ({kind})"
            columns = tuple(column for column in entry.samples.columns if column in entry.used)
            reader.tables[name] = (layer, kind)
            reader.columns[name] = columns
            samples = {column: values for column, values in entry.samples.taken().items() if column in entry.used}
            yield SourceTable(name, entry.rows, columns, None if kind == "none" else kind, None, samples)


def _collect(batch: GdalBatch, found: dict[tuple[str, str], _Found], limits: Limits) -> None:
    layers, kinds = _layers(batch), _kinds(batch.geometry)
    check_vertices(batch.geometry, np.arange(1, len(layers) + 1, dtype=np.int64), limits)
    groups = pd.Series(range(len(layers))).groupby([pd.Index(layers), pd.Index(kinds)], sort=False)
    for (layer, kind), places in groups:
        entry = found.setdefault((str(layer), str(kind)), _Found())
        entry.rows += len(places)
        for name, values in batch.columns.items():
            if name in _DRAWN:
                continue
            some = [values[place] for place in places]
            entry.samples.add(name, some)
            if any(value is not None for value in some):
                entry.used.add(name)
    if sum(entry.rows for entry in found.values()) > limits.rows:
        raise refusal("too_many_rows", limit=limits.rows)


def _layers(batch: GdalBatch) -> list[str]:
    return [str(value) if value is not None else "0" for value in batch.columns[_LAYER]]


def _kinds(shapes: NDArray[np.object_]) -> list[str]:
    return [kind_name(int(number)) for number in shapely.get_type_id(shapes)]


def _of_kind(shapes: NDArray[np.object_], kind: str | None) -> NDArray[np.bool_]:
    if kind is None:
        return np.ones(len(shapes), dtype=bool)
    return np.array([found == kind for found in _kinds(shapes)], dtype=bool)


def _candidates(path: Path) -> tuple[str, ...]:
    """Encodings that read the drawing; the code page it names decides between those that overlap."""
    candidates = candidates_of_file(path)
    with path.open("rb") as file:
        said = _CODE_PAGE.search(file.read(_HEAD_BYTES))
    page = {b"ANSI_936": "GB18030", b"GB2312": "GB18030", b"ANSI_950": "Big5"}.get(said[1].upper() if said else b"")
    if page in candidates and candidates[0] != "UTF-8":
        return (page, *(name for name in candidates if name != page))
    return candidates or ("GB18030",)


def _as_utf8(path: Path, encoding: str, target: Path) -> Path:
    """Write the drawing in UTF-8: the only encoding of DXF that GDAL reads wherever it runs."""
    decoder = codecs.getincrementaldecoder("utf-8-sig" if encoding == "UTF-8" else encoding)("replace")
    target.parent.mkdir(parents=True, exist_ok=True)
    with path.open("rb") as file, target.open("wb") as plain:
        while chunk := file.read(_CHUNK):
            plain.write(decoder.decode(chunk).encode())
        plain.write(decoder.decode(b"", final=True).encode())
    return target
