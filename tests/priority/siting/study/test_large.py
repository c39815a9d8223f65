"""Studies with very many points: what is put together or left out, and that it is said."""

from __future__ import annotations

import pytest

from priority.siting.study import people, reach
from tests.priority.siting.study.villages import Villages, at, chosen, plan_for, study_document, survey_for


def street() -> Villages:
    villages = Villages().road("r", 0, 30).site("x", 2).site("y", 20)
    for number in range(6):
        villages.home(f"w{number}", 1.1 + number / 100, 10 + number)
    return villages.home("e", 21, 30)


def test_very_many_consumers_are_put_together_by_stretch_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = plan_for(street(), study_document())
    monkeypatch.setattr(people, "MOST_ALONE", 3)
    together = plan_for(street(), study_document())
    assert (alone.demand.count, together.demand.count) == (7, 2)
    assert together.demand.weight == alone.demand.weight == 105
    assert chosen(together) == chosen(alone) == ["x"]
    assert any(item.code == "grouped" and "7 个用户点太多，按最近的路段" in item.text for item in together.assumptions)
    # The place of a group is where most of its people are.
    assert any(line[:2] == pytest.approx(at(1.15), abs=1e-6) for line in together.lines)


def test_without_roads_they_are_put_together_by_squares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "MOST_ALONE", 3)
    villages = street()
    villages.district.roads.clear()
    found = survey_for(villages, study_document())
    assert (found.demand.count, found.demand.weight) == (2, 105)


def test_a_matrix_is_about_single_consumers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "MOST_ALONE", 3)
    ids = [*(f"w{number}" for number in range(6)), "e"]
    matrix = {"demand_ids": ids, "site_ids": ["x", "y"], "value": [[1.0, 9.0]] * 7}
    found = plan_for(street(), study_document(distance={"by": "matrix", "matrix": matrix}))
    assert found.demand.covered_count == 7


def test_of_very_many_pairs_only_those_within_the_standard_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "MOST_PAIRS", 3)
    found = plan_for(street(), study_document())
    assert chosen(found) == ["x"]
    assert found.demand.covered_weight == 75
    assert [(row.weight, row.nearest, row.reason) for row in found.uncovered] == [(30, None, "beyond")]
    assert found.demand.unreachable_count == 0
    assert any("只算了标准以内的距离" in note for note in found.notes)
