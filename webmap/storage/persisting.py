"""Writing down what a background thread has done, also while the database is away for a moment."""

from __future__ import annotations

import threading
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

_ATTEMPTS = 20
_PAUSE_S = 0.5


def persist(write: Callable[[], object], stopped: threading.Event) -> None:
    """Call `write` until it succeeds; after 20 attempts its error is raised. `stopped` takes the pauses away."""
    for attempt in range(_ATTEMPTS):
        try:
            write()
        except SQLAlchemyError:
            if attempt == _ATTEMPTS - 1:
                raise
            stopped.wait(_PAUSE_S)
        else:
            return
