"""The deliveries of a warning as people see them, and what people do about them: try again, tick off, decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, and_, exists, or_, select

from webmap.incidents.moments import now_utc, written
from webmap.storage.engine import writing
from webmap.storage.tables import DELIVERIES, WARNING_MESSAGES
from webmap.warnings.channels import Delivery, Outcome, State
from webmap.warnings.claims import delivery_of
from webmap.warnings.delivery_details import (
    FINAL,
    TICKED,
    TOLD_OTHERWISE,
    WITHOUT_ADDRESS,
    Act,
    act_of,
    before_tick,
    history_of,
    said_of,
    settle,
)
from webmap.warnings.told_before import ToldBefore, told_before

#: Of these nobody may be sent the same message again.
_MAY_HAVE_IT = ("sent", "unknown", "sending", "waiting", "done")


@dataclass(frozen=True)
class DeliveryRecord:
    """A delivery with how far it is. `code` and `reply` say why it failed; `by` names the person who acted last.

    `history` is what people did about it, the first act first.
    """

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
    history: tuple[Mapping[str, str], ...] = ()

    @property
    def can_retry(self) -> bool:
        """Whether it may be tried again."""
        return self.state == "failed" and self.code not in FINAL and not self.superseded

    @property
    def without_address(self) -> bool:
        """Whether the channel has no way to the recipient: nothing was tried, and nothing went wrong. In drills too."""
        return self.state in {"failed", "recorded"} and self.code in WITHOUT_ADDRESS

    @property
    def to_tell_otherwise(self) -> bool:
        """Whether the recipient can only be told by other means, and has to be."""
        return self.state == "failed" and self.code in TOLD_OTHERWISE and not self.superseded


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

    def told_before(self, warning_id: str) -> tuple[ToldBefore, ...]:
        """Return whom the messages of a warning went to; nobody before the first one."""
        with self._engine.connect() as connection:
            return told_before(connection, warning_id)

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
            at = written(self._clock())
            for delivery_id in again.values():
                one, act = (DELIVERIES.c.id == delivery_id,), act_of("retried", by, at)
                settle(connection, one, Outcome("waiting"), {"updated_at": at, "by": by}, act=act)
        return len(again)

    def done(self, message: str, channel: str, by: str, audience: str, note: str = "") -> int:
        """Tick off what a person has prepared to do for one audience of a message on a channel; return how many."""
        wanted = [*_on(message, channel), DELIVERIES.c.audience == audience, DELIVERIES.c.state == "prepared"]
        return self._change(wanted, Outcome("done", "", note), by, "done")

    def told_otherwise(self, message: str, channel: str, by: str, audience: str, note: str) -> int:
        """Tick off whom the channel cannot reach, and who was told by other means, which `note` says; return how many.

        What expired or was replaced is not ticked off: nobody was told that.
        """
        wanted = [*_on(message, channel), DELIVERIES.c.audience == audience, DELIVERIES.c.state == "failed"]
        return self._change(wanted, Outcome("done", "told_otherwise", note), by, "told_otherwise", TOLD_OTHERWISE)

    def undo(self, message: str, channel: str, by: str, audience: str, at: str) -> int:
        """Take back what was ticked off at a moment (`at`, as the record says); return how many.

        Each stands again as before; that it was ticked off, and that it was taken back by whom, stays in its history.
        0 where nothing was ticked off then, or something else was done since.
        """
        ticked = [*_on(message, channel), DELIVERIES.c.audience == audience, DELIVERIES.c.state == "done"]
        now, count = written(self._clock()), 0
        with writing(self._engine) as connection:
            rows = connection.execute(select(DELIVERIES.c.detail).where(*ticked).with_for_update()).all()
            for detail in dict.fromkeys(row.detail for row in rows):
                last = (history_of(detail) or [{"act": "", "at": ""}])[-1]
                if last["act"] in TICKED and last["at"] == at:
                    same, act = [*ticked, DELIVERIES.c.detail == detail], act_of("undone", by, now)
                    count += settle(connection, same, before_tick(last), {"by": by, "updated_at": now}, act=act)
        return count

    def decide(self, delivery_id: str, by: str, *, sent: bool) -> bool:
        """Settle an `unknown` delivery: it arrived, or it failed and may be tried again. False if it is not unknown."""
        outcome = Outcome("sent", "decided_sent") if sent else Outcome("failed", "decided_failed")
        wanted = [DELIVERIES.c.id == delivery_id, DELIVERIES.c.state == "unknown"]
        return self._change(wanted, outcome, by, "decided_sent" if sent else "decided_failed") == 1

    def _change(
        self,
        wanted: Sequence[ColumnElement[bool]],
        outcome: Outcome,
        by: str,
        act: Act,
        codes: frozenset[str] | None = None,
    ) -> int:
        at = written(self._clock())
        kept = act_of(act, by, at, outcome.reply)
        with writing(self._engine) as connection:
            # Locked before they are looked at: a sender may record an outcome at the same moment.
            connection.execute(select(DELIVERIES.c.id).where(*wanted).with_for_update()).all()
            values = {"by": by, "updated_at": at}
            return settle(
                connection, wanted, outcome, values, act=kept, wanted=lambda code: codes is None or code in codes
            )


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
        history=tuple(history_of(row.detail)),
    )
