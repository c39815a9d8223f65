"""Every write of layers can be read again and undone; imports of files, their mappings, and drafts of edits.

An incident knows the data that it was opened on; of earlier ones nobody wrote it down.
"""

from __future__ import annotations

from typing import Any

from alembic.operations import Operations
from geoalchemy2 import Geometry
from sqlalchemy import BigInteger, Boolean, Column, Float, Integer, LargeBinary, PrimaryKeyConstraint, String, false

revision = "0010"
down_revision = "0009"

_TYPES = {"t": String, "n": Float, "i": Integer, "b": Boolean}
_AREA = "code:t county_code:t kind:t population:i households:i boundary_quality:t"
_LINE = "network:t kind:t from_node:t to_node:t in_service:b voltage_kv:n diameter_mm:n capacity:n"
_SWITCH = "network:t kind:t normally_open:b in_service:b"
_SERVED = "demand_kw:n demand_m3_per_h:n customers:i population:i vulnerable_people:i"
_SUPPLY = "facility_id:t commodity:t node_id:t reserve_hours:n required:b demand:n substitutes_for:t"
_ROUTE = "speed_kph:n closed:b facility_id:t source_facility_id:t tonnes_per_day:n"
_CONTACT = "facility_id:t township_code:t unit:t role:t person:t phone:t email:t restricted:b"
#: The columns of every layer beside those that all have, and whether it has geometry.
_LAYERS = {
    "counties": (_AREA, True),
    "townships": (_AREA, True),
    "network_nodes": (f"{_SWITCH} {_SERVED}", True),
    "network_lines": (_LINE, True),
    "facilities": ("category:t restricted:b people:i source_node:t", True),
    "supplies": (_SUPPLY, False),
    "coal_routes": (_ROUTE, True),
    "roads": ("speed_kph:n closed:b", True),
    "sites": ("kind:t status:t capacity:n cost:n", True),
    "contacts": (_CONTACT, False),
}
_IMPORT = ("layer", "source_table", "base_version", "committed_version", "plan", "source", "report", "progress")
_IMPORT_LATER = ("failure", "claimed_by", "claimed_at", "note", "asked_by", "asker_name")


def upgrade(op: Operations) -> None:
    """Add the columns and create the tables. What is there now is the last version, and the first that is kept."""
    for key, (columns, has_geometry) in _LAYERS.items():
        op.add_column(f"layer_{key}", Column("since", Integer, nullable=False, server_default="0"))
        op.execute(f"UPDATE layer_{key} SET since = COALESCE((SELECT MAX(sequence) FROM data_versions), 0)")  # noqa: S608
        _create_past(op, key, columns, has_geometry=has_geometry)
    for name in ("written_at", "author_id", "author_name", "kind", "detail", "changes"):
        op.add_column("data_versions", Column(name, String))
    op.add_column("data_versions", Column("kept", Boolean, nullable=False, server_default=false()))
    last = "SELECT MAX(sequence) FROM data_versions"
    yes = "true" if op.get_bind().dialect.name == "postgresql" else "1"
    op.execute(f"UPDATE data_versions SET kept = {yes} WHERE sequence = ({last})")  # noqa: S608
    op.add_column("incidents", Column("data_version", String))
    _create_imports(op)
    _create_drafts(op)


def _create_past(op: Operations, key: str, columns: str, *, has_geometry: bool) -> None:
    """Create the table of the records of a layer that were superseded."""
    pairs = [pair.split(":") for pair in columns.split()]
    shape: list[Column[Any]] = []
    if has_geometry:
        on_postgis = op.get_bind().dialect.name == "postgresql"
        kind = Geometry("GEOMETRY", srid=4490, spatial_index=False) if on_postgis else LargeBinary()
        shape = [Column("geometry", kind, nullable=True)]
    op.create_table(
        f"past_{key}",
        Column("id", String, nullable=False),
        Column("since", Integer, nullable=False, autoincrement=False),
        Column("until", Integer, nullable=False),
        *(_text(name, nullable=True) for name in ("name", "provenance", "source")),
        *(Column(name, _TYPES[kind]()) for name, kind in pairs),
        *shape,
        PrimaryKeyConstraint("id", "since"),
    )
    op.create_index(f"ix_past_{key}_until", f"past_{key}", ["until"])


def _create_imports(op: Operations) -> None:
    op.create_table(
        "imports",
        *map(_text, ("id", "state", "file_name", "file_sha256")),
        Column("file_bytes", BigInteger, nullable=False),
        *(_text(name, nullable=True) for name in _IMPORT),
        Column("cancel_wanted", Boolean, nullable=False, server_default=false()),
        *(_text(name, nullable=True) for name in _IMPORT_LATER),
        *map(_text, ("created_at", "created_by", "author_name", "updated_at")),
        PrimaryKeyConstraint("id", name="pk_imports"),
    )
    for column in ("created_at", "state"):
        op.create_index(f"ix_imports_{column}", "imports", [column])
    op.create_table(
        "import_mappings",
        *map(_text, ("name", "layer", "plan", "created_by", "author_name", "updated_at")),
        PrimaryKeyConstraint("name", name="pk_import_mappings"),
    )


def _create_drafts(op: Operations) -> None:
    op.create_table(
        "data_drafts",
        *map(_text, ("id", "name", "person_id", "author_name", "base_version", "operations", "touched")),
        *(Column(name, Integer, nullable=False) for name in ("length", "revision")),
        *map(_text, ("state", "created_at", "updated_at")),
        _text("committed_version", nullable=True),
        PrimaryKeyConstraint("id", name="pk_data_drafts"),
    )
    op.create_index("ix_data_drafts_person_id", "data_drafts", ["person_id"])


def _text(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, String, nullable=nullable)
