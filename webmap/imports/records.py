"""Imports in the database: uploaded, looked up, asked to go on; their rows are never deleted."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, func, insert, select, update

from webmap.imports.errors import ImportRefused, UnknownImport
from webmap.imports.states import ALLOWED, STATE_TITLES, UNDER_WAY, WAITS_AS, Action, State
from webmap.incidents.chain import canonical
from webmap.incidents.moments import now_utc, written
from webmap.incidents.records import Author
from webmap.storage.data_tables import IMPORTS
from webmap.storage.engine import one_moment, writing

#: More than these wait only where nobody looks at what comes of them.
MOST_WAITING = 10
#: How many a list shows.
MOST_LISTED = 100
#: Names the lock of those who change imports among a PostgreSQL server's advisory locks.
IMPORTS_LOCK = 0x696D7074
_JSON = ("plan", "source", "report", "progress", "failure")
#: Columns that a list does without: they may be large.
_LARGE = frozenset({"plan", "source", "report"})


@dataclass(frozen=True)
class Import:
    """An import as its row tells it. Moments are those of the database (UTC).

    `source` is what is in the file and what was guessed of it, `plan` the plan by which it is or was checked, `report`
    what the check found; a list leaves these three out. `failure` has words by language.
    """

    id: str
    state: State
    file_name: str
    file_sha256: str
    file_bytes: int
    layer: str | None
    source_table: str | None
    base_version: str | None
    committed_version: str | None
    plan: dict[str, Any] | None
    source: dict[str, Any] | None
    report: dict[str, Any] | None
    progress: dict[str, Any] | None
    failure: dict[str, Any] | None
    cancel_wanted: bool
    claimed_by: str | None
    note: str | None
    asked_by: str | None
    asker_name: str | None
    created_at: str
    created_by: str
    author_name: str
    updated_at: str


@dataclass(frozen=True)
class ReceivedFile:
    """A file that was uploaded and lies in the folder of its import."""

    name: str
    sha256: str
    bytes: int


class Imports:
    """Adds imports, reads them and asks for what comes next. Shared by threads; `clock` tells the present moment."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = now_utc) -> None:
        self.engine = engine
        self.clock = clock

    def new_id(self) -> str:
        """Return the id of an import that is about to be added."""
        return str(uuid.uuid4())

    def add(self, import_id: str, file: ReceivedFile, author: Author, layer: str | None = None) -> None:
        """Add an uploaded file; it waits to be inspected. Raises `ImportRefused` (`too_many`)."""
        now = written(self.clock())
        with writing(self.engine, IMPORTS_LOCK) as connection:
            waiting = select(func.count()).select_from(IMPORTS).where(IMPORTS.c.state.in_(UNDER_WAY))
            if connection.execute(waiting).scalar_one() >= MOST_WAITING:
                raise ImportRefused("too_many", most=MOST_WAITING)
            row = {
                "id": import_id,
                "state": "uploaded",
                "file_name": file.name,
                "file_sha256": file.sha256,
                "file_bytes": file.bytes,
                "layer": layer,
                "cancel_wanted": False,
                "created_at": now,
                "created_by": author.id,
                "author_name": author.name,
                "updated_at": now,
            }
            connection.execute(insert(IMPORTS).values(row))

    def read(self, import_id: str) -> Import:
        """Return an import with everything; raises `UnknownImport`."""
        with one_moment(self.engine) as connection:
            row = connection.execute(select(IMPORTS).where(IMPORTS.c.id == import_id)).first()
        if row is None:
            raise UnknownImport(import_id)
        return import_of(row)

    def latest(self) -> tuple[list[Import], int]:
        """Return the latest imports without their large parts, the last first, and how many older were left out."""
        columns = [column for column in IMPORTS.columns if column.name not in _LARGE]
        query = select(*columns).order_by(IMPORTS.c.created_at.desc(), IMPORTS.c.id).limit(MOST_LISTED)
        with one_moment(self.engine) as connection:
            count = connection.execute(select(func.count()).select_from(IMPORTS)).scalar_one()
            rows = connection.execute(query).all()
        return [import_of(row) for row in rows], int(count) - len(rows)

    def ask(self, import_id: str, action: Action, **values: Any) -> None:
        """Put an import into the queue for what comes next, with further columns (documents become JSON).

        Raises `UnknownImport`, and `ImportRefused` (`state`) where it may not be done now.
        """
        told: dict[str, Any] = {
            "state": WAITS_AS[action],
            "cancel_wanted": False,
            "claimed_by": None,
            "claimed_at": None,
            "progress": None,
            "failure": None,
        }
        self._change(import_id, action, told | as_columns(values))

    def cancel(self, import_id: str) -> None:
        """Take an import off the queue, or ask whoever works on it to stop; raises as `ask`."""
        columns = IMPORTS.c
        with writing(self.engine, IMPORTS_LOCK) as connection:
            row = connection.execute(select(IMPORTS).where(columns.id == import_id)).first()
            _require(row, import_id, "cancel")
            told: dict[str, Any] = {"cancel_wanted": True, "updated_at": written(self.clock())}
            if row is not None and row.claimed_by is None:
                told["state"] = "cancelled"
            connection.execute(update(IMPORTS).where(columns.id == import_id).values(told))

    def discard(self, import_id: str) -> None:
        """Give an import up for good; raises as `ask`."""
        self._change(import_id, "discard", {"state": "discarded", "report": None, "progress": None})

    def ended_before(self, moment: datetime, states: tuple[State, ...]) -> list[str]:
        """Return the ids of imports that have been in one of these states since before a moment."""
        columns = IMPORTS.c
        query = select(columns.id).where(columns.state.in_(states), columns.updated_at < written(moment))
        with one_moment(self.engine) as connection:
            return [str(name) for (name,) in connection.execute(query)]

    def ids(self) -> set[str]:
        """Return the ids of all imports."""
        with one_moment(self.engine) as connection:
            return {str(name) for (name,) in connection.execute(select(IMPORTS.c.id))}

    def _change(self, import_id: str, action: Action, told: dict[str, Any]) -> None:
        columns = IMPORTS.c
        with writing(self.engine, IMPORTS_LOCK) as connection:
            row = connection.execute(select(columns.state).where(columns.id == import_id)).first()
            _require(row, import_id, action)
            told = {**told, "updated_at": written(self.clock())}
            connection.execute(update(IMPORTS).where(columns.id == import_id).values(told))


def import_of(row: Row[Any]) -> Import:
    """Return the import of a row; columns that were not read are None."""
    held: dict[str, Any] = {name: getattr(row, name, None) for name in Import.__dataclass_fields__}
    for name in _JSON:
        held[name] = None if held[name] is None else json.loads(held[name])
    held["cancel_wanted"] = bool(held["cancel_wanted"])
    return Import(**held)


def as_columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values of columns with their documents as JSON text."""
    return {name: canonical(value) if name in _JSON and value is not None else value for name, value in values.items()}


def _require(row: Row[Any] | None, import_id: str, action: Action) -> None:
    if row is None:
        raise UnknownImport(import_id)
    if row.state not in ALLOWED[action]:
        raise ImportRefused("state", STATE_TITLES[row.state])
