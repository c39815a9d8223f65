"""Warnings of the register in the log: they expire, replace one another, and are written by the register alone."""

from __future__ import annotations

from collections.abc import Sequence

from priority.plans import load_plan
from priority.wording import Phrases
from tests.web.incidents.logs import COMMANDER, DIRECTOR, DUTY, after, fact, log_of
from webmap.incidents.admission import Candidate, admit
from webmap.incidents.entries import Fact
from webmap.incidents.errors import Refused
from webmap.incidents.fold import fold
from webmap.incidents.prose import Prose
from webmap.incidents.records import Author
from webmap.incidents.rows import body_of

PLAN = load_plan("heating-zezhou")
OFFICE = "办公室主任"


def reported() -> Fact:
    return fact("reported", 0, text="停热")


def issued(minute: float, office: str = OFFICE, level: str = "general", **more: object) -> Fact:
    fields = {"office": office, "level": level, "scope": "南村镇", "text": "停热", "warning_id": "w-1", **more}
    return fact("warning_issued", minute, expires_at=after(600).isoformat(), **fields)


def lifted(minute: float, warning: int, office: str = OFFICE) -> Fact:
    return fact("warning_lifted", minute, office=office, warning=warning)


def refusal(facts: Sequence[Fact], new: Fact, author: Author = DIRECTOR, *, from_register: bool = False) -> str:
    """Return "" where the fact may follow the others, else the code of the refusal."""
    log = log_of(facts)
    candidate = Candidate(new, author, len(facts) + 1, after(2_000), False, from_register)
    try:
        admit(PLAN, candidate, log.entries)
    except Refused as refused:
        assert refused.message("zh")
        assert refused.remedy("en")
        return refused.code
    return ""


def test_an_expired_warning_does_not_keep_an_incident_open() -> None:
    facts = [reported(), issued(10)]
    assert refusal(facts, fact("closed", 599, reason="已处置"), DUTY) == "closed_with_warning"
    assert refusal(facts, fact("closed", 600, reason="已处置"), DUTY) == ""
    # One written straight into the log says of no end.
    plain = fact("warning_issued", 10, office=OFFICE, level="general", scope="南村镇", text="停热")
    assert refusal([reported(), plain], fact("closed", 1_900, reason="已处置"), DUTY) == "closed_with_warning"


def test_what_was_replaced_stands_no_more() -> None:
    facts = [reported(), issued(10), issued(20, replaces=2)]
    assert refusal(facts, lifted(30, 2), from_register=True) == "warning_not_standing"
    assert refusal(facts, lifted(30, 3), from_register=True) == ""
    assert refusal(facts, issued(30, replaces=2), from_register=True) == "warning_not_standing"
    assert sorted(fold(log_of(facts), after(25)).warnings) == [3]
    assert sorted(fold(log_of(facts), after(15)).warnings) == [2]
    over = [*facts, lifted(30, 3)]
    assert refusal(over, fact("closed", 40, reason="已处置"), DUTY) == ""


def test_who_issued_what_was_replaced_may_lift_too() -> None:
    first = issued(10, "指挥长", "large")
    facts = [reported(), first, issued(20, OFFICE, "general", replaces=2)]
    assert refusal(facts, lifted(30, 3, "指挥长"), COMMANDER, from_register=True) == ""
    assert refusal(facts, lifted(30, 3), from_register=True) == ""


def test_a_warning_that_has_expired_is_not_in_force_on_the_picture() -> None:
    log = log_of([reported(), issued(10)])
    assert sorted(fold(log, after(599)).warnings) == [2]
    assert fold(log, after(600)).warnings == {}


def test_the_log_alone_neither_issues_nor_lifts_nor_corrects_what_the_register_holds() -> None:
    facts = [reported(), issued(10)]
    assert refusal([reported()], issued(10)) == "warning_in_register"
    assert refusal(facts, lifted(20, 2)) == "warning_in_register"
    withdrawn = fact("correction", 20, corrects=2, replacement=None, reason="误发", office=OFFICE)
    assert refusal(facts, withdrawn) == "warning_in_register"
    after_all = [*facts, lifted(20, 2)]
    corrected = fact("correction", 30, corrects=3, replacement=None, reason="误解除", office=OFFICE)
    assert refusal(after_all, corrected) == "warning_in_register"
    # Nor does it update it, directly or by correcting an entry of its own.
    update = fact("warning_issued", 20, office=OFFICE, level="general", scope="x", text="y", replaces=2)
    assert refusal(facts, update) == "warning_in_register"
    own = fact("warning_issued", 15, office=OFFICE, level="general", scope="x", text="y")
    changed = {**update.model_dump(mode="json"), "happened_at": after(15).isoformat()}
    correction = fact("correction", 20, corrects=3, replacement=changed, reason="补", office=OFFICE)
    assert refusal([*facts, own], correction) == "warning_in_register"
    # Others go on as before.
    plain = fact("warning_issued", 30, office=OFFICE, level="general", scope="南村镇", text="停热")
    assert refusal(facts, plain) == ""
    assert refusal([*facts, plain], lifted(40, 3)) == ""


def test_what_the_log_once_said_of_a_registered_warning_does_not_keep_the_register_from_lifting_it() -> None:
    plain = fact("warning_issued", 20, office=OFFICE, level="general", scope="x", text="y", replaces=2)
    facts = [reported(), issued(10), plain]
    assert refusal(facts, lifted(30, 2), from_register=True) == ""
    assert refusal(facts, issued(30, replaces=2), from_register=True) == ""
    assert sorted(fold(log_of(facts), after(25)).warnings) == [2, 3]
    assert sorted(fold(log_of([*facts, lifted(30, 2)]), after(35)).warnings) == [3]


def test_entries_without_the_later_fields_say_what_they_said() -> None:
    plain = fact("warning_issued", 10, office=OFFICE, level="general", scope="南村镇", text="停热")
    assert body_of(plain) == (
        '{"approved_by":null,"level":"general","office":"办公室主任","scope":"南村镇","text":"停热"}'
    )
    assert '"replaces":2' in body_of(issued(20, replaces=2))


def test_the_log_says_what_is_replaced_and_until_when() -> None:
    said = Prose(Phrases("zh"), PLAN).sentence(issued(20, replaces=2))
    assert said == "办公室主任发布一般风险预警，范围：南村镇。停热（更新第 2 条发布的预警）（有效至 2026-01-12 18:00）"
    english = Prose(Phrases("en"), PLAN).sentence(issued(20, replaces=2))
    assert english.endswith("(updates the warning of entry 2) (in force until 2026-01-12 18:00)")
