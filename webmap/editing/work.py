"""A draft against the present data: what it changes, what no longer applies, and what others changed meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from layers.editing.applying import Applied, apply
from layers.editing.ground import Ground, Key
from layers.editing.network_checks import is_about_networks, issues_in, network_problems, touched_networks
from layers.editing.operations import Operation, read_operation
from layers.editing.problems import Problem
from webmap.editing.drafts import Draft, Touched
from webmap.runtime import Snapshot


@dataclass(frozen=True)
class Work:
    """A draft applied to a snapshot. `clashes` are records that are not what they were when the draft took them up."""

    ground: Ground
    data_version: str
    applied: Applied
    clashes: tuple[Key, ...]
    touched: Touched

    def name_of(self, key: Key) -> str:
        """The name by which people know a record, now or after the edit."""
        change = self.applied.changes.records.get(key)
        record = self.ground.record(key) or (None if change is None else change.after)
        return key[1] if record is None else record.name


def ground_of(snapshot: Snapshot) -> Ground:
    """Return the snapshot's layers, indexed for edits once."""
    return snapshot.once("editing ground", lambda: Ground(snapshot.frames))


def read_operations(documents: Sequence[Mapping[str, Any]]) -> list[Operation]:
    """Return stored operations; raises `Refused` for one that a later version cannot read."""
    return [read_operation(document) for document in documents]


def work_on(snapshot: Snapshot, documents: Sequence[Mapping[str, Any]], draft: Draft) -> Work:
    """Apply operations to a snapshot and compare what they concern with what the draft knew of it."""
    ground = ground_of(snapshot)
    applied = apply(ground, read_operations(documents))
    touched: dict[str, dict[str, str]] = {}
    clashes = []
    for key in sorted(applied.keys | _known(draft.touched, applied)):
        now = _digest(ground, key)
        then = draft.touched.get(key[0], {}).get(key[1], now)
        touched.setdefault(key[0], {})[key[1]] = then
        if then != now:
            clashes.append(key)
    return Work(ground, snapshot.data_version, applied, tuple(clashes), touched)


def present_touched(work: Work) -> Touched:
    """Return what the records that a draft concerns are now."""
    return {layer: {one: _digest(work.ground, (layer, one)) for one in ids} for layer, ids in work.touched.items()}


def check_networks_of(snapshot: Snapshot, work: Work) -> list[Problem]:
    """Return what the draft brings about in the networks; what was wrong before is not told. Takes a moment."""
    changes = work.applied.changes
    if not is_about_networks(changes):
        return []
    networks = touched_networks(changes)
    key = ("editing soundness", *sorted(networks))
    before = snapshot.once(key, lambda: issues_in(work.ground.frames, networks))
    after = changes.applied_to(work.ground.frames)
    return network_problems(changes, before, issues_in(after, networks), after)


def _known(touched: Touched, applied: Applied) -> set[Key]:
    """Records of steps that are refused now, because of what others did to just them: they are still concerned."""
    if not applied.refused:
        return set()
    return {(layer, one) for layer, ids in touched.items() for one in ids}


def _digest(ground: Ground, key: Key) -> str:
    record = ground.record(key)
    return "" if record is None else record.digest
