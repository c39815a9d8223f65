"""The drafts in the database: begun, saved after every step, put away, never deleted. Each is one person's own."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Engine, Row, func, insert, select, update

from webmap.editing.errors import DraftRefused, UnknownDraft
from webmap.incidents.chain import canonical
from webmap.incidents.moments import now_utc, written
from webmap.storage.data_tables import DATA_DRAFTS
from webmap.storage.engine import one_moment, writing

State = Literal["open", "committed", "discarded"]
STATES: tuple[State, ...] = get_args(State)
#: More steps than this are no draft any more, but a file to be imported.
MOST_OPERATIONS = 2_000
MOST_OPEN = 50
MOST_LISTED = 100
#: Names the lock of those who change drafts among a PostgreSQL server's advisory locks.
_DRAFTS_LOCK = 0x65646974

#: What the records that a draft concerns were when it first concerned them: digests by layer and id, "" for none.
Touched = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Draft:
    """A draft. Of its operations the first `length` count; the others were undone. Moments are UTC."""

    id: str
    name: str
    person_id: str
    author_name: str
    base_version: str
    operations: tuple[Mapping[str, Any], ...]
    touched: Touched
    length: int
    revision: int
    state: State
    created_at: str
    updated_at: str
    committed_version: str | None

    @property
    def effective(self) -> tuple[Mapping[str, Any], ...]:
        """The operations that count."""
        return self.operations[: self.length]


@dataclass(frozen=True)
class Saved:
    """What a draft becomes: its operations, how many count, and what they rest on."""

    operations: Sequence[Mapping[str, Any]]
    length: int
    touched: Touched
    base_version: str


class Drafts:
    """Begins drafts, reads and changes them. Shared by threads; `clock` tells the present moment."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = now_utc) -> None:
        self.engine = engine
        self.clock = clock

    def begin(self, person_id: str, author_name: str, name: str, base_version: str) -> str:
        """Make an empty draft and return its id; raises `DraftRefused` (`too_many_drafts`)."""
        now = written(self.clock())
        columns = DATA_DRAFTS.c
        with writing(self.engine, _DRAFTS_LOCK) as connection:
            mine = columns.person_id == person_id, columns.state == "open"
            if connection.execute(select(func.count()).where(*mine)).scalar_one() >= MOST_OPEN:
                raise DraftRefused("too_many_drafts", most=MOST_OPEN)
            row = {
                "id": str(uuid.uuid4()),
                "name": name,
                "person_id": person_id,
                "author_name": author_name,
                "base_version": base_version,
                "operations": "[]",
                "touched": "{}",
                "length": 0,
                "revision": 0,
                "state": "open",
                "created_at": now,
                "updated_at": now,
            }
            connection.execute(insert(DATA_DRAFTS).values(row))
        return str(row["id"])

    def list(self, person_id: str) -> list[Draft]:
        """Return a person's drafts, open ones first, the last changed first."""
        columns = DATA_DRAFTS.c
        query = select(DATA_DRAFTS).where(columns.person_id == person_id)
        with one_moment(self.engine) as connection:
            rows = connection.execute(query.order_by(columns.updated_at.desc()).limit(MOST_LISTED)).all()
        return sorted((_draft(row) for row in rows), key=lambda draft: draft.state != "open")

    def read(self, draft_id: str, person_id: str) -> Draft:
        """Return a person's draft; raises `UnknownDraft`."""
        with one_moment(self.engine) as connection:
            return _require(connection, draft_id, person_id)

    def save(self, draft: Draft, saved: Saved) -> None:
        """Give an open draft other operations; raises `DraftRefused` if it is not as it was read."""
        row = {
            "operations": canonical(list(saved.operations)),
            "length": saved.length,
            "touched": canonical(saved.touched),
            "base_version": saved.base_version,
        }
        self._change(draft, row, "open")

    def rename(self, draft: Draft, name: str) -> None:
        """Give a draft another name."""
        self._change(draft, {"name": name}, draft.state)

    def discard(self, draft: Draft) -> None:
        """Put an open draft away; its operations stay."""
        self._change(draft, {"state": "discarded"}, "open")

    def take_back(self, draft: Draft) -> None:
        """Open a draft again that was discarded."""
        self._change(draft, {"state": "open"}, "discarded")

    def settle(self, connection: Connection, draft: Draft, wanted: State, row: Mapping[str, Any]) -> None:
        """Change a draft within a transaction that writes layers too; raises `DraftRefused` if it is not as read."""
        columns = DATA_DRAFTS.c
        as_read = columns.id == draft.id, columns.revision == draft.revision, columns.state == draft.state
        changed = {"revision": draft.revision + 1, "updated_at": written(self.clock()), "state": wanted, **row}
        if connection.execute(update(DATA_DRAFTS).where(*as_read).values(changed)).rowcount != 1:
            raise DraftRefused("draft_changed")

    def _change(self, draft: Draft, row: Mapping[str, Any], needed: State) -> None:
        if draft.state != needed:
            raise DraftRefused("not_discarded" if needed == "discarded" else "not_open")
        with writing(self.engine, _DRAFTS_LOCK) as connection:
            self.settle(connection, draft, draft.state, row)


def _require(connection: Connection, draft_id: str, person_id: str) -> Draft:
    columns = DATA_DRAFTS.c
    query = select(DATA_DRAFTS).where(columns.id == draft_id, columns.person_id == person_id)
    row = connection.execute(query).first()
    if row is None:
        raise UnknownDraft(draft_id)
    return _draft(row)


def _draft(row: Row[Any]) -> Draft:
    return Draft(
        row.id,
        row.name,
        row.person_id,
        row.author_name,
        row.base_version,
        tuple(json.loads(row.operations)),
        json.loads(row.touched),
        row.length,
        row.revision,
        row.state,
        row.created_at,
        row.updated_at,
        row.committed_version,
    )
