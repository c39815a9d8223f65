"""Drills that play a script, as they stand in the database: begun, looked up, held, sped up, stopped."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Engine, Row, insert, select, update

from webmap.drills.course import Course
from webmap.drills.errors import DrillRefused, UnknownDrill
from webmap.drills.prepared import Prepared
from webmap.incidents.moments import as_entered, now_utc, read_written, written
from webmap.storage.engine import one_moment, writing
from webmap.storage.live_tables import DRILL_RUNS

#: `failed`: the next step cannot be taken as things are (the plan is gone, the data are), and it may be resumed.
State = Literal["playing", "paused", "done", "stopped", "failed"]
STATES: tuple[State, ...] = get_args(State)
#: A drill in these goes on, or may.
UNDER_WAY: frozenset[State] = frozenset({"playing", "paused"})
_OVER: frozenset[State] = frozenset({"done", "stopped"})
#: Held just before a step, a drill takes it as soon as it goes on.
_JUST_BEFORE_S = 0.01
#: Names the lock of those who change runs among a PostgreSQL server's advisory locks.
RUNS_LOCK = 0x6472696C


@dataclass(frozen=True)
class Run:
    """A drill that plays a script. `position` is the place of the next step, from 0; `error` is by language."""

    incident_id: str
    author_id: str
    author_name: str
    prepared: Prepared
    state: State
    course: Course
    begins_at: datetime
    position: int
    worker: str | None
    heartbeat_at: datetime | None
    error: dict[str, dict[str, Any]] | None

    @property
    def next_at_s(self) -> int | None:
        """When the next step is taken, in seconds from the beginning; None after the last."""
        steps = self.prepared.steps
        return steps[self.position].at_s if self.position < len(steps) else None


#: Scripts do not change once they play; the latest are not read again and again.
_read_prepared = lru_cache(maxsize=16)(Prepared.read)


def run_of(row: Row[Any]) -> Run:
    """Return the run that a row holds."""
    course = Course(read_written(row.anchor_at), float(row.anchor_s), float(row.speed), row.state == "playing")
    return Run(
        incident_id=row.incident_id,
        author_id=row.author_id,
        author_name=row.author_name,
        prepared=_read_prepared(row.steps),
        state=row.state,
        course=course,
        begins_at=datetime.fromisoformat(row.begins_at),
        position=row.position,
        worker=row.worker,
        heartbeat_at=None if row.heartbeat_at is None else read_written(row.heartbeat_at),
        error=None if row.error is None else json.loads(row.error),
    )


def course_values(course: Course) -> dict[str, Any]:
    """Return a course as the columns hold it."""
    return {
        "anchor_at": written(course.anchor_at),
        "anchor_s": json.dumps(round(course.anchor_s, 6)),
        "speed": json.dumps(course.speed),
    }


class DrillRuns:
    """Begins runs, reads them and changes how they go. Shared by threads; `clock` tells the present moment."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = now_utc) -> None:
        self.engine = engine
        self.clock = clock

    def begin(
        self, incident_id: str, prepared: Prepared, author_id: str, author_name: str, begins_at: datetime, speed: float
    ) -> bool:
        """Let a drill play whose first step opened the incident; False where it plays already."""
        now = self.clock()
        with writing(self.engine, RUNS_LOCK) as connection:
            if _row(connection, incident_id) is not None:
                return False
            course = Course(now, 0.0, speed, playing=True)
            row = {
                "incident_id": incident_id,
                "script": prepared.script,
                "steps": prepared.text(),
                "author_id": author_id,
                "author_name": author_name,
                "state": "playing" if len(prepared.steps) > 1 else "done",
                "begins_at": as_entered(begins_at),
                "position": 1,
                "updated_at": written(now),
                **course_values(course),
            }
            connection.execute(insert(DRILL_RUNS).values(row))
        return True

    def find(self, incident_id: str) -> Run | None:
        """Return the run of an incident, None where no script plays there."""
        with one_moment(self.engine) as connection:
            row = _row(connection, incident_id)
        return None if row is None else run_of(row)

    def read(self, incident_id: str) -> Run:
        """Return the run of an incident; raises `UnknownDrill`."""
        found = self.find(incident_id)
        if found is None:
            raise UnknownDrill(incident_id)
        return found

    def all(self) -> list[Run]:
        """Return all runs, the one changed last first."""
        with one_moment(self.engine) as connection:
            rows = connection.execute(select(DRILL_RUNS).order_by(DRILL_RUNS.c.updated_at.desc())).all()
        return [run_of(row) for row in rows]

    def pause(self, incident_id: str) -> None:
        """Let the drill stand still. Raises `UnknownDrill`, and `DrillRefused` where it does not play."""
        self._change(incident_id, self._paused)

    def resume(self, incident_id: str) -> None:
        """Let it go on, also after a failure. Raises as `pause`."""
        self._change(incident_id, self._resumed)

    def set_speed(self, incident_id: str, speed: float) -> None:
        """Let it go so many times as fast as the clock (1 to 600). Raises as `pause`."""
        self._change(incident_id, lambda run, now: course_values(run.course.at_speed(speed, now)))

    def step(self, incident_id: str) -> None:
        """Let the next step come at once, and what is taken at the same moment. Raises as `pause`."""
        self._change(incident_id, self._stepped)

    def stop(self, incident_id: str) -> None:
        """Play no more; the incident stays as it is. Raises as `pause`."""
        self._change(incident_id, lambda run, now: {**course_values(run.course.held(now)), "state": "stopped"})

    def _paused(self, run: Run, now: datetime) -> dict[str, Any]:
        if run.state != "playing":
            raise DrillRefused("not_playing")
        held = run.course.held(now)
        if run.next_at_s is not None:
            # A step that was due and is not taken yet waits too.
            held = replace(held, anchor_s=min(held.anchor_s, max(run.course.anchor_s, run.next_at_s - _JUST_BEFORE_S)))
        return {**course_values(held), "state": "paused"}

    def _resumed(self, run: Run, now: datetime) -> dict[str, Any]:
        if run.state == "playing":
            raise DrillRefused("plays_already")
        return {**course_values(run.course.resumed(now)), "state": "playing", "error": None}

    def _stepped(self, run: Run, now: datetime) -> dict[str, Any]:
        if run.next_at_s is None:
            raise DrillRefused("over")
        values = course_values(run.course.at(run.next_at_s, now))
        return {**values, "state": "paused", "error": None} if run.state == "failed" else values

    def _change(self, incident_id: str, change: Callable[[Run, datetime], dict[str, Any]]) -> None:
        with writing(self.engine, RUNS_LOCK) as connection:
            row = _row(connection, incident_id)
            if row is None:
                raise UnknownDrill(incident_id)
            if row.state in _OVER:
                raise DrillRefused("over")
            now = self.clock()
            values = {**change(run_of(row), now), "updated_at": written(now)}
            connection.execute(update(DRILL_RUNS).where(DRILL_RUNS.c.incident_id == incident_id).values(values))


def _row(connection: Connection, incident_id: str) -> Row[Any] | None:
    return connection.execute(select(DRILL_RUNS).where(DRILL_RUNS.c.incident_id == incident_id)).first()
