"""Mappings kept by name: how the files of one office become a layer, for the next file of its kind."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, delete, insert, select, update

from webmap.imports.errors import UnknownMapping
from webmap.imports.records import IMPORTS_LOCK
from webmap.incidents.chain import canonical
from webmap.incidents.moments import now_utc, written
from webmap.incidents.records import Author
from webmap.storage.data_tables import IMPORT_MAPPINGS
from webmap.storage.engine import one_moment, writing


@dataclass(frozen=True)
class KeptMapping:
    """A mapping: the layer that it makes, its plan's document, who kept it last and when (UTC)."""

    name: str
    layer: str
    plan: dict[str, Any]
    author_name: str
    updated_at: str


class Mappings:
    """Keeps mappings. Shared by threads; `clock` tells the present moment."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = now_utc) -> None:
        self.engine = engine
        self.clock = clock

    def all(self, layer: str | None = None) -> list[KeptMapping]:
        """Return the mappings by name; of one layer, or of all."""
        columns = IMPORT_MAPPINGS.c
        query = select(IMPORT_MAPPINGS).order_by(columns.name)
        if layer is not None:
            query = query.where(columns.layer == layer)
        with one_moment(self.engine) as connection:
            rows = connection.execute(query).all()
        return [KeptMapping(row.name, row.layer, json.loads(row.plan), row.author_name, row.updated_at) for row in rows]

    def read(self, name: str) -> KeptMapping:
        """Return a mapping; raises `UnknownMapping`."""
        for found in self.all():
            if found.name == name:
                return found
        raise UnknownMapping(name)

    def keep(self, name: str, plan: Mapping[str, Any], author: Author) -> None:
        """Keep a plan's document under a name, in place of what was kept under it."""
        told = {
            "layer": plan["layer"],
            "plan": canonical(dict(plan)),
            "created_by": author.id,
            "author_name": author.name,
            "updated_at": written(self.clock()),
        }
        with writing(self.engine, IMPORTS_LOCK) as connection:
            there = update(IMPORT_MAPPINGS).where(IMPORT_MAPPINGS.c.name == name)
            if connection.execute(there.values(told)).rowcount == 0:
                connection.execute(insert(IMPORT_MAPPINGS).values(name=name, **told))

    def remove(self, name: str) -> None:
        """Forget a mapping; raises `UnknownMapping`."""
        with writing(self.engine, IMPORTS_LOCK) as connection:
            gone = connection.execute(delete(IMPORT_MAPPINGS).where(IMPORT_MAPPINGS.c.name == name))
            if gone.rowcount == 0:
                raise UnknownMapping(name)
