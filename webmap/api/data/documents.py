"""Versions of the data, and what is different between two of them, as programs and the page are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from layers.history import DataVersion
from layers.past import LayerDifference


def version_document(version: DataVersion) -> dict[str, Any]:
    """Return a version with the name of its author, but not the id."""
    told = asdict(version)
    del told["author_id"]
    return told


def comparison_document(version: str, other: str, layers: Mapping[str, LayerDifference]) -> dict[str, Any]:
    """Return what is different in `other` from `version`, by layer."""
    return {"from": version, "to": other, "layers": {key: _difference(one) for key, one in layers.items()}}


def _difference(difference: LayerDifference) -> dict[str, Any]:
    ids = {"added": difference.added, "changed": difference.changed, "removed": difference.removed}
    return {**asdict(difference.counts), "ids": ids}
