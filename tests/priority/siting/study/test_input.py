"""A study as a document: what is refused, by which field, and that it is written back as it was read."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from priority.siting.problem import InvalidSiting
from priority.siting.study.input import SitingStudy
from tests.priority.siting.study.villages import at, out, study_document

AREA = {"type": "Polygon", "coordinates": [[at(0), at(5), at(5, 2), at(0)]]}


def refused(document: Any, language: Any = "zh") -> dict[str, tuple[str, str]]:
    with pytest.raises(InvalidSiting) as error:
        SitingStudy.parse(document, language)
    return {item.field: (item.message, item.remedy) for item in error.value.problems}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "tent"}, "kind"),
        ({"plan": "none"}, "plan"),
        ({"colour": 1}, "colour"),
        ({"seconds": 301}, "seconds"),
        ({"question": {"model": "mclp", "sites": 2}}, "question.standard"),
        ({"question": {"model": "pmedian"}}, "question.sites"),
        ({"question": {"model": "pmedian", "sites": 1, "backup": 1}}, "question.backup"),
        ({"question": {"model": "mclp", "sites": -1, "standard": 1}}, "question.sites"),
        ({"question": {"model": "mclp", "sites": 1, "standard": float("nan")}}, "question.standard"),
        ({"question": {"model": "mclp", "sites": 1, "standard": 1e300}}, "question.standard"),
        (
            {"demand": {"points": [{"id": "p", "name": "p", "point": at(1), "weight": 1e308}]}},
            "demand.points[0].weight",
        ),
        ({"demand": {"share_in_need": 1.5}}, "demand.share_in_need"),
        ({"demand": {"categories": ["castle"]}}, "demand.categories"),
        ({"demand": {"of": "points"}}, "demand.points"),
        ({"demand": {"points": [{"id": "p", "name": "p", "point": [35.5, 112.8]}]}}, "demand.points[0].point"),
        ({"demand": {"where": "incident"}}, "incident"),
        ({"excluded": {"affected": True}}, "incident"),
        ({"excluded": {"failed_network": True}}, "incident"),
        ({"incident": {"plan": "energy-chengqu"}}, "incident.at"),
        ({"candidates": {"layer": False}}, "candidates"),
        ({"candidates": {"points": [{"id": "p", "name": "p", "point": at(1)}] * 2}}, "candidates.points[1].id"),
        ({"capacities": True, "kind": "water_point"}, "capacities"),
        ({"capacities": True, "demand": {"of": "facilities"}}, "capacities"),
        ({"distance": {"by": "matrix"}}, "distance.matrix"),
        ({"distance": {"matrix": {"demand_ids": [], "site_ids": [], "value": []}}}, "distance.matrix"),
        ({"scenarios": [{"name": "一"}]}, "scenarios"),
        ({"scenarios": [{"name": "I"}, {"name": "I"}]}, "scenarios[1].name"),
        ({"excluded": {"areas": [{"type": "Point", "coordinates": at(1)}]}}, "excluded.areas[0]"),
    ],
)
def test_what_is_wrong_is_named_by_its_field_in_both_languages(change: dict[str, Any], field: str) -> None:
    document = {**study_document(), **change}
    chinese, english = refused(document), refused(document, "en")
    assert field in chinese
    assert chinese.keys() == english.keys()
    assert all(message and remedy for message, remedy in (*chinese.values(), *english.values()))
    assert not any("\u4e00" <= letter <= "\u9fff" for pair in english.values() for text in pair for letter in text)


def test_a_matrix_of_another_shape_is_refused_row_by_row() -> None:
    matrix = {"demand_ids": ["a", "b"], "site_ids": ["x"], "value": [[1.0], [1.0, 2.0]]}
    assert set(refused(study_document(distance={"by": "matrix", "matrix": matrix}))) == {"distance.matrix.value[1]"}
    matrix["value"] = [[-1.0], [None]]
    assert set(refused(study_document(distance={"by": "matrix", "matrix": matrix}))) == {"distance.matrix.value[0][0]"}


def test_scenarios_need_a_model_that_knows_regret_and_incidents_of_their_own() -> None:
    scenarios = [{"name": "一", "incident": out("a")}, {"name": "二"}]
    wrong = refused(study_document("lscp", demand={"where": "incident"}, scenarios=scenarios))
    assert set(wrong) == {"question.model", "scenarios[1].incident"}
    told = wrong["scenarios[1].incident"]
    assert "情景“二”没有事件" in str(told)


def test_all_problems_are_told_at_once() -> None:
    assert set(refused({"kind": "tent", "existing": "yes"})) == {"kind", "plan", "question", "existing"}
    assert set(refused([])) == {""}


def test_a_study_is_written_back_as_it_was_read() -> None:
    document = study_document(
        name="北部",
        demand={"where": "incident", "points": [{"id": "p", "name": "集市", "point": at(1), "tier": 2}]},
        incident=out("a", area=AREA),
        candidates={"categories": ["school"], "points": [{"id": "q", "name": "广场", "point": at(2), "cost": 3}]},
        excluded={"affected": True, "areas": [AREA]},
        scenarios=[{"name": "一", "incident": out("a", area=AREA)}, {"name": "二", "incident": out("b")}],
    )
    study = SitingStudy.parse(document)
    written = json.loads(json.dumps(study.document()))
    assert SitingStudy.parse(written).document() == study.document()
    assert written["incident"]["faults"] == document["incident"]["faults"]
    assert written["excluded"]["areas"][0]["coordinates"][0][0] == pytest.approx(at(0))
    schema = SitingStudy.model_json_schema(mode="validation")
    jsonschema.validate(document, schema)
    jsonschema.validate(written, schema)


def test_a_plan_of_the_districts_own_is_known_where_it_is_given() -> None:
    document = {**study_document(), "plan": "own"}
    assert "plan" in refused(document)
    assert SitingStudy.parse(document, "zh", {"own": object()}).plan == "own"
