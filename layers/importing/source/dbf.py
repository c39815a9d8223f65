"""The .dbf of a Shapefile: its columns and records, with every byte's encoding in our own hands.

The layout is that of dBASE III and of what others made of it: a head of 32 bytes, 32 bytes a column, records of equal
length of which the first byte marks deleted ones.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from layers.importing.source.encoding import decode_anyhow
from layers.importing.source.model import Limits
from layers.importing.source.refusals import refusal

_HEAD, _COLUMN, _END_OF_COLUMNS = 32, 32, 0x0D
#: Language driver of the head (byte 29) to encoding; those that Chinese software writes.
_LANGUAGES = {0x4D: "GB18030", 0x4F: "Big5", 0x78: "Big5", 0x7A: "GB18030"}
#: A name has 10 bytes and a NUL.
NAME_BYTES = 10
_DELETED = 0x2A
_TRUE, _FALSE = b"TtYy", b"FfNn"
_NUMBERS = frozenset("NF")
_MEMOS = frozenset("MGPB")


@dataclass(frozen=True)
class Column:
    """A column: name as bytes, kind (`C`, `N`, `F`, `L`, `D`, ...), place and width within a record, decimals."""

    name: bytes
    kind: str
    start: int
    width: int
    decimals: int


@dataclass(frozen=True)
class Dbf:
    """A .dbf whose head is sound. `records` is what is there, not what the head claims."""

    path: Path
    columns: tuple[Column, ...]
    records: int
    claimed: int
    head_bytes: int
    record_bytes: int
    language: str | None

    @property
    def memos(self) -> tuple[Column, ...]:
        """Columns whose values lie in another file and are not read."""
        return tuple(column for column in self.columns if column.kind in _MEMOS)


def open_dbf(path: Path, limits: Limits) -> Dbf:
    """Read the head. Raises `UnusableFile` if it is not one, claims too much or has too many columns."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if len(head) < _HEAD:
            raise refusal("truncated", detail=".dbf")
        claimed, head_bytes, record_bytes = struct.unpack_from("<LHH", head, 4)
        if head_bytes < _HEAD + 1 or record_bytes < 1:
            raise refusal("truncated", detail=".dbf")
        columns = _columns(file.read(head_bytes - _HEAD), record_bytes)
    if len(columns) > limits.columns:
        raise refusal("too_many_columns", found=len(columns), limit=limits.columns)
    present = max(0, path.stat().st_size - head_bytes) // record_bytes
    records = min(claimed, present)
    if records > limits.rows:
        raise refusal("too_many_rows", limit=limits.rows)
    return Dbf(path, columns, records, claimed, head_bytes, record_bytes, _LANGUAGES.get(head[29]))


def _columns(block: bytes, record_bytes: int) -> tuple[Column, ...]:
    found: list[Column] = []
    start = 1
    for place in range(0, len(block) - _COLUMN + 1, _COLUMN):
        if block[place] == _END_OF_COLUMNS:
            break
        name = block[place : place + 11].split(b"\0")[0]
        kind = chr(block[place + 11])
        width, decimals = block[place + 16], block[place + 17]
        if kind == "C":
            # Longer texts keep the high byte of their width where numbers keep their decimals.
            width, decimals = width | decimals << 8, 0
        found.append(Column(name, kind, start, width, decimals))
        start += width
    if not found or start > record_bytes:
        raise refusal("truncated", detail=".dbf")
    return tuple(found)


def records(dbf: Dbf, batch_rows: int) -> Iterator[tuple[int, NDArray[np.void]]]:
    """Yield the number of the first record (from 0) and the records as raw bytes, deleted ones too."""
    with dbf.path.open("rb") as file:
        file.seek(dbf.head_bytes)
        for first in range(0, dbf.records, batch_rows):
            count = min(batch_rows, dbf.records - first)
            content = file.read(count * dbf.record_bytes)
            yield first, np.frombuffer(content, f"V{dbf.record_bytes}", len(content) // dbf.record_bytes)


def kept(raw: NDArray[np.void]) -> NDArray[np.bool_]:
    """Say which records are not marked as deleted."""
    marks = raw.view(np.uint8).reshape(len(raw), -1)[:, 0]
    result: NDArray[np.bool_] = marks != _DELETED
    return result


def raw_values(raw: NDArray[np.void], column: Column) -> list[bytes]:
    """Return the values of a column without the blanks and NULs that fill them up."""
    table = raw.view(np.uint8).reshape(len(raw), -1)
    if column.width == 0 or not len(raw):
        return [b""] * len(raw)
    part = np.ascontiguousarray(table[:, column.start : column.start + column.width])
    values = part.view(f"S{column.width}").ravel().tolist()
    return [value.rstrip(b" \0") for value in values]


def values_of(raw: NDArray[np.void], column: Column, encoding: str) -> list[object]:
    """Return the values of a column: text, int, float, bool, dates as ISO text; None where empty.

    A number that cannot be read stays as its text, so that the checks of values can show it.
    """
    values = raw_values(raw, column)
    if column.kind in _NUMBERS:
        return [_number(value, column.decimals) for value in values]
    if column.kind == "L":
        return [True if value in _TRUE else False if value in _FALSE else None for value in map(_first, values)]
    if column.kind == "D":
        return [_date(value) for value in values]
    if column.kind in _MEMOS:
        return [None] * len(values)
    return [_text(value, encoding) for value in values]


def _first(value: bytes) -> bytes:
    return value.strip()[:1] or b"?"


def _number(value: bytes, decimals: int) -> object:
    text = value.strip()
    if not text or text.strip(b"*") == b"":
        return None
    try:
        return int(text) if decimals == 0 and b"." not in text and b"e" not in text.lower() else float(text)
    except ValueError:
        return text.decode("latin-1")


def _date(value: bytes) -> object:
    text = value.strip().decode("latin-1")
    if not text.strip("0"):
        return None
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == 8 and text.isdigit() else text


def _text(value: bytes, encoding: str) -> object:
    return decode_anyhow(value, encoding) or None
