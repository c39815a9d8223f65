"""What counts as one report: several officers register what went up together."""

from __future__ import annotations

import pytest

from tests.web.incidents.logs import after
from tests.web.reviews.cases import ENERGY, effective, minute, sent, started, told
from webmap.incidents.entries import Fact
from webmap.reviews.deadlines import duties_of, report_rows
from webmap.reviews.results import ReportRow
from webmap.reviews.review import reports_counted


def rows(facts: list[Fact]) -> list[ReportRow]:
    return report_rows(duties_of(ENERGY, effective(facts), after(110), "zh"))


def follow_ups(facts: list[Fact]) -> list[tuple[float | None, float | None, str]]:
    return [(minute(row.due_at), minute(row.sent_at), row.state) for row in rows(facts) if row.kind == "follow_up"]


@pytest.mark.parametrize("later", [0, 3, 5])
def test_what_several_registered_within_minutes_is_one_report_sent_at_the_first(later: float) -> None:
    facts = [told(), sent(0, "first_spoken"), started(0, "III"), sent(100, to="区委")]
    facts += [sent(100 + later, to="市能源局"), sent(100 + later, to="区委")]
    assert follow_ups(facts) == [(180, 100, "in_time"), (280, None, "waiting")]
    assert [row.to for row in rows(facts) if row.sent_at and row.kind == "follow_up"] == ["区委、市能源局"]
    assert reports_counted(rows(facts)) == (1, 1)


def test_what_was_sent_more_than_minutes_later_or_is_of_another_kind_is_another_report() -> None:
    facts = [told(), sent(0, "first_spoken"), started(0, "III"), sent(100), sent(102, "answer"), sent(105), sent(106)]
    assert [item[0] for item in follow_ups(facts)] == [180, 280, 286]
    assert [row.kind for row in rows(facts)].count("answer") == 1
