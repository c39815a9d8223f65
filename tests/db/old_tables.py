"""Databases as older versions of the product made them: by their own statements, written down in `made_before/`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from shapely import LineString, Point, to_wkb
from sqlalchemy import Engine, insert, inspect, text

from webmap.storage.versions import form_of

#: The versions that did not record which they are.
UNRECORDED = ("0001", "0002")
#: All versions before the present one.
MADE_BEFORE = (*UNRECORDED, "0003", "0004", "0005", "0006", "0007")

_MADE_BEFORE = Path(__file__).with_name("made_before")


def make_old_tables(engine: Engine, version: str) -> None:
    """Create the tables as that version did, with a few records of a user."""
    statements = (_MADE_BEFORE / f"{version}.{engine.dialect.name}.sql").read_text(encoding="utf-8")
    with engine.begin() as connection:
        for statement in statements.split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)
        tables = form_of(version).tables
        for name, rows in {**old_records(), **(old_people() if "people" in tables else {})}.items():
            connection.execute(insert(tables[name]), rows)
        if version not in UNRECORDED:
            connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
            connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": version})


def old_records() -> dict[str, list[dict[str, Any]]]:
    """Return one record each for what later versions changed, in the columns that every version has."""
    source = {"provenance": "synthetic", "source": "用户"}
    plant = {"id": "plant", "name": "热电厂", **source, "category": "utility", "restricted": False, "people": None}
    coal = {"id": "plant-coal", "name": "用煤", **source, "facility_id": "plant", "commodity": "coal", "node_id": None}
    route = {"id": "route", "name": "运煤路", **source, "speed_kph": 40.5, "closed": False}
    return {
        "layer_facilities": [{**plant, "source_node": None, "geometry": to_wkb(Point(112.83, 35.51), byte_order=1)}],
        "layer_supplies": [{**coal, "reserve_hours": 72.25, "required": True}],
        "layer_coal_routes": [{**route, "geometry": to_wkb(LineString([(112.8, 35.5), (113, 35.6)]), byte_order=1)}],
        "data_versions": [{"sequence": 1, "digest": "ab" * 32, "note": "own data"}],
    }


def old_people() -> dict[str, list[dict[str, Any]]]:
    """Return an administrator and an incident with one entry, in the columns of version 0003."""
    at = "2026-01-12T00:00:00Z"
    person = {"id": "p", "name": "wang", "display_name": "王", "password_hash": "$argon2id$x", "created_at": at}
    grant = {"person_id": "p", "role": "administrator", "plan": "", "granted_by": "webmap people", "granted_at": at}
    incident = {"id": "i", "plan": "energy-chengqu", "drill": True, "name": "演练", "opened_at": at, "opened_by": "p"}
    entry = {"incident_id": "i", "number": 1, "kind": "note", "happened_at": at, "happened_utc": at, "written_at": at}
    author = {"author_id": "p", "author_name": "王", "body": "{}", "previous_hash": "", "hash": "h"}
    return {
        "people": [person],
        "grants": [grant],
        "incidents": [{**incident, "length": 1, "last_hash": "h"}],
        "entries": [{**entry, **author}],
    }


def described(engine: Engine) -> dict[str, Any]:
    """Return everything about the tables that the database itself knows, but for the order of columns."""
    inspector = inspect(engine)
    named = [name for name in inspector.get_table_names() if name not in ("spatial_ref_sys", "alembic_version")]
    return {
        name: {
            "columns": {
                column["name"]: (str(column["type"]), column["nullable"], column["default"])
                for column in inspector.get_columns(name)
            },
            "primary key": str(inspector.get_pk_constraint(name)),
            "references": sorted(map(str, inspector.get_foreign_keys(name))),
            "unique": sorted(map(str, inspector.get_unique_constraints(name))),
            "indexes": sorted(map(str, inspector.get_indexes(name))),
        }
        for name in named
    }
