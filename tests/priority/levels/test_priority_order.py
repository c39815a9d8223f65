"""The commander may reorder the priority list for an incident, with a reason; the ranking follows and says so."""

from __future__ import annotations

import pytest

from priority.errors import InvalidIncident
from tests.pictures import District
from tests.priority.small import assess_frames

DISTRICT = District().network("electricity", "S* - s1| - a:1")
for key in ("government", "hospital", "school", "utility"):
    DISTRICT.facility(key, key, electricity=("a", 4))


def ranked(**order: object) -> list[str]:
    fields = {"priority_order": order} if order else {}
    return [row.id for row in assess_frames(DISTRICT.frames(), {"a": 0.0}, **fields).ranking]


def test_classes_named_come_first_and_the_others_follow_as_before() -> None:
    assert ranked() == ["government", "hospital", "utility", "school"]
    assert ranked(categories=["school", "hospital"], reason="学生滞留") == [
        "school",
        "hospital",
        "government",
        "utility",
    ]


def test_the_result_says_who_was_moved_and_why() -> None:
    order = {"categories": ["school"], "reason": " 学生滞留 "}
    result = assess_frames(DISTRICT.frames(), {"a": 0.0}, priority_order=order)
    assert result.ranking[0].reason.startswith("按指挥员调整列第 1 位（不在优先保障清单内（学校））")
    assert result.ranking[1].tier == 1
    note = next(note for note in result.assumptions if note.code == "priority_reordered")
    assert note.text == "优先顺序由指挥员调整：学生滞留"


@pytest.mark.parametrize(
    ("order", "field"),
    [
        ({"categories": ["school"]}, "priority_order.reason"),
        ({"categories": ["school"], "reason": "  "}, "priority_order.reason"),
        ({"categories": [], "reason": "x"}, "priority_order.categories"),
        ({"categories": ["castle"], "reason": "x"}, "priority_order.categories"),
        ({"categories": ["school", "school"], "reason": "x"}, "priority_order.categories"),
    ],
)
def test_an_order_without_reason_or_with_unknown_classes_is_refused(order: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidIncident) as caught:
        assess_frames(DISTRICT.frames(), {"a": 0.0}, priority_order=order)
    assert [problem.field for problem in caught.value.problems] == [field]
