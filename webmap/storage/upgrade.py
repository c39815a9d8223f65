"""Bringing a database's tables to the form this product wants, and refusing to work with any other."""

from __future__ import annotations

from sqlalchemy import Engine

from layers.engine import LAYERS_LOCK
from webmap.storage.engine import one_moment, writing
from webmap.storage.errors import OutdatedTables
from webmap.storage.versions import HEAD, Standing, bring_to, require_columns, standing_of


def upgrade(engine: Engine) -> Standing:
    """Bring any database to the present version of the tables; return where it stood. Repeating it does no harm.

    An empty database gets all tables (on PostgreSQL the PostGIS extension too), one with tables keeps its records. All
    steps are one transaction: they hold together or not at all. Of several processes at once, one takes the steps and
    the others find them taken. Raises `NewerTables` and `UnknownTables`, and SQLAlchemy's errors; then nothing was
    changed.
    """
    # Layers' lock: nobody replaces layers meanwhile, so that two sets of locks on tables cannot cross.
    with writing(engine, LAYERS_LOCK) as connection:
        before = bring_to(connection, HEAD)
        require_columns(connection)
    return before


def require_present_tables(engine: Engine) -> bool:
    """Return whether there are tables; raise if they are not as this product wants them.

    Raises `OutdatedTables`, `NewerTables` or `UnknownTables`. A database without tables is not wrong, but empty.
    """
    with one_moment(engine) as connection:
        standing = standing_of(connection)
        if standing.version is None:
            return False
        if not standing.is_present:
            raise OutdatedTables(f"the tables have version {standing.version}, not {HEAD}")
        require_columns(connection)
    return True
