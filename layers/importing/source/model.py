"""What is known of a file before its values are understood: tables, columns, samples, encoding; and its rows.

Names and values are those of the file. Nothing is converted here but what a format itself says (numbers, booleans).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

if TYPE_CHECKING:
    from layers.importing.issues import Issue

#: How many distinct values of each column a table shows of itself.
SAMPLES = 20


@dataclass(frozen=True)
class Limits:
    """What a file may cost before it is refused.

    `ratio` is unpacked bytes over packed bytes of an archive; `depth` the nesting of JSON; `text_chars` the length of
    one value (outlines stand in sheets as text); `vertices` those of one geometry.
    """

    file_bytes: int = 500 * 2**20
    unpacked_bytes: int = 4 * 2**30
    ratio: float = 200.0
    members: int = 2_000
    vertices: int = 200_000
    columns: int = 1_000
    rows: int = 5_000_000
    depth: int = 64
    text_chars: int = 8_000_000


@dataclass(frozen=True)
class SourceTable:
    """One table of a file.

    `rows` is None where it cannot be known without reading everything. `geometry` is `Point`, `LineString`, `Polygon`
    (each with its multi-part kind) or `mixed`; None for a table without geometry. `crs` is `EPSG:n` or the WKT of a
    .prj, and None where the file says nothing. `samples` holds, by column, the first distinct values that are not
    empty, in their order; a column without any has an empty tuple.
    """

    name: str
    rows: int | None
    columns: tuple[str, ...]
    geometry: str | None
    crs: str | None
    samples: Mapping[str, tuple[object, ...]]


@dataclass(frozen=True)
class Batch:
    """Some rows of a table, in the order of the file.

    `rows` are their numbers as a person counts them: the first record is 1, and in CSV and XLSX the number of the line
    in the sheet. `columns` holds raw values (str, int, float, bool, None) as objects. `geometry` is an array of shapely
    geometries, 2D and in the file's own reference system, None where a row has none; the whole is None for a table
    without geometry.
    """

    rows: NDArray[np.int64]
    columns: pd.DataFrame
    geometry: NDArray[np.object_] | None


class Reader(Protocol):
    """What a format gives: its tables read once more, row by row, in bounded memory."""

    def batches(self, table: str, encoding: str, batch_rows: int) -> Iterator[Batch]:
        """Yield the rows of a table; nothing for an empty one. Raises `UnusableFile`."""
        ...


@dataclass(frozen=True)
class Source:
    """A file that can be read: its format by content, its encoding, its tables.

    `encoding` is the one its texts are read with, None where the format leaves no choice; `encodings` are all those in
    which the file can be read without an error, the likeliest first. `notes` are things to tell about the file as a
    whole (a .cpg that is wrong, names that are cut). `sha256` and `bytes` are those of the file as given.
    """

    path: Path
    format: str
    encoding: str | None
    encodings: tuple[str, ...]
    tables: tuple[SourceTable, ...]
    sha256: str
    bytes: int
    notes: tuple[Issue, ...]
    reader: Reader = field(repr=False, compare=False)

    def table(self, name: str) -> SourceTable:
        """Return the table of that name; `KeyError` if the file has none."""
        for table in self.tables:
            if table.name == name:
                return table
        raise KeyError(name)
