"""Files as other software writes them, for the tests: in the encodings and projections of Chinese offices."""

from __future__ import annotations

import struct
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio

from layers.importing.source import Batch, Limits, Source, UnusableFile, open_source, read_batches


def shapefile(
    folder: Path, name: str, frame: gpd.GeoDataFrame, *, encoding: str = "GBK", cpg: str | None = None
) -> Path:
    """Write with GDAL; without `cpg` the .cpg is taken away, as Chinese desktop software leaves it out."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.shp"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pyogrio.write_dataframe(frame, path, encoding=encoding)
    path.with_suffix(".cpg").unlink(missing_ok=True)
    if cpg is not None:
        path.with_suffix(".cpg").write_text(cpg)
    return path


def zipped(target: Path, members: Mapping[str, Path | bytes], *, gbk_names: bool = False) -> Path:
    """Write an archive; with `gbk_names` the names are GBK without a mark, as Windows in China writes them."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            data = content if isinstance(content, bytes) else content.read_bytes()
            archive.writestr(_GbkInfo(name) if gbk_names else name, data, zipfile.ZIP_DEFLATED)
    return target


class _GbkInfo(zipfile.ZipInfo):
    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  Python's own name
        return self.filename.encode("gbk"), self.flag_bits


def parts(path: Path, *suffixes: str) -> dict[str, Path]:
    """Return the parts of a Shapefile by suffix."""
    return {suffix: path.with_suffix(suffix) for suffix in suffixes}


def rows_of(source: Source, table: str | None = None, **options: Any) -> list[dict[str, Any]]:
    """Return all rows of a table as dicts, with their number and geometry."""
    found = []
    for batch in read_batches(source, table or source.tables[0].name, **options):
        found += _rows(batch)
    return found


def _rows(batch: Batch) -> list[dict[str, Any]]:
    records = [
        dict(zip(batch.columns.columns, values, strict=True)) for values in batch.columns.itertuples(index=False)
    ]
    shapes = [None] * len(records) if batch.geometry is None else batch.geometry
    rows = zip(records, batch.rows, shapes, strict=True)
    return [{**record, "#": int(number), "@": shape} for record, number, shape in rows]


def refused(path: Path, work: Path, limits: Limits | None = None) -> str:
    """Return the code with which a file is refused, on opening or while it is read; "" if it is not."""
    try:
        source = open_source(path, work, limits)
        for table in source.tables:
            for _ in read_batches(source, table.name):
                pass
    except UnusableFile as error:
        assert error.message.zh and error.message.en and error.remedy.zh and error.remedy.en
        assert "{" not in f"{error.message}{error.remedy}".replace("{'", "")
        return error.code
    return ""


def dbf(
    columns: list[tuple[bytes, int]], rows: list[list[bytes]], *, language: int = 0, claimed: int | None = None
) -> bytes:
    """Return a .dbf of text columns (name, width) byte by byte."""
    width = 1 + sum(size for _, size in columns)
    count = len(rows) if claimed is None else claimed
    head = struct.pack("<4BLHH16xBB2x", 3, 126, 1, 1, count, 32 + 32 * len(columns) + 1, width, 0, language)
    described = b"".join(name.ljust(11, b"\0") + b"C" + bytes(4) + bytes([size]) + bytes(15) for name, size in columns)
    body = b"".join(
        b" " + b"".join(value.ljust(size)[:size] for value, (_, size) in zip(row, columns, strict=True)) for row in rows
    )
    return head + described + b"\r" + body + b"\x1a"
