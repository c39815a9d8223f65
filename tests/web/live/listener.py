"""A client of the stream that takes nothing of the product: it reads what the standard says, over the test client."""

from __future__ import annotations

import json
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.web.log.house import House

PATIENCE_S = 20.0

Event = tuple[str, str | None, Any]


def events_in(text: str) -> tuple[list[Event], str]:
    """Return the events that a text holds whole, by the rules for text/event-stream, and the rest."""
    blocks = text.split("\n\n")
    found = []
    for block in blocks[:-1]:
        kind, number, data = "message", None, []
        for line in block.split("\n"):
            name, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if name == "event":
                kind = value
            elif name == "id":
                number = value
            elif name == "data":
                data.append(value)
        found.append((kind, number, json.loads("\n".join(data))))
    return found, blocks[-1]


class Listener:
    """Somebody who watches: `events` are those that came, in their order."""

    def __init__(self, house: House, incident: str, query: str, who: str, headers: dict[str, str]) -> None:
        given = {"Authorization": f"Bearer {house.tokens[who]}", **headers}
        self._answer = house.app.test_client().open(f"/api/incidents/{incident}/live{query}", headers=given)
        self.status = self._answer.status_code
        self.headers = self._answer.headers
        self.events: list[Event] = []
        self.ended = False
        self.received = b""
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        packed = self.headers.get("Content-Encoding") == "gzip"
        unpack = zlib.decompressobj(31) if packed else None
        text = b""
        for chunk in self._answer.iter_encoded():
            self.received += chunk
            text += chunk if unpack is None else unpack.decompress(chunk)
            found, rest = events_in(text.decode())
            text = rest.encode()
            with self._changed:
                self.events += found
                self._changed.notify_all()
        # A file that was cut off would say so.
        assert unpack is None or (unpack.eof and not unpack.unused_data)
        self._answer.close()
        with self._changed:
            self.ended = True
            self._changed.notify_all()

    def wait_for(self, wanted: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
        with self._changed:
            assert self._changed.wait_for(wanted, patience_s), [kind for kind, _, _ in self.events]

    def of(self, kind: str) -> list[Any]:
        return [data for found, _, data in self.events if found == kind]

    def await_of(self, kind: str, count: int = 1) -> Any:
        """Wait for so many events of a kind and return the data of that one."""
        self.wait_for(lambda: len(self.of(kind)) >= count)
        return self.of(kind)[count - 1]

    def numbers(self) -> list[int]:
        """The entries that came, one after the other."""
        return [entry["number"] for data in self.of("entries") for entry in data["entries"]]

    def await_entry(self, number: int) -> None:
        self.wait_for(lambda: number in self.numbers())

    def await_end(self) -> str:
        """Wait for the end; return the reason that was given."""
        self.wait_for(lambda: self.ended)
        assert self.events[-1][0] == "bye"
        return str(self.events[-1][2]["reason"])

    def join(self) -> None:
        self._thread.join(PATIENCE_S)
        assert not self._thread.is_alive()


class Room:
    """Opens streams, and ends them all with the test."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._all: list[Listener] = []

    def listen(self, incident: str, query: str = "", who: str = "duty_officer", **headers: str) -> Listener:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        listener = Listener(self.house, incident, query, who, named)
        self._all.append(listener)
        return listener

    def close(self) -> None:
        for channel in self.house.app.extensions["webmap"].live.watched:
            channel.end("restart")
        for listener in self._all:
            listener.join()
        deadline = time.monotonic() + PATIENCE_S
        while self.house.app.extensions["webmap"].live.watched and time.monotonic() < deadline:
            time.sleep(0.01)


@contextmanager
def room_of(house: House) -> Iterator[Room]:
    room = Room(house)
    try:
        yield room
    finally:
        room.close()
