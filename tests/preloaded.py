"""What the processes of `tests.forked` have imported when they begin: all that takes long."""

from __future__ import annotations

from importlib import import_module

from tests.db import log_writers
from webmap.cli import COMMANDS

#: Commands import the rest when they run; here it is imported before.
LATE = (
    "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite.pysqlite",
    "layers.sample",
    "layers.store",
    "priority.assessment",
    "priority.protection.lists",
    "priority.restoration.plan",
    "webmap.accounts.accounts",
    "webmap.incidents.journal",
    "webmap.storage.backup",
    "webmap.storage.upgrade",
)
MODULES = (
    log_writers,
    *(import_module(name) for name in LATE),
    *(import_module(f"webmap.cli.{key}") for key in COMMANDS),
)
