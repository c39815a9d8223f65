"""The first assessment of a process, made before anybody asks, so that compiled code is loaded."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from priority.plans import Plan
from webmap.api.incidents import assess_document
from webmap.api.vulnerability import ratings
from webmap.runtime import Snapshot

#: Any moment does: it only has to be a valid one.
_AT = "2026-01-12T08:00:00+08:00"


def assess_something(snapshot: Snapshot, plans: Mapping[str, Plan]) -> None:
    """Assess the loss of one source of each network under every plan, and throw the result away."""
    nodes = snapshot.visible("network_nodes", restricted=False)
    sources: pd.DataFrame = nodes[nodes["kind"] == "source"].drop_duplicates("network")
    faults = [{"element": identifier} for identifier in sources["id"]]
    for plan in plans:
        assess_document(snapshot, plans, {"plan": plan, "at": _AT, "faults": faults}, "zh")


def rate_everything(snapshot: Snapshot, plans: Mapping[str, Plan]) -> None:
    """Rate every single failure for the first plan, so that the vulnerability map is there when it is asked for."""
    ratings(snapshot, next(iter(plans.values())), restricted=False)
