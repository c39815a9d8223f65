"""How the processes of a server share the queue: each run is claimed by one alone, which is heard of meanwhile."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, select, update

from webmap.incidents.chain import canonical
from webmap.incidents.moments import now_utc, written
from webmap.languages import Language
from webmap.siting.runs import LEASE_S, State
from webmap.storage.engine import writing
from webmap.storage.tables import SITING_RUNS

#: Documents by language.
Documents = Mapping[Language, Mapping[str, Any]]


@dataclass(frozen=True)
class Claimed:
    """A run that we alone compute now; `asked_in` is the language in which its author asked."""

    id: str
    plan: str
    study: dict[str, Any]
    asked_in: str


@dataclass(frozen=True)
class Ending:
    """How a run ended: with its answer by language and what a list tells of it, or with an error by language."""

    state: State
    result: Documents | None = None
    summary: Mapping[str, Any] | None = None
    error: Documents | None = None
    data_version: str | None = None


@dataclass
class RunClaims:
    """What one process claims. `name` tells processes apart."""

    engine: Engine
    clock: Callable[[], datetime] = now_utc
    name: str = field(default_factory=lambda: uuid.uuid4().hex)

    def take(self) -> Claimed | None:
        """Claim the run that has waited longest; None if none waits."""
        columns = SITING_RUNS.c
        waiting = select(columns.id).where(columns.state == "waiting").order_by(columns.created_at, columns.id).limit(1)
        while (run_id := self._first(waiting)) is not None:
            now = written(self.clock())
            begun = {"state": "running", "worker": self.name, "started_at": now, "heartbeat_at": now}
            with writing(self.engine) as connection:
                free = update(SITING_RUNS).where(columns.id == run_id, columns.state == "waiting")
                if connection.execute(free.values(begun)).rowcount == 0:
                    continue
                row = connection.execute(select(SITING_RUNS).where(columns.id == run_id)).one()
            # Read after the claim is stored: what cannot be read must not be claimed again and again.
            asked_in = str(json.loads(row.brief).get("language", "zh"))
            return Claimed(row.id, row.plan, json.loads(row.study), asked_in)
        return None

    def keep(self, run_id: str, stage: str | None, progress: Mapping[str, Any] | None) -> None:
        """Say that we are at it, and how far; so too of a run that was taken for interrupted."""
        told = {"stage": stage, "progress": None if progress is None else canonical(dict(progress))}
        values = {"state": "running", "ended_at": None, "heartbeat_at": written(self.clock()), **told}
        with writing(self.engine) as connection:
            connection.execute(update(SITING_RUNS).where(*self._mine(run_id), _STANDING).values(values))

    def is_cancelled(self, run_id: str) -> bool:
        """Whether somebody wants a run stopped."""
        with self.engine.connect() as connection:
            query = select(SITING_RUNS.c.cancel_requested).where(SITING_RUNS.c.id == run_id)
            return bool(connection.execute(query).scalar_one())

    def end(self, run_id: str, ending: Ending) -> bool:
        """Write down how a run ended; False if it is no longer ours.

        One that was taken for interrupted, because we were not heard of, ends all the same: we know better.
        """
        now = written(self.clock())
        values: dict[str, Any] = {"state": ending.state, "ended_at": now, "heartbeat_at": now}
        told = {"result": ending.result, "summary": ending.summary, "error": ending.error}
        values |= {name: canonical(value) for name, value in told.items() if value is not None}
        if ending.data_version is not None:
            values["data_version"] = ending.data_version
        with writing(self.engine) as connection:
            found = connection.execute(update(SITING_RUNS).where(*self._mine(run_id), _STANDING).values(values))
            return found.rowcount == 1

    def abandon(self) -> int:
        """Mark the runs of those who are gone as interrupted; return how many."""
        columns = SITING_RUNS.c
        oldest = written(self.clock() - timedelta(seconds=LEASE_S))
        left = (columns.state == "running", columns.heartbeat_at < oldest)
        if self._first(select(columns.id).where(*left).limit(1)) is None:
            return 0
        ended = {"state": "interrupted", "ended_at": columns.heartbeat_at}
        with writing(self.engine) as connection:
            return connection.execute(update(SITING_RUNS).where(*left).values(ended)).rowcount

    def _first(self, query: Any) -> str | None:
        with self.engine.connect() as connection:
            return connection.execute(query).scalar()

    def _mine(self, run_id: str) -> tuple[Any, ...]:
        return SITING_RUNS.c.id == run_id, SITING_RUNS.c.worker == self.name


_STANDING = SITING_RUNS.c.state.in_(("running", "interrupted"))
