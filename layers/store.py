"""The store: layers in a database, SQLite or PostgreSQL with PostGIS, behind one small interface."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

import pandas as pd
from sqlalchemy import Connection, Engine, func, inspect, select

from layers.catalog import CATALOG
from layers.changes import (
    LayerChange,
    LayerLoad,
    change_records,
    replace_layers,
    restore_version,
    stage_loads,
    write_loads,
)
from layers.engine import LAYERS_LOCK, begin_writing, one_moment, open_engine, preparing, writing
from layers.errors import MissingLayers, UnknownVersion
from layers.history import (
    Author,
    DataVersion,
    Written,
    data_version_of,
    kept_sequence_of,
    layers_after,
    sequence_of,
    version_entry,
    versions,
)
from layers.past import LayerDifference, compared, read_layer, read_layer_at, restricted_after
from layers.records import conform, layer_of
from layers.tables import DATA_VERSIONS, LAYER_TABLES

#: What is said of a write of which nothing is said.
_UNSAID = Written(Author(None, ""), "load")


def open_store(database_url: str) -> Store:
    """Open the database at a SQLAlchemy URL (`sqlite:///file`, `postgresql+psycopg://...`).

    The tables are made by whoever owns the database, never here: until then there are `MissingLayers`.
    """
    return Store(open_engine(database_url))


class Store:
    """Reads and writes layers. A write is one transaction and makes a new data version; earlier ones can be read."""

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

    def read_at(self, version: str, keys: Iterable[str] | None = None) -> dict[str, pd.DataFrame]:
        """Return the layers (all, or those of `keys`) as they were after the write of that version, as `read` does.

        Raises `UnknownVersion`, and `VersionNotKept` for one that was written before versions were kept.
        """
        wanted = list(CATALOG) if keys is None else [layer_of(key).key for key in keys]
        self._require_tables()
        with one_moment(self.engine) as connection:
            sequence = kept_sequence_of(connection, version)
            return {key: read_layer_at(connection, key, sequence) for key in wanted}

    def restricted_after(self, version: str, key: str) -> frozenset[str]:
        """Return the ids of a layer's records that were restricted after a version, and were changed or removed since.

        Empty for a layer without restricted records. Raises `UnknownVersion`.
        """
        self._require_tables()
        with one_moment(self.engine) as connection:
            return restricted_after(connection, layer_of(key).key, sequence_of(connection, version))

    def written_between(self, one: str, other: str) -> frozenset[str] | None:
        """Return the keys of the layers that were written between two versions, whichever is the earlier.

        None where that is not known. Raises `UnknownVersion`.
        """
        self._require_tables()
        with one_moment(self.engine) as connection:
            low, high = sorted((sequence_of(connection, one), sequence_of(connection, other)))
            written = layers_after(connection, low, high)
        return None if written is None else frozenset(written)

    def history(self, limit: int = 50, before: str | int | None = None) -> list[DataVersion]:
        """Return the last versions, newest first; with `before` (a version, or its sequence) those that precede it.

        Empty if nothing was ever written. Raises `UnknownVersion`.
        """
        self._require_tables()
        with one_moment(self.engine) as connection:
            sequence = sequence_of(connection, before) if isinstance(before, str) else before
            return versions(connection, limit, sequence)

    def version(self, version: str) -> DataVersion:
        """Return who wrote a version, when and why; raises `UnknownVersion`."""
        self._require_tables()
        with one_moment(self.engine) as connection:
            return version_entry(connection, version)

    def compare(self, one: str, other: str, limit: int = 100) -> dict[str, LayerDifference]:
        """Return what is different in the version `other` from `one`, by layer, with at most `limit` ids of each kind.

        Layers without a difference are left out. Raises `UnknownVersion` and `VersionNotKept`.
        """
        self._require_tables()
        with one_moment(self.engine) as connection:
            return compared(connection, one, other, limit)

    def replace(self, frames: Mapping[str, pd.DataFrame], note: str, written: Written | None = None) -> str:
        """Replace the named layers by these records in one transaction and return the new data version.

        Raises `UnknownLayer` and `InvalidRecords` (types, values, geometry, references to other layers); then
        nothing was written.
        """
        checked = {key: conform(key, frame) for key, frame in frames.items()}
        self._require_tables()
        with writing(self.engine, LAYERS_LOCK) as connection:
            return replace_layers(connection, checked, replace(written or _UNSAID, note=note))

    def change(self, changes: Mapping[str, LayerChange], written: Written, *, base: str | None) -> str:
        """Write and remove single records in one transaction and return the new data version.

        Raises `StaleVersion` if one of these records was changed by others after the data version `base`; with None
        nobody asks. Raises `UnknownVersion`, `UnknownLayer` and `InvalidRecords` (as `replace`, and for records to
        remove that are not there). Then nothing was written.
        """
        known = {layer_of(key).key: change for key, change in changes.items()}
        self._require_tables()
        with writing(self.engine, LAYERS_LOCK) as connection:
            return change_records(connection, known, written, base)

    def load(
        self,
        parts: Iterable[LayerLoad],
        written: Written,
        *,
        base: str | None = None,
        progress: Callable[[int], object] | None = None,
    ) -> str:
        """Write streams of records, of one layer each, in one transaction and return the new data version.

        The memory does not grow with their number, and until all have come nobody is kept from writing. `progress` is
        told how many have come so far; what it raises ends the load. With `base` there is `StaleVersion` if one of the
        layers was written after that data version. Raises `UnknownVersion`, `UnknownLayer` and `InvalidRecords` (as
        `replace`, and for an id that comes twice), and what the streams raise. Then nothing was written.
        """
        self._require_tables()
        with preparing(self.engine) as connection:
            modes, contents = stage_loads(connection, parts, progress)
            begin_writing(connection, LAYERS_LOCK)
            return write_loads(connection, modes, contents, written, base)

    def restore(self, version: str, written: Written, *, base: str | None = None) -> str:
        """Make all layers what they were after the write of that version, as a new data version, and return it.

        What came in between stays in the history; `BEFORE_ALL` leaves no record. With `base` there is `StaleVersion` if
        anything was written after that data version. Raises `UnknownVersion` and `VersionNotKept`. Then nothing was
        written.
        """
        self._require_tables()
        with writing(self.engine, LAYERS_LOCK) as connection:
            return restore_version(connection, version, written, base)

    def _require_tables(self) -> None:
        if not inspect(self.engine).has_table(DATA_VERSIONS.name):
            raise MissingLayers("the database has no layer tables")


def replace_layer(connection: Connection, key: str, frame: pd.DataFrame, written: Written) -> str:
    """Replace one layer within a transaction that holds `LAYERS_LOCK`; return the new data version.

    Raises as `Store.replace`.
    """
    return replace_layers(connection, {key: conform(key, frame)}, written)


def _written_since(connection: Connection, version: str) -> Collection[str]:
    """Return the keys of the layers that were written after a version; all where that is not known."""
    try:
        written = layers_after(connection, sequence_of(connection, version))
    except UnknownVersion:
        return list(CATALOG)
    return [key for key in CATALOG if written is None or key in written]
