"""Writing into layers, in one transaction each: whole layers, single records, streams of records, and the way back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd
from sqlalchemy import Connection, insert, select

from layers.catalog import WRITE_ORDER
from layers.errors import InvalidRecords, StaleVersion
from layers.history import Counts, Written, kept_sequence_of, last_write, layers_after, record, sequence_of
from layers.records import conform, digest, layer_of
from layers.staging import (
    LEAVING,
    RowsDigest,
    close_stage,
    fill_stage,
    open_stage,
    settle_stage,
)
from layers.superseding import Mode, require_references, stage_past, supersede
from layers.tables import LAYER_TABLES, PAST_TABLES

_NAMED = 3
#: How many ids go into one query; SQLite takes no more than some thousands of values.
_IDS_AT_ONCE = 500


@dataclass(frozen=True)
class LayerChange:
    """Single records of a layer: those that are to be as in this frame (new or changed), and ids of those to remove."""

    upserts: pd.DataFrame | None = None
    removed: tuple[str, ...] = ()


@dataclass(frozen=True)
class LayerLoad:
    """A stream of records of a layer, in frames that conform to it.

    With `replace` the layer is to have these records and no other, with `merge` the others stay as they are.
    """

    key: str
    mode: Literal["replace", "merge"]
    batches: Iterator[pd.DataFrame]


def replace_layers(connection: Connection, frames: Mapping[str, pd.DataFrame], said: Written) -> str:
    """Give the named layers these records (conforming frames) and return the new data version.

    Part of a transaction that holds `LAYERS_LOCK`. Raises `InvalidRecords` for references that lead nowhere.
    """
    keys = sorted(frames, key=WRITE_ORDER.index)
    for key in keys:
        open_stage(connection, key)
        fill_stage(connection, key, frames[key])
        settle_stage(connection, key)
    contents = [digest(key, frames[key]) for key in keys]
    return _write(connection, dict.fromkeys(keys, "replace"), contents, said)


def change_records(connection: Connection, changes: Mapping[str, LayerChange], said: Written, base: str | None) -> str:
    """Write and remove single records and return the new data version; as `Store.change`.

    Part of a transaction that holds `LAYERS_LOCK`.
    """
    keys = sorted(changes, key=WRITE_ORDER.index)
    upserts = {key: conform(key, frame) for key in keys if (frame := changes[key].upserts) is not None}
    touched = {key: _touched(key, upserts.get(key), changes[key].removed) for key in keys}
    if base is not None:
        _require_unchanged(connection, touched, base)
    contents = []
    for key in keys:
        removed = sorted(changes[key].removed)
        _require_present(connection, key, removed)
        open_stage(connection, key)
        content = RowsDigest(key)
        if key in upserts:
            fill_stage(connection, key, upserts[key])
            content.add(upserts[key])
        if removed:
            connection.execute(insert(LEAVING[key]), [{"id": identifier} for identifier in removed])
        settle_stage(connection, key)
        contents.append(hashlib.sha256("\n".join([content.result(), *removed]).encode()).hexdigest())
    return _write(connection, dict.fromkeys(keys, "merge"), contents, said)


def stage_loads(
    connection: Connection, parts: Iterable[LayerLoad], progress: Callable[[int], object] | None
) -> tuple[dict[str, Mode], list[str]]:
    """Stage all records of the streams; return the mode of each layer, and the digests of what came.

    Raises `InvalidRecords` and what the streams and `progress` raise. A layer that is there twice is a `ValueError`.
    """
    modes: dict[str, Mode] = {}
    contents = []
    done = 0
    for part in parts:
        key = layer_of(part.key).key
        if key in modes:
            raise ValueError(f"layer {key} is there twice")
        modes[key] = part.mode
        open_stage(connection, key)
        content = RowsDigest(key)
        for batch in part.batches:
            frame = conform(key, batch)
            fill_stage(connection, key, frame)
            content.add(frame)
            done += len(frame)
            if progress is not None:
                progress(done)
        settle_stage(connection, key)
        contents.append(hashlib.sha256(f"{part.mode} {content.result()}".encode()).hexdigest())
    return modes, contents


def write_loads(
    connection: Connection, modes: Mapping[str, Mode], contents: list[str], said: Written, base: str | None
) -> str:
    """Write what `stage_loads` staged and return the new data version.

    Part of a transaction that holds `LAYERS_LOCK`. Raises `InvalidRecords`, `UnknownVersion` and `StaleVersion`.
    """
    if base is not None:
        _require_unwritten(connection, modes, base)
    return _write(connection, modes, contents, said)


def restore_version(connection: Connection, version: str, said: Written, base: str | None) -> str:
    """Make all layers as they were after a version and return the new data version; as `Store.restore`.

    Part of a transaction that holds `LAYERS_LOCK`.
    """
    sequence = kept_sequence_of(connection, version)
    if base is not None:
        _require_unwritten(connection, WRITE_ORDER, base)
    later = layers_after(connection, sequence)
    keys = [key for key in WRITE_ORDER if later is None or key in later]
    for key in keys:
        open_stage(connection, key)
        stage_past(connection, key, sequence)
        settle_stage(connection, key)
    content = hashlib.sha256(f"restore {version}".encode()).hexdigest()
    return _write(connection, dict.fromkeys(keys, "restore"), [content], said, after=sequence)


def _write(
    connection: Connection, modes: Mapping[str, Mode], contents: list[str], said: Written, after: int = 0
) -> str:
    before = last_write(connection)
    sequence = before[0] + 1
    changes: dict[str, Counts] = {}
    for key in sorted(modes, key=WRITE_ORDER.index):
        changes[key] = supersede(connection, key, sequence, modes[key], after)
    require_references(connection, modes.keys(), sequence)
    for key in modes:
        close_stage(connection, key)
    if after:
        changes = {key: counts for key, counts in changes.items() if counts}
    return record(connection, before, contents, changes, said)


def _touched(key: str, upserts: pd.DataFrame | None, removed: tuple[str, ...]) -> list[str]:
    written = [] if upserts is None else list(upserts["id"])
    if both := sorted(set(written) & set(removed)):
        raise InvalidRecords(key, [f"records are both written and removed ({', '.join(both[:_NAMED])})"])
    return [*written, *removed]


def _require_unwritten(connection: Connection, keys: Iterable[str], base: str) -> None:
    """Raise `StaleVersion` if any of these layers was written after the version `base`."""
    later = layers_after(connection, sequence_of(connection, base))
    changed = [key for key in keys if later is None or key in later]
    if changed:
        raise StaleVersion(base, dict.fromkeys(changed, ()))


def _require_unchanged(connection: Connection, touched: Mapping[str, list[str]], base: str) -> None:
    """Raise `StaleVersion` if any of these records was written or removed after the version `base`."""
    sequence = sequence_of(connection, base)
    changed: dict[str, tuple[str, ...]] = {}
    for key, ids in touched.items():
        layer, past = LAYER_TABLES[key], PAST_TABLES[key]
        found: set[str] = set()
        for part in _parts(ids):
            now = select(layer.c.id).where(layer.c.id.in_(part), layer.c.since > sequence)
            once = select(past.c.id).where(past.c.id.in_(part), past.c.until > sequence)
            found |= {*connection.scalars(now), *connection.scalars(once)}
        if found:
            changed[key] = tuple(sorted(found))
    if changed:
        raise StaleVersion(base, changed)


def _require_present(connection: Connection, key: str, ids: list[str]) -> None:
    column = LAYER_TABLES[key].c.id
    found = {one for part in _parts(ids) for one in connection.scalars(select(column).where(column.in_(part)))}
    if missing := [identifier for identifier in ids if identifier not in found]:
        raise InvalidRecords(key, [f"there are no such records to remove ({', '.join(missing[:_NAMED])})"])


def _parts(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), _IDS_AT_ONCE):
        yield ids[start : start + _IDS_AT_ONCE]
