"""Shapefiles: geometry through GDAL, attributes by our own reading of the .dbf, because GDAL trusts what .cpg says."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from layers.importing.source import dbf as d
from layers.importing.source.encoding import candidates_of_values, decode_anyhow, decode_cut, is_ruined, normal_name
from layers.importing.source.errors import UnusableFile
from layers.importing.source.gdal import stream
from layers.importing.source.model import Batch, Limits, SourceTable
from layers.importing.source.notes import Notes
from layers.importing.source.refusals import refusal
from layers.importing.source.sampling import Samples
from layers.importing.source.shapes import check_vertices, crs_name, flat

PARTS = frozenset({".shp", ".shx", ".dbf", ".prj", ".cpg"})
_KINDS = {1: "Point", 3: "LineString", 5: "Polygon", 8: "Point"}
_MULTIPATCH = 31
_HEAD_BYTES = 100
_SNIFFED_ROWS = 200_000
_CHUNK_ROWS = 20_000


@dataclass(frozen=True)
class Parts:
    """The files of one Shapefile. `shp` and `shx` lie beside each other under one name and without a .dbf.

    `whole` gives whole names for names of columns that were cut, where the archive has a table of them.
    """

    name: str
    shp: Path | None
    dbf: Path | None
    prj: Path | None
    cpg: Path | None
    whole: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Opened:
    parts: Parts
    dbf: d.Dbf | None
    encoding: str
    encodings: tuple[str, ...]
    names: tuple[str, ...]
    table: SourceTable


@dataclass
class ShapefileReader:
    """Reads the tables of one file: a Shapefile, or a zip archive with several."""

    limits: Limits
    opened: dict[str, _Opened] = field(default_factory=dict)

    def batches(self, table: str, encoding: str, batch_rows: int) -> Iterator[Batch]:
        """Yield the rows of a table; records that are marked as deleted are left out, and keep their number."""
        one = self.opened[table]
        chosen = one.encoding if encoding == "auto" else normal_name(encoding)
        names = one.names if chosen == one.encoding else _names(one.dbf, chosen, one.parts.whole)
        return _batches(one, names, chosen, batch_rows, self.limits)


def open_shapefiles(
    found: list[Parts], limits: Limits, encoding: str, notes: Notes
) -> tuple[ShapefileReader, tuple[SourceTable, ...], tuple[str, ...]]:
    """Return the reader, its tables, and the encodings in which all their texts can be read (likeliest first)."""
    reader = ShapefileReader(limits)
    for parts in found:
        reader.opened[parts.name] = _open(parts, limits, encoding, notes)
    candidates = [one.encodings for one in reader.opened.values()]
    shared = tuple(name for name in dict.fromkeys(chain(*candidates)) if all(name in each for each in candidates))
    return reader, tuple(one.table for one in reader.opened.values()), shared


def encoding_of(reader: ShapefileReader) -> str | None:
    """Return the encoding of the tables if it is one."""
    chosen = {one.encoding for one in reader.opened.values() if one.dbf is not None}
    return next(iter(chosen)) if len(chosen) == 1 else None


def _open(parts: Parts, limits: Limits, encoding: str, notes: Notes) -> _Opened:
    geometry = None if parts.shp is None else _shape_kind(parts.shp)
    table = None if parts.dbf is None else d.open_dbf(parts.dbf, limits)
    if parts.shp is None:
        notes.add("shapefile_without_shp", table=parts.name)
    if table is None:
        notes.add("shapefile_without_dbf", table=parts.name)
    elif table.claimed != table.records:
        notes.add("dbf_claims_more", table=parts.name, claimed=table.claimed, found=table.records)
    if parts.shp is not None and parts.prj is None:
        notes.add("shapefile_without_prj", table=parts.name)
    chosen, candidates = _encoding(parts, table, encoding, notes)
    names = _names(table, chosen, parts.whole)
    if table is not None:
        _tell_of_columns(table, names, chosen, parts.name, notes)
    samples, rows = _samples(table, names, chosen) if table else (Samples(), _shape_count(parts.shp))
    text = None if parts.prj is None else parts.prj.read_bytes()[:65_536].decode("utf-8", "replace")
    if any(is_ruined(str(value)) for values in samples.taken().values() for value in values):
        notes.add("text_ruined", table=parts.name)
    described = SourceTable(parts.name, rows, names, geometry, crs_name(text), samples.taken())
    return _Opened(parts, table, chosen, candidates, names, described)


def _shape_kind(path: Path) -> str | None:
    """Read the head of a .shp. Raises `UnusableFile` if it is none, or shorter than it says."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if len(head) < _HEAD_BYTES or head[:4] != b"\x00\x00\x27\x0a":
        raise refusal("truncated", detail=".shp")
    (words,) = struct.unpack_from(">l", head, 24)
    (kind,) = struct.unpack_from("<l", head, 32)
    if words * 2 > path.stat().st_size:
        raise refusal("truncated", detail=".shp")
    return "mixed" if kind == _MULTIPATCH else _KINDS.get(kind % 10)


def _shape_count(path: Path | None) -> int | None:
    index = None if path is None else path.with_suffix(".shx")
    if index is None or not index.exists():
        return None
    return max(0, index.stat().st_size - _HEAD_BYTES) // 8


def _encoding(parts: Parts, table: d.Dbf | None, wanted: str, notes: Notes) -> tuple[str, tuple[str, ...]]:
    """Choose the encoding: the one asked for, else what is said where it is true, else what can be read."""
    if table is None:
        return "UTF-8", ("UTF-8",)
    candidates = candidates_of_values(_texts(table))
    said, where = _said(parts, table)
    if wanted != "auto":
        return normal_name(wanted), candidates or (normal_name(wanted),)
    if said is not None and said not in candidates and _readable(table, said):
        candidates = (*candidates, said)
    if said is not None and candidates and said != candidates[0] and _has_chinese(table):
        # UTF-8 that decodes strictly is UTF-8, whatever the label says; Big5 and GB18030 overlap: there it decides.
        if said in candidates and candidates[0] != "UTF-8":
            return said, (said, *(name for name in candidates if name != said))
        notes.add("encoding_said_wrong", table=parts.name, said=said, where=where, used=candidates[0])
    if not candidates:
        notes.add("encoding_unclear", table=parts.name)
        return said or "GB18030", ("GB18030", "UTF-8")
    return candidates[0], candidates


def _said(parts: Parts, table: d.Dbf) -> tuple[str | None, str]:
    if parts.cpg is not None:
        word = parts.cpg.read_bytes()[:64].decode("ascii", "replace").strip("\0\ufffd \r\n\t")
        try:
            return normal_name(word), ".cpg"
        except UnusableFile:
            return None, ".cpg"
    return table.language, ".dbf"


def _texts(table: d.Dbf) -> Iterator[bytes]:
    """The texts of a table as bytes: names of columns, then values that are not plain ASCII."""
    yield from (column.name for column in table.columns)
    columns = [column for column in table.columns if column.kind == "C"]
    for first, raw in d.records(table, _CHUNK_ROWS):
        if first >= _SNIFFED_ROWS:
            return
        for column in columns:
            for value in d.raw_values(raw, column):
                if not value.isascii():
                    yield value


def _has_chinese(table: d.Dbf) -> bool:
    return any(not value.isascii() for value in _texts(table))


def _readable(table: d.Dbf, encoding: str) -> bool:
    try:
        for value in _texts(table):
            decode_cut(value, encoding)
    except UnicodeDecodeError:
        return False
    return True


def _names(table: d.Dbf | None, encoding: str, whole: Mapping[str, str]) -> tuple[str, ...]:
    """Names of the columns, each once: what is cut to the same ten bytes gets a number."""
    names: list[str] = []
    for number, column in enumerate(table.columns if table else (), start=1):
        name = decode_anyhow(column.name, encoding).strip() or f"column_{number}"
        name = whole.get(name, name)
        same = sum(1 for other in names if other == name or other.startswith(f"{name}_"))
        names.append(f"{name}_{same + 1}" if name in names else name)
    return tuple(names)


def _tell_of_columns(table: d.Dbf, names: tuple[str, ...], encoding: str, where: str, notes: Notes) -> None:
    # Where another sign would have fitted, the name is whole.
    sign = len("名".encode(encoding, "replace"))
    cut = [
        name
        for name, column in zip(names, table.columns, strict=True)
        if not column.name.isascii() and len(column.name) > d.NAME_BYTES - sign
    ]
    if cut:
        notes.add("names_cut", table=where, names="、".join(cut))
    memos = [name for name, column in zip(names, table.columns, strict=True) if column in table.memos]
    if memos:
        notes.add("memo_not_read", table=where, names="、".join(memos))


def _samples(table: d.Dbf, names: tuple[str, ...], encoding: str) -> tuple[Samples, int]:
    samples, rows = Samples(names), 0
    for first, raw in d.records(table, _CHUNK_ROWS):
        present = raw[d.kept(raw)]
        rows += len(present)
        if first < _SNIFFED_ROWS:
            for name, column in zip(names, table.columns, strict=True):
                samples.add(name, d.values_of(present, column, encoding))
    return samples, rows


def _batches(one: _Opened, names: tuple[str, ...], encoding: str, size: int, limits: Limits) -> Iterator[Batch]:
    attributes = iter(()) if one.dbf is None else d.records(one.dbf, size)
    first = 0
    for records, shapes in zip_longest(attributes, _shapes(one.parts.shp, size)):
        raw = None if records is None else records[1]
        count = max(0 if raw is None else len(raw), 0 if shapes is None else len(shapes))
        rows = np.arange(first + 1, first + count + 1, dtype=np.int64)
        first += count
        keep = np.ones(count, dtype=bool)
        if raw is not None:
            keep[: len(raw)] = d.kept(raw)
        columns = _columns(one.dbf, raw, names, encoding, count)
        geometry = None if one.parts.shp is None else _filled(shapes, count)
        if geometry is not None:
            check_vertices(geometry, rows, limits)
            geometry = geometry[keep]
        yield Batch(rows[keep], columns[keep].reset_index(drop=True), geometry)


def _shapes(path: Path | None, size: int) -> Iterator[NDArray[np.object_]]:
    if path is None:
        return
    waiting = np.empty(0, dtype=object)
    for batch in stream(path, None, size):
        waiting = np.concatenate([waiting, flat(batch.geometry)])
        while len(waiting) >= size:
            yield waiting[:size]
            waiting = waiting[size:]
    if len(waiting):
        yield waiting


def _columns(
    table: d.Dbf | None, raw: NDArray[np.void] | None, names: tuple[str, ...], encoding: str, count: int
) -> pd.DataFrame:
    data: Mapping[str, list[object]] = {}
    if table is not None:
        present = 0 if raw is None else len(raw)
        fill: list[object] = [None] * (count - present)
        data = {
            name: ([] if raw is None else d.values_of(raw, column, encoding)) + fill
            for name, column in zip(names, table.columns, strict=True)
        }
    return pd.DataFrame(data, index=pd.RangeIndex(count), dtype=object)


def _filled(shapes: NDArray[np.object_] | None, count: int) -> NDArray[np.object_]:
    result = np.full(count, None, dtype=object)
    if shapes is not None:
        result[: len(shapes)] = shapes
    return result
