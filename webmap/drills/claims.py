"""How the processes of a server share the drills that play: each is claimed by one alone, heard of meanwhile."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, or_, select, update

from webmap.drills.runs import RUNS_LOCK, UNDER_WAY, Run, State, course_values, run_of
from webmap.incidents.chain import canonical
from webmap.incidents.moments import now_utc, written
from webmap.languages import Language
from webmap.storage.engine import one_moment, writing
from webmap.storage.live_tables import DRILL_RUNS

#: Of a drill whose player was not heard of for so long, nobody plays it any more.
LEASE_S = 10.0
HEARTBEAT_S = 3.0


@dataclass
class DrillClaims:
    """What one process plays. `name` tells processes apart."""

    engine: Engine
    clock: Callable[[], datetime] = now_utc
    name: str = field(default_factory=lambda: uuid.uuid4().hex)

    def take(self) -> int:
        """Claim every drill under way that nobody plays; return how many. While nobody played it, it stood still."""
        columns = DRILL_RUNS.c
        if not self._any(select(columns.incident_id).where(*self._free()).limit(1)):
            return 0
        with writing(self.engine, RUNS_LOCK) as connection:
            rows = connection.execute(select(DRILL_RUNS).where(*self._free())).all()
            now = self.clock()
            for row in rows:
                run = run_of(row)
                course = run.course.taken_up(run.heartbeat_at or run.course.anchor_at, now)
                claimed = {"worker": self.name, "heartbeat_at": written(now), **course_values(course)}
                connection.execute(update(DRILL_RUNS).where(columns.incident_id == run.incident_id).values(claimed))
        return len(rows)

    def mine(self) -> list[Run]:
        """Return the drills under way that this process plays, as they stand now."""
        query = select(DRILL_RUNS).where(DRILL_RUNS.c.worker == self.name, _UNDER_WAY)
        with one_moment(self.engine) as connection:
            rows = connection.execute(query).all()
        return [run_of(row) for row in rows]

    def keep(self) -> None:
        """Say that this process still plays what it has claimed."""
        mine = update(DRILL_RUNS).where(DRILL_RUNS.c.worker == self.name, _UNDER_WAY)
        with writing(self.engine) as connection:
            connection.execute(mine.values(heartbeat_at=written(self.clock())))

    def release(self) -> None:
        """Leave what this process plays to others, from now on."""
        mine = DRILL_RUNS.c.worker == self.name
        if self._any(select(DRILL_RUNS.c.incident_id).where(mine, _UNDER_WAY).limit(1)):
            with writing(self.engine) as connection:
                left = update(DRILL_RUNS).where(mine, _UNDER_WAY)
                connection.execute(left.values(worker=None, heartbeat_at=written(self.clock())))

    def advance(self, run: Run) -> bool:
        """Write down that the next step was taken; False where the drill is no longer ours, or has gone on."""
        position = run.position + 1
        done = {"state": "done"} if position >= len(run.prepared.steps) else {}
        return self._set(run, position=position, **done)

    def end(self, run: Run, state: State, error: Mapping[Language, Mapping[str, Any]] | None = None) -> bool:
        """Write down that a drill plays no more, with the error by language where it failed; False as `advance`."""
        course = course_values(run.course.held(self.clock()))
        return self._set(run, state=state, error=None if error is None else canonical(dict(error)), **course)

    def _set(self, run: Run, **values: Any) -> bool:
        now = written(self.clock())
        columns = DRILL_RUNS.c
        this = (columns.incident_id == run.incident_id, columns.worker == self.name, columns.position == run.position)
        with writing(self.engine, RUNS_LOCK) as connection:
            changed = update(DRILL_RUNS).where(*this, _UNDER_WAY)
            done = connection.execute(changed.values(heartbeat_at=now, updated_at=now, **values))
            return done.rowcount == 1

    def _free(self) -> tuple[Any, ...]:
        columns = DRILL_RUNS.c
        oldest = written(self.clock() - timedelta(seconds=LEASE_S))
        unheard = or_(columns.heartbeat_at.is_(None), columns.heartbeat_at < oldest)
        return _UNDER_WAY, or_(columns.worker.is_(None), (columns.worker != self.name) & unheard)

    def _any(self, query: Any) -> bool:
        with self.engine.connect() as connection:
            return connection.execute(query).first() is not None


_UNDER_WAY = DRILL_RUNS.c.state.in_(sorted(UNDER_WAY))
