"""Reading layers as they are and as they were, and what is different between two versions of the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from sqlalchemy import Connection, FromClause, Select, and_, collate, exists, func, or_, select, union_all

from layers.catalog import CATALOG
from layers.crs import STORAGE_EPSG
from layers.history import Counts, kept_sequence_of, layers_after
from layers.records import conform, layer_of
from layers.staging import content_columns
from layers.tables import LAYER_TABLES, PAST_TABLES


@dataclass(frozen=True)
class LayerDifference:
    """What became of a layer's records from one version to another: how many, and the ids of the first (sorted)."""

    counts: Counts
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def read_layer(connection: Connection, key: str) -> pd.DataFrame:
    """Return a layer as a transaction sees it, as `Store.read` does."""
    table = LAYER_TABLES[key]
    query = select(*(table.c[name] for name in content_columns(key))).order_by(table.c.id)
    return _frame(key, [tuple(row) for row in connection.execute(query)])


def read_layer_at(connection: Connection, key: str, sequence: int) -> pd.DataFrame:
    """Return a layer as it was after the write of that sequence, which must be kept."""
    layer, past = LAYER_TABLES[key], PAST_TABLES[key]
    names = content_columns(key)
    still = select(*(layer.c[name] for name in names)).where(layer.c.since <= sequence)
    once = select(*(past.c[name] for name in names)).where(past.c.until > sequence, past.c.since <= sequence)
    # Two queries: of one for both, PostGIS would not be asked for well-known binary.
    return _frame(key, [tuple(row) for query in (still, once) for row in connection.execute(query)])


def restricted_after(connection: Connection, key: str, sequence: int) -> frozenset[str]:
    """Return the ids of records that were restricted after a sequence, in a form that was changed or removed since."""
    flag, past = layer_of(key).restricted_by, PAST_TABLES[key]
    if flag is None:
        return frozenset()
    query = select(past.c.id).distinct().where(past.c[flag].is_(True), past.c.until > sequence)
    return frozenset(connection.scalars(query))


def _frame(key: str, rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=content_columns(key))
    if layer_of(key).geometry is not None:
        shapes = shapely.from_wkb(np.asarray(frame["geometry"], dtype=object))
        frame = gpd.GeoDataFrame(frame.drop(columns="geometry"), geometry=shapes, crs=STORAGE_EPSG)
    return conform(key, frame)


def compared(connection: Connection, one: str, other: str, limit: int) -> dict[str, LayerDifference]:
    """Return what is different in the version `other` from `one`, by layer; layers without a difference are left out.

    At most `limit` ids of each kind. Raises `UnknownVersion` and `VersionNotKept`.
    """
    first, second = kept_sequence_of(connection, one), kept_sequence_of(connection, other)
    low, high = sorted((first, second))
    written = layers_after(connection, low)
    found = {}
    for key in CATALOG:
        if written is not None and key not in written:
            continue
        older, newer = _lost(key, low, high), _gained(key, low, high)
        before, after = (older, newer) if first <= second else (newer, older)
        difference = _difference(connection, key, before, after, limit)
        if difference.counts:
            found[key] = difference
    return found


def _lost(key: str, low: int, high: int) -> FromClause:
    """Records as they were after `low`, and not any more after `high`."""
    past = PAST_TABLES[key]
    names = content_columns(key)
    query = select(*(past.c[name] for name in names))
    return query.where(past.c.since <= low, past.c.until > low, past.c.until <= high).cte()


def _gained(key: str, low: int, high: int) -> FromClause:
    """Records as they were after `high`, and not yet after `low`."""
    layer, past = LAYER_TABLES[key], PAST_TABLES[key]
    names = content_columns(key)
    now = select(*(layer.c[name] for name in names)).where(layer.c.since > low, layer.c.since <= high)
    once = select(*(past.c[name] for name in names))
    return union_all(now, once.where(past.c.since > low, past.c.since <= high, past.c.until > high)).cte()


def _difference(connection: Connection, key: str, before: FromClause, after: FromClause, limit: int) -> LayerDifference:
    differ = or_(*(before.c[name].is_distinct_from(after.c[name]) for name in content_columns(key) if name != "id"))
    queries = (
        select(after.c.id).where(~exists().where(before.c.id == after.c.id)),
        select(after.c.id).join(before, and_(before.c.id == after.c.id, differ)),
        select(before.c.id).where(~exists().where(after.c.id == before.c.id)),
    )
    counts, ids = [], []
    for query in queries:
        counted = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
        counts.append(int(counted))
        ids.append(tuple(_first(connection, query, limit)) if counted else ())
    return LayerDifference(Counts(*counts), *ids)


def _first(connection: Connection, query: Select[Any], limit: int) -> Iterator[str]:
    column = query.subquery().c.id
    # By code points on both databases, whatever the server's language.
    order = collate(column, "C") if connection.dialect.name == "postgresql" else column
    yield from connection.scalars(select(column).order_by(order).limit(limit))
