"""What reports rest on: which moment, which entries, what a late correction changes, what a reader may not know of."""

from __future__ import annotations

from datetime import timedelta

import pytest

from priority.assessment import assess, prospect
from priority.incident import Incident
from tests.web.incidents.logs import START, after
from tests.web.network import HIDDEN_ID
from tests.web.reports.sources import source_of, told
from webmap.reports.documents import build
from webmap.reports.progress import Cancelled

BROKEN = told("fault_located", 0, element="e-source")
REPAIRED = told("repaired", 60, element="e-source")
STARTED = told("level_started", 5, office="办公室主任", level="III", recommended="III")
ENDED = told("level_ended", 90, office="办公室主任")
REPORTED = told("reported", 0, text="东站停电")


def lost(source: object) -> float:
    hours: float = source.impact.document()["networks"]["electricity"]["customer_hours"]  # type: ignore[attr-defined]
    return hours


def test_the_impact_of_an_ended_incident_is_counted_until_its_end() -> None:
    source = source_of([REPORTED, BROKEN, STARTED, REPAIRED, ENDED], at=START + timedelta(days=30))
    assert source.impact.until == after(90).isoformat()
    assert lost(source) == pytest.approx(110)


def test_what_is_still_out_after_the_end_goes_on_counting() -> None:
    source = source_of([REPORTED, BROKEN, STARTED, ENDED], at=after(240))
    assert source.impact.running
    assert lost(source) == pytest.approx(110 * 4)


def test_a_late_correction_changes_what_the_incident_cost_and_the_first_figure_is_kept() -> None:
    earlier = told("repaired", 30, element="e-source")
    correction = told("correction", 200, corrects=4, replacement=earlier, reason="抄错时刻")
    facts = [REPORTED, BROKEN, STARTED, REPAIRED, ENDED, correction]
    source = source_of(facts, at=after(300))
    assert lost(source) == pytest.approx(110 / 2)
    assert source.first_impact is not None
    first = source.first_impact.document()["networks"]["electricity"]["customer_hours"]
    assert first == pytest.approx(110), "as it was known when the response was ended"


def test_a_word_added_after_the_end_changes_no_figure() -> None:
    after_the_end = told("detail_given", 200, item="lessons", text="备用电源应试机")
    assert source_of([REPORTED, BROKEN, STARTED, REPAIRED, ENDED, after_the_end]).first_impact is None
    assert source_of([REPORTED, BROKEN]).first_impact is None, "it has not ended"


def test_the_last_word_on_an_item_counts_in_the_order_of_happening() -> None:
    late = told("detail_given", 10, item="cause", text="原以为覆冰")
    source = source_of([REPORTED, told("detail_given", 40, item="cause", text="主变着火"), late])
    assert source.details["cause"].number == 2


def test_a_moment_before_the_repair_knows_nothing_of_it() -> None:
    source = source_of([REPORTED, BROKEN, REPAIRED], at=after(30))
    assert [item.number for item in source.facts] == [1, 2]
    assert lost(source) == pytest.approx(55)
    assert source.assessment["outages"]["electricity"]["customers"] == 110


def test_who_may_not_know_of_a_place_gets_figures_without_it() -> None:
    facts = [REPORTED, told("fault_located", 0, element=HIDDEN_ID), BROKEN]
    shown = source_of(facts, restricted=False)
    assert HIDDEN_ID not in str(shown.impact.document()) + str(shown.assessment) + str(shown.entries)
    assert [item.number for item in shown.facts] == [1, 3]
    assert HIDDEN_ID in str(source_of(facts).impact.document())


def test_words_of_an_entry_that_named_a_hidden_place_stay_hidden_when_it_is_corrected() -> None:
    named = told("fault_located", 0, element=HIDDEN_ID, text="营区配电室")
    instead = told("fault_located", 0, element="e-source", text="不是营区，是东站")
    facts = [REPORTED, named, told("correction", 20, corrects=2, replacement=instead, reason="报错")]
    shown = source_of(facts, restricted=False)
    assert [item.number for item in shown.facts] == [1, 2]
    assert "营区" not in str(shown.facts)
    assert lost(shown) == pytest.approx(lost(source_of(facts)))
    assert "营区" in str(source_of(facts).facts)


def test_a_prospect_is_the_part_of_the_assessment_that_it_stands_for() -> None:
    source = source_of([REPORTED, BROKEN], at=after(30))
    incident = Incident.parse(dict(source.state.document), "zh", source.plan_keys)
    system = source.snapshot.system()
    whole = assess(system, incident, source.plan, restricted=True)
    part = prospect(system, incident, source.plan, restricted=True)
    assert (part.facilities, part.ranking) == (whole.facilities, whole.ranking)


def test_a_source_tells_how_far_it_is_and_can_be_stopped() -> None:
    told_stages: list[str] = []
    source = source_of([REPORTED, BROKEN, REPAIRED])
    source.progress = lambda stage, _done, _total: told_stages.append(stage)
    assert source.review
    assert {"impact", "review"} <= set(told_stages)

    def stop(_stage: str, _done: int, _total: int, /) -> None:
        raise Cancelled

    stopped = source_of([REPORTED, BROKEN, REPAIRED])
    stopped.progress = stop
    with pytest.raises(Cancelled):
        _ = stopped.impact


def test_what_the_data_no_longer_hold_is_told_and_the_rest_is_counted() -> None:
    gone = told("fault_located", 1, element="e-pulled-down")
    source = source_of([REPORTED, BROKEN, gone, REPAIRED, told("repaired", 70, element="e-pulled-down")])
    assert source.gone == ("e-pulled-down",)
    assert lost(source) == pytest.approx(110)
    assert "e-pulled-down" in source.impact.assumptions[0].text
    assert source.assessment["outages"]["electricity"]["customers"] == 0
    assert source.review
    assert any("现有数据里已经没有" in note for note in build(source, "final").notes)
    assert source_of([REPORTED, BROKEN]).gone == ()


def test_the_time_between_two_responses_is_no_response() -> None:
    again = [told("fault_located", 600, element="e-home"), {**STARTED, "happened_at": after(605).isoformat()}]
    ended = told("level_ended", 635, office="办公室主任")
    source = source_of([REPORTED, BROKEN, STARTED, REPAIRED, ENDED, *again, ended])
    assert "历时 1 小时 55 分" in source.review.sentence
