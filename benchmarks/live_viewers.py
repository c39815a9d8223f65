"""Viewers of a live stream in one process: what each gets, and when. Prints one JSON line when it is told to end.

Reads `end` on stdin. A viewer that loses its stream comes back with the number of its last entry, as pages do.
The time of a message is when its last byte was read from the socket; it is unpacked when nothing waits to be read.
"""

from __future__ import annotations

import json
import random
import selectors
import socket
import sys
import time
import zlib
from collections import deque
from dataclasses import dataclass, field
from typing import Any

_READ_BYTES = 1 << 18
_CRLF = b"\r\n"


@dataclass
class Events:
    """Takes the bytes of one answer and gives out its events: HTTP chunks, gzip, lines, by the RFCs' letter."""

    head: bytes = b""
    status: int = 0
    chunked: bytes = b""
    text: bytes = b""
    unpack: Any = None

    def take(self, data: bytes) -> list[dict[str, str]]:
        """Return the events that these bytes complete."""
        if not self.status:
            self.head += data
            if _CRLF * 2 not in self.head:
                return []
            head, _, data = self.head.partition(_CRLF * 2)
            self.status = int(head.split()[1])
            self.unpack = zlib.decompressobj(31) if b"content-encoding: gzip" in head.lower() else None
        if self.status != 200:
            return []
        self.chunked += data
        for chunk in self._chunks():
            self.text += chunk if self.unpack is None else self.unpack.decompress(chunk)
        *whole, self.text = self.text.split(b"\n\n")
        return [dict(line.split(": ", 1) for line in event.decode().split("\n")) for event in whole]

    def _chunks(self) -> list[bytes]:
        found = []
        while _CRLF in self.chunked:
            size, _, rest = self.chunked.partition(_CRLF)
            length = int(size, 16)
            if len(rest) < length + 2:
                break
            found.append(rest[:length])
            self.chunked = rest[length + 2 :]
        return found


@dataclass
class Viewer:
    """One viewer: what it has seen, and its connection."""

    token: str
    language: str
    seen: int = 0
    entries: dict[int, float] = field(default_factory=dict)
    pictures: list[tuple[int, float]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    byes: list[str] = field(default_factory=list)
    connections: int = 0
    refusals: int = 0
    received_bytes: int = 0
    socket: socket.socket | None = None
    events: Events = field(default_factory=Events)
    backlog: deque[tuple[float, bytes]] = field(default_factory=deque)
    again_at: float = 0.0

    def hear(self, event: dict[str, str], at: float) -> None:
        """Note what came, and what is not as it must be."""
        data = json.loads(event["data"])
        if event["event"] == "bye":
            self.byes.append(data["reason"])
        if event["event"] == "picture":
            self.pictures.append((data["length"], at))
            if data["failure"] is not None:
                self.wrong.append(f"picture: {data['failure']['error']['code']}")
        if event["event"] != "entries":
            return
        numbers = [entry["number"] for entry in data["entries"]]
        if numbers != list(range(self.seen + 1, data["length"] + 1)) or int(event["id"]) != data["length"]:
            self.wrong.append(f"seen {self.seen}, told {numbers} of {data['length']}")
        self.entries.update((number, at) for number in numbers)
        self.seen = data["length"]


class Crowd:
    """All viewers of one incident."""

    def __init__(self, port: int, incident: str, viewers: list[Viewer]) -> None:
        self._port, self._incident, self._viewers = port, incident, viewers
        self._selector = selectors.DefaultSelector()
        self._selector.register(sys.stdin, selectors.EVENT_READ)
        self._waiting: deque[Viewer] = deque()

    def watch(self) -> None:
        """Watch until told to end; then until nothing comes any more."""
        ended = False
        told = ""
        while not ended:
            self._connect()
            for key, _ in self._selector.select(0 if self._waiting else 0.02):
                if key.data is None:
                    ended = ended or sys.stdin.readline().strip() in {"end", ""}
                else:
                    self._read(key.data)
            if self._waiting:
                self._unpack()
            told = self._tell(told)
        while self._waiting:
            self._unpack()

    def _tell(self, before: str) -> str:
        """Say how many have the picture and how far they are, whenever that changes."""
        there = sum(1 for viewer in self._viewers if viewer.socket is not None and viewer.pictures)
        now = json.dumps({"there": there, "seen": min(viewer.seen for viewer in self._viewers)})
        if now != before:
            print(now, flush=True)
        return now

    def _connect(self) -> None:
        now = time.monotonic()
        for viewer in self._viewers:
            if viewer.socket is not None or viewer.backlog or now < viewer.again_at:
                continue
            try:
                connection = socket.create_connection(("127.0.0.1", self._port), timeout=5)
            except OSError:
                viewer.again_at = now + random.uniform(0.2, 1.0)  # noqa: S311
                continue
            path = f"/api/incidents/{self._incident}/live?after={viewer.seen}&lang={viewer.language}"
            head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n"
            connection.sendall(f"{head}Authorization: Bearer {viewer.token}\r\n\r\n".encode())
            connection.setblocking(False)
            viewer.socket, viewer.events = connection, Events()
            viewer.connections += 1
            self._selector.register(connection, selectors.EVENT_READ, viewer)

    def _read(self, viewer: Viewer) -> None:
        assert viewer.socket is not None  # noqa: S101
        try:
            data = viewer.socket.recv(_READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            viewer.received_bytes += len(data)
            if not viewer.backlog:
                self._waiting.append(viewer)
            viewer.backlog.append((time.monotonic(), data))
        else:
            self._lose(viewer)

    def _lose(self, viewer: Viewer) -> None:
        if viewer.socket is not None:
            self._selector.unregister(viewer.socket)
            viewer.socket.close()
            viewer.socket = None
            viewer.again_at = time.monotonic() + random.uniform(0.1, 0.5)  # noqa: S311

    def _unpack(self) -> None:
        """Work off what one viewer has got, at most one piece."""
        viewer = self._waiting.popleft()
        at, data = viewer.backlog.popleft()
        for event in viewer.events.take(data):
            viewer.hear(event, at)
        if viewer.backlog:
            self._waiting.append(viewer)
        elif viewer.events.status not in {0, 200} or (viewer.byes and viewer.socket is not None and _ended(viewer)):
            viewer.refusals += viewer.events.status != 200
            self._lose(viewer)


def _ended(viewer: Viewer) -> bool:
    """Whether this answer said goodbye: its stream was unpacked to the check sum."""
    return viewer.events.unpack is not None and viewer.events.unpack.eof


def main() -> None:
    """Watch with the viewers that the first line of stdin tells of."""
    asked = json.loads(sys.stdin.readline())
    viewers = [Viewer(token, language) for token, language in asked["viewers"]]
    Crowd(asked["port"], asked["incident"], viewers).watch()
    found = [
        {
            "entries": viewer.entries,
            "pictures": viewer.pictures,
            "wrong": viewer.wrong,
            "byes": viewer.byes,
            "seen": viewer.seen,
            "connections": viewer.connections,
            "refusals": viewer.refusals,
            "bytes": viewer.received_bytes,
        }
        for viewer in viewers
    ]
    print(json.dumps({"viewers": found}), flush=True)


if __name__ == "__main__":
    main()
