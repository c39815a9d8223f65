"""Titles of layers and columns, and provenance, in the tables that the GeoPackage standard has for them.

OGC 12-128r18, annexes F.8 (metadata) and F.9 (schema: `gpkg_data_columns`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from webmap.exports.tables import in_language
from webmap.languages import Language
from webmap.reports.files.tables import ReportColumn, integer

_DATA_COLUMNS = """\
CREATE TABLE IF NOT EXISTS gpkg_data_columns (
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  name TEXT,
  title TEXT,
  description TEXT,
  mime_type TEXT,
  constraint_name TEXT,
  CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name))"""
_CONSTRAINTS = """\
CREATE TABLE IF NOT EXISTS gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL,
  constraint_type TEXT NOT NULL,
  value TEXT,
  min NUMERIC,
  min_is_inclusive BOOLEAN,
  max NUMERIC,
  max_is_inclusive BOOLEAN,
  description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value))"""
_METADATA = """\
CREATE TABLE IF NOT EXISTS gpkg_metadata (
  id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL,
  md_scope TEXT NOT NULL DEFAULT 'dataset',
  md_standard_uri TEXT NOT NULL,
  mime_type TEXT NOT NULL DEFAULT 'text/xml',
  metadata TEXT NOT NULL DEFAULT '')"""
_REFERENCES = """\
CREATE TABLE IF NOT EXISTS gpkg_metadata_reference (
  reference_scope TEXT NOT NULL,
  table_name TEXT,
  column_name TEXT,
  row_id_value INTEGER,
  timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  md_file_id INTEGER NOT NULL,
  md_parent_id INTEGER,
  CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
  CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id))"""
_EXTENSIONS = (
    ("gpkg_data_columns", "gpkg_schema", "http://www.geopackage.org/spec121/#extension_schema"),
    ("gpkg_data_column_constraints", "gpkg_schema", "http://www.geopackage.org/spec121/#extension_schema"),
    ("gpkg_metadata", "gpkg_metadata", "http://www.geopackage.org/spec121/#extension_metadata"),
    ("gpkg_metadata_reference", "gpkg_metadata", "http://www.geopackage.org/spec121/#extension_metadata"),
)
#: Dublin Core's terms: the nearest published vocabulary to what the JSON document says.
_STANDARD = "http://purl.org/dc/terms/"
#: Columns that every layer has beside its own.
_MARKS = (
    integer("synthetic", "示例数据", "Sample data"),
    integer("drill", "演练", "Drill"),
)


@dataclass(frozen=True)
class Described:
    """A layer or table with its title and columns."""

    key: str
    title: str
    columns: tuple[ReportColumn, ...]


def describe(
    connection: sqlite3.Connection,
    described: Iterable[Described],
    language: Language,
    head: str,
    provenance: Mapping[str, Any],
    stamp: str,
) -> None:
    """Write titles and provenance; `stamp` (UTC) replaces the times of writing, so that content alone decides.

    `head` names the incident with its marks. It becomes part of every layer's description.
    """
    for statement in (_DATA_COLUMNS, _CONSTRAINTS, _METADATA, _REFERENCES):
        connection.execute(statement)
    _register(connection)
    for item in described:
        connection.execute(
            "UPDATE gpkg_contents SET identifier = ?, description = ?, last_change = ? WHERE table_name = ?",
            (item.title, _description(head, item.title, provenance, language), stamp, item.key),
        )
        _titles(connection, item, language)
    text = json.dumps(provenance, ensure_ascii=False, sort_keys=True)
    cursor = connection.execute(
        "INSERT INTO gpkg_metadata (md_scope, md_standard_uri, mime_type, metadata) VALUES (?, ?, ?, ?)",
        ("dataset", _STANDARD, "application/json", text),
    )
    connection.execute(
        "INSERT INTO gpkg_metadata_reference (reference_scope, timestamp, md_file_id) VALUES ('geopackage', ?, ?)",
        (stamp, cursor.lastrowid),
    )


def _register(connection: sqlite3.Connection) -> None:
    connection.execute(
        """CREATE TABLE IF NOT EXISTS gpkg_extensions (
           table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
           scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))"""
    )
    present = {row[0] for row in connection.execute("SELECT table_name FROM gpkg_extensions")}
    rows = [(table, name, definition) for table, name, definition in _EXTENSIONS if table not in present]
    connection.executemany("INSERT INTO gpkg_extensions VALUES (?, NULL, ?, ?, 'read-write')", rows)


def titles_of(item: Described, language: Language) -> dict[str, str]:
    """Return the titles of the columns by name; a title that stands for another column already is left out."""
    titles: dict[str, str] = {}
    for column in (*item.columns, *_MARKS):
        title = in_language(column.title, language)
        if title not in titles.values():
            titles[column.name] = title
    return titles


def _titles(connection: sqlite3.Connection, item: Described, language: Language) -> None:
    present = {row[1] for row in connection.execute(f'PRAGMA table_info("{item.key}")')}
    rows = [(item.key, name, title, title) for name, title in titles_of(item, language).items() if name in present]
    connection.executemany(
        "INSERT OR REPLACE INTO gpkg_data_columns (table_name, column_name, name, title) VALUES (?, ?, ?, ?)", rows
    )


def _description(head: str, title: str, provenance: Mapping[str, Any], language: Language) -> str:
    plan, version = provenance["plan"]["title"], provenance["data_version"]
    if language == "zh":
        known = f"截至 {provenance['at']}，依据日志第 1 至 {provenance['known_entry']} 条"
        return f"{head}：{title}。{known}；预案：{plan}；数据版本：{version}。"
    known = f"As of {provenance['at']}, from entries 1 to {provenance['known_entry']} of the log"
    return f"{head}: {title}. {known}; plan: {plan}; data version: {version}."
