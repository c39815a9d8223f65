"""The deliveries of a warning as people see them, and what people do about them: try again, tick off, decide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, and_, exists, or_, select, update

from webmap.incidents.moments import now_utc, written
from webmap.storage.engine import writing
from webmap.storage.tables import DELIVERIES, WARNING_MESSAGES
from webmap.warnings.channels import Delivery, Outcome, State
from webmap.warnings.claims import delivery_of, said_of
from webmap.warnings.delivery_rows import detail_of

#: Nothing remains to be done about these.
CLOSED: frozenset[State] = frozenset({"sent", "done", "recorded"})
#: The reasons of failures that no further try can mend.
FINAL = frozenset({"no_address", "bad_address", "expired", "superseded", "unreadable"})
#: Of these nobody may be sent the same message again.
_MAY_HAVE_IT = ("sent", "unknown", "sending", "waiting", "done")


@dataclass(frozen=True)
class DeliveryRecord:
    """A delivery with how far it is. `code` and `reply` say why it failed; `by` names the person who acted last."""

    delivery: Delivery
    version: int
    type: str
    sent: str
    state: State
    attempts: int
    updated_at: str
    code: str
    reply: str
    by: str | None
    superseded: bool

    @property
    def can_retry(self) -> bool:
        """Whether it may be tried again."""
        return self.state == "failed" and self.code not in FINAL and not self.superseded

    @property
    def is_open(self) -> bool:
        """Whether something remains to be done: nothing does once a later message has taken its place."""
        return self.state not in CLOSED and not self.superseded


class Deliveries:
    """Reads the deliveries and takes what people say about them."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = now_utc) -> None:
        self._engine = engine
        self._clock = clock

    def of_warning(self, warning_id: str) -> tuple[DeliveryRecord, ...]:
        """Return all deliveries of a warning's messages: by message, and within it by name. Empty if there are none."""
        messages = WARNING_MESSAGES.c
        chosen = (
            select(DELIVERIES, messages.version, messages.type, messages.sent, messages.serial)
            .join(WARNING_MESSAGES, DELIVERIES.c.message == messages.identifier)
            .where(messages.warning_id == warning_id)
            .order_by(messages.serial, DELIVERIES.c.recipient_name, DELIVERIES.c.id)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(chosen).all()
        newest = max((row.serial for row in rows), default=0)
        return tuple(_record(row, superseded=row.serial < newest) for row in rows)

    def retry(self, message: str, channel: str, by: str, ids: Sequence[str] | None = None) -> int:
        """Let failed deliveries wait again, all of a message and channel or those of `ids`; return how many.

        Never one whose address or recipient has the message by this channel, or may have it, and none that cannot be
        mended. Of several to one address one is tried.
        """
        wanted = [*_on(message, channel), DELIVERIES.c.state == "failed"]
        if ids is not None:
            wanted.append(DELIVERIES.c.id.in_(ids))
        with writing(self._engine) as connection:
            rows = connection.execute(select(DELIVERIES).where(*wanted, ~_has_it()).with_for_update()).all()
            again = {_to(row): row.id for row in reversed(rows) if said_of(row)[0] not in FINAL}
            values = {"state": "waiting", "detail": None, "updated_at": written(self._clock()), "by": by}
            for delivery_id in again.values():
                connection.execute(update(DELIVERIES).where(DELIVERIES.c.id == delivery_id).values(values))
        return len(again)

    def done(self, message: str, channel: str, by: str, *, audience: str | None = None, note: str = "") -> int:
        """Tick off what a person has done, all of a message and channel or of one audience; return how many.

        That is what was prepared, and who no further try can reach (without an address) and was told some other way.
        """
        beyond_mending = [detail_of(Outcome("failed", code)) for code in sorted(FINAL)]
        by_other_means = and_(DELIVERIES.c.state == "failed", DELIVERIES.c.detail.in_(beyond_mending))
        wanted = [*_on(message, channel), or_(DELIVERIES.c.state == "prepared", by_other_means)]
        if audience is not None:
            wanted.append(DELIVERIES.c.audience == audience)
        return self._change(wanted, Outcome("done", "", note), by)

    def decide(self, delivery_id: str, by: str, *, sent: bool) -> bool:
        """Settle an `unknown` delivery: it arrived, or it failed and may be tried again. False if it is not unknown."""
        outcome = Outcome("sent", "decided_sent") if sent else Outcome("failed", "decided_failed")
        wanted = [DELIVERIES.c.id == delivery_id, DELIVERIES.c.state == "unknown"]
        return self._change(wanted, outcome, by) == 1

    def _change(self, wanted: Sequence[ColumnElement[bool]], outcome: Outcome, by: str) -> int:
        values = {"state": outcome.state, "detail": detail_of(outcome), "by": by, "updated_at": written(self._clock())}
        with writing(self._engine) as connection:
            return connection.execute(update(DELIVERIES).where(*wanted).values(values)).rowcount


def _on(message: str, channel: str) -> list[ColumnElement[bool]]:
    return [DELIVERIES.c.message == message, DELIVERIES.c.channel == channel]


def _to(row: Any) -> str:
    return str(row.address or row.recipient_key).casefold()


def _has_it() -> ColumnElement[bool]:
    """Whether recipient or address have the message by the channel already, or may have it."""
    other = DELIVERIES.alias()
    same = (other.c.message == DELIVERIES.c.message, other.c.channel == DELIVERIES.c.channel)
    shared = and_(other.c.address == DELIVERIES.c.address, DELIVERIES.c.address != "")
    whose = or_(other.c.recipient_key == DELIVERIES.c.recipient_key, shared)
    return exists().where(other.c.id != DELIVERIES.c.id, *same, whose, other.c.state.in_(_MAY_HAVE_IT))


def _record(row: Any, *, superseded: bool) -> DeliveryRecord:
    code, reply = said_of(row)
    return DeliveryRecord(
        delivery=delivery_of(row),
        version=row.version,
        type=row.type,
        sent=row.sent,
        state=row.state,
        attempts=row.attempts,
        updated_at=row.updated_at,
        code=code,
        reply=reply,
        by=row.by if row.by and not row.by.startswith("sender:") else None,
        superseded=superseded,
    )
