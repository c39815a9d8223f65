"""The database as commands meet it: there or not, with data or without."""

from __future__ import annotations

from layers.errors import MissingLayers
from layers.store import Store, open_store
from webmap.settings import Settings
from webmap.storage.upgrade import require_present_tables


def opened_store(settings: Settings) -> Store:
    """Return the store of a database that holds data; raises `MissingLayers`, and SQLAlchemy's errors.

    Raises `OutdatedTables` and its like if the tables are not as this version wants them.

    A SQLite file that is not there is not created: that is what `webmap init` is for.
    """
    path = settings.sqlite_path
    if path is not None and not path.exists():
        raise MissingLayers(f"no database file {path}")
    store = open_store(settings.database_url)
    if not require_present_tables(store.engine) or not store.data_version():
        raise MissingLayers("the tables are empty")
    return store
