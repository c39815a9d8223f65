"""The watch beside a siting run: what the search tells of itself becomes what its row tells."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, TypeAlias

from webmap.jobs import watch
from webmap.siting.claims import RunClaims

if TYPE_CHECKING:
    from priority.siting.effort import Progress

#: What computes a run asks `cancelled` and calls `hear` alone.
Watch: TypeAlias = "watch.Watch[Progress]"


def watching(claims: RunClaims, run_id: str, stopped: threading.Event) -> Watch:
    """Return the watch beside a claimed run, to be used in a `with`."""

    def keep(latest: Progress | None) -> None:
        if latest is None:
            claims.keep(run_id, None, None)
        else:
            claims.keep(run_id, latest.stage, _progress(latest))

    return watch.Watch(f"siting run {run_id}", lambda: claims.is_cancelled(run_id), keep, stopped)


def _progress(latest: Progress) -> dict[str, Any]:
    objective, bound = latest.objective, latest.bound
    # Weights, ways and numbers of sites: below zero are only figures of a part of the search.
    if min(objective or 0.0, bound or 0.0) < 0:
        objective = bound = None
    known = objective is not None and bound is not None and objective != 0
    gap = abs(objective - bound) / abs(objective) if known else None  # type: ignore[operator, arg-type]
    return {"objective": objective, "bound": bound, "gap": gap}
