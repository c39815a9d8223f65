"""The review as a whole: what it says in a line, what it rests on, and what must not change it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.incidents.logs import DUTY, after, fact
from tests.web.network import HIDDEN_ID
from tests.web.published import hold_to
from tests.web.reports.sources import source_of
from tests.web.reports.sources import told as document
from tests.web.reviews.cases import (
    ENERGY,
    HEATING,
    THIRD,
    broken,
    changed,
    done,
    ended,
    log_written,
    material,
    minute,
    repaired,
    sent,
    started,
    told,
    withdrawn,
)
from webmap.incidents.entries import Fact
from webmap.incidents.records import Entry, Log
from webmap.reviews import Review, review_of

STORY: Sequence[Fact] = [
    broken(0),
    told(3),
    sent(10, "first_spoken"),
    fact("level_recommended", 20, level="III"),
    started(30, "III"),
    done(60, ENERGY.levels[0].measures[1].text, "4.2.1(2)"),
    fact("note", 75, text="到场"),
    changed(90, "I"),
    sent(140),
    fact("warning_issued", 150, level="general", scope="城区", text="注意", office="指挥长"),
    sent(215, "answer", to="市能源局"),
    repaired(230),
    ended(260),
]


def reviewed(facts: Sequence[Fact], at: float = 300, **more: Any) -> Review:
    return review_of(material(log_written(facts), at, **more))


def codes(review: Review) -> set[str]:
    return {item.code.removeprefix("review_") for item in review.assumptions}


def test_one_line_says_it_all() -> None:
    found = reviewed(STORY)
    assert (
        found.sentence
        == "最高级别：I 级响应，历时 3 小时 50 分；有时限的报告 2 次，按时 1 次；检查单 16 项，有记录 1 项。"
    )
    assert (found.highest_level, found.ended, found.began_at) == ("I", True, after(0).isoformat())
    assert codes(found) == {"not_recorded", "interval_changed", "missing_each", "no_impact"}
    assert reviewed(STORY, 100).sentence.startswith("最高级别：I 级响应，已进行 1 小时 10 分")
    assert reviewed([told()]).sentence == "未启动响应。"


def test_a_drill_says_so() -> None:
    found = review_of(material(log_written(STORY, drill=True), 300))
    assert found.drill
    assert found.sentence.startswith("【演练】")
    assert "drill" in codes(found)


def test_english_is_english() -> None:
    found = reviewed(STORY, language="en")
    texts = [found.sentence, found.ranking.sentence, *(item.text for item in found.assumptions)]
    texts += [row.title for row in found.delays] + [row.state_title for row in found.measures]
    texts += [row.title + row.state_title + row.rule.replace("第一时间", "") for row in found.reports]
    assert not [text for text in texts if re.search("[\u4e00-\u9fff]", text)]


def test_a_log_without_facts_has_an_empty_review() -> None:
    found = reviewed([])
    assert (found.reports, found.measures, found.course, found.next_report, found.began_at) == ((), (), (), None, None)


@pytest.mark.parametrize("plan", [ENERGY, HEATING, THIRD], ids=lambda plan: plan.key)
def test_every_plan_gives_a_review_that_its_schema_accepts(plan: Any) -> None:
    facts = [told(), sent(5, "first_spoken"), started(10, plan.levels[0].level), sent(30, "answer"), broken(40)]
    for at in (0, 20, 800):
        found = review_of(material(log_written(facts, plan), at, plan))
        hold_to("review", found.document())
    assert found.plan.key == plan.key
    assert found.measures_due == len(plan.levels[0].measures)


def test_a_report_withdrawn_is_as_if_never_sent() -> None:
    """All but the entry's own correction is as in a log without it."""
    index = next(place for place, item in enumerate(STORY, start=1) if item == sent(140))
    with_it = reviewed([*STORY, withdrawn(280, index)])
    without = reviewed([item for item in STORY if item != sent(140)])
    assert [row.state for row in with_it.reports if row.kind == "follow_up"] == ["missing", "missing"]
    left = _without_numbers(with_it.document())
    assert left.pop("corrections") != []
    expected = _without_numbers(without.document())
    expected.pop("corrections")
    expected["sentence"] = left["sentence"] = ""
    assert left == expected


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(len(STORY))), st.integers(0, 320))
def test_the_order_of_writing_does_not_change_the_review(order: list[int], at: int) -> None:
    expected = reviewed(STORY, at)
    entries = [
        Entry(number, STORY[place], after(500) + timedelta(minutes=number), DUTY.id, DUTY.name)
        for number, place in enumerate(order, start=1)
    ]
    shuffled = Log(log_written(STORY).opening, entries)
    found = review_of(material(shuffled, at))
    assert _without_numbers(found.document()) == _without_numbers(expected.document())


def _without_numbers(found: Any) -> Any:
    """A document without the numbers of entries, and without how late they were written."""
    numbers = {"entry", "from_entry", "to_entry", "saved_by_entry", "number", "late_entries"}
    if isinstance(found, dict):
        return {key: _without_numbers(value) for key, value in found.items() if key not in numbers}
    return [_without_numbers(item) for item in found] if isinstance(found, list) else found


def test_who_may_not_know_of_a_place_reads_of_it_without_its_name_and_words() -> None:
    words = "机要线路"
    facts = [
        document("reported", 0, text="停电"),
        document("fault_located", 0, element=HIDDEN_ID, text=words),
        document("level_started", 30, **LEVEL),
        document(
            "correction", 40, corrects=2, reason=words, replacement=document("fault_located", 1, element="e-source")
        ),
    ]
    open_review = source_of(facts, restricted=False).review
    whole = source_of(facts).review
    assert (words in str(whole), HIDDEN_ID in str(open_review), words in str(open_review)) == (True, False, False)
    assert len(open_review.course) == len(whole.course) == 3
    assert open_review.corrections[0].reason is None
    assert open_review.delays == whole.delays


LEVEL = {"level": "III", "recommended": "III", "office": "办公室主任"}


def test_over_a_district_the_pictures_foresaw_what_the_reserves_did() -> None:
    """The barracks last an hour, the heating plant two, the hospital four."""
    facts = [
        document("reported", 0, text="停电"),
        document("fault_located", 0, element="e-source"),
        document("level_started", 30, **LEVEL),
        document("unit_placed", 100, facility="f-plant", commodity="electricity"),
        document("repaired", 150, element="e-source"),
        document("level_ended", 180, office="办公室主任"),
    ]
    found = source_of(facts, written=[2, 5, 31, 102, 152, 181]).review
    assert [
        (row.facility, minute(row.forecast_fails_at), row.outcome, row.saved_by_entry) for row in found.reserves
    ] == [
        (HIDDEN_ID, 60, "failed_as_forecast", None),
        ("f-hospital", 240, "saved", 5),
        ("f-plant", 120, "saved", 4),
    ]
    assert {minute(row.forecast_at) for row in found.reserves} == {5}
    assert [(row.id, row.returned) for row in found.ranking.order][:2] == [(HIDDEN_ID, 1), ("f-hospital", None)]
    assert (found.ranking.pairs, found.ranking.agreement) == (1, None)
    assert {row.key: row.minutes for row in found.delays}["last_restored_to_end"] == 30
