import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy
from sqlalchemy import make_url, text

from tools import postgis
from tools.progress import ToolError

ROOT = Path(__file__).resolve().parents[2]


def _hear_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_the_throw_away_server_is_gone_after_an_interrupt(stop: signal.Signals) -> None:
    program = "import os, sys; print(os.environ['TEST_DATABASE_URL'], flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-m", "tools.postgis", sys.executable, "-c", program],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        # A run that was started in the background ignores interrupts, and its children would with it.
        preexec_fn=_hear_interrupts,  # noqa: PLW1509  it takes no lock
    ) as holder:
        assert holder.stdout
        url = make_url(holder.stdout.readline().strip())
        folder = Path(str(url.query["host"]))
        engine = sqlalchemy.create_engine(url, poolclass=sqlalchemy.NullPool)
        with engine.connect() as connection:
            offered = connection.execute(text("SELECT name FROM pg_available_extensions")).scalars().all()
        assert "postgis" in offered
        holder.send_signal(stop)
        holder.wait(30)
    assert not folder.exists()
    with pytest.raises(sqlalchemy.exc.OperationalError):
        engine.connect()


def test_a_missing_postgis_is_a_failure_that_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgis, "find_installation", lambda: None)
    with pytest.raises(ToolError, match="TEST_DATABASE_URL"), postgis.throw_away_server():
        pass


def test_each_module_gets_an_empty_database_with_postgis(postgis_url: str, fresh_postgis_url: str) -> None:
    assert make_url(fresh_postgis_url).database != make_url(postgis_url).database
    engine = sqlalchemy.create_engine(fresh_postgis_url, poolclass=sqlalchemy.NullPool)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT ST_Area('POLYGON((0 0,2 0,2 2,0 2,0 0))'::geometry)")).scalar() == 4.0
        tables = sqlalchemy.inspect(connection).get_table_names()
    assert tables == ["spatial_ref_sys"]
