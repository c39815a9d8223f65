"""Between the steps of a warning and the database's rows, within a transaction that the caller has begun."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, cast

from pydantic import ValidationError
from sqlalchemy import Connection, Row, insert, select, update

from webmap.incidents.chain import canonical
from webmap.incidents.entry_fields import STORED
from webmap.incidents.moments import read_written, written
from webmap.incidents.records import Author
from webmap.storage.tables import INCIDENTS, WARNING_STEPS, WARNINGS
from webmap.warnings.errors import UnknownWarning, UnreadableStep
from webmap.warnings.state import WarningState, state_of
from webmap.warnings.steps import STEP, Body, Drafted, Revised, Step, StepBody

_WITH_NAME = select(WARNINGS, INCIDENTS.c.name.label("incident_name")).join(INCIDENTS)


def begun(row: Row[Any]) -> WarningState:
    """Return a warning without its steps from its row with the incident's name."""
    return WarningState(row.id, row.incident_id, row.incident_name, row.plan, bool(row.drill))


def find_row(connection: Connection, warning_id: str, *, lock: bool = False) -> Row[Any] | None:
    """Return a warning's row with its incident's name, None for none.

    With `lock` nobody else takes a step of it until the transaction ends; the incident's row stays free.
    """
    query = _WITH_NAME.where(WARNINGS.c.id == warning_id)
    return connection.execute(query.with_for_update(of=WARNINGS) if lock else query).one_or_none()


def require_row(connection: Connection, warning_id: str, *, lock: bool = False) -> Row[Any]:
    """Return the same; raises `UnknownWarning`."""
    row = find_row(connection, warning_id, lock=lock)
    if row is None:
        raise UnknownWarning(f"no warning {warning_id!r}")
    return row


def rows_of(connection: Connection, incident_id: str | None) -> list[Row[Any]]:
    """Return the rows of all warnings, or those of an incident, the one drafted last first."""
    query = _WITH_NAME if incident_id is None else _WITH_NAME.where(WARNINGS.c.incident_id == incident_id)
    return list(connection.execute(query.order_by(WARNINGS.c.created_at.desc(), WARNINGS.c.id)))


def read_state(connection: Connection, row: Row[Any], before: WarningState | None = None) -> WarningState:
    """Return the warning of a row after all its steps; `before` is an earlier state of it, which is gone on from.

    Raises `UnreadableStep`.
    """
    state = begun(row) if before is None else before
    query = select(WARNING_STEPS).where(WARNING_STEPS.c.warning_id == row.id, WARNING_STEPS.c.number > state.length)
    return state_of(state, [step_of(item) for item in connection.execute(query.order_by(WARNING_STEPS.c.number))])


def step_of(row: Row[Any]) -> Step:
    """Return the step of a row; `UnreadableStep` if it says none that this version knows."""
    try:
        body = STEP.validate_python({**json.loads(row.body), "kind": row.kind}, context=STORED)
        return Step(
            number=row.number,
            version=row.version,
            body=cast("Body", body),
            at=read_written(row.at),
            author_id=row.author_id,
            author_name=row.author_name,
            client_key=row.client_key,
        )
    except (ValueError, TypeError, ValidationError) as error:
        raise UnreadableStep(row.warning_id, row.number) from error


def step_after(
    state: WarningState | None, body: StepBody, now: datetime, author: Author, client_key: str | None
) -> Step:
    """Return the step that follows a warning's last; the first one for None. New content is a new version."""
    number, version = (0, 0) if state is None else (state.length, state.latest.number)
    return Step(
        number=number + 1,
        version=version + 1 if isinstance(body, Drafted | Revised) else version,
        body=cast("Body", body),
        at=now,
        author_id=author.id,
        author_name=author.name,
        client_key=client_key,
    )


def store_step(connection: Connection, warning_id: str, step: Step) -> None:
    """Add a step and note it as the warning's last."""
    at = written(step.at)
    connection.execute(
        insert(WARNING_STEPS).values(
            warning_id=warning_id,
            number=step.number,
            kind=step.body.kind,
            version=step.version,
            at=at,
            author_id=step.author_id,
            author_name=step.author_name,
            client_key=step.client_key,
            body=body_text(step.body),
        )
    )
    noted = update(WARNINGS).where(WARNINGS.c.id == warning_id)
    connection.execute(noted.values(length=step.number, updated_at=at))


def body_text(body: StepBody) -> str:
    """Return the canonical JSON of what a step says besides its kind."""
    return canonical(body.model_dump(mode="json", exclude={"kind"}))
