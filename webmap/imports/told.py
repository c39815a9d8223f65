"""What the history of the data says of an import: nothing of what the records hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_OF_PLAN = ("mapping", "mode", "topology")
_OF_REPORT = ("table", "rows", "accepted", "rejected", "encoding", "datum", "layers", "changes")


def import_detail(file: Mapping[str, Any], plan: Mapping[str, Any], report: Mapping[str, Any]) -> dict[str, Any]:
    """Return the detail of a data version: the file (name, digest, bytes, import), how it was read, what came of it."""
    return {
        **file,
        "layer": plan.get("layer"),
        **{name: plan.get(name) for name in _OF_PLAN},
        **{name: report.get(name) for name in _OF_REPORT},
    }
