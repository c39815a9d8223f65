"""A throw-away PostGIS server: its own folder, its own socket, gone when the block ends."""

import ctypes
import glob
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.progress import ToolError

START_SECONDS = 30.0
STOP_SECONDS = 15.0
_PR_SET_PDEATHSIG = 1
# Nothing in it outlives the tests, so nothing needs to survive a power cut.
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "max_wal_size": "2GB",
    "log_min_messages": "warning",
}
_INITDB_OPTIONS = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")


@dataclass(frozen=True)
class Installation:
    """PostgreSQL's programs on this machine, with the PostGIS extension beside them."""

    version: int
    programs: Path


def _candidates() -> Iterator[tuple[Path, Path]]:
    for programs in glob.glob("/usr/lib/postgresql/*/bin"):  # noqa: PTH207 - the pattern starts at the root
        yield Path(programs), Path("/usr/share/postgresql") / Path(programs).parent.name
    if config := shutil.which("pg_config"):
        asked = [
            subprocess.run([config, f"--{what}"], check=True, capture_output=True, text=True).stdout.strip()
            for what in ("bindir", "sharedir")
        ]
        yield Path(asked[0]), Path(asked[1])


def find_installation() -> Installation | None:
    """Return the newest PostgreSQL that has PostGIS, or None."""
    found = []
    for programs, shared in _candidates():
        if (programs / "initdb").exists() and (shared / "extension" / "postgis.control").exists():
            said = subprocess.run([programs / "postgres", "--version"], check=True, capture_output=True, text=True)
            found.append(Installation(int(said.stdout.split()[2].partition(".")[0]), programs))
    return max(found, key=lambda one: one.version, default=None)


def _die_with_parent() -> None:
    # Even a killed test run must not leave a server behind; only Linux offers this.
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)


def _server_account() -> dict[str, Any]:
    """Return how to start programs: PostgreSQL refuses to run as root, so root becomes `postgres`."""
    if os.geteuid() != 0:
        return {}
    try:
        account = pwd.getpwnam("postgres")
    except KeyError:
        raise ToolError(
            "没有系统用户 postgres (no system user postgres)",
            "apt install postgresql-common，或以普通用户运行，或设置 TEST_DATABASE_URL",
        ) from None
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _create(programs: Path, folder: Path, account: dict[str, Any]) -> None:
    made = subprocess.run(
        [programs / "initdb", "-D", folder / "data", *_INITDB_OPTIONS],
        check=False,
        cwd=folder,
        capture_output=True,
        text=True,
        **account,
    )
    if made.returncode != 0:
        raise ToolError(f"initdb 失败 (failed):\n{made.stderr}", "检查临时目录的空间与权限 (TMPDIR)")


def _start(programs: Path, folder: Path, account: dict[str, Any]) -> "subprocess.Popen[bytes]":
    settings = [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]
    with (folder / "server.log").open("wb") as log:
        return subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", "-k", folder, *settings],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=folder,
            # Its own session: Ctrl-C reaches the tests first, the server stops when they have let go of it.
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - no threads of ours are alive here
            **account,
        )


def _await(programs: Path, folder: Path, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        asked = subprocess.run(
            [programs / "pg_isready", "-q", "-h", folder, "-d", "postgres", "-U", "postgres"], check=False
        )
        if asked.returncode == 0:
            return
        time.sleep(0.1)
    said = (folder / "server.log").read_text(encoding="utf-8", errors="replace")
    raise ToolError(f"临时 PostGIS 没有启动 (did not start):\n{said}", "检查 TMPDIR、共享内存与 PostgreSQL 安装")


def _stop(server: "subprocess.Popen[bytes]") -> None:
    if server.poll() is None:
        server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown: sessions are cut off
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.send_signal(signal.SIGQUIT)  # immediate shutdown
            server.wait(STOP_SECONDS)


@contextmanager
def throw_away_server() -> Iterator[str]:
    """Start a fresh server on a Unix socket and yield its SQLAlchemy address; stop and delete it afterwards.

    Raises ToolError when PostGIS is not installed or the server does not come up.
    """
    installation = find_installation()
    if installation is None:
        raise ToolError(
            "没有找到带 PostGIS 的 PostgreSQL (no PostgreSQL with PostGIS found)",
            "apt install postgresql-15-postgis-3（或相应版本），或设置 TEST_DATABASE_URL=postgresql+psycopg://…",
        )
    account = _server_account()
    # A socket's path may have 107 bytes at most, so the folder's name is short.
    folder = Path(tempfile.mkdtemp(prefix="webmap-pg-"))
    server = None
    try:
        if account:
            os.chown(folder, account["user"], account["group"])
        _create(installation.programs, folder, account)
        server = _start(installation.programs, folder, account)
        _await(installation.programs, folder, server)
        yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
    finally:
        if server is not None:
            _stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def main(arguments: list[str]) -> int:
    """Run a command with TEST_DATABASE_URL naming a throw-away server; returns the command's exit status."""
    # As an exception, so that the server is stopped and its folder deleted on the way out.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with throw_away_server() as url:
        return subprocess.run(arguments, check=False, env={**os.environ, "TEST_DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
