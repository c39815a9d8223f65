"""The networks are asked about after an edit: what it brings about is told, what was wrong before is not."""

from __future__ import annotations

from typing import Any

from layers.editing.network_checks import issues_in, network_problems, touched_networks
from layers.editing.problems import Problem
from tests.layers.editing.town import edit, town


def _told(*documents: dict[str, Any]) -> list[Problem]:
    changes = edit(*documents).changes
    networks = touched_networks(changes)
    after = changes.applied_to(town())
    return network_problems(changes, issues_in(town(), networks), issues_in(after, networks), after)


def test_a_line_that_goes_leaves_a_home_without_supply() -> None:
    told = _told({"op": "remove", "layer": "network_lines", "id": "l3"})
    assert {(problem.code, problem.id) for problem in told} == {("isolated_node", "home"), ("unsupplied", "home")}
    (first, *_) = told
    assert first.severity == "warning"
    assert first.place == (112.806, 35.5)
    assert first.names == ("节点home",)
    assert "{" not in "".join(problem.message(language) for problem in told for language in ("zh", "en"))


def test_a_stub_is_a_dead_end_and_a_name_is_none() -> None:
    split = {"op": "split", "layer": "network_lines", "id": "l3", "at": [112.805, 35.5005]}
    assert _told(split) == []
    told = _told(split, {"op": "remove", "layer": "network_lines", "id": "l3~1"})
    assert ("dead_end", "l3~n1") in {(problem.code, problem.id) for problem in told}
    assert _told({"op": "attributes", "layer": "network_nodes", "id": "home", "values": {"name": "新名"}}) == []


def test_the_networks_that_an_edit_touches() -> None:
    assert (
        touched_networks(edit({"op": "move", "layer": "sites", "id": "x", "to": [112.8, 35.5]}).changes) == frozenset()
    )
    moved = edit({"op": "move", "layer": "network_nodes", "id": "heat", "to": [112.8, 35.51]})
    assert touched_networks(moved.changes) == {"heat"}
