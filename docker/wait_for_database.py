"""Wait until the database answers, for WEBMAP_DATABASE_WAIT_SECONDS (60) at most.

Exit status 1 when it does not, 2 when a setting cannot be used.
"""

import os
import sys
import time

import sqlalchemy
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError

from webmap.settings import InvalidSettings, Settings

DEFAULT_WAIT_SECONDS = 60.0
LONGEST_WAIT_SECONDS = 3600.0
PAUSE_SECONDS = 1.0


def main() -> int:
    """Return 0 once a connection was made."""
    try:
        wait_seconds = longest_wait(os.environ.get("WEBMAP_DATABASE_WAIT_SECONDS", ""))
        engine = engine_at(Settings.from_environment(os.environ).database_url)
    except InvalidSettings as error:
        sys.stderr.write(f"✗ {error}\n")
        return 2
    if engine.dialect.name == "sqlite":
        return 0
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            engine.connect().close()
        except OperationalError as error:
            if time.monotonic() >= deadline:
                waited = f"数据库 {wait_seconds:g} 秒内没有应答 (no answer from the database)"
                sys.stderr.write(f"✗ {waited}: {engine.url}\n{error.orig}\n")
                return 1
            time.sleep(PAUSE_SECONDS)
        else:
            return 0


def longest_wait(text: str) -> float:
    """Return the seconds to wait; raises `InvalidSettings` for what is no number from 0 to 3600."""
    try:
        seconds = float(text.strip() or DEFAULT_WAIT_SECONDS)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= LONGEST_WAIT_SECONDS:  # false for NaN too
        raise InvalidSettings(
            "WEBMAP_DATABASE_WAIT_SECONDS",
            f"应为 0 至 {LONGEST_WAIT_SECONDS:g} 的秒数 / must be seconds from 0 to {LONGEST_WAIT_SECONDS:g}: {text!r}",
        )
    return seconds


def engine_at(database_url: str) -> sqlalchemy.Engine:
    """Return an engine that keeps no connection; raises `InvalidSettings` if the address is none."""
    try:
        url = sqlalchemy.make_url(database_url)
        arguments = {"connect_timeout": 5} if url.get_backend_name() == "postgresql" else {}
        return sqlalchemy.create_engine(url, poolclass=sqlalchemy.NullPool, connect_args=arguments)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError):
        raise InvalidSettings("DATABASE_URL", "不是可用的数据库地址 / not a usable database address") from None


if __name__ == "__main__":
    sys.exit(main())
