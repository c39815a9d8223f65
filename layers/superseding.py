"""Staged records take the place of a layer's: what differs gives way and is kept as past, what is the same stays.

A record that does not differ is not touched, so that a small edit of a large layer costs little, now and in the
history.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Literal

from sqlalchemy import Connection, Insert, Select, and_, delete, exists, insert, literal, or_, select, text

from layers.catalog import CATALOG
from layers.errors import InvalidRecords
from layers.history import Counts
from layers.staging import LEAVING, STAGES, content_columns
from layers.tables import LAYER_TABLES, PAST_TABLES

#: `replace`: what is not staged is removed; `merge`: it stays; `restore`: it is removed if it came after a version.
Mode = Literal["replace", "merge", "restore"]
_NAMED = 3
_LOOKED_AT = 1000


def supersede(connection: Connection, key: str, sequence: int, mode: Mode, after: int = 0) -> Counts:
    """Write a settled stage into its layer as the write of that sequence, and return how much it changed.

    With `restore` those records are removed that are not staged and were written after the sequence `after`. Ids that
    are in the layer's `LEAVING` already are removed too.
    """
    layer, stage, leaving = LAYER_TABLES[key], STAGES[key], LEAVING[key]
    unstaged = ~exists().where(stage.c.id == layer.c.id)
    if mode == "replace":
        connection.execute(insert(leaving).from_select(["id"], select(layer.c.id).where(unstaged)))
    elif mode == "restore":
        gone = select(layer.c.id).where(layer.c.since > after, unstaged)
        connection.execute(insert(leaving).from_select(["id"], gone))
    differing = select(layer.c.id).join(stage, and_(stage.c.id == layer.c.id, _differ(key, layer, stage)))
    changed = _done(connection, insert(leaving).from_select(["id"], differing))
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"ANALYZE {leaving.name}"))
    left = _put_away(connection, key, sequence)
    added = _done(connection, _arrive(key, sequence))
    return Counts(added=added - changed, changed=changed, removed=left - changed)


def _done(connection: Connection, statement: Insert) -> int:
    """Execute an insertion and return how many rows it made; PostgreSQL's driver forgets them unless it is asked."""
    return int(connection.execute(statement, execution_options={"preserve_rowcount": True}).rowcount)


def _differ(key: str, one: Any, other: Any) -> Any:
    """Whether records of one id differ in anything, unknown values being the same as unknown ones."""
    return or_(*(one.c[name].is_distinct_from(other.c[name]) for name in content_columns(key) if name != "id"))


def _put_away(connection: Connection, key: str, sequence: int) -> int:
    """Move the leaving records of a layer to its past and return how many they are."""
    layer, past = LAYER_TABLES[key], PAST_TABLES[key]
    names = content_columns(key)
    is_leaving = layer.c.id.in_(select(LEAVING[key].c.id))
    kept = select(layer.c.since, literal(sequence), *(layer.c[name] for name in names)).where(is_leaving)
    left = _done(connection, insert(past).from_select(["since", "until", *names], kept))
    if left:
        connection.execute(delete(layer).where(is_leaving))
    return left


def _arrive(key: str, sequence: int) -> Insert:
    layer, stage = LAYER_TABLES[key], STAGES[key]
    names = content_columns(key)
    is_new = ~exists().where(layer.c.id == stage.c.id)
    arriving = select(literal(sequence), *(stage.c[name] for name in names)).where(is_new)
    return insert(layer).from_select(["since", *names], arriving)


def stage_past(connection: Connection, key: str, sequence: int) -> None:
    """Stage those records of a layer as they were after a sequence that were changed or removed later."""
    past = PAST_TABLES[key]
    names = content_columns(key)
    lost = select(*(past.c[name] for name in names)).where(past.c.since <= sequence, past.c.until > sequence)
    connection.execute(insert(STAGES[key]).from_select(names, lost))


def require_references(connection: Connection, keys: Collection[str], sequence: int) -> None:
    """Raise `InvalidRecords` if a record of this write names one that is not there, or one that left is still named.

    `keys` are the layers that were written, their temporary tables not closed yet.
    """
    for key, layer in CATALOG.items():
        for field in layer.fields:
            target = field.references
            if target is None or not {key, target} & set(keys):
                continue
            missing: set[str] = set()
            for query in _missing(key, field.name, target, keys, sequence):
                missing |= set(connection.scalars(query.limit(_LOOKED_AT)))
            if missing:
                shown = ", ".join(sorted(missing)[:_NAMED])
                raise InvalidRecords(key, [f"{field.name} names records that {target} does not have: {shown}"])


def _missing(key: str, name: str, target: str, keys: Collection[str], sequence: int) -> Sequence[Select[Any]]:
    table, there = LAYER_TABLES[key], LAYER_TABLES[target].alias("target")
    column = table.c[name]
    lost = select(column).distinct().where(column.is_not(None), ~exists().where(there.c.id == column))
    queries = []
    if key in keys:
        queries.append(lost.where(table.c.since == sequence))
    if target in keys:
        queries.append(lost.where(column.in_(select(LEAVING[target].c.id))))
    return queries
