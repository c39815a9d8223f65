"""Databases for tests that must hold on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.conftest import fresh_database
from tests.databases import empty_tables
from webmap.storage.engine import open_engine

#: Makes an empty database of the kind asked for and opens it.
MakeEngine = Callable[[str], Engine]


@pytest.fixture
def make_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeEngine]:
    with ExitStack() as opened:

        def make(kind: str) -> Engine:
            if kind == "sqlite":
                url = f"sqlite:///{tmp_path / f'database{len(made)}.sqlite'}"
            else:
                url = request.getfixturevalue("new_postgis_url")()
            engine = open_engine(url)
            made.append(engine)
            opened.callback(engine.dispose)
            return engine

        made: list[Engine] = []
        yield make


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, make_engine: MakeEngine) -> Engine:
    """An empty database, once of each kind."""
    return make_engine(request.param)


@pytest.fixture(params=["sqlite", "postgresql"])
def upgraded_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database of its own with all tables and no row, once of each kind: for modules that are not about upgrades."""
    with ExitStack() as opened:
        if request.param == "sqlite":
            url = empty_tables(tmp_path / "upgraded.sqlite")
        else:
            server, template = map(request.getfixturevalue, ("postgis_url", "upgraded_postgis"))
            url = opened.enter_context(fresh_database(server, template))
        engine = open_engine(url)
        opened.callback(engine.dispose)
        yield engine
