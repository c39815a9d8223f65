"""Plans as documents: the same plan again, and every broken rule named with its place."""

from __future__ import annotations

import json

import pytest

from layers.importing.meaning.plan import Building, ImportPlan, InvalidPlan
from layers.importing.meaning.reading import open_questions, read_plan, unknown_columns

PIPES = ImportPlan(
    layer="network_lines",
    table="供热管网",
    mapping={"id": "GDBH", "name": "管段名称", "diameter_mm": "管径", "kind": "类别"},
    constants={"network": "heat", "provenance": "surveyed", "source": "供热公司 {GDBH}", "in_service": True},
    choices={"kind": {"一级网": "trunk"}},
    units={"diameter_mm": "cm"},
    datum="EPSG:4526",
    encoding="gb18030",
    mode="replace",
    topology=Building(0.5, make_nodes=True),
    id_from="column",
    lenient=("diameter_mm",),
)


def test_a_plan_comes_back_from_its_document_through_json() -> None:
    assert read_plan(json.loads(json.dumps(PIPES.document(), ensure_ascii=False))) == PIPES


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"layer": "pipes"}, "layer"),
        ({"layer": ["roads"]}, "layer"),
        ({"mapping": {"colour": "颜色"}}, "mapping.colour"),
        ({"mapping": ["name"]}, "mapping"),
        ({"constants": {"network": "steam"}}, "constants.network"),
        ({"constants": {"in_service": "yes"}}, "constants.in_service"),
        ({"constants": {"diameter_mm": float("nan")}}, "constants.diameter_mm"),
        ({"constants": {"id": "1"}}, "constants.id"),
        ({"units": {"diameter_mm": "kVA"}}, "units.diameter_mm"),
        ({"choices": {"kind": {"一级网": "primary"}}}, "choices.kind"),
        ({"choices": {"name": {"a": "b"}}}, "choices.name"),
        ({"datum": "EPSG:999999"}, "datum"),
        ({"datum": "wgs"}, "datum"),
        ({"x": "经度"}, "y"),
        ({"mode": "append"}, "mode"),
        ({"id_from": "made"}, "id_from"),
        ({"topology": {"tolerance_m": 1e9}}, "topology"),
        ({"topology": {"tolerance_m": "1"}}, "topology"),
        ({"swap_axes": 1}, "swap_axes"),
        ({"lenient": ["name"]}, "lenient"),
        ({"extra": 1}, "extra"),
    ],
)
def test_a_broken_rule_is_named_with_its_place(change: dict[str, object], where: str) -> None:
    with pytest.raises(InvalidPlan) as caught:
        read_plan({**PIPES.document(), **change})
    assert where in [problem.where for problem in caught.value.problems]
    assert all(problem.message.zh and problem.message.en for problem in caught.value.problems)


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(InvalidPlan) as caught:
        read_plan({"layer": "roads", "mode": "x", "datum": "y", "mapping": {"speed": "限速"}})
    assert {problem.where for problem in caught.value.problems} == {"mode", "datum", "mapping.speed"}


@pytest.mark.parametrize("document", [None, [], "plan", 3])
def test_what_is_no_object_is_no_plan(document: object) -> None:
    with pytest.raises(InvalidPlan):
        read_plan(document)


def test_columns_that_the_table_lacks_are_named() -> None:
    problems = unknown_columns(PIPES, ("GDBH", "管段名称", "类别"))
    assert [problem.where for problem in problems] == ["mapping.diameter_mm"]


def test_a_plan_asks_for_what_it_leaves_open_and_leaves_ends_to_topology() -> None:
    assert open_questions(PIPES, has_geometry=True) == ()
    bare = PIPES.with_changes(topology=None, datum=None, constants={"network": "heat", "in_service": True})
    asked = {question.target for question in open_questions(bare, has_geometry=True)}
    assert asked == {"from_node", "to_node", "provenance", "source", "datum"}


def test_a_table_without_places_must_say_which_columns_hold_them() -> None:
    plan = ImportPlan("facilities", "单位", datum="gcj02")
    assert "place_open" in {question.code for question in open_questions(plan, has_geometry=False)}
    assert "place_open" not in {question.code for question in open_questions(plan, has_geometry=True)}
    supplies = open_questions(ImportPlan("supplies", "备用"), has_geometry=False)
    assert {question.code for question in supplies} == {"column_open"}
