"""A long making told line by line while it goes on: how far it is, then what it gave or why it failed (NDJSON).

The making runs in a thread of its own. When the client goes away, the next line cannot be sent, and the next step that
the making tells of ends it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from queue import Queue
from typing import Any

from flask import Response

from webmap.documents import write_document
from webmap.errors import fault_of
from webmap.languages import Language
from webmap.reports.progress import Cancelled, Progress

_LOG = logging.getLogger(__name__)
MIMETYPE = "application/x-ndjson"
_END = None

#: Makes what was asked for and returns the last line; told where to report how far it is.
Making = Callable[[Progress], Mapping[str, Any]]


def told_while_made(making: Making, language: Language, title_of: Callable[[str], str]) -> Response:
    """Answer with a line for each step and a last one: what `making` returns, or {"error", "status"}."""
    response = Response(_lines(making, language, title_of), mimetype=MIMETYPE)
    response.headers["Cache-Control"] = "no-store"
    # A proxy that collects the answer would keep the steps back until all is over.
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _lines(making: Making, language: Language, title_of: Callable[[str], str]) -> Iterator[bytes]:
    told: Queue[Mapping[str, Any] | None] = Queue()
    gone = threading.Event()

    def progress(stage: str, done: int, total: int, /) -> None:
        if gone.is_set():
            raise Cancelled
        told.put({"stage": stage, "title": title_of(stage), "done": done, "total": total})

    def work() -> None:
        try:
            told.put(making(progress))
        except Cancelled:
            pass
        except Exception as error:  # noqa: BLE001  whatever went wrong is told, as answers of other routes tell it
            fault = fault_of(error, language)
            if fault.status >= 500:
                _LOG.error("a report could not be made", exc_info=error)
            told.put({**fault.document(), "status": fault.status})
        finally:
            told.put(_END)

    threading.Thread(target=work, name="report", daemon=True).start()
    try:
        while (line := told.get()) is not _END:
            yield write_document(line) + b"\n"
    finally:
        gone.set()
