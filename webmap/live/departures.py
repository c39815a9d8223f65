"""Notices which viewers have gone away, whose streams would else find out with the next thing that they send."""

from __future__ import annotations

import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from webmap.live.stream import Stream

#: A viewer that is there and takes nothing for so long (a machine asleep, a cable pulled) is gone.
_DEAF_MS = 60_000
#: Those who leave at about the same time are noticed together: all that watch are woken for it.
_PAUSE_S = 0.25
_LEFT = select.EPOLLRDHUP | select.EPOLLHUP | select.EPOLLERR


class Departures:
    """Watches the connections of streams in one thread, which begins with the first of them. Shared by threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._streams: dict[int, Stream] = {}
        self._poll: select.epoll | None = None

    @contextmanager
    def watching(self, connection: socket.socket | None, stream: Stream) -> Iterator[None]:
        """End a stream when its other end goes away during the block; without a connection nothing is watched."""
        if connection is None:
            yield
            return
        with suppress(OSError, AttributeError):  # not of every system, nor of a connection that is no TCP
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _DEAF_MS)
        number = connection.fileno()
        poll = self._begun()
        with self._lock:
            self._streams[number] = stream
        poll.register(number, _LEFT | select.EPOLLONESHOT)
        try:
            yield
        finally:
            with self._lock:
                del self._streams[number]
            with suppress(OSError):  # closed already, and so forgotten
                poll.unregister(number)

    def _begun(self) -> select.epoll:
        with self._lock:
            if self._poll is None:
                self._poll = select.epoll()
                threading.Thread(target=self._run, args=[self._poll], name="live-departures", daemon=True).start()
            return self._poll

    def _run(self, poll: select.epoll) -> None:
        while True:
            found = poll.poll()
            with self._lock:
                gone = [self._streams[number] for number, _ in found if number in self._streams]
            for stream in gone:
                stream.leave()
            for channel in {id(stream.channel): stream.channel for stream in gone}.values():
                channel.tell()
            time.sleep(_PAUSE_S)
