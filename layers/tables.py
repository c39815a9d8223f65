"""Database tables, derived from the catalogue: one set for SQLite and for PostgreSQL with PostGIS.

Geometry is a PostGIS column on PostgreSQL and well-known binary (WKB) elsewhere, because many Pythons cannot load
SpatiaLite. Either way Python sees plain WKB bytes.
"""

from __future__ import annotations

from typing import Any

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import Boolean, Column, Float, Index, Integer, LargeBinary, MetaData, String, Table
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
    columns = [_column(field) for field in layer.fields]
    if layer.geometry is None:
        return Table(f"layer_{layer.key}", METADATA, *columns)
    name = f"layer_{layer.key}"
    index = Index(f"ix_{name}_geometry", "geometry", postgresql_using="gist").ddl_if(dialect="postgresql")
    return Table(name, METADATA, *columns, Column("geometry", geometry_type(), nullable=False), index)


#: The table of each layer, by layer key.
LAYER_TABLES: dict[str, Table] = {key: _table(layer) for key, layer in CATALOG.items()}

#: One row for every write: its sequence number, the chained digest of what was written, and a note. `layers` are the
#: keys of the layers that it replaced, with blanks between; NULL where that was not written down yet.
DATA_VERSIONS = Table(
    "data_versions",
    METADATA,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("digest", String, nullable=False),
    Column("note", String, nullable=False),
    Column("layers", String),
)
