"""The command line on a database, as a terminal's user calls it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from sqlalchemy import Engine

from tests import forked


def address(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def webmap(*arguments: str, engine: Engine, home: Path, anew: bool = False) -> subprocess.CompletedProcess[str]:
    return forked.webmap(
        arguments, {**os.environ, "DATABASE_URL": address(engine), "WEBMAP_HOME": str(home)}, home, anew=anew
    )
