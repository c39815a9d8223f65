"""Reports from the place in the database: added, read, answered; never deleted."""

from __future__ import annotations

import base64
import json
import threading
import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, func, insert, select, update

from webmap.field.body import Told
from webmap.field.errors import FieldRefused, UnknownFieldReport
from webmap.field.photos import MIMETYPE, Photo
from webmap.field.records import Answer, FieldReport, State, StoredPhoto, Waiting
from webmap.incidents.chain import canonical
from webmap.incidents.errors import ClientKeyReused
from webmap.incidents.moments import as_entered, now_utc, written
from webmap.incidents.records import Author
from webmap.storage.engine import one_moment, writing
from webmap.storage.live_tables import FIELD_PHOTOS, FIELD_REPORTS

#: A person with more than this waiting is telephoned, or the phone has gone wrong.
MOST_WAITING = 100
#: How many a list shows.
MOST_LISTED = 200
#: Names the locks among a PostgreSQL server's advisory locks: of those who add, and of those who answer.
_ADD_LOCK = 0x66726570
_ANSWER_LOCK = 0x6672616E


class FieldReports:
    """Adds reports, reads them and keeps their answers. Shared by threads; `clock` tells the present moment."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = now_utc) -> None:
        self.engine = engine
        self.clock = clock
        # SQLite is written to by this process alone: who answers waits for the one before.
        self._turn = threading.Lock()

    def add(
        self, told: Told, photos: Sequence[Photo], author: Author, *, drill: bool, client_key: str | None = None
    ) -> tuple[FieldReport, bool]:
        """Store a report that waits to be confirmed; return it, and whether it is new.

        With `client_key` a repeat by the same author finds the first. A phone's clock that is ahead is not believed:
        nothing happened after it was received. Raises `ClientKeyReused` and `FieldRefused` (`too_many_waiting`).
        """
        body = canonical(told.model_dump(mode="json"))
        columns = FIELD_REPORTS.c
        report_id = str(uuid.uuid4())
        with writing(self.engine, _ADD_LOCK) as connection:
            if (before := _sent_before(connection, author.id, client_key, body)) is not None:
                return before, False
            waiting = (columns.author_id == author.id, columns.state == "waiting")
            count = connection.execute(select(func.count()).select_from(FIELD_REPORTS).where(*waiting)).scalar_one()
            if count >= MOST_WAITING:
                raise FieldRefused("too_many_waiting", most=MOST_WAITING)
            now = self.clock()
            happened = min(told.happened_at, now.astimezone(told.happened_at.tzinfo))
            row = {
                "id": report_id,
                "plan": told.plan,
                "incident_id": told.incident,
                "drill": drill,
                "happened_at": as_entered(happened),
                "received_at": written(now),
                "author_id": author.id,
                "author_name": author.name,
                "body": body,
                "state": "waiting",
                "client_key": client_key,
            }
            connection.execute(insert(FIELD_REPORTS).values(row))
            for number, photo in enumerate(photos, 1):
                connection.execute(insert(FIELD_PHOTOS).values(_photo_row(report_id, number, photo)))
        return self.read(report_id), True

    def sent_before(self, told: Told, author_id: str, client_key: str | None) -> FieldReport | None:
        """Return what an author stored under this key, None for nothing yet; raises `ClientKeyReused`."""
        with one_moment(self.engine) as connection:
            return _sent_before(connection, author_id, client_key, canonical(told.model_dump(mode="json")))

    def read(self, report_id: str) -> FieldReport:
        """Return a report; raises `UnknownFieldReport`."""
        with one_moment(self.engine) as connection:
            return _report(_require(connection, report_id), _photos_of(connection, [report_id]))

    def find(
        self, plans: Collection[str], state: State | None = None, *, author_id: str | None = None
    ) -> tuple[list[FieldReport], int]:
        """Return the latest reports under some plans, the last received first, and how many older ones were left out.

        With `author_id` this person's alone.
        """
        columns = FIELD_REPORTS.c
        wanted: list[ColumnElement[bool]] = [columns.plan.in_(sorted(plans))]
        wanted += [] if state is None else [columns.state == state]
        wanted += [] if author_id is None else [columns.author_id == author_id]
        with one_moment(self.engine) as connection:
            count = connection.execute(select(func.count()).select_from(FIELD_REPORTS).where(*wanted)).scalar_one()
            query = select(FIELD_REPORTS).where(*wanted).order_by(columns.received_at.desc(), columns.id)
            rows = connection.execute(query.limit(MOST_LISTED)).all()
            photos = _photos_of(connection, [row.id for row in rows])
        return [_report(row, photos) for row in rows], int(count) - len(rows)

    def waiting(self, plans: Collection[str]) -> list[Waiting]:
        """Return how many wait under some plans, by plan and incident; nothing where none waits."""
        columns = FIELD_REPORTS.c
        groups = (columns.plan, columns.incident_id, columns.drill)
        found = (columns.state == "waiting", columns.plan.in_(sorted(plans)))
        query = select(*groups, func.count(), func.min(columns.received_at)).where(*found).group_by(*groups)
        with one_moment(self.engine) as connection:
            rows = connection.execute(query.order_by(*groups)).all()
        return [Waiting(plan, incident, bool(drill), count, since) for plan, incident, drill, count, since in rows]

    def photo(self, report_id: str, number: int) -> bytes:
        """Return the JPEG of a photograph, the first has number 1; raises `UnknownFieldReport`."""
        query = select(FIELD_PHOTOS.c.content).where(FIELD_PHOTOS.c.id == _photo_id(report_id, number))
        with one_moment(self.engine) as connection:
            content = connection.execute(query).scalar_one_or_none()
        if content is None:
            raise UnknownFieldReport(report_id)
        return base64.b64decode(content)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Keep others from answering until the block ends, also those of another process on PostgreSQL."""
        with self._turn:
            if self.engine.dialect.name != "postgresql":
                yield
                return
            with writing(self.engine, _ANSWER_LOCK):
                yield

    def answer(self, report_id: str, answer: Answer, *, drill: bool) -> FieldReport:
        """Add an answer, which then counts; the incident of a confirmed report is that of its entries.

        To be called within `answering`, where it was looked whether the report may be answered so.
        """
        with writing(self.engine) as connection:
            row = _require(connection, report_id)
            answers = [*json.loads(row.answer or "[]"), asdict(answer)]
            values = {
                "state": answer.state,
                "answered_at": answer.at,
                "answered_by": answer.by_id,
                "answer": canonical(answers),
                "incident_id": answer.incident or row.incident_id,
                "drill": drill,
            }
            connection.execute(update(FIELD_REPORTS).where(FIELD_REPORTS.c.id == report_id).values(values))
        return self.read(report_id)


def _require(connection: Connection, report_id: str) -> Row[Any]:
    row = connection.execute(select(FIELD_REPORTS).where(FIELD_REPORTS.c.id == report_id)).first()
    if row is None:
        raise UnknownFieldReport(report_id)
    return row


def _sent_before(connection: Connection, author_id: str, client_key: str | None, body: str) -> FieldReport | None:
    """The first with this key; the same key for something else is a mistake of who sends."""
    if client_key is None:
        return None
    mine = (FIELD_REPORTS.c.author_id == author_id, FIELD_REPORTS.c.client_key == client_key)
    row = connection.execute(select(FIELD_REPORTS).where(*mine)).first()
    if row is None:
        return None
    if row.body != body:
        raise ClientKeyReused(client_key)
    return _report(row, _photos_of(connection, [row.id]))


def _photo_id(report_id: str, number: int) -> str:
    return f"{report_id}-{number}"


def _photo_row(report_id: str, number: int, photo: Photo) -> dict[str, Any]:
    return {
        "id": _photo_id(report_id, number),
        "report_id": report_id,
        "mimetype": MIMETYPE,
        "sha256": photo.sha256,
        "width_px": photo.width_px,
        "height_px": photo.height_px,
        "content": photo.text,
    }


def _photos_of(connection: Connection, ids: Sequence[str]) -> dict[str, list[StoredPhoto]]:
    columns = FIELD_PHOTOS.c
    query = select(columns.id, columns.report_id, columns.sha256, columns.width_px, columns.height_px)
    found = defaultdict(list)
    for row in connection.execute(query.where(columns.report_id.in_(ids)).order_by(columns.id)):
        number = int(row.id.rpartition("-")[2])
        found[row.report_id].append(StoredPhoto(number, row.sha256, row.width_px, row.height_px))
    return found


def _report(row: Row[Any], photos: dict[str, list[StoredPhoto]]) -> FieldReport:
    answers = [Answer(**{**one, "entries": tuple(one["entries"])}) for one in json.loads(row.answer or "[]")]
    return FieldReport(
        id=row.id,
        plan=row.plan,
        incident=row.incident_id,
        drill=bool(row.drill),
        happened_at=row.happened_at,
        received_at=row.received_at,
        author_id=row.author_id,
        author=row.author_name,
        body=json.loads(row.body),
        state=row.state,
        answers=tuple(answers),
        photos=tuple(photos.get(row.id, ())),
        client_key=row.client_key,
    )
