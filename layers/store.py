"""The store: layers in a database, SQLite or PostgreSQL with PostGIS, behind one small interface."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from sqlalchemy import Connection, Engine, func, insert, inspect, select

from layers.catalog import CATALOG, WRITE_ORDER
from layers.crs import STORAGE_EPSG
from layers.engine import LAYERS_LOCK, one_moment, open_engine, writing
from layers.errors import InvalidRecords, MissingLayers
from layers.records import conform, digest, layer_of
from layers.tables import DATA_VERSIONS, LAYER_TABLES


def open_store(database_url: str) -> Store:
    """Open the database at a SQLAlchemy URL (`sqlite:///file`, `postgresql+psycopg://...`).

    The tables are made by whoever owns the database, never here: until then there are `MissingLayers`.
    """
    return Store(open_engine(database_url))


class Store:
    """Reads and writes whole layers. A write is one transaction and makes a new data version."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def data_version(self) -> str:
        """Return `<sequence>-<digest>` of the last write, or "" if nothing was ever written.

        The digest chains the content of all writes, so equal versions mean equal data on any database.
        """
        if not inspect(self.engine).has_table(DATA_VERSIONS.name):
            return ""
        with self.engine.connect() as connection:
            return data_version_of(connection)

    def counts(self) -> dict[str, int]:
        """Return the number of records of every layer; `MissingLayers` if the tables are not there."""
        self._require_tables()
        with self.engine.connect() as connection:
            return {
                key: int(connection.execute(select(func.count()).select_from(table)).scalar_one())
                for key, table in LAYER_TABLES.items()
            }

    def read(self, key: str) -> pd.DataFrame:
        """Return all records of a layer as a conforming frame sorted by id (a GeoDataFrame where it has geometry)."""
        layer = layer_of(key)
        self._require_tables()
        with self.engine.connect() as connection:
            return read_layer(connection, layer.key)

    def read_all(self) -> tuple[str, dict[str, pd.DataFrame]]:
        """Return the data version and every layer as of one moment, so that no write comes between."""
        return self.read_since("")

    def read_since(self, version: str) -> tuple[str, dict[str, pd.DataFrame]]:
        """Return the data version and the layers that were written after `version`, as of one moment.

        All layers where it cannot be known which were: `version` is not in this database's history, or a write since
        then did not name its layers.
        """
        self._require_tables()
        with one_moment(self.engine) as connection:
            changed = _written_since(connection, version)
            return data_version_of(connection), {key: read_layer(connection, key) for key in changed}

    def replace(self, frames: Mapping[str, pd.DataFrame], note: str) -> str:
        """Replace the named layers by these records in one transaction and return the new data version.

        Raises `UnknownLayer` and `InvalidRecords` (types, values, geometry, references to other layers); then
        nothing was written.
        """
        checked = {key: conform(key, frames[key]) for key in sorted(frames, key=WRITE_ORDER.index)}
        self._require_tables()
        with writing(self.engine, LAYERS_LOCK) as connection:
            return _replace(connection, checked, note)

    def _require_tables(self) -> None:
        if not inspect(self.engine).has_table(DATA_VERSIONS.name):
            raise MissingLayers("the database has no layer tables")


def replace_layer(connection: Connection, key: str, frame: pd.DataFrame, note: str) -> str:
    """Replace one layer within a transaction that holds `LAYERS_LOCK`; return the new data version.

    Raises as `Store.replace`.
    """
    return _replace(connection, {key: conform(key, frame)}, note)


def _replace(connection: Connection, checked: Mapping[str, pd.DataFrame], note: str) -> str:
    _check_references(connection, checked)
    sequence, chain, _ = _last_version(connection)
    for key, frame in checked.items():
        connection.execute(LAYER_TABLES[key].delete())
        rows = _rows(key, frame)
        if rows:
            connection.execute(insert(LAYER_TABLES[key]), rows)
        chain = _chained(chain, digest(key, frame))
    written = {"sequence": sequence + 1, "digest": chain, "note": note, "layers": " ".join(checked)}
    connection.execute(insert(DATA_VERSIONS).values(written))
    return _version(sequence + 1, chain)


def _written_since(connection: Connection, version: str) -> list[str]:
    """Return the keys of the layers that were written after a version; all where that is not known."""
    number = version.partition("-")[0]
    sequence = int(number) if number.isdecimal() else 0
    columns = DATA_VERSIONS.c
    query = select(columns.sequence, columns.digest, columns.layers).where(columns.sequence >= sequence)
    rows = connection.execute(query.order_by(columns.sequence)).all()
    if not rows or _version(rows[0].sequence, rows[0].digest) != version:
        return list(CATALOG)
    later = rows[1:]
    if any(row.layers is None for row in later):
        return list(CATALOG)
    written = {key for row in later for key in row.layers.split()}
    return [key for key in CATALOG if key in written]


def _version(sequence: int, chain: str) -> str:
    return f"{sequence}-{chain[:12]}"


def _chained(before: str, content: str) -> str:
    return hashlib.sha256(f"{before}{content}".encode()).hexdigest()


def data_version_of(connection: Connection) -> str:
    """Return the data version as a transaction sees it; "" if nothing was ever written."""
    return _last_version(connection)[2]


def _last_version(connection: Connection) -> tuple[int, str, str]:
    # Those columns alone that the tables of every version have: backups are made of older ones too.
    columns = DATA_VERSIONS.c
    query = select(columns.sequence, columns.digest).order_by(columns.sequence.desc()).limit(1)
    row = connection.execute(query).first()
    return (0, "", "") if row is None else (row.sequence, row.digest, _version(row.sequence, row.digest))


def read_layer(connection: Connection, key: str) -> pd.DataFrame:
    """Return a layer as a transaction sees it, as `Store.read` does."""
    layer, table = layer_of(key), LAYER_TABLES[key]
    rows = connection.execute(select(table).order_by(table.c.id)).all()
    frame = pd.DataFrame(rows, columns=[column.name for column in table.columns])
    if layer.geometry is not None:
        shapes = shapely.from_wkb(np.asarray(frame["geometry"], dtype=object))
        frame = gpd.GeoDataFrame(frame.drop(columns="geometry"), geometry=shapes, crs=STORAGE_EPSG)
    return conform(key, frame)


def _rows(key: str, frame: pd.DataFrame) -> list[dict[str, Any]]:
    layer = layer_of(key)
    plain = pd.DataFrame({name: frame[name].astype(object) for name in layer.columns})
    plain = plain.where(plain.notna(), None)
    if layer.geometry is not None:
        plain["geometry"] = shapely.to_wkb(frame.geometry.to_numpy(), byte_order=1)
    return [dict(zip(plain.columns, row, strict=True)) for row in plain.itertuples(index=False)]


def _check_references(connection: Connection, frames: Mapping[str, pd.DataFrame]) -> None:
    """Every reference out of the new records, and every stored reference into them, must find its target."""
    for key, layer in CATALOG.items():
        for field in layer.fields:
            target = field.references
            if target is None or not {key, target} & frames.keys():
                continue
            wanted = _column_values(connection, frames, key, field.name)
            missing = sorted(wanted - _column_values(connection, frames, target, "id"))
            if missing:
                shown = ", ".join(missing[:3])
                raise InvalidRecords(key, [f"{field.name} names records that {target} does not have: {shown}"])


def _column_values(connection: Connection, frames: Mapping[str, pd.DataFrame], key: str, name: str) -> set[str]:
    if key in frames:
        return set(frames[key][name].dropna())
    return {value for (value,) in connection.execute(select(LAYER_TABLES[key].c[name])) if value is not None}
