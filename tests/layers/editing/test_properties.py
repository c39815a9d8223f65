"""Whatever is done to a town: changes can be taken back, edits of different things commute, all is as done slowly."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from layers.catalog import CATALOG
from layers.editing.applying import apply
from layers.editing.ground import Ground
from layers.editing.operations import read_operation
from layers.records import digest
from tests.layers.editing.plain import after_changes, edited, plain_of
from tests.layers.editing.town import LINES, NODES, edit, town

_PLAIN = plain_of(town())
_PLACES = st.tuples(
    *(st.integers(0, 40).map(lambda step, start=start: round(start + step / 1000, 3)) for start in (112.78, 35.48))
)
_NODES = st.sampled_from([*NODES, "heat", "nobody"])
_LINES = st.sampled_from([*LINES, "nothing"])
_IN_LAYERS = st.one_of(
    st.tuples(st.just("network_nodes"), _NODES),
    st.tuples(st.just("network_lines"), _LINES),
    st.sampled_from([("facilities", "f"), ("facilities", "plant"), ("supplies", "s"), ("sites", "x"), ("roads", "r")]),
)
_MOVES = st.builds(
    lambda key, to: {"op": "move", "layer": key[0], "id": key[1], "to": list(to)},
    st.one_of(st.tuples(st.just("network_nodes"), _NODES), st.just(("sites", "x")), st.just(("facilities", "f"))),
    _PLACES,
)
_NAMES = st.builds(
    lambda key, name: {"op": "attributes", "layer": key[0], "id": key[1], "values": {"name": name}},
    _IN_LAYERS,
    st.sampled_from(["甲", "乙"]),
)
_JOINS = st.builds(
    lambda line, end, node: {"op": "join", "id": line, "end": end, "node": node},
    _LINES,
    st.sampled_from(["from", "to"]),
    _NODES,
)
_REMOVALS = st.builds(
    lambda key, together: {"op": "remove", "layer": key[0], "id": key[1], "together": together},
    _IN_LAYERS,
    st.booleans(),
)
_SPLITS = st.builds(
    lambda line, share: {"op": "split", "layer": "network_lines", "id": line, "at": list(_along(line, share))},
    st.sampled_from(sorted(LINES)),
    st.sampled_from([0.3, 0.5]),
)
_OPERATIONS = st.lists(st.one_of(_MOVES, _NAMES, _JOINS, _REMOVALS), max_size=12)


def _along(line: str, share: float) -> tuple[float, float]:
    (x, y), (to_x, to_y) = (NODES[node] for node in LINES[line])
    return x + (to_x - x) * share, y + (to_y - y) * share


def _digests(frames: dict[str, Any]) -> dict[str, str]:
    return {key: digest(key, frame) for key, frame in frames.items()}


@settings(max_examples=120)
@given(_OPERATIONS)
def test_edits_are_as_done_slowly(documents: list[dict[str, Any]]) -> None:
    slowly = _PLAIN
    for document in documents:
        slowly = edited(slowly, document)
    assert after_changes(_PLAIN, edit(*documents).changes) == slowly


@settings(max_examples=20)
@given(st.lists(st.one_of(_MOVES, _NAMES, _JOINS, _REMOVALS, _SPLITS), max_size=8))
def test_changes_can_be_taken_back_byte_for_byte(documents: list[dict[str, Any]]) -> None:
    changes = edit(*documents).changes
    edited_frames = changes.applied_to(town())
    assert _digests(changes.inverse.applied_to(edited_frames)) == _digests(town())


@settings(max_examples=15)
@given(st.lists(st.one_of(_MOVES, _NAMES, _JOINS, _REMOVALS), max_size=8), st.integers(0, 8))
def test_edits_stored_half_way_come_to_the_same(documents: list[dict[str, Any]], cut: int) -> None:
    at_once = edit(*documents).changes.applied_to(town())
    half = edit(*documents[:cut]).changes.applied_to(town())
    operations = [read_operation(document) for document in documents[cut:]]
    rest = apply(Ground(half), operations).changes.applied_to(half)
    assert _digests(rest) == _digests(at_once)


@settings(max_examples=60)
@given(st.lists(_NAMES, max_size=6), st.lists(st.one_of(_MOVES, _JOINS), max_size=6))
def test_edits_of_different_things_can_be_done_in_either_order(names: list[Any], courses: list[Any]) -> None:
    assert edit(*names, *courses).changes == edit(*courses, *names).changes


@settings(max_examples=60)
@given(st.lists(st.one_of(_MOVES, _JOINS, _REMOVALS, _SPLITS), max_size=8))
def test_lines_always_end_at_their_nodes_and_every_reference_is_met(documents: list[dict[str, Any]]) -> None:
    after = after_changes(_PLAIN, edit(*documents).changes)
    for line in after["network_lines"].values():
        for column, position in (("from_node", 0), ("to_node", -1)):
            assert line["at"][position] == after["network_nodes"][line[column]]["at"][0]
    for key, layer in CATALOG.items():
        for field in layer.fields:
            named = {record[field.name] for record in after[key].values()} - {None}
            assert field.references is None or named <= after[field.references].keys()
