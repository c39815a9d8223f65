"""What tests of several rooms need: a real PostGIS and a real browser, never a stand-in and never a skip."""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import sqlalchemy
from sqlalchemy import URL, make_url, text

from tools.debian import find_geopackage_check

# A busy machine must not fail a property by its clock; where every run is to be alike, the examples are too.
hypothesis.settings.register_profile("steady", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("steady")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    if config.getoption("dist") != "loadfile":
        return None
    from tests.side_by_side import FilesThatShare  # noqa: PLC0415  asked for by pytest-xdist alone

    return FilesThatShare(config, log)


_MAKE_TEST = "`make test` 会准备好一切 (`make test` provides everything)"


def _execute(server: str | URL, *statements: str) -> None:
    """Run statements outside of a transaction, as CREATE DATABASE asks for."""
    engine = sqlalchemy.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sqlalchemy.NullPool)
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def _drop(server: str, name: str) -> None:
    _execute(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def postgis_url() -> str:
    """Address of a PostgreSQL server with PostGIS on which databases may be created: TEST_DATABASE_URL."""
    url = os.environ.get("TEST_DATABASE_URL")
    if not url:
        pytest.fail(
            "TEST_DATABASE_URL 未设置：这个测试需要 PostGIS；" + _MAKE_TEST + "；单独运行："
            " .venv/bin/python -m tools.postgis .venv/bin/pytest …",
            pytrace=False,
        )
    return url


@pytest.fixture(scope="session")
def postgis_template(postgis_url: str) -> Iterator[str]:
    """Name of an empty database with the extension, copied for each module; making the extension anew is slow."""
    name = f"webmap_template_{uuid.uuid4().hex[:12]}"
    _execute(postgis_url, f'CREATE DATABASE "{name}"')
    try:
        _execute(make_url(postgis_url).set(database=name), "CREATE EXTENSION IF NOT EXISTS postgis")
        yield name
    finally:
        _drop(postgis_url, name)


@contextmanager
def fresh_database(server: str, template: str) -> Iterator[str]:
    """Make a copy of a database under a name of its own, yield its address, and drop it."""
    name = f"webmap_{uuid.uuid4().hex[:12]}"
    _execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        _drop(server, name)


@pytest.fixture(scope="session")
def upgraded_postgis(postgis_url: str, postgis_template: str) -> Iterator[str]:
    """Name of a database with all tables and no row, to be copied: making them takes longer than most tests."""
    with fresh_database(postgis_url, postgis_template) as url:
        # Not every test needs the product's tables.
        from webmap.storage.engine import open_engine  # noqa: PLC0415
        from webmap.storage.upgrade import upgrade  # noqa: PLC0415

        engine = open_engine(url)
        upgrade(engine)
        engine.dispose()
        yield str(make_url(url).database)


@pytest.fixture(scope="module")
def postgis_with_tables(postgis_url: str, upgraded_postgis: str) -> Iterator[str]:
    """Address of a PostGIS database of this test module's own with all tables and no row."""
    with fresh_database(postgis_url, upgraded_postgis) as url:
        yield url


@pytest.fixture(scope="module")
def fresh_postgis_url(postgis_url: str, postgis_template: str) -> Iterator[str]:
    """Address of an empty PostGIS database of this test module's own, dropped after its last test."""
    with fresh_database(postgis_url, postgis_template) as url:
        yield url


@pytest.fixture
def new_postgis_url(postgis_url: str, postgis_template: str) -> Iterator[Callable[[], str]]:
    """What makes an empty PostGIS database at every call and returns its address; dropped after the test."""
    with ExitStack() as databases:
        yield lambda: databases.enter_context(fresh_database(postgis_url, postgis_template))


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Path of the Chromium that browser tests drive: CHROMIUM's, or the one on PATH."""
    wanted = os.environ.get("CHROMIUM") or "chromium"
    found = shutil.which(wanted)
    if found is None:
        pytest.fail(f"找不到浏览器 {wanted}：设置 CHROMIUM=/path/to/chromium；" + _MAKE_TEST, pytrace=False)
    return found


@pytest.fixture(scope="session")
def soffice_path() -> str:
    """Path of the LibreOffice that opens Word files in tests: SOFFICE's, or the one on PATH."""
    wanted = os.environ.get("SOFFICE") or "soffice"
    found = shutil.which(wanted)
    if found is None:
        pytest.fail(f"找不到 LibreOffice {wanted}：设置 SOFFICE=/path/to/soffice；" + _MAKE_TEST, pytrace=False)
    return found


@pytest.fixture(scope="session")
def geopackage_check() -> str:
    """Path of GDAL's script that checks GeoPackages against the standard: VALIDATE_GPKG's, or Debian's."""
    found = find_geopackage_check(os.environ)
    if found is None:
        pytest.fail("找不到 validate_gpkg.py：设置 VALIDATE_GPKG；" + _MAKE_TEST, pytrace=False)
    return found


@pytest.fixture(scope="session")
def oracles_python() -> Path:
    """Path of the Python that has the libraries whose answers ours are compared with: `.venv-oracles`."""
    python = Path(__file__).resolve().parents[1] / ".venv-oracles" / "bin" / "python"
    if not python.exists():
        pytest.fail("没有 .venv-oracles：" + _MAKE_TEST, pytrace=False)
    return python
