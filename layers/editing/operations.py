"""What can be done to a record, one dataclass an operation, and how an operation is read from its document."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from layers.catalog import CATALOG
from layers.editing.problems import Problem, Refused

End = Literal["from", "to"]
Position = tuple[float, float]
#: Corners are kept to about a millimetre: what a screen gives beyond that is noise.
DECIMALS = 8
#: More corners than this nobody draws or reshapes by hand.
MOST_CORNERS = 20_000
_SHAPES = {"Point", "LineString", "Polygon", "MultiPolygon"}


@dataclass(frozen=True)
class Add:
    """A new record. Without `id` it gets one that follows from its content.

    `make_nodes`: at the ends of a network line for which no node is named, junctions are made.
    """

    layer: str
    values: Mapping[str, Any]
    geometry: BaseGeometry | None = None
    id: str | None = None
    make_nodes: bool = False


@dataclass(frozen=True)
class Move:
    """A point goes elsewhere; the lines that end at a node follow it."""

    layer: str
    id: str
    to: Position


@dataclass(frozen=True)
class Reshape:
    """A line or an area gets another course; a network line keeps its ends."""

    layer: str
    id: str
    geometry: BaseGeometry


@dataclass(frozen=True)
class Split:
    """A line becomes two at a point. Of a network line, both parts end at a node.

    That is `node_id` where it is given, else one is made of `node` (`kind`, `name`, ...), a junction if not told.
    """

    layer: str
    id: str
    at: Position
    node_id: str | None = None
    node: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Attributes:
    """Some values of a record are set; None makes them unknown. A line's end goes to the node that it then names."""

    layer: str
    id: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Remove:
    """A record goes. Refused while others need it, unless `together`: then those go too, or name it no more."""

    layer: str
    id: str
    together: bool = False


@dataclass(frozen=True)
class Join:
    """An end of a network line goes to a node."""

    id: str
    end: End
    node: str
    layer: str = "network_lines"


Operation = Add | Move | Reshape | Split | Attributes | Remove | Join


def read_operation(document: object) -> Operation:
    """Return the operation of a JSON document with `op`, `layer` and what the operation needs.

    Raises `Refused` with one problem of code `unreadable`, whose `field` is the part that cannot be read.
    """
    if not isinstance(document, Mapping):
        raise _unreadable("", "", "op")
    kind = document.get("op")
    reader = _READERS.get(kind) if isinstance(kind, str) else None
    if reader is None:
        raise _unreadable("", "", "op")
    given = _Given(document)
    operation = reader(given)
    given.refuse_others()
    return operation


class _Given:
    """A document of which parts are taken out one by one."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._parts = document
        self._taken = {"op"}
        self.layer = str(document.get("layer", "network_lines" if document["op"] == "join" else ""))
        self._taken.add("layer")
        if self.layer not in CATALOG:
            raise self.bad("layer")

    def bad(self, part: str) -> Refused:
        return _unreadable(self.layer, str(self._parts.get("id", "")), part)

    def refuse_others(self) -> None:
        for part in self._parts:
            if part not in self._taken:
                raise self.bad(str(part))

    def text(self, part: str) -> str:
        value = self.optional_text(part)
        if value is None:
            raise self.bad(part)
        return value

    def optional_text(self, part: str) -> str | None:
        value = self._take(part)
        if value is None or value == "":
            return None
        # A record's id stands in addresses and files: nothing that is not seen may be in it.
        if not isinstance(value, str) or len(value) > 200 or not value.isprintable() or value != value.strip():
            raise self.bad(part)
        return value

    def flag(self, part: str) -> bool:
        value = self._take(part)
        if value not in (None, True, False):
            raise self.bad(part)
        return bool(value)

    def values(self, part: str) -> dict[str, Any]:
        value = self._take(part)
        if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
            raise self.bad(part)
        return dict(value)

    def optional_values(self, part: str) -> dict[str, Any] | None:
        return None if self._parts.get(part) is None and not self._take(part) else self.values(part)

    def position(self, part: str) -> Position:
        value = self._take(part)
        if not isinstance(value, Sequence) or isinstance(value, str) or len(value) != 2:
            raise self.bad(part)
        if not all(_is_number(number) for number in value):
            raise self.bad(part)
        return round(float(value[0]), DECIMALS), round(float(value[1]), DECIMALS)

    def geometry(self, part: str) -> BaseGeometry:
        found = self.optional_geometry(part)
        if found is None:
            raise self.bad(part)
        return found

    def optional_geometry(self, part: str) -> BaseGeometry | None:
        value = self._take(part)
        if value is None:
            return None
        if not isinstance(value, Mapping) or value.get("type") not in _SHAPES:
            raise self.bad(part)
        try:
            made = shapely.force_2d(shape(dict(value)))
        except (ValueError, TypeError, IndexError, KeyError, AttributeError, shapely.errors.ShapelyError):
            raise self.bad(part) from None
        corners = shapely.get_coordinates(made)
        if len(corners) > MOST_CORNERS or not all(math.isfinite(number) for number in corners.ravel()):
            raise self.bad(part)
        return shapely.transform(made, lambda array: array.round(DECIMALS))

    def _take(self, part: str) -> Any:
        self._taken.add(part)
        return self._parts.get(part)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _unreadable(layer: str, identifier: str, part: str) -> Refused:
    return Refused([Problem("unreadable", layer, identifier, part, detail={"what": part})])


def _read_add(given: _Given) -> Operation:
    values = given.values("values")
    geometry = given.optional_geometry("geometry")
    return Add(given.layer, values, geometry, given.optional_text("id"), given.flag("make_nodes"))


def _read_split(given: _Given) -> Operation:
    node_id, node = given.optional_text("node_id"), given.optional_values("node")
    return Split(given.layer, given.text("id"), given.position("at"), node_id, node)


def _read_join(given: _Given) -> Operation:
    end = given.text("end")
    if end not in ("from", "to") or given.layer != "network_lines":
        raise given.bad("end" if given.layer == "network_lines" else "layer")
    return Join(given.text("id"), "from" if end == "from" else "to", given.text("node"))


_READERS: Mapping[str, Callable[[_Given], Operation]] = {
    "add": _read_add,
    "move": lambda given: Move(given.layer, given.text("id"), given.position("to")),
    "reshape": lambda given: Reshape(given.layer, given.text("id"), given.geometry("geometry")),
    "split": _read_split,
    "attributes": lambda given: Attributes(given.layer, given.text("id"), given.values("values")),
    "remove": lambda given: Remove(given.layer, given.text("id"), given.flag("together")),
    "join": _read_join,
}

_WORD_OF_LAYER = {
    "counties": "county",
    "townships": "township",
    "network_nodes": "node",
    "network_lines": "line",
    "facilities": "facility",
    "supplies": "supply",
    "coal_routes": "route",
    "roads": "road",
    "sites": "site",
    "contacts": "contact",
}


def made_id(operation: Add, is_taken: Callable[[str], bool]) -> str:
    """Return an id for a new record that follows from its content: the same operation gives the same one."""
    shape_bytes = b"" if operation.geometry is None else shapely.to_wkb(operation.geometry, byte_order=1)
    content = repr(sorted(operation.values.items(), key=lambda item: item[0])).encode() + shape_bytes
    count = 0
    while True:
        digest = hashlib.sha256(content + str(count).encode()).hexdigest()[:8]
        found = f"{_WORD_OF_LAYER[operation.layer]}-{digest}"
        if not is_taken(found):
            return found
        count += 1
