"""The libraries whose answers the tests compare ours with, installed while other things are prepared.

They ask for an older pandas than the product, so they live in an environment of their own and are run as programs.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from tools.environment import Environment
from tools.progress import Steps, ToolError

FOLDER = ".venv-oracles"
_LOCK = "requirements-oracles.txt"
_TITLE = "对照用的软件包 (libraries to compare with)"
_STEPS = 2


@contextmanager
def oracles_beside(root: Path, steps: Steps) -> Iterator[None]:
    """Install them in a process beside the block, and wait for it at the block's end, which is one step.

    Raises ToolError with what the process said if they could not be installed.
    """
    log = root / "build" / "log" / "oracles.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "tools.oracles"],
            cwd=root,
            env={**os.environ, "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    try:
        yield
    except BaseException:
        process.terminate()
        process.wait()
        raise
    steps.begin(_TITLE)
    try:
        status = process.wait()
    except BaseException:
        process.terminate()
        raise
    if status:
        said = log.read_text(encoding="utf-8").rstrip()
        raise ToolError(f"{_TITLE}：失败 failed\n{said}", f"日志 log: {log}")
    steps.done(FOLDER)


def _install(root: Path) -> None:
    steps = Steps(_STEPS)
    oracles = Environment(root, FOLDER)
    oracles.create(steps)
    oracles.install(steps, _LOCK, _TITLE, compiled=False)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    # As an exception, so that the pip that is under way is ended too.
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _stop)
    try:
        _install(Path.cwd())
    except ToolError as error:
        sys.exit(str(error))
