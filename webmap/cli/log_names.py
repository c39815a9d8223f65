"""Names of what a log speaks of, from the layers; ids where the layers do not know it, or hold nothing yet."""

from __future__ import annotations

from sqlalchemy import Engine, inspect, select

from layers.catalog import CATALOG
from layers.tables import LAYER_TABLES
from webmap.incidents.mentions import elements_named
from webmap.incidents.records import Log

#: Databases take so many values in one statement.
_AT_ONCE = 500


class ElementNames:
    """Names of the elements, facilities, roads and townships in a log, restricted ones too: for the administrator."""

    def __init__(self, engine: Engine, log: Log) -> None:
        wanted = sorted({element for entry in log.entries for element in elements_named(entry.fact)})
        self._names: dict[str, str] = {}
        tables = set(inspect(engine).get_table_names())
        for key in CATALOG:
            table = LAYER_TABLES[key]
            if table.name not in tables or "name" not in table.c:
                continue
            identity = table.c["code"] if key == "townships" else table.c["id"]
            with engine.connect() as connection:
                for start in range(0, len(wanted), _AT_ONCE):
                    part = wanted[start : start + _AT_ONCE]
                    rows = connection.execute(select(identity, table.c["name"]).where(identity.in_(part)))
                    self._names.update({row[0]: row[1] for row in rows if row[1]})

    def name_of(self, element: str) -> str:
        """Return the name, with the id behind it, or the id alone."""
        name = self._names.get(element)
        return element if name is None else f"{name}（{element}）"
