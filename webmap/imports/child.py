"""The process that reads an uploaded file: `python -m webmap.imports.child FOLDER`, within bounds, without a database.

It does the task left in the folder, writes the result there, and tells on standard output how far it is, one JSON
object a line. It ends as soon as its standard input does: the server is gone then.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import threading
from pathlib import Path

from webmap.imports.task import Bounds, Task, leave_result, take_current, take_task


def main(folder: str) -> int:
    """Do the task of a folder; return the exit status."""
    work = Path(folder)
    task = take_task(work)
    _bound(task.bounds)
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    leave_result(work, _done(task, work))
    return 0


def _done(task: Task, work: Path) -> dict[str, object]:
    from webmap.imports.failures import failure, failure_of  # noqa: PLC0415
    from webmap.imports.reading import do  # noqa: PLC0415

    try:
        return {"done": do(task, take_current(work), work, _tell, lambda: False)}
    except MemoryError:
        return {"failure": failure("out_of_memory")}
    except Exception as error:
        found = failure_of(error)
        if found["code"] == "internal_error":
            raise
        return {"failure": found}


def _bound(bounds: Bounds) -> None:
    """Take no more of the machine than is allowed; a core file would be as large as the memory."""
    os.nice(5)
    wanted = {
        resource.RLIMIT_AS: bounds.memory_bytes,
        resource.RLIMIT_CPU: bounds.seconds,
        resource.RLIMIT_FSIZE: bounds.written_bytes,
        resource.RLIMIT_CORE: 0,
    }
    for which, most in wanted.items():
        _, hard = resource.getrlimit(which)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (allowed, allowed))


def _end_with_the_server() -> None:
    # Without the buffer of `sys.stdin`, whose lock a thread that waits would keep beyond the interpreter's end.
    while os.read(0, 1):
        pass
    os._exit(3)


def _tell(step: str, done: int, of: int | None) -> None:
    sys.stdout.write(json.dumps({"step": step, "done": done, "of": of}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
