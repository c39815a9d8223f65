"""The hub of a process: the incidents that are watched, and the thread that tells of what is written to them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from webmap.accounts.viewer import Viewer
from webmap.incidents.errors import LogError, UnknownIncident
from webmap.incidents.journal import Look
from webmap.incidents.kept import KeptLogs
from webmap.languages import Language
from webmap.live.channel import Channel, Group, goes_on
from webmap.live.painter import Painter
from webmap.live.signals import Signals
from webmap.live.stream import Rhythm, Seat
from webmap.live.telling import Audience, Teller, audience_of
from webmap.runtime import Runtime
from webmap.storage.engine import one_moment
from webmap.storage.tables import INCIDENTS

_LOG = logging.getLogger(__name__)
_RETRY_S = 0.5


@dataclass(frozen=True)
class LiveSources:
    """What the hub reads from."""

    runtime: Runtime
    logs: KeptLogs
    clock: Callable[[], datetime]


class Hub:
    """Keeps a channel for each incident that somebody in this process watches. Shared by threads.

    Nothing runs before the first viewer. After `stop` every stream ends, and nobody is let in.
    """

    def __init__(self, sources: LiveSources, signals: Signals, painter: Painter, rhythm: Rhythm | None = None) -> None:
        self.rhythm = rhythm or Rhythm()
        self._sources = sources
        self._signals = signals
        self._painter = painter
        self._lock = threading.Lock()
        self._channels: dict[str, Channel] = {}
        self._waiting = threading.Condition()
        self._written_to: set[str] = set()
        self._stopped = False
        self._told = ""
        self._version: str | None = None
        self._thread: threading.Thread | None = None

    @property
    def watched(self) -> list[Channel]:
        """The channels that there are."""
        with self._lock:
            return list(self._channels.values())

    @contextmanager
    def seat(
        self, look: Look, viewer: Viewer, language: Language, rights: Callable[[Audience], str | None]
    ) -> Iterator[Seat]:
        """Hold a seat before the incident that was looked at, during the block."""
        audience = audience_of(viewer, language, look.log.opening.plan)
        teller = Teller(self._sources.runtime, viewer, language, look.log.opening.plan, self._sources.clock)
        self._begin()
        channel, group = self._taken(look, audience, teller)
        try:
            if group.length < channel.look.length:
                # Who comes may have an entry already, the answer to their own, of which the others are told next.
                group.prepare(channel.look)
                channel.tell()
            if self._stopped:
                channel.end("restart")
            self._painter.wake()
            yield Seat(channel, group, audience.of_pictures, lambda: rights(audience))
        finally:
            self._leave(channel, audience)

    def _taken(self, look: Look, audience: Audience, teller: Teller) -> tuple[Channel, Group]:
        """Return the channel and the group in which one more watches now."""
        incident_id = look.log.opening.incident_id
        with self._lock:
            channel = self._channels.get(incident_id)
            if channel is None or channel.over is not None:
                # One that has ended stays as long as somebody there has not heard of it.
                channel = self._channels[incident_id] = Channel(incident_id, look)
                is_known = False
            else:
                is_known = channel.look is look
                channel.see(look)
            group = channel.groups.setdefault(audience, Group(teller, channel.look))
            group.viewers += 1
        if not is_known:
            # The other groups are told; what was written before there was a channel was told to nobody; and that it
            # is another log now is found out.
            self.entries_written(incident_id)
        return channel, group

    def _leave(self, channel: Channel, audience: Audience) -> None:
        with self._lock:
            group = channel.groups[audience]
            group.viewers -= 1
            if not group.viewers:
                del channel.groups[audience]
            if not channel.groups and self._channels.get(channel.incident_id) is channel:
                del self._channels[channel.incident_id]

    def stop(self, timeout_s: float = 2.0) -> None:
        """End every stream, and let nobody in any longer."""
        self._stopped = True
        for channel in self.watched:
            channel.end("restart")
        with self._waiting:
            self._waiting.notify_all()
        self._painter.stop()
        self._signals.stop(timeout_s)

    def _begin(self) -> None:
        with self._lock:
            if self._thread is not None or self._stopped:
                return
            self._thread = threading.Thread(target=self._run, name="live-entries", daemon=True)
            self._thread.start()
        self._painter.start(lambda: self.watched)
        self._signals.listen(self)

    def entries_written(self, incident_id: str) -> None:
        """An incident's log has grown."""
        if incident_id in self._channels:
            with self._waiting:
                self._written_to.add(incident_id)
                self._waiting.notify_all()

    def nudged(self, what: str, incident_id: str | None) -> None:
        """Have pages ask again for something."""
        for channel in self.watched:
            if incident_id in {None, channel.incident_id}:
                channel.nudge(what)

    def look_again(self) -> None:
        """Compare the lengths of the logs that are watched with the database's, and the data version."""
        watched = self.watched
        if not watched:
            return
        try:
            lengths = self._lengths([channel.incident_id for channel in watched])
            version = self._sources.runtime.data_version()
        except SQLAlchemyError:
            return  # the next look finds it; streams go on and say how old the picture is
        self._painter.note_version(version)
        self._note_version(version)
        for channel in watched:
            if lengths.get(channel.incident_id) != channel.look.length:
                self.entries_written(channel.incident_id)

    def _note_version(self, version: str) -> None:
        """Have pages ask what their incident rests on once the data are others: its picture stays the same."""
        before, self._version = self._version, version
        if before not in {None, version}:
            self.nudged("data", None)

    def _lengths(self, incidents: list[str]) -> dict[str, int]:
        wanted = select(INCIDENTS.c.id, INCIDENTS.c.length).where(INCIDENTS.c.id.in_(incidents))
        with one_moment(self._sources.runtime.store.engine) as connection:
            return {row.id: row.length for row in connection.execute(wanted)}

    def _run(self) -> None:
        while not self._stopped:
            with self._waiting:
                self._waiting.wait_for(lambda: self._written_to or self._stopped)
                incidents, self._written_to = self._written_to, set()
            for incident_id in incidents:
                channel = self._channels.get(incident_id)
                if channel is not None and not self._stopped:
                    self._tell(channel)

    def _tell(self, channel: Channel) -> None:
        before = channel.look
        try:
            look = self._sources.logs.look(channel.incident_id)
            if not goes_on(before, look):
                channel.end("gone")
                return
            with self._lock:
                channel.see(look)
                behind = [group for group in channel.groups.values() if group.length < look.length]
            for group in behind:
                group.prepare(look)
                channel.tell()
        except UnknownIncident:
            channel.end("gone")
            return
        except (SQLAlchemyError, LogError) as error:
            self._again(channel, error)
            return
        except Exception:  # noqa: BLE001  the thread must survive; clients come back, and are told what is wrong
            _LOG.exception("a live message could not be written")
            channel.end("restart")
            return
        self._told = ""
        self._painter.wake()

    def _again(self, channel: Channel, error: Exception) -> None:
        name = type(error).__name__
        if name != self._told:
            self._told = name
            _LOG.warning("live entries wait for the database: %s", name)
        timer = threading.Timer(_RETRY_S, self.entries_written, [channel.incident_id])
        timer.daemon = True
        timer.start()
