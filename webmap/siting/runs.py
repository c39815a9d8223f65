"""The runs of siting studies in the database: asked for, looked up, cancelled, named, put away, never deleted."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Connection, Engine, Row, func, insert, select, update

from webmap.incidents.chain import canonical
from webmap.incidents.errors import ClientKeyReused
from webmap.incidents.moments import now_utc, read_written, written
from webmap.incidents.records import Author
from webmap.siting.errors import SitingRefused, UnknownRun
from webmap.storage.engine import one_moment, writing
from webmap.storage.tables import SITING_RUNS

#: A run ends in one of the last four. `interrupted`: whoever computed it is gone.
State = Literal["waiting", "running", "done", "failed", "cancelled", "interrupted"]
STATES: tuple[State, ...] = get_args(State)
#: Status of an answer with sites: the best, or the best so far.
ANSWERED = ("optimal", "gap")
UNDER_WAY: frozenset[State] = frozenset({"waiting", "running"})
#: Of a run that is computed and was not heard of for so long, nobody computes it any more.
LEASE_S = 30.0
#: More than these wait only where nobody looks at the answers.
MOST_WAITING = 20
#: How many a list shows.
MOST_LISTED = 200
#: Names the lock of those who add runs among a PostgreSQL server's advisory locks.
_RUNS_LOCK = 0x73697465
#: Columns that a list does without: they may be large.
_LARGE = frozenset({"study", "result", "error"})


@dataclass(frozen=True)
class Run:
    """A run as a list tells of it. Moments are those of the database (UTC)."""

    id: str
    created_at: str
    author_id: str
    author_name: str
    name: str | None
    plan: str
    kind: str
    brief: dict[str, Any]
    data_version: str
    state: State
    stage: str | None
    progress: dict[str, Any] | None
    started_at: str | None
    ended_at: str | None
    cancel_requested: bool
    summary: dict[str, Any] | None
    is_put_away: bool


@dataclass(frozen=True)
class WholeRun:
    """A run with its study, and its answer or error by language where there is one."""

    run: Run
    study: dict[str, Any]
    result: dict[str, dict[str, Any]] | None
    error: dict[str, dict[str, Any]] | None


@dataclass(frozen=True)
class NewRun:
    """A study to be computed; `brief` is what a list tells of it."""

    name: str | None
    plan: str
    kind: str
    brief: dict[str, Any]
    study: dict[str, Any]
    data_version: str


class Runs:
    """Adds runs and reads them. Shared by threads; `clock` tells the present moment."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = now_utc) -> None:
        self.engine = engine
        self.clock = clock

    def add(self, new: NewRun, author: Author, client_key: str | None = None) -> tuple[str, bool]:
        """Put a run at the end of the queue; return its id, and whether it is new.

        With `client_key` a repeated request by the same author finds the first. Raises `ClientKeyReused` where that one
        asked for another study, and `SitingRefused` (`queue_full`).
        """
        study = canonical(new.study)
        columns = SITING_RUNS.c
        with writing(self.engine, _RUNS_LOCK) as connection:
            if client_key is not None:
                mine = (columns.author_id == author.id, columns.client_key == client_key)
                before = connection.execute(select(columns.id, columns.study).where(*mine)).first()
                if before is not None:
                    if before.study != study:
                        raise ClientKeyReused(client_key)
                    return str(before.id), False
            waiting = select(func.count()).select_from(SITING_RUNS).where(columns.state == "waiting")
            if connection.execute(waiting).scalar_one() >= MOST_WAITING:
                raise SitingRefused("queue_full", most=MOST_WAITING)
            row = {
                "id": str(uuid.uuid4()),
                "created_at": written(self.clock()),
                "author_id": author.id,
                "author_name": author.name,
                "client_key": client_key,
                "name": new.name,
                "plan": new.plan,
                "kind": new.kind,
                "brief": canonical(new.brief),
                "study": study,
                "data_version": new.data_version,
                "state": "waiting",
            }
            connection.execute(insert(SITING_RUNS).values(row))
            return str(row["id"]), True

    def read(self, run_id: str) -> WholeRun:
        """Return a run with everything; raises `UnknownRun`."""
        with one_moment(self.engine) as connection:
            row = require_run(connection, run_id)
        result, error = (None if text is None else json.loads(text) for text in (row.result, row.error))
        return WholeRun(self._run(row), json.loads(row.study), result, error)

    def look(self, run_id: str) -> Run:
        """Return a run without its large parts; raises `UnknownRun`."""
        with one_moment(self.engine) as connection:
            row = connection.execute(select(*_small()).where(SITING_RUNS.c.id == run_id)).first()
        if row is None:
            raise UnknownRun(run_id)
        return self._run(row)

    def list(self, plans: Sequence[str], kind: str | None = None, *, put_away: bool = False) -> tuple[list[Run], int]:
        """Return the latest runs under some plans, the last asked for first, and how many older ones were left out."""
        columns = SITING_RUNS.c
        away = columns.put_away_at
        wanted: list[ColumnElement[bool]] = [columns.plan.in_(plans), away.is_not(None) if put_away else away.is_(None)]
        if kind is not None:
            wanted.append(columns.kind == kind)
        with one_moment(self.engine) as connection:
            count = connection.execute(select(func.count()).select_from(SITING_RUNS).where(*wanted)).scalar_one()
            query = select(*_small()).where(*wanted).order_by(columns.created_at.desc(), columns.id)
            rows = connection.execute(query.limit(MOST_LISTED)).all()
        return [self._run(row) for row in rows], int(count) - len(rows)

    def cancel(self, run_id: str) -> None:
        """Take a run off the queue, or ask whoever computes it to stop with what he has; nothing for one that ended."""
        columns = SITING_RUNS.c
        with writing(self.engine) as connection:
            require_run(connection, run_id)
            this = columns.id == run_id
            at = written(self.clock())
            ended = {"state": "cancelled", "ended_at": at, "cancel_requested": True}
            connection.execute(update(SITING_RUNS).where(this, columns.state == "waiting").values(ended))
            running = update(SITING_RUNS).where(this, columns.state == "running")
            connection.execute(running.values(cancel_requested=True))

    def rename(self, run_id: str, name: str | None) -> None:
        """Give a run another name, or none."""
        self._set(run_id, name=name)

    def put_away(self, run_id: str, *, away: bool) -> None:
        """Take a run out of the list, or back into it."""
        self._set(run_id, put_away_at=written(self.clock()) if away else None)

    def _set(self, run_id: str, **values: Any) -> None:
        with writing(self.engine) as connection:
            if connection.execute(update(SITING_RUNS).where(SITING_RUNS.c.id == run_id).values(values)).rowcount == 0:
                raise UnknownRun(run_id)

    def _run(self, row: Row[Any]) -> Run:
        return Run(
            id=row.id,
            created_at=row.created_at,
            author_id=row.author_id,
            author_name=row.author_name,
            name=row.name,
            plan=row.plan,
            kind=row.kind,
            brief=json.loads(row.brief),
            data_version=row.data_version,
            state=state_of(row, self.clock()),
            stage=row.stage,
            progress=None if row.progress is None else json.loads(row.progress),
            started_at=row.started_at,
            ended_at=row.ended_at,
            cancel_requested=bool(row.cancel_requested),
            summary=None if row.summary is None else json.loads(row.summary),
            is_put_away=row.put_away_at is not None,
        )


def state_of(row: Row[Any], now: datetime) -> State:
    """Return the state of a run; one that nobody was heard of for `LEASE_S` seconds is interrupted."""
    state: State = row.state
    heard = row.heartbeat_at
    if state == "running" and (heard is None or now - read_written(heard) > timedelta(seconds=LEASE_S)):
        return "interrupted"
    return state


def require_run(connection: Connection, run_id: str) -> Row[Any]:
    """Return the row of a run; raises `UnknownRun`."""
    row = connection.execute(select(SITING_RUNS).where(SITING_RUNS.c.id == run_id)).first()
    if row is None:
        raise UnknownRun(run_id)
    return row


def _small() -> list[Any]:
    return [column for column in SITING_RUNS.c if column.name not in _LARGE]
