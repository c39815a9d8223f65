"""The product's server as processes that can be killed, and clients of its streams that come back as pages do."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from tests.forked import forking
from tests.web.live.listener import events_in
from tests.web.test_server import free_port
from webmap.server import run_server
from webmap.settings import Settings

PATIENCE_S = 30.0


def _serve(environment: dict[str, str]) -> None:
    os.setsid()  # so that it can be killed with all its workers
    run_server(Settings.from_environment(environment), lambda: None)


class LiveServer:
    """A server that is started, killed and started again on the same port."""

    def __init__(self, url: str, home: Path, **environment: str) -> None:
        self.port = free_port()
        self._environment = {"DATABASE_URL": url, "WEBMAP_HOME": str(home), "PORT": str(self.port), **environment}
        self._process: BaseProcess | None = None

    def start(self) -> None:
        """Start, and wait until it answers."""
        self._process = forking().Process(target=_serve, args=[self._environment], daemon=False)
        self._process.start()
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
            with closing(connection), suppress(OSError, HTTPException):
                connection.request("GET", "/healthz")
                connection.getresponse().read()
                return
            time.sleep(0.02)
        raise TimeoutError("no answer")

    def kill(self) -> None:
        """End all its processes as a power cut would."""
        if self._process is not None and self._process.pid is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.join(PATIENCE_S)

    def stop(self) -> float:
        """Ask it to stop; return how long that took, in seconds."""
        assert self._process is not None
        assert self._process.pid is not None
        begun = time.monotonic()
        os.kill(self._process.pid, signal.SIGTERM)
        self._process.join(PATIENCE_S)
        assert self._process.exitcode == 0
        return time.monotonic() - begun


class Client:
    """Watches an incident in a thread until `stop`; after a lost stream it comes back with what it has."""

    def __init__(self, port: int, incident: str, token: str) -> None:
        self._port, self._incident, self._token = port, incident, token
        self._stopped = False
        self._changed = threading.Condition()
        self.numbers: list[int] = []
        self.at: dict[int, float] = {}
        self.byes: list[str] = []
        self.connections = 0
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self._stopped:
            connection = HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE_S)
            with closing(connection), suppress(OSError, HTTPException):
                self._watch(connection)
            time.sleep(0.05)

    def _watch(self, connection: HTTPConnection) -> None:
        after = self.numbers[-1] if self.numbers else 0
        headers = {"Authorization": f"Bearer {self._token}"}
        connection.request("GET", f"/api/incidents/{self._incident}/live?after={after}", headers=headers)
        answer = connection.getresponse()
        if answer.status != 200:
            answer.close()
            return
        self.connections += 1
        text = b""
        while (chunk := answer.read1()) and not self._stopped:
            found, rest = events_in((text + chunk).decode(errors="surrogateescape"))
            text = rest.encode(errors="surrogateescape")
            for kind, _, data in found:
                self._hear(kind, data)
        answer.close()

    def _hear(self, kind: str, data: Any) -> None:
        now = time.monotonic()
        with self._changed:
            if kind == "bye":
                self.byes.append(data["reason"])
            if kind == "entries":
                self.numbers += [entry["number"] for entry in data["entries"]]
                self.at.update({entry["number"]: now for entry in data["entries"]})
            self._changed.notify_all()

    def await_entry(self, number: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: number in self.at, PATIENCE_S), self.numbers

    def await_bye(self) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: bool(self.byes), PATIENCE_S)

    def stop(self) -> None:
        self._stopped = True
