"""Doing a task with a file: what is in it, and what it becomes by a plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from layers.importing.inspect import inspect_file
from layers.importing.meaning.reading import read_plan
from layers.importing.prepare import prepare
from layers.importing.progress import Cancelled
from layers.importing.source import Limits
from webmap.imports.child_process import Hear
from webmap.imports.failures import WorkCancelled
from webmap.imports.task import Task


def do(
    task: Task, current: Mapping[str, pd.DataFrame], work: Path, hear: Hear, cancelled: Callable[[], bool]
) -> dict[str, Any]:
    """Return the document that comes of a task. Raises `UnusableFile`, `InvalidPlan` and what breaks on the way."""
    path = Path(task.path)
    limits = Limits(
        file_bytes=max(1, path.stat().st_size), unpacked_bytes=min(Limits().unpacked_bytes, task.bounds.written_bytes)
    )
    if task.do == "inspect":
        found = inspect_file(path, work, limits, current, (task.layer, task.table, task.encoding), hear)
        return found.document()
    plan = read_plan(task.plan or {})
    try:
        return prepare(path, plan, current, work, limits, hear, cancelled).document()
    except Cancelled:
        raise WorkCancelled from None


@dataclass(frozen=True)
class HereReader:
    """Reads files in this very process: for those who trust their own files, and for tests."""

    def run(
        self,
        task: Task,
        current: Mapping[str, pd.DataFrame],
        work: Path,
        hear: Hear,
        cancelled: Callable[[], bool],
    ) -> dict[str, Any]:
        """Do a task; raises what it raises."""
        return do(task, current, work, hear, cancelled)
