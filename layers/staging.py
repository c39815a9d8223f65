"""Records on their way into a layer: temporary tables beside it, filled in batches, seen by this connection alone.

Filling them keeps nobody from reading or writing; only what follows, in `layers.superseding`, does.
"""

from __future__ import annotations

import hashlib
import io
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import shapely
from sqlalchemy import Column, Connection, MetaData, String, Table, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateTable

from layers.catalog import CATALOG
from layers.crs import STORAGE_EPSG
from layers.errors import InvalidRecords
from layers.records import layer_of
from layers.tables import LAYER_TABLES

#: How many rows go to the database at once.
BATCH_ROWS = 20_000
_ARROW: dict[str, Any] = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
_NAMED = 3
_TEMPORARY: dict[str, Any] = {"prefixes": ["TEMPORARY"], "postgresql_on_commit": "DROP"}


def content_columns(key: str) -> list[str]:
    """Return the columns that make up a record, in the order in which they are staged."""
    layer = layer_of(key)
    return [*layer.columns, *(["geometry"] if layer.geometry is not None else [])]


def _stage(key: str) -> Table:
    columns = [Column(name, LAYER_TABLES[key].c[name].type) for name in content_columns(key)]
    return Table(f"stage_{key}", MetaData(), *columns, **_TEMPORARY)


#: Records that are to be in a layer, by its key.
STAGES: dict[str, Table] = {key: _stage(key) for key in CATALOG}
#: Ids of the records that leave a layer, by its key: they are removed, or give way to the staged ones.
LEAVING: dict[str, Table] = {
    key: Table(f"leaving_{key}", MetaData(), Column("id", String), **_TEMPORARY) for key in CATALOG
}


def open_stage(connection: Connection, key: str) -> None:
    """Make the empty temporary tables of a layer."""
    close_stage(connection, key)
    for table in (STAGES[key], LEAVING[key]):
        connection.execute(CreateTable(table))


def close_stage(connection: Connection, key: str) -> None:
    """Drop the temporary tables of a layer, if they are there."""
    for table in (STAGES[key], LEAVING[key]):
        connection.execute(text(f"DROP TABLE IF EXISTS {table.name}"))


def fill_stage(connection: Connection, key: str, frame: pd.DataFrame) -> None:
    """Stage the records of a conforming frame."""
    for start in range(0, len(frame), BATCH_ROWS):
        part = frame.iloc[start : start + BATCH_ROWS]
        if connection.dialect.name == "postgresql":
            _copy(connection, key, part)
        else:
            _insert(connection, key, part)


def settle_stage(connection: Connection, key: str) -> None:
    """Make a filled stage ready to be compared with its layer; `InvalidRecords` if an id is in it twice."""
    stage = STAGES[key]
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"ANALYZE {stage.name}"))
    else:
        connection.execute(text(f"CREATE INDEX ix_{stage.name} ON {stage.name} (id)"))
    twice = select(stage.c.id).group_by(stage.c.id).having(func.count() > 1).order_by(stage.c.id).limit(_NAMED)
    if named := connection.scalars(twice).all():
        raise InvalidRecords(key, [f"id is not unique ({', '.join(named)})"])


def _copy(connection: Connection, key: str, frame: pd.DataFrame) -> None:
    """Stream records into PostgreSQL's COPY as CSV, where an empty text (quoted) is not the same as none."""
    layer = layer_of(key)
    arrays = [pa.array(frame[field.name], _ARROW[field.kind], from_pandas=True) for field in layer.fields]
    if layer.geometry is not None:
        shapes = shapely.set_srid(frame["geometry"].to_numpy(), STORAGE_EPSG)
        arrays.append(pa.array(shapely.to_wkb(shapes, hex=True, byte_order=1, include_srid=True), pa.string()))
    names = content_columns(key)
    lines = io.BytesIO()
    options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="needed")
    pyarrow.csv.write_csv(pa.table(arrays, names=names), lines, options)
    driver: Any = connection.connection.driver_connection
    columns = ", ".join(f'"{name}"' for name in names)
    statement = f"COPY {STAGES[key].name} ({columns}) FROM STDIN (FORMAT csv)"
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write(lines.getbuffer())
    except connection.dialect.loaded_dbapi.Error as error:
        # As of every other statement: who catches the database's errors looks for SQLAlchemy's.
        raise DBAPIError(statement, None, error) from error


def _insert(connection: Connection, key: str, frame: pd.DataFrame) -> None:
    layer = layer_of(key)
    columns: list[Any] = []
    for name in layer.columns:
        values = frame[name].astype(object)
        columns.append(values.where(values.notna(), None))
    if layer.geometry is not None:
        columns.append(shapely.to_wkb(frame["geometry"].to_numpy(), byte_order=1))
    marks = ", ".join("?" * len(columns))
    rows = list(zip(*columns, strict=True))
    connection.exec_driver_sql(f"INSERT INTO {STAGES[key].name} VALUES ({marks})", rows)  # noqa: S608


class RowsDigest:
    """Digest of records as they go by: the same for the same records in the same order, however they are parted."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._values = hashlib.sha256(key.encode())
        self._shapes = hashlib.sha256()

    def add(self, frame: pd.DataFrame) -> None:
        """Go on with the records of a conforming frame."""
        layer = layer_of(self._key)
        plain = pd.DataFrame({name: frame[name] for name in layer.columns})
        self._values.update(np.ascontiguousarray(pd.util.hash_pandas_object(plain, index=False)).tobytes())
        if layer.geometry is not None:
            for blob in shapely.to_wkb(frame["geometry"].to_numpy(), byte_order=1):
                self._shapes.update(blob)

    def result(self) -> str:
        """Return the digest (SHA-256 in hexadecimal) of all records so far."""
        return hashlib.sha256(self._values.digest() + self._shapes.digest()).hexdigest()
