"""The real server sends what waits in its database, without anybody asking, and stops as before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from layers.store import open_store
from tests.web.test_server import Server
from tests.web.warnings.issued import issue, states, until
from tests.web.warnings.servers import Postbox, mail_server


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with mail_server(Postbox()) as running:
        yield running


def test_mails_leave_while_the_server_runs_and_it_stops_cleanly(
    district_url: str, tmp_path: Path, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEBMAP_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("WEBMAP_SMTP_PORT", str(postbox.port))
    monkeypatch.setenv("WEBMAP_SMTP_FROM", "warning@zezhou.example")
    monkeypatch.setenv("WEBMAP_SMTP_SECURITY", "none")
    engine = open_store(district_url).engine
    issue(engine, ["a@township.example"])
    server = Server(district_url, tmp_path)
    try:
        until(lambda: states(engine) == {"sent": 1}, 60)
        issue(engine, ["b@township.example"])
        until(lambda: states(engine) == {"sent": 2}, 60)
        assert postbox.addresses == ["a@township.example", "b@township.example"]
        status, errors = server.stop()
        assert status == 0
        assert "Traceback" not in errors
    finally:
        server.process.kill()
        server.process.communicate()
        engine.dispose()
