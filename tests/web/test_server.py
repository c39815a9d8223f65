"""The real server as a process of its own, asked over the network by a client that is not ours."""

from __future__ import annotations

import gzip
import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from tests.web.network import switched_off
from webmap.server import gunicorn_options
from webmap.settings import Settings

WEBMAP = Path(sys.executable).with_name("webmap")
_START_SECONDS = 90


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(url: str, home: Path, **other: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": url,
        "WEBMAP_HOME": str(home),
        "PYTHONUNBUFFERED": "1",
        "WEBMAP_PUBLIC_PICTURE": "on",
        **other,
    }


class Server:
    """A running `webmap serve` and the lines it printed."""

    def __init__(self, url: str, home: Path) -> None:
        self.port = free_port()
        command = [str(WEBMAP), "serve", "--port", str(self.port)]
        # Any directory will do: nothing may depend on where the command is called.
        self.process = subprocess.Popen(
            command,
            env=environment(url, home),
            cwd=home,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def ready_line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        return self._send("GET", path, None, headers)

    def post(self, path: str, document: object) -> tuple[int, dict[str, str], bytes]:
        return self._send("POST", path, json.dumps(document).encode(), {"Content-Type": "application/json"})

    def _send(
        self, method: str, path: str, content: bytes | None, headers: dict[str, str]
    ) -> tuple[int, dict[str, str], bytes]:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request(method, path, content, headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.headers), answer.read()

    def stop(self) -> tuple[int, str]:
        """Press Ctrl-C, and return the exit status and what was printed as errors."""
        self.process.send_signal(signal.SIGINT)
        _, errors = self.process.communicate(timeout=20)
        return self.process.returncode, errors


@pytest.fixture(scope="module", params=["sqlite", "postgis"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    url = request.getfixturevalue("district_url" if request.param == "sqlite" else "district_postgis_url")
    server = Server(url, tmp_path_factory.mktemp("home"))
    try:
        status: int | None = None
        deadline = time.monotonic() + _START_SECONDS
        while status != 200 and time.monotonic() < deadline and server.process.poll() is None:
            time.sleep(0.1)
            try:
                status, _, body = server.get("/healthz")
            except OSError:
                continue
            if status == 503:
                assert json.loads(body)["step"]
        if status != 200:
            server.process.kill()
            pytest.fail(f"server not ready: {server.process.communicate()}")
        yield server
    finally:
        server.process.kill()
        server.process.communicate()


def test_an_assessment_over_the_network(server: Server) -> None:
    status, headers, body = server.post("/api/assessments", switched_off())
    assert (status, headers["Content-Type"]) == (200, "application/json")
    assert json.loads(body)["outages"]["electricity"]["customers"] == 110


def test_a_layer_over_the_network(server: Server) -> None:
    status, headers, body = server.get("/api/layers/network_lines", **{"Accept-Encoding": "gzip"})
    assert (status, headers["Content-Encoding"]) == (200, "gzip")
    assert len(json.loads(gzip.decompress(body))["features"]) == 10
    assert server.get("/api/layers/network_lines", **{"If-None-Match": headers["ETag"]})[0] == 304


def test_many_at_once_get_the_same_answer(server: Server) -> None:
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: server.post("/api/assessments", switched_off()), range(64)))
    assert {status for status, _, _ in answers} == {200}
    assert len({body for _, _, body in answers}) == 1


def test_errors_over_the_network(server: Server) -> None:
    status, headers, body = server.post("/api/assessments", {**switched_off(), "at": "yesterday"})
    assert (status, headers["Content-Type"]) == (422, "application/json")
    assert json.loads(body)["error"]["problems"][0]["field"] == "at"
    assert "object-src 'none'" in headers["Content-Security-Policy"]


def test_ctrl_c_stops_it_cleanly_after_the_link_and_one_for_the_first_administrator(
    district_url: str, tmp_path: Path
) -> None:
    server = Server(district_url, tmp_path)
    try:
        line = server.ready_line()
        assert f"http://127.0.0.1:{server.port}/" in line
        assert re.search("[\u4e00-\u9fff]", line)
        invitation = re.search(r"http://\S+(/welcome/\S+)", server.ready_line())
        assert invitation is not None
        assert server.get(invitation[1])[0] == 200
        assert server.get("/healthz")[0] == 200
        status, errors = server.stop()
    finally:
        server.process.kill()
        server.process.communicate()
    assert status == 0
    assert "Traceback" not in errors


def run(url: str, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(WEBMAP), "serve", *arguments]
    return subprocess.run(
        command, env=environment(url, home), cwd=home, capture_output=True, encoding="utf-8", timeout=60, check=False
    )


def test_a_taken_port_is_explained(district_url: str, tmp_path: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = str(holder.getsockname()[1])
        done = run(district_url, tmp_path, "--port", port)
    assert done.returncode == 1
    assert port in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_serving_without_data_says_what_to_run_first(tmp_path: Path) -> None:
    done = run("", tmp_path)
    assert done.returncode == 1
    assert "webmap init" in done.stderr
    assert not (tmp_path / "webmap.sqlite").exists()


def test_an_empty_key_file_is_explained(district_url: str, tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("")
    done = run(district_url, tmp_path, "--port", str(free_port()))
    assert done.returncode == 2
    assert str(tmp_path / "secret_key") in done.stderr
    assert "Traceback" not in done.stderr


def test_a_start_that_cannot_succeed_is_told_on_stderr(district_url: str, tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "own.yaml").write_text("key: nothing else\n", encoding="utf-8")
    server = Server(district_url, tmp_path)
    try:
        assert server.process.stderr is not None
        assert select.select([server.process.stderr], [], [], _START_SECONDS)[0], "nothing was told"
        line = server.process.stderr.readline()
        status, _, body = server.get("/healthz?lang=en")
        stopped, rest = server.stop()
    finally:
        server.process.kill()
        server.process.communicate()
    assert "尚不能使用：" in line
    assert "(not ready: " in line
    assert "own.yaml" in line
    assert (status, json.loads(body)["error"]["code"]) == (503, "invalid_plan")
    assert json.loads(body)["error"]["remedy"]
    assert (stopped, rest) == (0, "")


def first_worker(master: int) -> int:
    children = Path(f"/proc/{master}/task/{master}/children")
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if found := children.read_text().split():
            return int(found[0])
        time.sleep(0.005)
    raise AssertionError("no worker was started")


def test_the_link_is_printed_even_if_the_first_worker_dies_before(district_url: str, tmp_path: Path) -> None:
    server = Server(district_url, tmp_path)
    try:
        os.kill(first_worker(server.process.pid), signal.SIGKILL)
        assert server.process.stdout is not None
        assert select.select([server.process.stdout], [], [], _START_SECONDS)[0], "nothing was printed"
        assert f"http://127.0.0.1:{server.port}/" in server.ready_line()
        assert server.get("/healthz")[0] == 200
        server.process.send_signal(signal.SIGINT)
        rest, _ = server.process.communicate(timeout=20)
    finally:
        server.process.kill()
        server.process.communicate()
    assert "可以使用了" not in rest


@pytest.mark.parametrize(
    ("url", "workers"),
    [
        ("sqlite:////tmp/x.sqlite", 1),
        ("sqlite+pysqlite:////tmp/x.sqlite", 1),
        ("sqlite:////tmp/x.sqlite?timeout=5", 1),
        ("postgresql://db/gis", 3),
    ],
)
def test_only_a_database_server_is_shared_by_processes(url: str, workers: int) -> None:
    variables: dict[str, Any] = {"DATABASE_URL": url, "WEBMAP_WORKERS": "3", "WEBMAP_THREADS": "20", "HOST": "::1"}
    options = gunicorn_options(Settings.from_environment(variables))
    assert (options["workers"], options["threads"]) == (workers, 20)
    assert options["bind"] == "[::1]:8000"
