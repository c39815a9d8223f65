"""All codes by name. A new table of codes is a module with a tuple `CODES`, and one line here."""

from __future__ import annotations

from layers.importing.codes import attributes, datum, geometry, network, order, references, source, topology, values
from layers.importing.codes.model import Code

TABLES: tuple[tuple[Code, ...], ...] = (
    attributes.CODES,
    geometry.CODES,
    references.CODES,
    network.CODES,
    topology.CODES,
    source.CODES,
    values.CODES,
    datum.CODES,
    order.CODES,
)

#: Every code by its name; names are stable, as programs and kept reports use them.
BY_NAME: dict[str, Code] = {entry.code: entry for table in TABLES for entry in table}
