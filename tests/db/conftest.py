"""Databases for tests that must hold on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import Engine

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
