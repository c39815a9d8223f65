"""Plans that take a search: made once for all who ask the same, as text, for whoever sees the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from webmap.access import current_viewer
from webmap.api.asked_data import asked_snapshot
from webmap.documents import write_document
from webmap.languages import Language
from webmap.runtime import Runtime, Snapshot
from webmap.workload import Workload


@dataclass(frozen=True)
class Planned:
    """A plan as JSON text, with the snapshot of the data it was made from and its language."""

    content: bytes
    snapshot: Snapshot
    language: Language

    @property
    def document(self) -> dict[str, Any]:
        """The plan as a document."""
        read: dict[str, Any] = json.loads(self.content)
        return read


def plan_once(
    kind: str,
    asked: object,
    language: Language,
    seconds: float,
    make: Callable[[Snapshot, bool], dict[str, Any]],
    runtime: Runtime,
    workload: Workload,
) -> Planned:
    """Return the plan of a kind for a document that was `asked`, as the current request's viewer may see it.

    `make` is given the data and whether restricted places may be named; it may take `seconds`. Raises `MissingLayers`,
    `TooBusy` and what `make` raises.
    """
    snapshot, viewer = asked_snapshot(runtime), current_viewer()
    body = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
    key = (kind, snapshot.data_version, viewer.audience, language, body)
    content = workload.answer(key, seconds, lambda: write_document(make(snapshot, viewer.sees_restricted)))
    return Planned(content, snapshot, language)
