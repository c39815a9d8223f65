"""What may be written next: corrections, decisions recorded late, offices that are held, and the plan's own words."""

from __future__ import annotations

from typing import Any

import pytest

from priority.plans import load_plan
from tests.web.incidents.logs import COMMANDER, DEPUTY, DIRECTOR, DUTY, after, document, fact, log_of
from webmap.incidents.admission import Candidate, admit
from webmap.incidents.entries import Fact
from webmap.incidents.errors import InvalidEntry, Refused
from webmap.incidents.records import Author, Entry

PLAN = load_plan("energy-chengqu")
NOW = after(120)


def written(*facts: Fact) -> list[Entry]:
    return list(log_of([fact("reported", 0, text="停电"), *facts]).entries)


def add(history: list[Entry], one: Fact, author: Author = DUTY, drill: bool = False) -> None:
    admit(PLAN, Candidate(one, author, len(history) + 1, NOW, drill), history)


def refused(history: list[Entry], one: Fact, author: Author = DUTY) -> Refused:
    with pytest.raises(Refused) as found:
        add(history, one, author)
    assert "{" not in found.value.message("zh") + found.value.remedy("en")
    return found.value


def started(minute: float, level: str = "III", office: str = "办公室主任") -> Fact:
    return fact("level_started", minute, office=office, level=level, recommended=level)


def changed(minute: float, level: str, office: str) -> Fact:
    return fact("level_changed", minute, office=office, level=level, recommended=level)


def ended(minute: float, office: str) -> Fact:
    return fact("level_ended", minute, office=office)


def correction(number: int, replacement: dict[str, Any] | None, **more: object) -> Fact:
    return fact("correction", 100, corrects=number, replacement=replacement, reason="记错了", **more)


def test_a_decision_needs_an_office_that_its_author_holds() -> None:
    found = refused(written(), started(10), DUTY)
    assert (found.code, found.clause) == ("office_not_held", "4.2.1")
    assert refused(written(started(10)), ended(20, "办公室主任"), COMMANDER).clause == "4.4"
    add(written(), started(10), DIRECTOR)
    # Who holds two offices acts in one of them.
    both = Author("p", "局长", frozenset({"办公室主任", "副指挥长"}))
    add(written(), started(10, "II", "副指挥长"), both)
    assert refused(written(), started(10, "II"), both).code == "not_deciding"


def test_a_log_begins_with_a_report_and_keeps_it() -> None:
    assert refused([], fact("note", 0, text="甲")).code == "opening_not_reported"
    add([], fact("reported", 0, text="停电"))
    assert refused(written(), correction(1, None)).code == "opening_withdrawn"
    add(written(), correction(1, document("reported", 0, text="停气")))


def test_a_decision_recorded_late_must_leave_the_later_ones_allowed() -> None:
    history = written(started(10), ended(60, "办公室主任"))
    # Raised at 08:30 by the commander, the response could not have been ended by the director at 09:00.
    found = refused(history, changed(30, "II", "指挥长"), COMMANDER)
    assert (found.code, found.broken, found.clause) == ("not_ending", 3, "4.4")
    assert found.message("zh").startswith("这样记录后，第 3 条不再成立：")
    # A second response between the two is told to be impossible at its own place.
    assert refused(history, started(30), DIRECTOR).broken is None
    add(history, started(80), DIRECTOR)


def test_a_decision_recorded_late_is_taken_where_it_fits() -> None:
    history = written(started(10), changed(30, "II", "指挥长"))
    add(history, changed(20, "I", "指挥长"), COMMANDER)


def test_the_time_lies_in_the_past_but_in_a_drill() -> None:
    later = fact("note", 126, text="甲")
    assert refused(written(), later).code == "not_yet_happened"
    add(written(), fact("note", 124, text="时钟快了四分钟"))
    add(written(), later, drill=True)
    assert refused(written(), correction(1, document("reported", 300, text="甲"))).code == "not_yet_happened"


@pytest.mark.parametrize(
    ("number", "replacement", "code"),
    [
        (9, None, "correction_of_nothing"),
        (4, None, "correction_of_nothing"),
        (3, None, "correction_of_correction"),
        (2, document("note", 5, text="甲"), "correction_of_other_kind"),
    ],
)
def test_corrections_that_cannot_be(number: int, replacement: dict[str, Any] | None, code: str) -> None:
    history = written(fact("fault_located", 5, element="e-1"), correction(2, None))
    found = refused(history, correction(number, replacement))
    assert found.code == code
    if code == "correction_of_correction":
        assert "第 2 条" in found.remedy("zh")


def test_anyone_corrects_a_fact_and_only_its_office_a_decision() -> None:
    history = written(fact("fault_located", 5, element="e-1"), started(10))
    add(history, correction(2, document("fault_located", 6, element="e-2")), DEPUTY)
    earlier = started(8).model_dump(mode="json")
    for author, office in ((DUTY, None), (COMMANDER, "指挥长")):
        found = refused(history, correction(3, earlier, office=office), author)
        assert (found.code, found.clause) == ("correction_by_other", "4.2.1")
    assert refused(history, correction(3, earlier, office="办公室主任"), COMMANDER).code == "office_not_held"
    add(history, correction(3, earlier, office="办公室主任"), DIRECTOR)
    # In the replacement too nobody acts in an office that is not theirs.
    usurped = started(8, "I", "指挥长").model_dump(mode="json")
    assert refused(history, correction(3, usurped, office="办公室主任"), DIRECTOR).code == "office_not_held"


def test_a_correction_must_leave_the_later_decisions_allowed() -> None:
    history = written(started(10), changed(20, "II", "指挥长"))
    found = refused(history, correction(2, None, office="办公室主任"), DIRECTOR)
    assert (found.code, found.broken) == ("no_level_to_change", 3)
    withdrawn = [*history, *written(started(10), changed(20, "II", "指挥长"), correction(3, None, office="指挥长"))[3:]]
    # Once the commander's step is withdrawn, the director may end what the director started.
    add(withdrawn, ended(60, "办公室主任"), DIRECTOR)
    assert refused(history, ended(60, "办公室主任"), DIRECTOR).code == "not_ending"


def test_figures_and_levels_are_those_of_the_plan() -> None:
    for figure, value, field in (("deaths", 1, "figure"), ("customers_out_share", 45, "value")):
        with pytest.raises(InvalidEntry) as found:
            add(written(), fact("figure_reported", 5, figure=figure, value=value))
        assert [problem.field for problem in found.value.problems] == [field]
    add(written(), fact("figure_reported", 5, figure="customers_out_share", value=0.45))
    assert refused(written(), fact("level_recommended", 5, level="IV")).code == "level_unknown"
    add(written(), fact("level_recommended", 5, level=None))
