"""Operations on a network: lines follow their nodes, ends are joined to nodes, lines are split at nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from layers.catalog import CATALOG
from layers.editing.ground import Key, Record
from layers.editing.lines import TOUCH_M, apart_m, end_of, nearest_on, split_at, with_end
from layers.editing.operations import End, Join, Position, Split
from layers.editing.problems import Problem, Refused
from layers.editing.state import State
from layers.schema import Title

#: A press that is farther than this from the line was not meant for it.
FARTHEST_M = 50.0
_COLUMN: dict[End, str] = {"from": "from_node", "to": "to_node"}
_END_TITLES: dict[End, Title] = {"from": Title("起点", "start"), "to": Title("终点", "end")}


@dataclass(frozen=True)
class LineEnd:
    """An end of a network line and the node that it names."""

    end: End
    node: str


def ends_of(line: Record) -> list[LineEnd]:
    """Return the ends of a network line that name a node."""
    return [LineEnd(end, str(line.values[name])) for end, name in _COLUMN.items() if line.values.get(name) is not None]


def node_place(at: Position) -> BaseGeometry:
    """Return a place as a geometry."""
    return shapely.Point(at)


def follow_ends(state: State, node: str, to: Position) -> None:
    """Move the ends of all lines at a node to where the node went."""
    for user, field in list(state.users(("network_nodes", node))):
        if user[0] != "network_lines":
            continue
        line = state.need(user)
        end: End = "from" if field.name == "from_node" else "to"
        course = _course(line)
        if course is not None:
            state.put(user, Record(line.values, with_end(course, end, to)))


def join_end(state: State, operation: Join) -> None:
    """Make a line end at a node: it names the node, and its geometry reaches it."""
    key = ("network_lines", operation.id)
    line, node = state.need(key), state.need(("network_nodes", operation.node))
    course = _course(line)
    if course is None:
        return
    if len(set(_ends_after(line, operation))) < len(_COLUMN):
        raise Refused([Problem("same_node", *key, _COLUMN[operation.end])])
    values = {**line.values, _COLUMN[operation.end]: operation.node}
    state.put(key, Record(values, with_end(course, operation.end, _place_of(node))))


def _ends_after(line: Record, operation: Join) -> Iterator[object]:
    for end, column in _COLUMN.items():
        yield operation.node if end == operation.end else line.values.get(column)


def require_ends(state: State, key: Key, before: Record) -> None:
    """Raise `Refused` if a line that was reshaped has left its nodes; an end that nearly reaches its node is set on it.

    An end that lay elsewhere before may stay where it was.
    """
    for end in ends_of(before):
        line, node = state.need(key), state.need(("network_nodes", end.node))
        course, course_before = _course(line), _course(before)
        if course is None or course_before is None:
            return
        now = end_of(course, end.end)
        if apart_m(now, _place_of(node)) <= TOUCH_M:
            state.put(key, Record(line.values, with_end(course, end.end, _place_of(node))))
        elif apart_m(now, end_of(course_before, end.end)) > TOUCH_M:
            detail = {"end": _END_TITLES[end.end], "name": node.name}
            raise Refused(
                [Problem("ends_apart", *key, "geometry", detail=detail, place=(float(now[0]), float(now[1])))]
            )


def make_ends(state: State, key: Key) -> None:
    """Make a junction at each end of a new line that names no node."""
    for end, column in _COLUMN.items():
        line = state.need(key)
        course = _course(line)
        if line.values.get(column) is not None or course is None:
            continue
        identifier = _free(state, "network_nodes", lambda count: f"{key[1]}~n{count}")
        x, y = end_of(course, end)
        name = f"{line.name} {_END_TITLES[end].zh}"
        _put_node(state, identifier, line, (float(x), float(y)), {"name": name})
        state.put(key, Record({**line.values, column: identifier}, line.geometry))


def split(state: State, operation: Split) -> None:
    """Make two lines of one; the first keeps its id, the second gets `<id>~1` or the next that is free."""
    key = (operation.layer, operation.id)
    line = state.need(key)
    if CATALOG[operation.layer].geometry != "LineString" or line.geometry is None:
        raise Refused([Problem("not_a_line", *key, "geometry")])
    in_network = operation.layer == "network_lines"
    if not in_network and (operation.node_id or operation.node):
        raise Refused([Problem("not_network_line", *key)])
    nearest = nearest_on(line.geometry, operation.at)
    if nearest.away_m > FARTHEST_M:
        raise Refused([Problem("far_from_line", *key, "geometry", detail={"metres": round(nearest.away_m)})])
    joint = nearest.place
    if in_network and operation.node_id:
        joint = _place_of(state.need(("network_nodes", operation.node_id)))
    if any(apart_m(end_of(line.geometry, end), joint) <= TOUCH_M for end in _COLUMN):
        raise Refused([Problem("at_the_end", *key, "geometry")])
    first, second = split_at(line.geometry, nearest, joint)
    other = _free(state, operation.layer, lambda count: f"{operation.id}~{count}")
    values = dict(line.values)
    begun, ended = dict(values), {**values, "id": other}
    if in_network:
        node_id = operation.node_id or _make_joint(state, operation, line, joint)
        begun["to_node"] = ended["from_node"] = node_id
    state.put(key, Record(begun, first))
    state.put((operation.layer, other), Record(ended, second))


def _make_joint(state: State, operation: Split, line: Record, joint: Position) -> str:
    given = dict(operation.node or {})
    wanted = given.pop("id", None)
    identifier = str(wanted) if wanted else _free(state, "network_nodes", lambda count: f"{operation.id}~n{count}")
    if state.was_ever(("network_nodes", identifier)):
        raise Refused([Problem("id_taken", "network_nodes", identifier, "id")])
    _put_node(state, identifier, line, joint, {"name": f"{line.name} 分接点", **given})
    return identifier


def _put_node(state: State, identifier: str, line: Record, at: Position, given: dict[str, Any]) -> None:
    """Put a node of a line's network: a junction in service that came about as the line did, unless told otherwise."""
    key = ("network_nodes", identifier)
    inherited = {name: line.values.get(name) for name in ("provenance", "source", "network")}
    usual = {**inherited, "kind": "junction", "normally_open": False, "in_service": True}
    empty = Record({**dict.fromkeys(CATALOG[key[0]].columns), "id": identifier, **usual}, node_place(at))
    state.put(key, state.with_values(key, empty, given))


def _free(state: State, layer: str, name: Callable[[int], str]) -> str:
    count = 1
    while state.was_ever((layer, name(count))):
        count += 1
    return name(count)


def _course(line: Record) -> BaseGeometry | None:
    """Return a line's geometry; None for what is no line, of which the catalogue's rules tell."""
    shape = line.geometry
    return shape if shape is not None and shape.geom_type == "LineString" and not shape.is_empty else None


def _place_of(node: Record) -> Position:
    x, y = shapely.get_coordinates(node.geometry)[0]
    return float(x), float(y)
