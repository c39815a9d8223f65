"""Whatever tables a database has, it ends with the present ones, its records kept; or nothing is changed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.exc import DBAPIError

import webmap.storage.migrations
from layers.store import Store
from layers.tables import METADATA, WkbBinary
from tests.db.conftest import MakeEngine
from tests.db.old_tables import MADE_BEFORE, UNRECORDED, described, make_old_tables, old_people, old_records
from webmap.accounts.accounts import Accounts
from webmap.accounts.roles import Role
from webmap.storage.errors import NewerTables, OutdatedTables, UnknownTables
from webmap.storage.tables import PEOPLE_AND_LOG
from webmap.storage.upgrade import require_present_tables, upgrade
from webmap.storage.versions import HEAD, VERSIONS, bring_to, standing_of


def written_version(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return standing_of(connection).version


def differences(engine: Engine) -> list[tuple[object, ...]]:
    """Return what Alembic would change to make of the database's tables the product's; `described` sees defaults."""

    def is_ours(_thing: object, name: str, kind: str, _reflected: object, _compared: object) -> bool:
        # Alembic does not know that some indexes are for PostGIS alone.
        return not (engine.dialect.name == "sqlite" and kind == "index" and name.endswith("_geometry"))

    options = {
        "target_metadata": [METADATA, PEOPLE_AND_LOG],
        "include_name": lambda name, kind, _parents: not (kind == "table" and name == "spatial_ref_sys"),
        "include_object": is_ours,
        # A geometry's type has no counterpart among the types that are read back; `described` compares it by name.
        "compare_type": lambda _c, _i, _m, _found, wanted: False if isinstance(wanted, WkbBinary) else None,
    }
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, options["target_metadata"]))


def test_every_step_is_known_and_they_are_one_line() -> None:
    (folder,) = webmap.storage.migrations.__path__
    steps = ScriptDirectory(folder, version_locations=[folder])
    assert tuple(step.revision for step in steps.walk_revisions())[::-1] == VERSIONS
    assert steps.get_current_head() == HEAD


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_migrated_tables_are_those_the_product_works_with(make_engine: MakeEngine, kind: str) -> None:
    migrated, created = make_engine(kind), make_engine(kind)
    assert upgrade(migrated).version is None
    assert differences(migrated) == []
    METADATA.create_all(created)
    PEOPLE_AND_LOG.create_all(created)
    assert described(migrated) == described(created)


def test_a_difference_would_be_found(engine: Engine) -> None:
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("DROP INDEX ix_sessions_person_id"))
        connection.execute(text("ALTER TABLE layer_supplies DROP COLUMN demand"))
        connection.execute(text("ALTER TABLE people ADD COLUMN age INTEGER"))
    assert {change[0] for change in differences(engine)} == {"add_index", "add_column", "remove_column"}


@pytest.mark.parametrize("version", MADE_BEFORE)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_step_gives_the_tables_of_its_version(make_engine: MakeEngine, kind: str, version: str) -> None:
    made, stepped = make_engine(kind), make_engine(kind)
    make_old_tables(made, version)
    with stepped.begin() as connection:
        bring_to(connection, version)
    assert described(stepped) == described(made)


@pytest.mark.parametrize("version", UNRECORDED)
def test_a_database_made_before_versions_were_recorded_keeps_its_records(engine: Engine, version: str) -> None:
    make_old_tables(engine, version)
    before = upgrade(engine)
    assert (before.version, before.written) == (version, False)
    assert differences(engine) == []
    assert written_version(engine) == HEAD
    store = Store(engine)
    assert store.data_version() == "1-" + "ab" * 6
    supply = store.read("supplies").iloc[0]
    assert (supply["name"], supply["reserve_hours"]) == ("用煤", 72.25)
    assert supply[["demand", "substitutes_for"]].isna().all()  # unknown, not zero
    route = store.read("coal_routes").iloc[0]
    assert route.geometry.coords[1] == (113, 35.6)
    assert route[["facility_id", "tonnes_per_day"]].isna().all()


@pytest.mark.parametrize("version", ["0003", "0004", "0005"])
def test_people_and_the_log_outlive_the_steps(engine: Engine, version: str) -> None:
    make_old_tables(engine, version)
    before = upgrade(engine)
    assert (before.version, before.written) == (version, True)
    assert differences(engine) == []
    with engine.connect() as connection:
        for name, (row,) in old_people().items():
            kept = connection.execute(select(PEOPLE_AND_LOG.tables[name])).mappings().one()
            assert {column: kept[column] for column in row} == row
    accounts = Accounts(engine)
    assert accounts.people.has_administrator()
    assert accounts.events.latest(10) == []
    accounts.people.activate(accounts.people.named("wang").id, accounts.clock(), by="test")
    accounts.invitations.invite(Role.OBSERVER, accounts.clock(), by="p")
    (event,) = accounts.events.latest(10)
    assert (event.number, event.actor_name, event.action) == (1, "wang", "invited")


def test_upgrading_again_changes_nothing(engine: Engine) -> None:
    upgrade(engine)
    first = described(engine)
    again = upgrade(engine)
    assert again.is_present
    assert described(engine) == first


def test_a_recorded_older_version_goes_on_from_there(engine: Engine) -> None:
    with engine.begin() as connection:
        bring_to(connection, "0002")
    assert upgrade(engine).version == "0002"
    assert differences(engine) == []


def test_a_step_that_fails_leaves_everything_as_it_was(engine: Engine) -> None:
    make_old_tables(engine, "0001")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE elsewhere (x INTEGER)"))
        connection.execute(text("CREATE INDEX ix_layer_coal_routes_source_facility_id ON elsewhere (x)"))
    before = described(engine)
    with pytest.raises(DBAPIError, match="already exists"):
        upgrade(engine)
    assert described(engine) == before
    assert not inspect(engine).has_table("alembic_version")
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE elsewhere"))
    assert upgrade(engine).version == "0001"
    with engine.connect() as connection:
        names = connection.execute(text("SELECT name FROM layer_supplies")).scalars().all()
    assert names == [row["name"] for row in old_records()["layer_supplies"]]


_UPGRADE_AT_THE_SIGN = """
import sys, time
from pathlib import Path
from webmap.storage.engine import open_engine
from webmap.storage.upgrade import upgrade
from webmap.storage.versions import form_of
import alembic.operations, alembic.script
url, sign, here = sys.argv[1:]
Path(here).touch()
while not Path(sign).exists():
    time.sleep(0.001)
print(upgrade(open_engine(url)).version)
"""


def test_of_processes_that_start_at_once_one_takes_the_steps(engine: Engine, tmp_path: Path) -> None:
    url = engine.url.render_as_string(hide_password=False)
    signs = [tmp_path / f"here{number}" for number in range(4)]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", _UPGRADE_AT_THE_SIGN, url, str(tmp_path / "go"), str(here)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            encoding="utf-8",
        )
        for here in signs
    ]
    deadline = time.monotonic() + 60
    while not all(sign.exists() for sign in signs) and time.monotonic() < deadline:
        time.sleep(0.01)
    (tmp_path / "go").touch()
    said = [process.communicate(timeout=60) for process in running]
    assert [process.returncode for process in running] == [0] * 4, said
    assert sorted(out.strip() for out, _ in said) == [HEAD] * 3 + ["None"]
    assert differences(engine) == []


def test_tables_of_a_newer_version_are_left_alone(engine: Engine) -> None:
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = described(engine)
    for look in (upgrade, require_present_tables):
        with pytest.raises(NewerTables, match="9999"):
            look(engine)
    assert described(engine) == before


def test_somebody_elses_tables_are_left_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE people (id INTEGER PRIMARY KEY, age INTEGER)"))
    before = described(engine)
    for look in (upgrade, require_present_tables):
        with pytest.raises(UnknownTables):
            look(engine)
    assert described(engine) == before


def test_only_present_tables_are_worked_with(engine: Engine) -> None:
    assert require_present_tables(engine) is False
    make_old_tables(engine, "0002")
    with pytest.raises(OutdatedTables, match="0002"):
        require_present_tables(engine)
    upgrade(engine)
    assert require_present_tables(engine) is True
