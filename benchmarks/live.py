"""Live streams: 300 viewers of one incident while entries arrive, the server killed and started again in the middle.

Run: .venv/bin/python -m benchmarks.live sqlite
     .venv/bin/python -m tools.postgis .venv/bin/python -m benchmarks.live postgresql
Options: --viewers 300 --entries 200 --every 0.5 --port 8711
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import make_url, text

from webmap.accounts.accounts import Accounts
from webmap.accounts.roles import Grant, Role
from webmap.storage.engine import open_engine

PLAN, SUBSTATION = "energy-chengqu", "e-sub-110-01"
#: One entry in so many tells of a fault and changes the picture; the others are calls.
PICTURE_EVERY = 10
WEBMAP = str(Path(sys.executable).parent / "webmap")
_KINDS = ((Role.OBSERVER, "zh"), (Role.DUTY_OFFICER, "zh"), (Role.COMMANDER, "zh"), (Role.DUTY_OFFICER, "en"))


class Server:
    """`webmap serve`, which can be killed and started again."""

    def __init__(self, environment: dict[str, str], port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._environment, self._port = environment, port
        self.start()

    def start(self) -> None:
        """Start, and wait until the page can be used."""
        command = [WEBMAP, "serve", "--port", str(self._port)]
        self._process = subprocess.Popen(
            command, env=self._environment, stdout=subprocess.DEVNULL, start_new_session=True
        )
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5):  # noqa: S310
                    return
            except (OSError, urllib.error.HTTPError):
                time.sleep(0.05)
        raise TimeoutError("the server does not start")

    def kill(self) -> None:
        """End all its processes as a power cut would."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def memory_mb(self) -> tuple[float, float]:
        """Return the resident memory of the largest process, and the sum of all shares, in MB."""
        resident, shares = [], []
        for pid in self._pids():
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            sizes = {line.split(":")[0]: int(line.split()[1]) for line in lines[1:]}
            resident.append(sizes["Rss"])
            shares.append(sizes["Pss"])
        return max(resident) / 1024, sum(shares) / 1024

    def threads(self) -> int:
        """Return how many threads there are."""
        return sum(len(list(Path(f"/proc/{pid}/task").iterdir())) for pid in self._pids())

    def _pids(self) -> list[int]:
        command = ["/bin/ps", "-o", "pid=", "-g", str(self._process.pid)]
        listed = subprocess.run(command, capture_output=True, text=True, check=True)
        return [int(pid) for pid in listed.stdout.split()]

    def send(self, path: str, document: dict[str, Any], token: str) -> dict[str, Any]:
        """Send a document, again and again while the server is away; return the answer."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        request = urllib.request.Request(self.url + path, json.dumps(document).encode(), headers)  # noqa: S310
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            found: dict[str, Any] = json.load(answer)
            return found


class Crowd:
    """The process of the viewers."""

    def __init__(self, port: int, incident: str, viewers: list[tuple[str, str]]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.live_viewers"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._say(json.dumps({"port": port, "incident": incident, "viewers": viewers}))
        self._count = len(viewers)

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None  # noqa: S101
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def _heard(self) -> dict[str, Any]:
        assert self._process.stdout is not None  # noqa: S101
        found: dict[str, Any] = json.loads(self._process.stdout.readline())
        return found

    def wait(self, seen: int = 0) -> None:
        """Wait until all have a picture, and entries up to a number."""
        told: dict[str, Any] = {"there": 0, "seen": 0}
        while told["there"] < self._count or told["seen"] < seen:
            told = self._heard()

    def end(self) -> list[dict[str, Any]]:
        """End, and return what each viewer got."""
        self._say("end")
        while "viewers" not in (told := self._heard()):
            pass
        self._process.wait(60)
        return list(told["viewers"])


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """Yield the address of an empty database, which is dropped afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'webmap.sqlite'}"
        return
    server = os.environ["TEST_DATABASE_URL"]
    name = f"live_{uuid.uuid4().hex[:8]}"
    admin = sqlalchemy.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sqlalchemy.NullPool)
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))


def tokens(url: str) -> list[tuple[str, str]]:
    """Make people of several roles; return a token and a language of each."""
    accounts = Accounts(open_engine(url))
    found = []
    for number, (role, language) in enumerate(_KINDS):
        grants = frozenset({Grant(role, "")})
        person = accounts.people.add(f"live-{number}", "测量", None, accounts.clock(), grants=grants, by="benchmark")
        found.append((accounts.tokens.make(person.id, "live", accounts.clock(), by="benchmark")[1], language))
    return found


def fact(number: int) -> dict[str, Any]:
    """Return what an entry says: a fault on a feeder, or a call."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    if number % PICTURE_EVERY == 0:
        return {"kind": "fault_located", "happened_at": now, "element": f"e-ln-{number * 7 + 1:05d}"}
    return {"kind": "note", "happened_at": now, "text": f"接到群众来电 {number} 起，主要询问恢复时间"}


Written = list[tuple[int, float, float]]


def write_entries(server: Server, incident: str, token: str, numbers: range, every_s: float) -> Written:
    """Write entries at a steady pace; return of each its number and when it was sent and answered."""
    found = []
    for number in numbers:
        sent = time.monotonic()
        answer = server.send(f"/api/incidents/{incident}/entries", {"facts": [fact(number)]}, token)
        found.append((int(answer["length"]), sent, time.monotonic()))
        time.sleep(max(0.0, every_s - (time.monotonic() - sent)))
    return found


def latencies(entries: Written, viewers: list[dict[str, Any]]) -> dict[str, list[float]]:
    """Return how long every entry took to every viewer, in milliseconds, from the request and from the answer."""
    found: dict[str, list[float]] = {"request": [], "answer": [], "picture": []}
    for number, sent, answered in entries:
        at = [viewer["entries"][str(number)] for viewer in viewers]
        found["request"] += [1000 * (moment - sent) for moment in at]
        found["answer"] += [1000 * (moment - answered) for moment in at]
    changing = [entry for place, entry in enumerate(entries) if place % PICTURE_EVERY == 0]
    for number, sent, _ in changing:
        for viewer in viewers:
            first = next((at for length, at in viewer["pictures"] if length >= number and at > sent), None)
            if first is not None:
                found["picture"].append(1000 * (first - sent))
    return found


def _row(name: str, values: list[float]) -> str:
    ordered = sorted(values)
    p95 = ordered[int(len(ordered) * 0.95)]
    return f"| {name} | {statistics.median(ordered):.0f} | {p95:.0f} | {ordered[-1]:.0f} |"


def measure(server: Server, url: str, asked: argparse.Namespace) -> None:
    """Measure, and print a table."""
    people = tokens(url)
    duty = people[1][0]
    now = datetime.now(UTC).isoformat(timespec="seconds")
    facts = [
        {"kind": "reported", "happened_at": now, "text": "大面积停电"},
        {"kind": "fault_located", "happened_at": now, "element": SUBSTATION},
    ]
    opened = server.send("/api/incidents", {"plan": PLAN, "name": "测量", "drill": False, "facts": facts}, duty)
    incident = opened["incident"]["id"]
    before = server.memory_mb()
    crowd = Crowd(asked.port, incident, [people[place % len(people)] for place in range(asked.viewers)])
    crowd.wait()
    with_viewers, threads = server.memory_mb(), server.threads()
    load = os.getloadavg()[0]
    half = asked.entries // 2
    first = write_entries(server, incident, duty, range(half), asked.every)
    server.kill()
    killed = time.monotonic()
    server.start()
    ready = time.monotonic()
    during = write_entries(server, incident, duty, range(1, 2), 0)
    crowd.wait(during[0][0])
    back = time.monotonic()
    second = write_entries(server, incident, duty, range(half, asked.entries), asked.every)
    crowd.wait(second[-1][0])
    time.sleep(3)
    after = server.memory_mb()
    viewers = crowd.end()
    length = second[-1][0]
    whole = sum(sorted(map(int, viewer["entries"])) == list(range(1, length + 1)) for viewer in viewers)
    took = latencies(first + second, viewers)
    print(f"{asked.database}, {platform.machine()}, {os.cpu_count()} cores, load {load:.1f} before the entries")
    print("| ms | median | 95 % | worst |\n| --- | ---: | ---: | ---: |")
    print(_row("entry: from the writer's request to every viewer", took["request"]))
    print(_row("entry: from the writer's answer to every viewer", took["answer"]))
    print(_row("picture: from the writer's request to every viewer", took["picture"]))
    print(f"viewers {len(viewers)}, entries {length}, complete and in order: {whole}")
    print(f"wrong: {[text for viewer in viewers for text in viewer['wrong']][:5]}")
    print(f"killed: ready again after {ready - killed:.1f} s, all viewers up to date {back - ready:.1f} s later")
    print(f"threads with viewers: {threads}")
    for name, (resident, shares) in (("before", before), ("with viewers", with_viewers), ("after", after)):
        print(f"memory {name}: largest process {resident:.0f} MB, all together {shares:.0f} MB")
    print(f"sent to one viewer: {statistics.mean(viewer['bytes'] for viewer in viewers) / 1e6:.1f} MB")


def main() -> None:
    """Make a database with the sample, serve it, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", choices=["sqlite", "postgresql"])
    parser.add_argument("--viewers", type=int, default=300)
    parser.add_argument("--entries", type=int, default=200)
    parser.add_argument("--every", type=float, default=0.5)
    parser.add_argument("--port", type=int, default=8711)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, database(asked.database, Path(folder)) as url:
        workers = "1" if asked.database == "sqlite" else "2"
        own = {"DATABASE_URL": url, "WEBMAP_HOME": folder, "WEBMAP_WORKERS": workers}
        environment = {**os.environ, **own}
        subprocess.run([WEBMAP, "init"], env=environment, check=True, stdout=subprocess.DEVNULL)
        server = Server(environment, asked.port)
        try:
            measure(server, url, asked)
        finally:
            server.kill()


if __name__ == "__main__":
    main()
