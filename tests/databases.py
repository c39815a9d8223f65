"""SQLite databases with all tables and no row, copied: making the tables takes longer than most tests."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from webmap.storage.engine import open_engine
from webmap.storage.upgrade import upgrade


def empty_tables(path: Path) -> str:
    """Make a database file with the present tables and return its address."""
    path.write_bytes(_made())
    return f"sqlite:///{path}"


@cache
def _made() -> bytes:
    folder = Path(tempfile.mkdtemp(prefix="empty-tables-"))
    path = folder / "database.sqlite"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    made = path.read_bytes()
    shutil.rmtree(folder)
    return made
