"""The server's side of the process that reads a file: starts it, hears it, and kills it when it must end."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from layers.importing.source.gdal_environment import ENVIRONMENT
from webmap.imports.failures import WorkCancelled, WorkFailed, failure
from webmap.imports.task import Task, leave, take_result

_LOG = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parents[2]
_LOOK_S = 0.2
_MOST_LINE_BYTES = 4096
_MOST_RESULT_BYTES = 64 * 2**20
#: How much longer than its processor time the process may take in all.
_WALL_OVER_CPU = 1.5
#: Libraries that compute with a thread for each core would take address space for each. GDAL follows no addresses.
_THREADS = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "GDAL_NUM_THREADS": "1"}
_ENVIRONMENT = {**_THREADS, "PYTHONUTF8": "1", **ENVIRONMENT}
_HANDED_ON = ("PATH", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "VIRTUAL_ENV")

#: Step, how many are done, of how many (None: not known).
Hear = Callable[[str, int, int | None], object]


class FileReader(Protocol):
    """Does tasks with files: in a process of its own, or (for trusted files) here."""

    def run(
        self,
        task: Task,
        current: Mapping[str, pd.DataFrame],
        work: Path,
        hear: Hear,
        cancelled: Callable[[], bool],
    ) -> dict[str, Any]:
        """Return the document that comes of a task. Raises `WorkFailed` and `WorkCancelled`."""
        ...


@dataclass(frozen=True)
class ChildReader:
    """Reads files in a process of its own, which a hostile file can take along, and nothing else."""

    def run(
        self,
        task: Task,
        current: Mapping[str, pd.DataFrame],
        work: Path,
        hear: Hear,
        cancelled: Callable[[], bool],
    ) -> dict[str, Any]:
        """Do a task; raises `WorkFailed` for what the file did, and `WorkCancelled`."""
        leave(task, current, work)
        with (work / "child.log").open("wb") as log:
            child = _started(work, log)
            try:
                status = _heard_out(child, hear, cancelled, _WALL_OVER_CPU * task.bounds.seconds)
            finally:
                _end(child)
        result = take_result(work, _MOST_RESULT_BYTES)
        if status == 0 and result is not None:
            if "done" in result:
                document: dict[str, Any] = result["done"]
                return document
            raise WorkFailed(result["failure"])
        _LOG.warning("the process that read a file ended with %s: %s", status, _last_line(work / "child.log"))
        raise WorkFailed(failure(_code_of(status, work / "child.log")))


def _started(work: Path, log: Any) -> subprocess.Popen[bytes]:
    environment = {name: os.environ[name] for name in _HANDED_ON if name in os.environ}
    environment |= _ENVIRONMENT | {"HOME": str(work), "TMPDIR": str(work), "PYTHONPATH": str(_ROOT)}
    return subprocess.Popen(  # noqa: S603  our own module
        [sys.executable, "-m", "webmap.imports.child", str(work)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        cwd=work,
        env=environment,
        start_new_session=True,
    )


def _heard_out(child: subprocess.Popen[bytes], hear: Hear, cancelled: Callable[[], bool], seconds: float) -> int:
    """Hear a process until it ends; return its exit status."""
    if child.stdout is None:
        raise ValueError("the process has no output")
    ends_at = time.monotonic() + seconds
    pending = b""
    while True:
        if cancelled():
            raise WorkCancelled
        if time.monotonic() > ends_at:
            raise WorkFailed(failure("took_too_long"))
        if not select.select([child.stdout], [], [], _LOOK_S)[0]:
            continue
        chunk = os.read(child.stdout.fileno(), 65_536)
        if not chunk:
            return child.wait(max(1.0, ends_at - time.monotonic()))
        *lines, pending = (pending + chunk).split(b"\n")
        pending = pending[-_MOST_LINE_BYTES:]
        for line in lines:
            _tell(line, hear)


def _tell(line: bytes, hear: Hear) -> None:
    with contextlib.suppress(ValueError, KeyError, TypeError):  # what is no news is no harm
        told = json.loads(line)
        of = told["of"]
        hear(str(told["step"])[:40], int(told["done"]), None if of is None else int(of))


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kill whatever is left of a process and what it has started."""
    if child.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            pipe.close()


def _code_of(status: int, log: Path) -> str:
    if status == -signal.SIGXCPU:
        return "took_too_long"
    last = _last_line(log)
    if "MemoryError" in last or "bad_alloc" in last or "annot allocate memory" in last:
        return "out_of_memory"
    return "disk_full" if "No space left" in last or "File too large" in last else "reader_died"


def _last_line(log: Path) -> str:
    with contextlib.suppress(OSError):
        lines = log.read_bytes()[-20_000:].decode("utf-8", "replace").strip().splitlines()
        return lines[-1][:300] if lines else ""
    return ""
