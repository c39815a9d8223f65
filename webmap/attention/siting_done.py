"""Siting studies of the viewer that ended a short while ago."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote

from sqlalchemy import Engine, select

from webmap.accounts.roles import ALL_PLANS, Action
from webmap.api.log.view_document import CHINA
from webmap.attention.asking import Asking
from webmap.attention.items import Item
from webmap.incidents.moments import as_entered, read_written, written
from webmap.storage.engine import one_moment
from webmap.storage.tables import SITING_RUNS

#: A study that ended longer ago is found in the list of studies.
NEWS = timedelta(hours=12)
#: A study that took less was waited for.
_AWAITED = timedelta(seconds=20)
_MOST = 5
_ENDED = ("done", "failed", "interrupted")


def studies_done(asking: Asking, engine: Engine) -> Iterator[Item]:
    """Yield the viewer's own studies that ended in the last hours and took so long that nobody sat and waited."""
    person = asking.viewer.person
    plans = {grant.plan for grant in asking.viewer.grants}
    if person is None or not any(asking.viewer.may(Action.STUDY_SITES, plan or ALL_PLANS) for plan in plans):
        return
    columns = SITING_RUNS.c
    chosen = select(columns.id, columns.name, columns.plan, columns.state, columns.created_at, columns.ended_at).where(
        columns.author_id == person.id,
        columns.state.in_(_ENDED),
        columns.ended_at >= written(asking.clock - NEWS),
        columns.put_away_at.is_(None),
    )
    with one_moment(engine) as connection:
        rows = connection.execute(chosen.order_by(columns.ended_at.desc()).limit(_MOST)).all()
    for row in rows:
        ended = read_written(row.ended_at)
        if ended - read_written(row.created_at) < _AWAITED:
            continue
        code = "siting_done" if row.state == "done" else "siting_failed"
        unnamed = asking.phrases.write("attention.siting_unnamed")
        yield Item(
            key=f"siting_done:{row.id}",
            kind="siting_done",
            incident=None,
            incident_name=None,
            drill=False,
            title=asking.phrases.write(f"attention.{code}", name=row.name or unnamed),
            detail="",
            at=as_entered(asking.clock.astimezone(CHINA)),
            since=as_entered(ended.astimezone(CHINA)),
            due_at=None,
            clause=None,
            urgency="info",
            link=f"#site={quote(row.id)}",
        )
