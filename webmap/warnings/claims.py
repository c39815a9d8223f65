"""How senders share the waiting deliveries: each is claimed by one alone, and what came of it is written down.

A claim is one transaction, the sending stands outside of any, the record is another. Between the two the row is
`sending` and names its claimer, who renews it. One that nobody renews any more belonged to a process that is gone: it
may or may not have arrived, so that it becomes `unknown` and is never sent again by itself.
"""

from __future__ import annotations

import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, func, select, update

from webmap.incidents.moments import now_utc, written
from webmap.storage.engine import writing
from webmap.storage.tables import DELIVERIES, WARNING_MESSAGES
from webmap.warnings.channels import Delivery, Message, Outcome, message_of
from webmap.warnings.delivery_details import settle

#: A claimer's name in the column `by`, apart from people's.
_PREFIX = "sender:"
#: How many that wait are noted at once.
_AT_ONCE = 50
ABANDONED = Outcome("unknown", "abandoned")


@dataclass(frozen=True)
class Claimed:
    """A delivery that we alone send now. `hindrance` names why it must not be sent after all, "" for nothing.

    `message` is None where the stored text cannot be read; that is a hindrance.
    """

    delivery: Delivery
    message: Message | None
    hindrance: str


class Claims:
    """What one sender claims, on one channel. `lease_s` is how long a claim stands that is not renewed."""

    def __init__(
        self, engine: Engine, *, lease_s: float = 120.0, clock: Callable[[], datetime] = now_utc, name: str = ""
    ) -> None:
        self._engine = engine
        self._clock = clock
        self.lease_s = lease_s
        self._name = _PREFIX + (name or uuid.uuid4().hex)
        self._message: Message | None = None
        self._next: deque[tuple[str, str]] = deque()

    def take(self, channel: str) -> Claimed | None:
        """Claim the delivery of a channel that has waited longest; None if none waits."""
        while self._next or self._look(channel):
            claimed = self._claim(*self._next.popleft())
            if claimed is not None:
                return claimed
        return None

    def _look(self, channel: str) -> bool:
        """Note some that wait. To sort all of them for every single one would take longer than to send it."""
        waiting = (DELIVERIES.c.channel == channel, DELIVERIES.c.state == "waiting")
        chosen = select(DELIVERIES.c.id, DELIVERIES.c.message).where(*waiting)
        in_order = chosen.order_by(DELIVERIES.c.updated_at, DELIVERIES.c.id).limit(_AT_ONCE)
        with self._engine.connect() as connection:
            self._next.extend((row.id, row.message) for row in connection.execute(in_order))
        return bool(self._next)

    def _claim(self, delivery_id: str, identifier: str) -> Claimed | None:
        """Claim one delivery; None if somebody else has, or it waits no more."""
        message = self._read(identifier)  # before the lock: a long message takes a while
        one = DELIVERIES.c.id == delivery_id
        values = {
            "state": "sending",
            "attempts": DELIVERIES.c.attempts + 1,
            "updated_at": written(self._clock()),
            "by": self._name,
        }
        with writing(self._engine) as connection:
            waiting = update(DELIVERIES).where(one, DELIVERIES.c.state == "waiting")
            if connection.execute(waiting.values(values)).rowcount == 0:
                return None
            row = connection.execute(select(DELIVERIES).where(one)).one()
            hindrance = self._hindrance(connection, message, delivery_of(row)) if message else "unreadable"
        return Claimed(delivery_of(row), message, hindrance)

    def record(self, claimed: Claimed, outcome: Outcome) -> bool:
        """Write down what came of a claimed delivery; False if a person has decided about it meanwhile."""
        mine = (DELIVERIES.c.id == claimed.delivery.id, DELIVERIES.c.by == self._name)
        # It may have been taken for abandoned, but we know better.
        undecided = DELIVERIES.c.state.in_(("sending", "unknown"))
        with writing(self._engine) as connection:
            return settle(connection, (*mine, undecided), outcome, self._values()) == 1

    def give_up(self, channel: str, outcome: Outcome) -> int:
        """Let all that wait on a channel fail for the same reason; return how many."""
        waiting = (DELIVERIES.c.channel == channel, DELIVERIES.c.state == "waiting")
        with writing(self._engine) as connection:
            return settle(connection, waiting, outcome, self._values())

    def renew(self) -> None:
        """Say that we still are at what we claimed."""
        mine = (DELIVERIES.c.by == self._name, DELIVERIES.c.state == "sending")
        if self._any(mine):
            with writing(self._engine) as connection:
                at = {"updated_at": written(self._clock())}
                connection.execute(update(DELIVERIES).where(*mine).values(at))

    def abandon(self) -> int:
        """Mark what was claimed by senders that are gone as unknown; return how many."""
        oldest = written(self._clock() - timedelta(seconds=self.lease_s))
        left = (DELIVERIES.c.state == "sending", DELIVERIES.c.updated_at < oldest)
        if not self._any(left):
            return 0
        with writing(self._engine) as connection:
            # Its claimer may come back and know: the name stays.
            return settle(connection, left, ABANDONED, {"updated_at": written(self._clock())})

    def _any(self, those: tuple[Any, ...]) -> bool:
        with self._engine.connect() as connection:
            return connection.execute(select(DELIVERIES.c.id).where(*those).limit(1)).first() is not None

    def _values(self) -> dict[str, Any]:
        return {"updated_at": written(self._clock()), "by": None}

    def _read(self, identifier: str) -> Message | None:
        """Return a message, None if it is no CAP message; the last one is kept, for it goes to many."""
        if self._message is None or self._message.identifier != identifier:
            named = WARNING_MESSAGES.c.identifier == identifier
            with self._engine.connect() as connection:
                row = connection.execute(select(WARNING_MESSAGES).where(named)).one()
            try:
                self._message = message_of(row)
            except ValueError:
                return None
        return self._message

    def _hindrance(self, connection: Connection, message: Message, delivery: Delivery) -> str:
        """Return why a message must not go out any more: it is over, was lifted, or a later one goes to the same.

        Nobody is left without any message because a later one is made known by other channels.
        """
        if message.type != "Cancel" and message.expires_at <= self._clock():
            return "expired"
        of_warning = WARNING_MESSAGES.c.warning_id == message.warning_id
        later = select(WARNING_MESSAGES.c.identifier).where(of_warning, WARNING_MESSAGES.c.serial > message.serial)
        lifted = later.where(WARNING_MESSAGES.c.type == "Cancel").limit(1)
        columns = DELIVERIES.c
        same = columns.address if delivery.address else columns.recipient_key
        target = (delivery.address or delivery.recipient_key).lower()
        to_the_same = (columns.channel == delivery.channel, func.lower(same) == target, columns.message.in_(later))
        takes_its_place = select(columns.id).where(*to_the_same).limit(1)
        replaced = any(connection.execute(query).first() is not None for query in (lifted, takes_its_place))
        return "superseded" if replaced else ""


def delivery_of(row: Any) -> Delivery:
    """Return the delivery of a row of `DELIVERIES`."""
    return Delivery(
        id=row.id,
        message=row.message,
        channel=row.channel,
        audience=row.audience,
        recipient_key=row.recipient_key,
        recipient_name=row.recipient_name,
        address=row.address,
    )
