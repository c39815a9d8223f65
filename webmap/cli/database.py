"""The database as commands meet it: there or not, with data or without."""

from __future__ import annotations

from sqlalchemy import Engine

from layers.errors import MissingLayers
from layers.store import Store
from webmap.cli.failures import CommandFailed
from webmap.settings import Settings
from webmap.storage.engine import open_engine
from webmap.storage.upgrade import require_present_tables


def opened_store(settings: Settings) -> Store:
    """Return the store of a database that holds data; raises `MissingLayers`, and SQLAlchemy's errors.

    Raises `OutdatedTables` and its like if the tables are not as this version wants them.

    A SQLite file that is not there is not created: that is what `webmap init` is for.
    """
    store = store_with_tables(settings)
    if not store.data_version():
        raise MissingLayers("the tables are empty")
    return store


def store_with_tables(settings: Settings) -> Store:
    """Return the store of a database that has its tables, with records or without; raises as `opened_store`."""
    store = Store(engine_with_file(settings))
    if not require_present_tables(store.engine):
        raise MissingLayers("there are no tables")
    return store


def engine_with_file(settings: Settings) -> Engine:
    """Return the engine of the database; raises `MissingLayers` for a SQLite file that is not there."""
    path = settings.sqlite_path
    if path is not None and not path.exists():
        raise MissingLayers(f"no database file {path}")
    return open_engine(settings.database_url)


def make_folders(settings: Settings) -> None:
    """Make the state folder and a SQLite file's; raises `CommandFailed` if that cannot be."""
    path = settings.sqlite_path
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandFailed(
            f"目录无法建立 (the folder cannot be made): {error.filename}: {error.strerror}",
            "设置可写的 WEBMAP_HOME (set WEBMAP_HOME to a folder that you may write)",
        ) from None
