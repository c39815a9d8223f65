"""Networks in a stage, looked at as they would be."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from layers.importing.checks import check_network
from layers.importing.issues import Issue, IssueBook
from layers.importing.loaded_lines import whole
from layers.importing.meaning.plan import ImportPlan
from layers.importing.stage import Stage
from layers.records import conform

#: Above so many lines and nodes a network is not looked at as a whole: all of it would have to be in memory.
MOST_LOOKED_AT = 300_000
_NETWORK = ("network_nodes", "network_lines")
#: Layers of which the check of the whole needs all columns; of others ids (and codes) are enough.
_WHOLE = ("supplies", "coal_routes", "counties", "townships")


def check_staged_network(stage: Stage, plan: ImportPlan, current: Mapping[str, pd.DataFrame]) -> tuple[Issue, ...]:
    """Look at the networks as they would be after the import; of layers that are no network nothing is said."""
    if plan.layer not in _NETWORK:
        return ()
    sizes = {key: sum(stage.count(key).values()) for key in _NETWORK}
    if not any(sizes.values()):
        return ()
    if sum(sizes.values()) + sum(len(current[key]) for key in _NETWORK) > MOST_LOOKED_AT:
        book = IssueBook(plan.layer)
        book.add("network_not_looked_at", limit=MOST_LOOKED_AT)
        return book.issues()
    mine: set[str] = set()
    as_it_would_be = {}
    for key in _NETWORK:
        staged = list(stage.batches(key))
        ids = set(stage.ids(key))
        mine |= ids
        before = current[key]
        kept = before.iloc[:0] if plan.mode == "replace" and key == plan.layer else before[~before["id"].isin(ids)]
        as_it_would_be[key] = whole([kept, *staged])
    tolerance_m = plan.topology.tolerance_m if plan.topology is not None else 0.5
    lines, nodes = (as_it_would_be[key] for key in ("network_lines", "network_nodes"))
    return check_network(lines, nodes, tolerance_m=tolerance_m, only=mine)


def staged_for_whole(stage: Stage, key: str) -> pd.DataFrame:
    """Return the staged records of a layer with the columns that a check of the whole needs."""
    if key in _WHOLE:
        parts = [conform(key, frame) for frame in stage.batches(key)]
        if parts:
            return pd.concat(parts, ignore_index=True)
    return pd.DataFrame({"id": pd.Series(stage.ids(key), dtype=object)})
