"""What is to be done with a file, in a form that goes to a process of its own and back: files in a folder."""

from __future__ import annotations

import json
import pickle
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd

_TASK, _FRAMES, _RESULT = "task.json", "current.pickle", "result.json"


@dataclass(frozen=True)
class Bounds:
    """What the process may use: address space and files in bytes, processor time in seconds."""

    memory_bytes: int
    seconds: int
    written_bytes: int


@dataclass(frozen=True)
class Task:
    """Inspect a file, or check it by a plan. `plan` is a plan's document; the rest guides an inspection."""

    do: Literal["inspect", "check"]
    path: str
    bounds: Bounds
    layer: str | None = None
    table: str | None = None
    encoding: str = "auto"
    plan: dict[str, Any] | None = None


def leave(task: Task, current: Mapping[str, pd.DataFrame], work: Path) -> None:
    """Write a task, and the layers as they stand, into a folder for the process that does it."""
    (work / _RESULT).unlink(missing_ok=True)
    (work / _TASK).write_text(json.dumps(asdict(task), ensure_ascii=False), encoding="utf-8")
    with (work / _FRAMES).open("wb") as file:
        pickle.dump(dict(current), file, protocol=pickle.HIGHEST_PROTOCOL)


def take_task(work: Path) -> Task:
    """Return the task that was left in a folder."""
    held = json.loads((work / _TASK).read_text(encoding="utf-8"))
    return Task(**{**held, "bounds": Bounds(**held["bounds"])})


def take_current(work: Path) -> dict[str, pd.DataFrame]:
    """Return the layers that were left in a folder. The folder is ours: nobody else writes there."""
    with (work / _FRAMES).open("rb") as file:
        held: dict[str, pd.DataFrame] = pickle.load(file)  # noqa: S301  written by the server itself a moment ago
    return held


def leave_result(work: Path, result: Mapping[str, Any]) -> None:
    """Write what came of a task: `{"done": document}` or `{"failure": document}`."""
    part = work / f"{_RESULT}.part"
    part.write_text(json.dumps(result, ensure_ascii=False, allow_nan=False), encoding="utf-8")
    part.replace(work / _RESULT)


def take_result(work: Path, most_bytes: int) -> dict[str, Any] | None:
    """Return what came of a task; None if nothing did, or more than anybody should read."""
    path = work / _RESULT
    (work / _FRAMES).unlink(missing_ok=True)
    if not path.is_file() or path.stat().st_size > most_bytes:
        return None
    found = json.loads(path.read_text(encoding="utf-8"))
    return found if isinstance(found, dict) else None
