"""One viewer's stream: what there is at first, then what is new, as long as the viewer may see it."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from webmap.incidents.moments import now_utc, written
from webmap.live.channel import Channel, Group
from webmap.live.messages import Carrier, Message, message
from webmap.live.places import leave_lane
from webmap.live.telling import PictureAudience

BEAT_S = 10.0
RIGHTS_S = 30.0
AGE_S = 600.0
#: How many streams ask for their rights at once: each takes a connection to the database.
_ASKING = threading.Semaphore(2)


@dataclass(frozen=True)
class Rhythm:
    """How often a stream shows that it is alive, asks for its rights, and how long it lasts; in seconds."""

    beat_s: float = BEAT_S
    rights_s: float = RIGHTS_S
    age_s: float = AGE_S


@dataclass(frozen=True)
class Seat:
    """A viewer's place in front of an incident. `rights` returns why the stream must end, None while it need not."""

    channel: Channel
    group: Group
    pictures: PictureAudience
    rights: Callable[[], str | None]


class Stream:
    """The messages for one seat, from entry `after` on. Of one thread."""

    def __init__(self, seat: Seat, after: int, carrier: Carrier, rhythm: Rhythm) -> None:
        self._seat = seat
        self._carrier = carrier
        self._rhythm = rhythm
        self._seen = after
        self._seen_picture = 0
        self._seen_nudge = seat.channel.nudged
        self._gone = False

    @property
    def channel(self) -> Channel:
        """What wakes it."""
        return self._seat.channel

    @property
    def is_gone(self) -> bool:
        """Whether its viewer has gone away."""
        return self._gone

    def leave(self) -> None:
        """End without a word when it is woken next: the viewer is gone."""
        self._gone = True

    def bytes(self) -> Iterator[bytes]:
        """Yield what is sent, piece by piece; each piece is whole messages."""
        leave_lane()
        carrier = self._carrier
        first = [] if self._end() else [self._entries(), *self._news()]
        yield carrier.begin() + b"".join(map(carrier.take, first))
        reason = self._end()
        start = time.monotonic()
        beat_at, age_at = start + self._rhythm.beat_s, start + self._rhythm.age_s
        # Those who came at once, after a restart, need not ask at once for ever.
        rights_at = start + self._rhythm.rights_s * random.uniform(0.6, 1.0)  # noqa: S311  no secret
        version = -1
        while reason is None and not self._gone:
            version = self._seat.channel.wait(version, min(beat_at, rights_at, age_at) - time.monotonic())
            found = self._news()
            now = time.monotonic()
            if now >= beat_at:
                found.append(beat(self._seat.channel.look.length))
                beat_at = now + self._rhythm.beat_s
            if found:
                yield b"".join(map(carrier.take, found))
            reason = self._end() or ("age" if now >= age_at else None)
            if reason is None and now >= rights_at:
                with _ASKING:
                    reason = self._seat.rights()
                rights_at = now + self._rhythm.rights_s
        if not self._gone:
            yield carrier.take(message("bye", {"reason": reason})) + carrier.end()

    def _end(self) -> str | None:
        if self._seat.channel.over:
            return self._seat.channel.over
        # A backup was loaded, and the log is another one.
        return "gone" if self._seen > self._seat.group.length else None

    def _entries(self) -> Message:
        found, self._seen = self._seat.group.since(self._seen)
        return found

    def _news(self) -> list[Message]:
        found: list[Message] = []
        if self._seat.group.length > self._seen:
            found.append(self._entries())
        picture = self._seat.channel.pictures.get(self._seat.pictures)
        if picture is not None and picture.number > self._seen_picture:
            self._seen_picture = picture.number
            found.append(picture.message)
        with self._seat.channel.changed:
            fresh = sorted(what for what, number in self._seat.channel.nudges.items() if number > self._seen_nudge)
            self._seen_nudge = self._seat.channel.nudged
        return [*found, *(message("nudge", {"what": what}) for what in fresh)]


def beat(length: int) -> Message:
    """Return the message that says that all is well, and how long the log is."""
    return message("beat", {"now": written(now_utc()), "length": length})
