"""The first assessment of a process, made before anybody asks, so that compiled code is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

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


def film_something(snapshot: Snapshot, plans: Mapping[str, Plan]) -> None:
    """Film a minute of one source's loss, so that nobody who plays an incident back waits for compiled code."""
    from priority.film import film_of  # noqa: PLC0415
    from priority.incident import Incident  # noqa: PLC0415

    plan, nodes = next(iter(plans.values())), snapshot.visible("network_nodes", restricted=False)
    source = nodes.loc[nodes["kind"] == "source", "id"].iloc[0]
    document = {"plan": plan.key, "at": _AT, "faults": [{"element": source, "at": _AT}]}
    begin = datetime.fromisoformat(_AT)
    stage = (begin, Incident.parse(document, "zh", plans.keys()))
    film_of(snapshot.system(), [stage], plan, begin, begin + timedelta(minutes=1))


def rate_everything(snapshot: Snapshot, plans: Mapping[str, Plan]) -> None:
    """Rate every single failure for the first plan, so that the vulnerability map is there when it is asked for."""
    ratings(snapshot, next(iter(plans.values())), restricted=False)
