"""Errors of the database's tables and of backups, as nouns."""

from __future__ import annotations

from pathlib import Path

#: As SQLite and PostgreSQL say that there is no room left.
_FULL = ("disk is full", "disk full", "no space left")


class StorageError(Exception):
    """Base of all errors that `webmap.storage` raises on purpose."""


class OutdatedTables(StorageError):
    """The tables have the form of an older version of the product; `webmap init` brings them to the present one."""


class NewerTables(StorageError):
    """The tables were made by a newer version of the product than this one."""


class UnknownTables(StorageError):
    """There are tables of the product's names, but in the form of none of its versions."""


class UnusableBackup(StorageError):
    """A file is no backup, is damaged, or was made by a newer version; `problem` says which."""

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        self.problem = problem
        super().__init__(f"{path}: {problem}")


class DatabaseNotEmpty(StorageError):
    """A backup was to be loaded into a database that holds records; `tables` names those that do."""

    def __init__(self, tables: list[str]) -> None:
        self.tables = tables
        super().__init__(f"there are records in {', '.join(tables)}")


class DamagedDatabase(StorageError):
    """A SQLite file contradicts itself or cannot be copied; a backup of it would be worth nothing."""


def is_disk_full(error: BaseException) -> bool:
    """Whether a database could not write because its disk is full."""
    said = str(getattr(error, "orig", "")).casefold()
    return any(sign in said for sign in _FULL)
