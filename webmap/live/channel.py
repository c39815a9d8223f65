"""An incident that is watched: the latest of everything, from which each stream takes what it has not seen.

No stream has a queue. Who is slow finds several entries in one message, and of pictures the latest alone.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from webmap.incidents.journal import Look
from webmap.live.messages import Message
from webmap.live.telling import Audience, PictureAudience, Teller

#: A message tells how the incident stands at its moment: later it is written anew.
_FRESH_S = 5.0
#: Messages kept for an audience: the next one, and those for who was away for some entries.
_KEPT = 16


@dataclass(frozen=True)
class Shown:
    """What a picture was made of: `made_s` and `again_s` (0: not at all) on the monotonic clock.

    `runs` says that the incident's present is the clock's, so that the picture grows old. `present` is the version that
    the data had then, on whichever the picture rests.
    """

    length: int
    data_version: str
    content: str
    runs: bool
    made_s: float
    again_s: float = 0.0
    present: str | None = None


@dataclass(frozen=True)
class Picture:
    """A picture that was made, the `number`th of its incident and audience."""

    number: int
    message: Message


class Group:
    """Those of an audience who watch: each message is written once for all of them."""

    def __init__(self, teller: Teller, look: Look) -> None:
        self.viewers = 0
        self._teller = teller
        self._lock = threading.Lock()
        self._look = look
        self._written: OrderedDict[tuple[int, int], tuple[float, Message]] = OrderedDict()

    @property
    def length(self) -> int:
        """The number of the last entry that they can be told of."""
        return self._look.length

    def prepare(self, look: Look) -> None:
        """Write what those who have seen everything are told next, and have them find it; nothing if it is no more."""
        with self._lock:
            if look.length > self._look.length:
                self._message(look, self._look.length)
                self._look = look

    def since(self, after: int) -> tuple[Message, int]:
        """Return the message for who has seen entry `after`, and the entry that they have seen with it."""
        with self._lock:
            return self._message(self._look, after), self._look.length

    def _message(self, look: Look, after: int) -> Message:
        found = self._written.get((after, look.length))
        if found is not None and time.monotonic() - found[0] < _FRESH_S:
            return found[1]
        made = self._teller.entries(look, after)
        self._written[after, look.length] = time.monotonic(), made
        self._written.move_to_end((after, look.length))
        while len(self._written) > _KEPT:
            self._written.popitem(last=False)
        return made


@dataclass
class Channel:
    """An incident while somebody watches it. `changed` is notified of everything; `over` says why it ended."""

    incident_id: str
    look: Look
    groups: dict[Audience, Group] = field(default_factory=dict)
    pictures: dict[PictureAudience, Picture] = field(default_factory=dict)
    shown: dict[PictureAudience, Shown] = field(default_factory=dict)
    nudges: dict[str, int] = field(default_factory=dict)
    nudged: int = 0
    over: str | None = None
    version: int = 0
    changed: threading.Condition = field(default_factory=threading.Condition)

    @property
    def viewers(self) -> int:
        """How many watch."""
        return sum(group.viewers for group in self.groups.values())

    def see(self, look: Look) -> None:
        """Take a look at the log for the latest one, unless another has seen as much of it, or another log."""
        if look.length > self.look.length and goes_on(self.look, look):
            self.look = look

    def tell(self, change: Callable[[], object] = lambda: None) -> None:
        """Make a change and wake everybody who waits."""
        with self.changed:
            change()
            self.version += 1
            self.changed.notify_all()

    def end(self, reason: str) -> None:
        """End all streams."""

        def over() -> None:
            self.over = self.over or reason

        self.tell(over)

    def nudge(self, what: str) -> None:
        """Have everybody ask again for something."""

        def noted() -> None:
            self.nudged += 1
            self.nudges[what] = self.nudged

        self.tell(noted)

    def show(self, audience: PictureAudience, made: Message) -> None:
        """Show a picture to an audience."""
        before = self.pictures.get(audience)
        picture = Picture(1 if before is None else before.number + 1, made)
        self.tell(lambda: self.pictures.__setitem__(audience, picture))

    def wait(self, seen: int, timeout_s: float) -> int:
        """Wait until something changed since version `seen`, or the time is over; return the version now."""
        with self.changed:
            self.changed.wait_for(lambda: self.version != seen, timeout_s)
            return self.version


def goes_on(before: Look, look: Look) -> bool:
    """Return whether a look is at the same log as the one before, and at no less of it."""
    if look.log.opening != before.log.opening or look.length < before.length:
        return False
    return not before.length or look.log.entries[before.length - 1].hash == before.log.entries[-1].hash
