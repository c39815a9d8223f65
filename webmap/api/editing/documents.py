"""A draft as programs and the page are told of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from layers.editing.changes import Change
from layers.editing.ground import Key, Record
from layers.editing.problems import Problem
from layers.editing.state import State
from webmap.api.log.view_document import CHINA
from webmap.editing.drafts import Draft
from webmap.editing.words import STATE_TITLES, step_title, title_in
from webmap.editing.work import Work
from webmap.incidents.moments import as_entered, read_written
from webmap.languages import Language

MOST_LISTED = 2_000
_MOST_USERS = 50
#: A millimetre: as fine as edits are kept.
_DECIMALS = 8


def listed_document(draft: Draft, language: Language) -> dict[str, Any]:
    """Return a draft as the list tells of it."""
    return {
        "id": draft.id,
        "name": draft.name,
        "state": draft.state,
        "state_title": title_in(STATE_TITLES[draft.state], language),
        "author": draft.author_name,
        "created_at": _entered(draft.created_at),
        "updated_at": _entered(draft.updated_at),
        "length": draft.length,
        "total": len(draft.operations),
        "revision": draft.revision,
        "base_version": draft.base_version,
        "committed_version": draft.committed_version,
    }


def draft_document(
    draft: Draft, work: Work, language: Language, networks: Sequence[Problem] | None = None
) -> dict[str, Any]:
    """Return a draft whole; `networks` are the problems of a review, None without one."""
    changes = work.applied.changes.records
    kinds = [change.kind for change in changes.values()]
    problems = [*work.applied.refused, *work.applied.notes, *(networks or ())]
    last = work.applied.steps[-1] if work.applied.steps else ()
    return {
        **listed_document(draft, language),
        "data_version": work.data_version,
        "steps": _steps(draft, work, language),
        "last": [_named(key, work) for key in last],
        "counts": {kind: kinds.count(kind) for kind in ("added", "changed", "removed")},
        "changes": [_change(key, change) for key, change in islice(changes.items(), MOST_LISTED)],
        "more": max(0, len(changes) - MOST_LISTED),
        "problems": [problem.document(language) for problem in problems],
        "clashes": [_named(key, work) for key in work.clashes],
        "reviewed": networks is not None,
        "may": _may(draft, work),
    }


def settled_document(draft: Draft, data_version: str, language: Language) -> dict[str, Any]:
    """Return a draft that is not open: its steps are told, what it would change now is not."""
    steps = [{"operation": dict(one), "title": step_title(one, _id_of(one), language)} for one in draft.operations]
    return {
        **listed_document(draft, language),
        "data_version": data_version,
        "steps": steps,
        "last": [],
        "counts": {"added": 0, "changed": 0, "removed": 0},
        "changes": [],
        "more": 0,
        "problems": [],
        "clashes": [],
        "reviewed": False,
        "may": ["take_back"] if draft.state == "discarded" else ["undo"],
    }


def record_document(key: Key, record: Record, state: State) -> dict[str, Any]:
    """Return a record as it stands in a draft."""
    users = list(dict.fromkeys(user for user, _ in state.users(key)))
    return {
        "layer": key[0],
        "id": key[1],
        "name": record.name,
        "values": dict(record.values),
        "geometry": _geometry(record.geometry),
        "users": [{"layer": user[0], "id": user[1], "name": state.need(user).name} for user in users[:_MOST_USERS]],
        "users_more": max(0, len(users) - _MOST_USERS),
    }


def _steps(draft: Draft, work: Work, language: Language) -> list[dict[str, Any]]:
    found = []
    for number, operation in enumerate(draft.operations):
        done = work.applied.steps[number] if number < len(work.applied.steps) else ()
        key = done[0] if done else (str(operation.get("layer", "network_lines")), _id_of(operation))
        name = str(operation.get("values", {}).get("name") or "") if operation["op"] == "add" else ""
        found.append(
            {"operation": dict(operation), "title": step_title(operation, name or work.name_of(key), language)}
        )
    return found


def _id_of(operation: Mapping[str, Any]) -> str:
    return str(operation.get("id") or operation.get("values", {}).get("name") or "")


def _named(key: Key, work: Work) -> dict[str, str]:
    return {"layer": key[0], "id": key[1], "name": work.name_of(key)}


def _change(key: Key, change: Change) -> dict[str, Any]:
    before, after = change.before, change.after
    shown = after or before
    names = shown.values if shown is not None else {}
    fields = [
        {"field": name, "before": _value(before, name), "after": _value(after, name)}
        for name in names
        if _value(before, name) != _value(after, name)
    ]
    then, now = (None if record is None else record.geometry for record in (before, after))
    moved = then is not now and (then is None or now is None or not shapely.equals_identical(then, now))
    return {
        "layer": key[0],
        "id": key[1],
        "name": "" if shown is None else shown.name,
        "kind": change.kind,
        "fields": fields,
        "moved": moved,
        "before": _geometry(then),
        "after": _geometry(now),
    }


def _value(record: Record | None, name: str) -> Any:
    return None if record is None else record.values.get(name)


def _geometry(shape: BaseGeometry | None) -> dict[str, Any] | None:
    if shape is None:
        return None
    return dict(mapping(shapely.transform(shape, lambda corners: corners.round(_DECIMALS))))


def _may(draft: Draft, work: Work) -> list[str]:
    deeds = ["edit", "review", "discard"]
    if work.clashes:
        return [*deeds, "rebase"]
    return [*deeds, "commit"] if work.applied.changes.records and not work.applied.refused else deeds


def _entered(moment: str) -> str:
    return as_entered(read_written(moment).astimezone(CHINA))
