"""The versions of the tables: which there are, which one a database has, and the steps from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import BLOB, Connection, MetaData, create_engine, event, inspect, text

from layers.tables import METADATA, geometry_type
from webmap.storage.errors import NewerTables, UnknownTables
from webmap.storage.tables import PEOPLE_AND_LOG

#: Every version, oldest first; each is a step in `webmap/storage/migrations`.
VERSIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010")
HEAD = VERSIONS[-1]

_VERSION_TABLE = "alembic_version"
_STEPS = Path(__file__).with_name("migrations")


@dataclass(frozen=True)
class Standing:
    """Which version a database's tables have; None if there are none. `written` says whether it is recorded there."""

    version: str | None
    written: bool

    @property
    def is_present(self) -> bool:
        """Whether the tables need no step to be as this product wants them."""
        return self.version == HEAD and self.written


def standing_of(connection: Connection) -> Standing:
    """Return which version a database's tables have.

    A database made before versions were recorded is known by its columns. Raises `NewerTables` for a version that is
    not in `VERSIONS`, `UnknownTables` if the columns are those of no version.
    """
    written = _written_version(connection)
    if written is None:
        return Standing(_recognised(_columns(connection)), written=False)
    if written not in VERSIONS:
        raise NewerTables(f"the tables have version {written}; this product knows {', '.join(VERSIONS)}")
    return Standing(written, written=True)


def require_columns(connection: Connection) -> None:
    """Raise `UnknownTables` if a table of the present version is missing or lacks a column."""
    present = _columns(connection)
    for metadata in (METADATA, PEOPLE_AND_LOG):
        wanted = {table.name: frozenset(column.name for column in table.columns) for table in metadata.tables.values()}
        _require(present, wanted)


def bring_to(connection: Connection, version: str) -> Standing:
    """Take a database's tables, step by step, to a version that is not older than theirs; return where they stood.

    The steps are part of the transaction of `connection`, which must have begun. Raises as `standing_of`.
    """
    before = standing_of(connection)
    if before == Standing(version, written=True):
        return before
    from alembic.operations import Operations  # noqa: PLC0415  takes long to import, and is rarely needed
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415

    steps = _steps()

    def wanted(present: Any, _context: MigrationContext) -> Any:
        return steps._upgrade_revs(version, present)  # as Alembic's own commands do

    context = MigrationContext.configure(connection, opts={"fn": wanted, "script": steps})
    if before.version is not None and not before.written:
        context.stamp(steps, before.version)
    context.run_migrations(op=Operations(context))
    return before


@cache
def _steps() -> Any:
    """Return the steps from version to version, read from their files once."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    return ScriptDirectory(_STEPS, version_locations=[_STEPS])


@cache
def form_of(version: str) -> MetaData:
    """Return the tables as they are in a version, for reading and writing on either database. Do not change it."""
    memory = create_engine("sqlite://")
    form = MetaData()
    event.listen(form, "column_reflect", _with_geometry)
    with memory.begin() as connection:
        bring_to(connection, version)
        form.reflect(connection)
    memory.dispose()
    form.remove(form.tables[_VERSION_TABLE])
    return form


def drop_tables(connection: Connection, version: str) -> None:
    """Drop the tables of a version with all their records, and what is recorded about the version."""
    form_of(version).drop_all(connection)
    connection.execute(text(f"DROP TABLE IF EXISTS {_VERSION_TABLE}"))


def _with_geometry(_inspector: Any, _table: Any, column: Any) -> None:
    if isinstance(column["type"], BLOB):
        column["type"] = geometry_type()


def _written_version(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_VERSION_TABLE):
        return None
    version: str | None = connection.execute(text(f"SELECT version_num FROM {_VERSION_TABLE}")).scalar()  # noqa: S608
    return version


def _columns(connection: Connection) -> Mapping[str, frozenset[str]]:
    """Return the columns of those tables that have a name of ours."""
    ours = {*METADATA.tables, *PEOPLE_AND_LOG.tables}
    found = inspect(connection).get_multi_columns(filter_names=sorted(ours))
    return {name: frozenset(column["name"] for column in columns) for (_, name), columns in found.items() if columns}


def _recognised(present: Mapping[str, frozenset[str]]) -> str | None:
    if not present:
        return None
    forms = {version: _columns_of(form_of(version)) for version in reversed(VERSIONS)}
    for version, form in forms.items():
        if present.keys() == form.keys() and all(present[table] >= columns for table, columns in form.items()):
            return version
    nearest = min(forms.values(), key=lambda form: len(_pairs(form) ^ _pairs(present)))
    _require(present, nearest)
    raise UnknownTables(f"tables {', '.join(sorted(present))} are together in no version")


def _columns_of(form: MetaData) -> dict[str, frozenset[str]]:
    return {name: frozenset(column.name for column in table.columns) for name, table in form.tables.items()}


def _pairs(form: Mapping[str, frozenset[str]]) -> set[tuple[str, str]]:
    return {(table, column) for table, columns in form.items() for column in columns}


def _require(present: Mapping[str, frozenset[str]], wanted: Mapping[str, frozenset[str]]) -> None:
    for table, columns in wanted.items():
        if table not in present:
            raise UnknownTables(f"there is no table {table}")
        if missing := columns - present[table]:
            raise UnknownTables(f"table {table} has no column {', '.join(sorted(missing))}")
