"""Layers and data versions, as they were when a supply had neither a demand nor a substitute."""

from __future__ import annotations

from typing import Any

from alembic.operations import Operations
from geoalchemy2 import Geometry
from sqlalchemy import Boolean, Column, Float, Integer, LargeBinary, String

revision = "0001"
down_revision = None


def upgrade(op: Operations) -> None:
    """Create the tables; on PostgreSQL the PostGIS extension too."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    for name in ("counties", "townships"):
        _layer(op, name, *_administrative_columns())
    _layer(op, "roads", _number("speed_kph"), _flag("closed"))
    _layer(op, "coal_routes", _number("speed_kph"), _flag("closed"))
    _layer(op, "network_lines", *_line_columns())
    _layer(op, "network_nodes", *_node_columns())
    _layer(op, "sites", _text("kind"), _text("status"), _number("capacity"), _number("cost"))
    _layer(op, "facilities", *_facility_columns())
    op.create_table("layer_supplies", *_common(), *_supply_columns())
    op.create_table(
        "data_versions",
        Column("sequence", Integer, primary_key=True, autoincrement=False),
        _text("digest"),
        _text("note"),
    )
    for layer, column in (
        ("network_lines", "from_node"),
        ("network_lines", "to_node"),
        ("facilities", "source_node"),
        ("supplies", "facility_id"),
        ("supplies", "node_id"),
    ):
        op.create_index(f"ix_layer_{layer}_{column}", f"layer_{layer}", [column])


def _layer(op: Operations, key: str, *columns: Column[Any]) -> None:
    """Create the table of a layer with geometry: a PostGIS column with its index there, WKB in SQLite."""
    name = f"layer_{key}"
    on_postgis = op.get_bind().dialect.name == "postgresql"
    shape = Geometry("GEOMETRY", srid=4490, spatial_index=False) if on_postgis else LargeBinary()
    op.create_table(name, *_common(), *columns, Column("geometry", shape, nullable=False))
    if on_postgis:
        op.create_index(f"ix_{name}_geometry", name, ["geometry"], postgresql_using="gist")


def _text(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, String, nullable=nullable)


def _number(name: str) -> Column[Any]:
    return Column(name, Float, nullable=True)


def _count(name: str) -> Column[Any]:
    return Column(name, Integer, nullable=True)


def _flag(name: str) -> Column[Any]:
    return Column(name, Boolean, nullable=False)


def _common() -> list[Column[Any]]:
    return [Column("id", String, primary_key=True), _text("name"), _text("provenance"), _text("source")]


def _administrative_columns() -> list[Column[Any]]:
    codes = [_text("code"), _text("county_code"), _text("kind")]
    return [*codes, _count("population"), _count("households"), _text("boundary_quality")]


def _line_columns() -> list[Column[Any]]:
    ends = [_text("network"), _text("kind"), _text("from_node"), _text("to_node"), _flag("in_service")]
    return [*ends, _number("voltage_kv"), _number("diameter_mm"), _number("capacity")]


def _node_columns() -> list[Column[Any]]:
    switch = [_text("network"), _text("kind"), _flag("normally_open"), _flag("in_service")]
    served = [_count("customers"), _count("population"), _count("vulnerable_people")]
    return [*switch, _number("demand_kw"), _number("demand_m3_per_h"), *served]


def _facility_columns() -> list[Column[Any]]:
    return [_text("category"), _flag("restricted"), _count("people"), _text("source_node", nullable=True)]


def _supply_columns() -> list[Column[Any]]:
    ends = [_text("facility_id"), _text("commodity"), _text("node_id", nullable=True)]
    return [*ends, _number("reserve_hours"), _flag("required")]
