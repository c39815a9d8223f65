"""The command line on a database, as a terminal's user calls it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import Engine


def address(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def webmap(*arguments: str, engine: Engine, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from webmap.cli import main; main()", *arguments],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "DATABASE_URL": address(engine),
            "WEBMAP_HOME": str(home),
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
