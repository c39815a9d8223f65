"""Operations applied one after the other: each wholly or not at all, by the catalogue's rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from layers.catalog import CATALOG
from layers.editing.changes import Changes, changes_of
from layers.editing.ground import Ground, Key, Record
from layers.editing.networks import ends_of, follow_ends, join_end, make_ends, node_place, require_ends, split
from layers.editing.operations import (
    Add,
    Attributes,
    Join,
    Move,
    Operation,
    Remove,
    Reshape,
    Split,
    made_id,
)
from layers.editing.outline import outside
from layers.editing.problems import Problem, Refused
from layers.editing.removing import remove
from layers.editing.rules import check_networks_agree, check_record
from layers.editing.state import State
from layers.schema import Title

__all__ = ["Applied", "apply"]


@dataclass(frozen=True)
class Applied:
    """What operations did: the changes, the problems of those that were refused, and what is odd but allowed.

    `steps[i]` are the records that operation i put or took away, the one that it is about first; empty where it was
    refused. `keys` are the records that the operations named or changed.
    """

    changes: Changes
    refused: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    steps: tuple[tuple[Key, ...], ...]

    @property
    def keys(self) -> frozenset[Key]:
        """Every record that any of the operations put or took away."""
        return frozenset(key for step in self.steps for key in step)


def apply(ground: Ground, operations: Sequence[Operation]) -> Applied:
    """Return what the operations change in the ground; one that is refused changes nothing, and the next goes on.

    A record that ends as it began is in no change. No operations give no changes.
    """
    state = State(ground)
    refused: list[Problem] = []
    steps: list[tuple[Key, ...]] = []
    for number, operation in enumerate(operations):
        state.begin()
        try:
            _apply_one(state, operation)
            _require_rules(state)
        except Refused as error:
            state.undo()
            refused += [replace(problem, operation=number) for problem in error.problems]
        steps.append(state.stepped)
    changes = changes_of(ground, state.changed)
    return Applied(changes, tuple(refused), tuple(outside(ground, changes)), tuple(steps))


def _apply_one(state: State, operation: Operation) -> None:
    match operation:
        case Add():
            _add(state, operation)
        case Move():
            _move(state, operation)
        case Reshape():
            _reshape(state, operation)
        case Split():
            split(state, operation)
        case Attributes():
            _set_attributes(state, operation)
        case Remove():
            remove(state, operation)
        case Join():
            join_end(state, operation)


def _require_rules(state: State) -> None:
    """Raise `Refused` if a record that the step put breaks a rule; what it left alone is not asked about."""
    problems: list[Problem] = []
    for key in state.stepped:
        record = state.changed[key]
        if record is not None:
            problems += check_record(key, record, state.find)
            if not _agreed_before(state.before_step(key), record):
                problems += check_networks_agree(key, record, state.find)
    if problems:
        raise Refused(problems)


def _agreed_before(before: Record | None, record: Record) -> bool:
    """Whether nothing of what network a record and its nodes are of was changed: then it is as good as it was."""
    columns = ("network", "commodity", "from_node", "to_node", "node_id")
    return before is not None and all(before.values.get(name) == record.values.get(name) for name in columns)


def _add(state: State, operation: Add) -> None:
    layer = operation.layer
    given = {name: value for name, value in operation.values.items() if name != "id"}
    wanted = operation.id or str(operation.values.get("id") or "") or None
    identifier = wanted or made_id(operation, lambda found: state.was_ever((layer, found)))
    key = (layer, identifier)
    if state.was_ever(key):
        raise Refused([Problem("id_taken", *key, "id")])
    if operation.geometry is not None and CATALOG[layer].geometry is None:
        raise Refused([Problem("no_geometry_here", *key, "geometry")])
    empty = Record({**dict.fromkeys(CATALOG[layer].columns), "id": identifier}, operation.geometry)
    record = state.with_values(key, empty, given)
    state.put(key, record)
    if layer == "network_lines":
        if operation.make_nodes:
            make_ends(state, key)
        for end in ends_of(state.need(key)):
            join_end(state, Join(identifier, end.end, end.node))


def _move(state: State, operation: Move) -> None:
    key = (operation.layer, operation.id)
    record = state.need(key)
    if CATALOG[operation.layer].geometry != "Point":
        raise Refused([Problem("not_a_point", *key, "geometry")])
    state.put(key, Record(record.values, node_place(operation.to)))
    if operation.layer == "network_nodes":
        follow_ends(state, operation.id, operation.to)


def _reshape(state: State, operation: Reshape) -> None:
    key = (operation.layer, operation.id)
    record = state.need(key)
    if CATALOG[operation.layer].geometry is None:
        raise Refused([Problem("no_geometry_here", *key, "geometry")])
    if CATALOG[operation.layer].geometry == "Point":
        raise Refused([Problem("wrong_geometry", *key, "geometry", detail={"wanted": Title("线或面", "line or area")})])
    state.put(key, Record(record.values, operation.geometry))
    if operation.layer == "network_lines":
        require_ends(state, key, record)


def _set_attributes(state: State, operation: Attributes) -> None:
    key = (operation.layer, operation.id)
    before = state.need(key)
    record = state.with_values(key, before, operation.values)
    state.put(key, record)
    if operation.layer == "network_lines":
        moved = {end.end: end.node for end in ends_of(record)}
        for end in ends_of(before):
            if end.end in moved and moved[end.end] != end.node:
                join_end(state, Join(operation.id, end.end, moved[end.end]))
    if operation.layer == "network_nodes" and record.values["network"] != before.values["network"]:
        users = [state.need(user).name for user, _ in state.users(key) if user[0] in {"network_lines", "supplies"}]
        if users:
            raise Refused([Problem("network_in_use", *key, "network", names=tuple(users[:5]))])
