"""Database tables, derived from the catalogue: one set for SQLite and for PostgreSQL with PostGIS.

Geometry is a PostGIS column on PostgreSQL and well-known binary (WKB) elsewhere, because many Pythons cannot load
SpatiaLite. Either way Python sees plain WKB bytes.
"""

from __future__ import annotations

from typing import Any

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import Boolean, Column, Float, Index, Integer, LargeBinary, MetaData, String, Table, false
from sqlalchemy.types import TypeDecorator, TypeEngine

from layers.catalog import CATALOG
from layers.crs import STORAGE_EPSG
from layers.schema import Field, Layer

METADATA = MetaData()

_SQL_TYPES: dict[str, type[TypeEngine[Any]]] = {
    "text": String,
    "integer": Integer,
    "number": Float,
    "boolean": Boolean,
}


class WkbBinary(TypeDecorator[bytes]):
    """Geometry as WKB in a binary column (SQLite)."""

    impl = LargeBinary
    cache_ok = True


class WkbGeometry(TypeDecorator[bytes]):
    """Geometry as WKB in Python and as `geometry(..., 4490)` in PostGIS."""

    impl = Geometry
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Any) -> Any:
        """Wrap WKB so that PostGIS takes it with its SRID."""
        return None if value is None else WKBElement(value, srid=STORAGE_EPSG)

    def process_result_value(self, value: Any, dialect: Any) -> bytes | None:
        """Unwrap what PostGIS returns to (E)WKB bytes."""
        return None if value is None else bytes(value.data)


def geometry_type() -> TypeEngine[bytes]:
    """Return the type of a geometry column, right for both databases."""
    postgis = WkbGeometry("GEOMETRY", srid=STORAGE_EPSG, spatial_index=False)
    return WkbBinary().with_variant(postgis, "postgresql")


def _column(field: Field) -> Column[Any]:
    return Column(
        field.name,
        _SQL_TYPES[field.kind](),
        primary_key=field.name == "id",
        nullable=not field.required,
        index=field.references is not None,
    )


def _table(layer: Layer) -> Table:
    name = f"layer_{layer.key}"
    columns = [*map(_column, layer.fields), Column("since", Integer, nullable=False, server_default="0")]
    if layer.geometry is None:
        return Table(name, METADATA, *columns)
    index = Index(f"ix_{name}_geometry", "geometry", postgresql_using="gist").ddl_if(dialect="postgresql")
    return Table(name, METADATA, *columns, Column("geometry", geometry_type(), nullable=False), index)


def _past_table(layer: Layer) -> Table:
    kept: list[Column[Any]] = [
        Column("id", String, primary_key=True),
        Column("since", Integer, primary_key=True, autoincrement=False),
        Column("until", Integer, nullable=False, index=True),
        *(Column(field.name, _SQL_TYPES[field.kind]()) for field in layer.fields if field.name != "id"),
    ]
    if layer.geometry is not None:
        kept.append(Column("geometry", geometry_type()))
    return Table(f"past_{layer.key}", METADATA, *kept)


#: The table of each layer, by layer key: its records now. `since` is the sequence of the write that a record is of.
LAYER_TABLES: dict[str, Table] = {key: _table(layer) for key, layer in CATALOG.items()}

#: Records as they were once: those of the writes from `since` on, before that of the sequence `until`.
PAST_TABLES: dict[str, Table] = {key: _past_table(layer) for key, layer in CATALOG.items()}

#: One row for every write: its sequence number, the chained digest of what was written, and a note. `layers` are the
#: keys of the layers that it wrote, with blanks between; NULL where that was not written down yet, like all that
#: follows: the time (UTC), the author, the kind of the write, and, as JSON, its details and how many records it changed
#: in each layer. `kept` says whether the data can still be read as they were after it.
DATA_VERSIONS = Table(
    "data_versions",
    METADATA,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("digest", String, nullable=False),
    Column("note", String, nullable=False),
    Column("layers", String),
    Column("written_at", String),
    Column("author_id", String),
    Column("author_name", String),
    Column("kind", String),
    Column("detail", String),
    Column("changes", String),
    Column("kept", Boolean, nullable=False, server_default=false()),
)
