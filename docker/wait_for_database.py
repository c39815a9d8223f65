"""Wait until the database answers, for WEBMAP_DATABASE_WAIT_SECONDS (60) at most; exit status 1 when it does not."""

import os
import sys
import time

import sqlalchemy
from sqlalchemy.exc import OperationalError

from webmap.settings import Settings

DEFAULT_WAIT_SECONDS = 60.0
PAUSE_SECONDS = 1.0


def main() -> int:
    """Return 0 once a connection was made."""
    url = sqlalchemy.make_url(Settings.from_environment(os.environ).database_url)
    if url.get_backend_name() == "sqlite":
        return 0
    wait_seconds = float(os.environ.get("WEBMAP_DATABASE_WAIT_SECONDS") or DEFAULT_WAIT_SECONDS)
    engine = sqlalchemy.create_engine(url, poolclass=sqlalchemy.NullPool, connect_args={"connect_timeout": 5})
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            engine.connect().close()
        except OperationalError as error:
            if time.monotonic() >= deadline:
                sys.stderr.write(
                    f"数据库 {wait_seconds:g} 秒内没有应答 (no answer from the database): {url}\n{error.orig}\n"
                )
                return 1
            time.sleep(PAUSE_SECONDS)
        else:
            return 0


if __name__ == "__main__":
    sys.exit(main())
