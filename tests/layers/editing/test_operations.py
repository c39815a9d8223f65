"""What each operation does, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
import shapely

from layers.editing.applying import apply
from layers.editing.ground import Ground
from layers.editing.operations import Remove, read_operation
from layers.editing.problems import Refused
from tests.layers.editing.town import NODES, after, codes, edit, town

_NODE = {"name": "新点", "provenance": "surveyed", "source": "现场", "network": "electricity", "kind": "junction"}
_NEW_NODE = {**_NODE, "normally_open": False, "in_service": True}
_NEW_LINE = {key: _NEW_NODE[key] for key in ("name", "provenance", "source", "network", "in_service")} | {
    "kind": "feeder"
}


def _add(layer: str, values: dict[str, Any], kind: str = "Point", at: Any = (112.803, 35.503), **more: Any) -> Any:
    return {"op": "add", "layer": layer, "values": values, "geometry": {"type": kind, "coordinates": at}, **more}


def test_lines_follow_a_node_that_moves() -> None:
    applied = edit({"op": "move", "layer": "network_nodes", "id": "jn", "to": [112.805, 35.503]})
    assert set(applied.changes.records) == {("network_lines", key) for key in ("l2", "l3", "l4")} | {
        ("network_nodes", "jn")
    }
    assert after(applied, "network_lines", "l2")["corners"] == [NODES["sw"], (112.805, 35.503)]
    assert after(applied, "network_lines", "l4")["corners"] == [(112.805, 35.503), NODES["clinic"]]


def test_a_split_line_meets_at_a_node_that_is_made() -> None:
    applied = edit({"op": "split", "layer": "network_lines", "id": "l3", "at": [112.805, 35.5005]})
    first, second, node = (
        after(applied, "network_lines", "l3"),
        after(applied, "network_lines", "l3~1"),
        after(applied, "network_nodes", "l3~n1"),
    )
    assert (first["from_node"], first["to_node"]) == ("jn", "l3~n1")
    assert (second["from_node"], second["to_node"]) == ("l3~n1", "home")
    assert first["corners"][-1] == second["corners"][0] == node["corners"][0]
    assert second["voltage_kv"] == 10.0
    assert (node["kind"], node["network"], node["provenance"]) == ("junction", "electricity", "synthetic")


def test_a_line_is_split_at_a_device_of_the_wanted_kind_or_at_a_node_that_stands() -> None:
    at = {"layer": "network_lines", "id": "l3", "at": [112.805, 35.5005]}
    device = edit({"op": "split", **at, "node": {"kind": "switch", "name": "新开关", "normally_open": True}})
    assert after(device, "network_nodes", "l3~n1")["kind"] == "switch"
    standing = edit(
        {"op": "add", "layer": "network_nodes", "id": "tap", "values": _NEW_NODE}
        | {"geometry": {"type": "Point", "coordinates": [112.8051, 35.5006]}},
        {"op": "split", **at, "node_id": "tap"},
    )
    assert after(standing, "network_lines", "l3")["corners"][-1] == (112.8051, 35.5006)
    assert after(standing, "network_lines", "l3~1")["from_node"] == "tap"


def test_a_road_is_split_without_a_node() -> None:
    applied = edit({"op": "split", "layer": "roads", "id": "r", "at": [112.81, 35.5101]})
    assert list(applied.changes.records) == [("roads", "r"), ("roads", "r~1")]
    assert after(applied, "roads", "r~1")["corners"][0] == (112.81, 35.51)


@pytest.mark.parametrize(
    ("at", "code"), [([112.806, 35.5], "at_the_end"), ([112.82, 35.5], "far_from_line")], ids=["end", "far"]
)
def test_a_line_is_split_on_itself_alone(at: list[float], code: str) -> None:
    assert codes(edit({"op": "split", "layer": "network_lines", "id": "l3", "at": at})) == [(code, "geometry")]


def test_an_end_is_joined_to_another_node() -> None:
    applied = edit({"op": "join", "id": "l3", "end": "to", "node": "clinic"})
    line = after(applied, "network_lines", "l3")
    assert (line["to_node"], line["corners"][-1]) == ("clinic", NODES["clinic"])
    by_attribute = edit({"op": "attributes", "layer": "network_lines", "id": "l3", "values": {"to_node": "clinic"}})
    assert by_attribute.changes == applied.changes
    assert codes(edit({"op": "join", "id": "l3", "end": "to", "node": "heat"})) == [("other_network", "to_node")]
    assert codes(edit({"op": "join", "id": "l3", "end": "to", "node": "jn"})) == [("same_node", "to_node")]


def test_a_reshaped_line_keeps_its_ends() -> None:
    bent = [list(NODES["jn"]), [112.8055, 35.501], list(NODES["home"])]
    applied = edit(_reshape("network_lines", "l3", bent))
    assert after(applied, "network_lines", "l3")["corners"][1] == (112.8055, 35.501)
    # Nearly at the node is at the node; elsewhere is not.
    nearly = [[112.8040001, 35.5010001], *bent[1:]]
    assert edit(_reshape("network_lines", "l3", nearly)).changes == applied.changes
    (problem,) = edit(_reshape("network_lines", "l3", [[112.81, 35.51], *bent[1:]])).refused
    assert (problem.code, problem.place) == ("ends_apart", (112.81, 35.51))
    assert "节点jn" in problem.message("zh")


def _reshape(layer: str, identifier: str, corners: Any) -> dict[str, Any]:
    shape = {"type": "LineString", "coordinates": corners}
    return {"op": "reshape", "layer": layer, "id": identifier, "geometry": shape}


def test_a_node_in_use_is_not_removed_but_with_all_that_needs_it() -> None:
    (problem,) = edit({"op": "remove", "layer": "network_nodes", "id": "clinic"}).refused
    assert (problem.code, problem.names) == ("still_used", ("线l4", "用电"))
    applied = edit({"op": "remove", "layer": "network_nodes", "id": "clinic", "together": True})
    kinds = {key: change.kind for key, change in applied.changes.records.items()}
    assert kinds == dict.fromkeys([("network_nodes", "clinic"), ("network_lines", "l4"), ("supplies", "s")], "removed")


def test_a_plant_stays_when_the_node_it_feeds_goes() -> None:
    applied = edit({"op": "remove", "layer": "network_nodes", "id": "heat", "together": True})
    assert after(applied, "facilities", "plant")["source_node"] is None


def test_a_line_is_added_between_nodes_and_with_nodes_that_are_made() -> None:
    ends = {"from_node": "home", "to_node": "clinic"}
    between = edit(
        _add("network_lines", {**_NEW_LINE, **ends}, "LineString", [[112.806, 35.50003], [112.80602, 35.502]])
    )
    ((key, _),) = between.changes.records.items()
    assert after(between, *key)["corners"] == [NODES["home"], NODES["clinic"]]
    course = [list(NODES["home"]), [112.81, 35.505]]
    document = _add(
        "network_lines", {**_NEW_LINE, "from_node": "home"}, "LineString", course, id="new", make_nodes=True
    )
    free = edit(document)
    assert after(free, "network_lines", "new")["to_node"] == "new~n1"
    assert after(free, "network_nodes", "new~n1")["corners"] == [(112.81, 35.505)]
    without = edit({**document, "make_nodes": False})
    assert codes(without) == [("missing", "to_node")]


def test_a_new_record_gets_an_id_that_follows_from_what_it_is() -> None:
    document = _add("network_nodes", _NEW_NODE)
    ids = [key[1] for key in edit(document, document).changes.records]
    assert len(set(ids)) == 2  # the same twice is two records
    assert [key[1] for key in edit(document, document).changes.records] == ids
    assert codes(edit(_add("network_nodes", _NEW_NODE, id="jn"))) == [("id_taken", "id")]
    removed_first = edit({"op": "remove", "layer": "sites", "id": "x"}, _add("sites", {}, id="x"))
    assert codes(removed_first) == [("id_taken", "id")]


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"name": " "}, ("missing", "name")),
        ({"people": -1}, ("too_low", "people")),
        ({"people": 2**31}, ("too_high", "people")),  # no database holds it
        ({"people": "many"}, ("not_integer", "people")),
        ({"people": 1.5}, ("not_integer", "people")),
        ({"people": True}, ("not_integer", "people")),
        ({"category": "castle"}, ("not_a_choice", "category")),
        ({"restricted": None}, ("missing", "restricted")),
        ({"restricted": 1}, ("not_boolean", "restricted")),
        ({"source_node": "nowhere"}, ("unknown_reference", "source_node")),
        ({"colour": "red"}, ("unknown_field", "colour")),
        ({"id": "g"}, ("id_fixed", "id")),
    ],
)
def test_attributes_obey_the_catalogue(values: dict[str, Any], wrong: tuple[str, str]) -> None:
    applied = edit({"op": "attributes", "layer": "facilities", "id": "f", "values": values})
    assert codes(applied) == [wrong]
    assert not applied.changes.records


def test_every_problem_of_a_form_is_told_at_once_in_both_languages() -> None:
    refused = edit(_add("network_nodes", {"name": "", "network": "steam", "demand_kw": -3})).refused
    assert {problem.field for problem in refused} == {
        *("name", "provenance", "source", "network", "kind", "normally_open", "in_service", "demand_kw")
    }
    for problem in refused:
        for language in ("zh", "en"):
            assert "{" not in problem.message(language) + problem.remedy(language)


def test_unknown_is_not_zero() -> None:
    applied = edit({"op": "attributes", "layer": "facilities", "id": "f", "values": {"people": None}})
    assert after(applied, "facilities", "f")["people"] is None
    assert applied.changes.upserts("facilities")["people"].isna().all()


def test_the_network_of_a_node_in_use_stays() -> None:
    applied = edit({"op": "attributes", "layer": "network_nodes", "id": "jn", "values": {"network": "gas"}})
    assert codes(applied) == [("network_in_use", "network")]


def test_a_polygon_that_crosses_itself_is_refused_and_a_place_outside_is_told() -> None:
    ring = [[112.8, 35.5], [112.82, 35.52], [112.82, 35.5], [112.8, 35.52], [112.8, 35.5]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    crossing = edit({"op": "reshape", "layer": "townships", "id": "t", "geometry": shape})
    assert codes(crossing) == [("broken_geometry", "geometry")]
    away = edit({"op": "move", "layer": "sites", "id": "x", "to": [113.5, 35.5]})
    assert [(note.code, note.severity, note.place) for note in away.notes] == [("outside", "warning", (113.5, 35.5))]
    swapped = edit({"op": "move", "layer": "sites", "id": "x", "to": [35.5, 112.8]})
    assert codes(swapped) == [("not_on_earth", "geometry")]


def test_a_refused_operation_changes_nothing_and_the_next_goes_on() -> None:
    rename = {"op": "attributes", "layer": "sites", "id": "x", "values": {"name": "新名"}}
    applied = edit({"op": "remove", "layer": "network_nodes", "id": "jn"}, rename)
    assert [problem.operation for problem in applied.refused] == [0]
    assert list(applied.changes.records) == [("sites", "x")]
    assert applied.steps == ((), (("sites", "x"),))


@pytest.mark.parametrize(
    "document",
    [
        [],
        {"op": "explode", "layer": "sites", "id": "x"},
        {"op": "move", "layer": "castles", "id": "x", "to": [1, 2]},
        {"op": "move", "layer": "sites", "id": "x", "to": [1, float("nan")]},
        {"op": "move", "layer": "sites", "id": "x", "to": [1, 2], "and": 1},
        {"op": "move", "layer": "sites", "to": [1, 2]},
        {"op": "join", "id": "l1", "end": "middle", "node": "jn"},
        {"op": "join", "layer": "roads", "id": "r", "end": "to", "node": "jn"},
        {"op": "add", "layer": "sites", "values": []},
        {"op": "add", "layer": "sites", "values": {}, "id": "a\nb"},
        {"op": "add", "layer": "sites", "values": {}, "geometry": {"type": "Point", "coordinates": ["a", 1]}},
        {"op": "reshape", "layer": "roads", "id": "r", "geometry": {"type": "LineString", "coordinates": [[1, 2]]}},
        {"op": "remove", "layer": "sites", "id": "x", "together": "yes"},
    ],
)
def test_what_is_no_operation_is_not_read(document: Any) -> None:
    with pytest.raises(Refused) as refusal:
        read_operation(document)
    assert [problem.code for problem in refusal.value.problems] == ["unreadable"]


def test_nothing_done_is_no_change() -> None:
    assert not edit().changes.records
    there = {"op": "move", "layer": "sites", "id": "x"}
    back = edit({**there, "to": [112.82, 35.52]}, {**there, "to": [112.81, 35.51]})
    assert not back.changes.records
    assert back.keys == {("sites", "x")}


def test_the_ground_is_never_changed() -> None:
    frames = town()
    before = {key: frame.copy(deep=True) for key, frame in frames.items()}
    apply(Ground(frames), [Remove("network_nodes", "jn", together=True)])
    for key, frame in frames.items():
        assert frame.drop(columns="geometry", errors="ignore").equals(
            before[key].drop(columns="geometry", errors="ignore")
        )
        if "geometry" in frame:
            assert shapely.to_wkb(frame.geometry.to_numpy()).tolist() == shapely.to_wkb(before[key].geometry).tolist()
