"""Rows that were set aside, as files for whoever corrects them: a table, and a map where they have places."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely

from layers.crs import STORAGE_EPSG
from layers.importing.stage import Rejected, Stage

_HEAD = ("行号 row", "原因", "reason")
_BATCH = 20_000
#: A sheet program would take a text that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_rejected(stage: Stage, folder: Path, ending: str) -> Path:
    """Write the rows set aside as `rejected.csv` or `rejected.gpkg` into a folder and return the file.

    The table has the number of each row in the file, the reason in Chinese and English, and the values as they were
    read; nothing in it is a formula. The map has the rows with a place, in EPSG:4490. A file that is there is used:
    a stage does not change. Without rows the table has its head alone.
    """
    path = folder / f"rejected.{ending}"
    if path.is_file():
        return path
    part = folder / f"part-rejected.{ending}"
    part.unlink(missing_ok=True)
    names = _columns(stage)
    if ending == "csv":
        _write_csv(part, stage.rejected(), names)
    else:
        _write_map(part, stage.rejected(), names)
    part.replace(path)
    return path


def safe_cell(value: Any) -> str:
    """Return a value as a cell of text that no sheet program takes for a formula."""
    text = "" if value is None else str(value)
    if not text.startswith(_FORMULA):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text


def _columns(stage: Stage) -> list[str]:
    """The columns of the file, in its order, from all rows set aside."""
    names: dict[str, None] = {}
    for item in stage.rejected():
        names.update(dict.fromkeys(item.raw))
    return list(names)


def _write_csv(path: Path, rows: Iterable[Rejected], names: list[str]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*_HEAD, *map(safe_cell, names)])
        for item in rows:
            told = (item.row, item.reason.zh, item.reason.en)
            writer.writerow([*told, *(safe_cell(item.raw.get(name)) for name in names)])


def _write_map(path: Path, rows: Iterator[Rejected], names: list[str]) -> None:
    """Write a GeoPackage by batches; GDAL names columns as it can."""
    placed = (item for item in rows if item.geometry is not None and not item.geometry.is_empty)
    first = True
    while batch := list(islice(placed, _BATCH)):
        _append(path, batch, names, append=not first)
        first = False
    if first:
        _append(path, [], names, append=False)


def _append(path: Path, batch: list[Rejected], names: list[str], *, append: bool) -> None:
    fields: dict[str, list[Any]] = {
        "row": [item.row for item in batch],
        "reason_zh": [item.reason.zh for item in batch],
        "reason_en": [item.reason.en for item in batch],
    }
    taken = {*fields, "fid", "geom"}
    for name in names:
        column = name
        while column.casefold() in {other.casefold() for other in taken}:
            column += "_"
        taken.add(column)
        fields[column] = [None if (value := item.raw.get(name)) is None else str(value) for item in batch]
    columns = [np.array(values, dtype=object) for values in fields.values()]
    columns[0] = columns[0].astype(np.int64)
    pyogrio.raw.write(
        path,
        geometry=np.array([shapely.to_wkb(item.geometry) for item in batch], dtype=object),
        field_data=columns,
        fields=list(fields),
        layer="rejected",
        driver="GPKG",
        geometry_type="Unknown",
        crs=f"EPSG:{STORAGE_EPSG}",
        append=append,
    )
