"""Runs the programs of this folder with the Python that has their libraries."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


def run_oracle(python: Path, program: str, *arguments: str) -> Any:
    """Return what a program prints as JSON; its failure is the test's."""
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        [str(python), str(HERE / program), *arguments],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    if done.returncode != 0:
        raise AssertionError(f"{program}: {done.stderr[-2000:]}")
    return json.loads(done.stdout)
