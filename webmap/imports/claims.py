"""How the processes of a server share the queue of imports: each is claimed by one alone, heard of meanwhile."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, select, update

from webmap.imports.records import IMPORTS_LOCK, Import, as_columns, import_of
from webmap.imports.states import THEN, State
from webmap.incidents.chain import canonical
from webmap.incidents.moments import now_utc, written
from webmap.storage.data_tables import IMPORTS
from webmap.storage.engine import writing

#: Of an import on which somebody works and was not heard of for so long, nobody works any more.
LEASE_S = 20.0
#: A state in which an import waits -> the state in which somebody works on it.
_TAKEN: Mapping[str, State] = {"uploaded": "inspecting", "checking": "checking", "committing": "committing"}
_WORKED_ON = tuple(THEN)


@dataclass(frozen=True)
class Ending:
    """How a piece of work ended: the state then, and columns to be written (documents become JSON)."""

    state: State
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class ImportClaims:
    """What one process works on. `name` tells processes apart."""

    engine: Engine
    clock: Callable[[], datetime] = now_utc
    name: str = field(default_factory=lambda: uuid.uuid4().hex)

    def take(self) -> Import | None:
        """Claim the import that has waited longest; None if none waits."""
        columns = IMPORTS.c
        waiting = (columns.state.in_(_TAKEN), columns.claimed_by.is_(None))
        query = select(IMPORTS).where(*waiting).order_by(columns.updated_at, columns.id).limit(1)
        with self.engine.connect() as connection:
            if connection.execute(query.with_only_columns(columns.id)).first() is None:
                return None
        with writing(self.engine, IMPORTS_LOCK) as connection:
            row = connection.execute(query).first()
            if row is None:
                return None
            now = written(self.clock())
            claimed = {"state": _TAKEN[row.state], "claimed_by": self.name, "claimed_at": now, "updated_at": now}
            connection.execute(update(IMPORTS).where(columns.id == row.id).values(claimed))
            row = connection.execute(select(IMPORTS).where(columns.id == row.id)).one()
        return import_of(row)

    def keep(self, import_id: str, progress: Mapping[str, Any] | None) -> None:
        """Say that we are at it, and how far."""
        told = {"claimed_at": written(self.clock())}
        if progress is not None:
            told["progress"] = canonical(dict(progress))
        with writing(self.engine) as connection:
            connection.execute(update(IMPORTS).where(*self._mine(import_id)).values(told))

    def is_cancelled(self, import_id: str) -> bool:
        """Whether somebody wants the work stopped, or it is no longer ours."""
        query = select(IMPORTS.c.cancel_wanted).where(*self._mine(import_id))
        with self.engine.connect() as connection:
            wanted = connection.execute(query).scalar()
        return wanted is None or bool(wanted)

    def end(self, import_id: str, ending: Ending) -> bool:
        """Write down how a piece of work ended; False if it is no longer ours."""
        free = {"claimed_by": None, "claimed_at": None, "progress": None, "cancel_wanted": False}
        told = {**free, **as_columns(ending.values), "state": ending.state, "updated_at": written(self.clock())}
        with writing(self.engine, IMPORTS_LOCK) as connection:
            return connection.execute(update(IMPORTS).where(*self._mine(import_id)).values(told)).rowcount == 1

    def abandoned(self) -> list[Import]:
        """Take over the imports of those who are gone, and return them; each is to be ended by the caller."""
        columns = IMPORTS.c
        oldest = written(self.clock() - timedelta(seconds=LEASE_S))
        left = (columns.state.in_(_WORKED_ON), columns.claimed_by.is_not(None), columns.claimed_at < oldest)
        with self.engine.connect() as connection:
            if connection.execute(select(columns.id).where(*left).limit(1)).first() is None:
                return []
        with writing(self.engine, IMPORTS_LOCK) as connection:
            rows = connection.execute(select(IMPORTS).where(*left)).all()
            mine = {"claimed_by": self.name, "claimed_at": written(self.clock())}
            connection.execute(update(IMPORTS).where(columns.id.in_([row.id for row in rows])).values(mine))
        return [import_of(row) for row in rows]

    def _mine(self, import_id: str) -> tuple[Any, ...]:
        return IMPORTS.c.id == import_id, IMPORTS.c.claimed_by == self.name
