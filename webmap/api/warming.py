"""The first assessment of a process, made before anybody asks, so that compiled code is loaded."""

from __future__ import annotations

import pandas as pd

from priority.plans import PLAN_KEYS
from webmap.api.incidents import assess_document
from webmap.runtime import Snapshot

#: Any moment does: it only has to be a valid one.
_AT = "2026-01-12T08:00:00+08:00"


def assess_something(snapshot: Snapshot) -> None:
    """Assess the loss of one source of each network under every plan, and throw the result away."""
    nodes = snapshot.visible("network_nodes", restricted=False)
    sources: pd.DataFrame = nodes[nodes["kind"] == "source"].drop_duplicates("network")
    faults = [{"element": identifier} for identifier in sources["id"]]
    for plan in PLAN_KEYS:
        assess_document(snapshot, {"plan": plan, "at": _AT, "faults": faults}, "zh")
