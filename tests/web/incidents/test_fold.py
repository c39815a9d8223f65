"""The fold: what a log says of a moment, whatever the order in which it was written."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from priority.assessment import assess
from priority.incident import Incident
from priority.plans import load_plan
from priority.system import SupplySystem
from tests.pictures import District
from tests.web.incidents.logs import ELEMENTS, after, document, fact, facts_at_different_times, log_of, said
from webmap.incidents.entries import Fact
from webmap.incidents.errors import InvalidEntry
from webmap.incidents.fold import fold
from webmap.incidents.records import Log

minutes = st.integers(-10, 220)


def at(log: Log, minute: float) -> dict[str, object]:
    return dict(fold(log, after(minute)).document)


@settings(max_examples=100)
@given(facts_at_different_times(), st.randoms(use_true_random=False), minutes)
def test_the_order_of_writing_changes_nothing(facts: list[Fact], random: object, minute: int) -> None:
    shuffled = list(facts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert said(fold(log_of(shuffled), after(minute))) == said(fold(log_of(facts), after(minute)))


@settings(max_examples=100)
@given(facts_at_different_times(), minutes)
def test_every_document_is_an_incident(facts: list[Fact], minute: int) -> None:
    parsed = Incident.parse(at(log_of(facts), minute))
    assert parsed.at == after(minute)


@settings(max_examples=100)
@given(facts_at_different_times(), minutes)
def test_an_element_is_broken_if_its_last_fact_is_a_fault(facts: list[Fact], minute: int) -> None:
    found = at(log_of(facts), minute)
    repaired = {item["element"] for item in found.get("repairs", [])}  # type: ignore[attr-defined]
    broken = {item["element"] for item in found.get("faults", [])} - repaired  # type: ignore[attr-defined]
    for element in ELEMENTS[:3]:
        mine = [item for item in facts if getattr(item, "element", "") == element and item.kind != "crew_sent"]
        known = [item.kind for item in mine if item.happened_at <= after(minute)]
        assert (element in broken) == (known[-1:] == ["fault_located"])


@settings(max_examples=100)
@given(facts_at_different_times(), st.data(), minutes)
def test_a_correction_is_as_if_the_entry_had_been_written_so(
    facts: list[Fact], data: st.DataObject, minute: int
) -> None:
    if not facts:
        return
    place = data.draw(st.integers(0, len(facts) - 1))
    wrong = facts[place]
    withdrawn = data.draw(st.booleans())
    replacement = None if withdrawn else {**wrong.model_dump(mode="json"), "happened_at": after(300).isoformat()}
    correction = fact("correction", 400, corrects=place + 1, replacement=replacement, reason="看错了")
    right = [] if withdrawn else [type(wrong).model_validate(replacement)]
    expected = said(fold(log_of([*facts[:place], *facts[place + 1 :], *right]), after(minute)))
    assert said(fold(log_of([*facts, correction]), after(minute))) == expected


@settings(max_examples=100)
@given(facts_at_different_times(), st.integers(0, 13), minutes)
def test_a_late_fact_changes_nothing_before_it_happened_nor_what_was_believed(
    facts: list[Fact], place: int, minute: int
) -> None:
    if place >= len(facts):
        return
    late = facts[place]
    before = log_of([*facts[:place], *facts[place + 1 :]])
    whole = log_of([*facts[:place], *facts[place + 1 :], late])
    if after(minute) < late.happened_at:
        assert said(fold(whole, after(minute))) == said(fold(before, after(minute)))
    believed = fold(whole.known_at(before.entries[-1].written_at if before.entries else after(0)), after(minute))
    assert said(believed) == said(fold(before, after(minute)))
    assert said(fold(whole.up_to(before.length), after(minute))) == said(believed)


def test_the_last_correction_counts() -> None:
    wrong = fact("fault_located", 0, element="e-1")
    first = fact("correction", 5, corrects=1, replacement=None, reason="误报")
    second = fact(
        "correction", 9, corrects=1, replacement=document("fault_located", 2, element="e-2"), reason="是 2 号"
    )
    found = at(log_of([wrong, first, second]), 30)
    assert found["faults"] == [{"element": "e-2", "at": after(2).isoformat()}]


def test_a_fault_told_twice_is_one_since_the_first_time_and_again_after_its_repair() -> None:
    told = [fact("fault_located", minute, element="e-1") for minute in (10, 4)]
    assert at(log_of(told), 30)["faults"] == [{"element": "e-1", "at": after(4).isoformat()}]
    again = [*told, fact("repaired", 40, element="e-1"), fact("fault_located", 50, element="e-1")]
    assert at(log_of(again), 45)["repairs"] == [{"element": "e-1", "at": after(40).isoformat()}]
    later = at(log_of(again), 60)
    assert later["faults"] == [{"element": "e-1", "at": after(50).isoformat()}]
    assert "repairs" not in later


def test_all_entries_of_a_spell_are_known_and_none_of_an_earlier_one() -> None:
    told = [fact("fault_located", minute, element="e-1") for minute in (10, 4)]
    again = [
        fact("repaired", 40, element="e-1"),
        *(fact("fault_located", minute, element="e-1") for minute in (50, 55)),
    ]
    assert fold(log_of([*told, *again]), after(30)).fault_entries == {"e-1": (2, 1)}
    assert fold(log_of([*told, *again]), after(60)).fault_entries == {"e-1": (4, 5)}


def test_a_repair_of_what_was_whole_is_told_and_a_late_fault_gives_it_meaning() -> None:
    repair = fact("repaired", 20, element="e-1")
    assert fold(log_of([repair]), after(30)).without_effect == (1,)
    assert at(log_of([repair]), 30) == {"plan": "energy-chengqu", "at": after(30).isoformat()}
    state = fold(log_of([repair, fact("fault_located", 10, element="e-1")]), after(30))
    assert state.without_effect == ()
    assert state.document["repairs"] == [{"element": "e-1", "at": after(20).isoformat()}]


def test_a_new_drawing_replaces_the_old_one_and_keeps_its_beginning() -> None:
    first = fact("area_drawn", 0, townships=["140502001"], networks=["heat", "gas"])
    repaired = fact("repaired", 5, element="area/gas")
    second = fact("area_drawn", 10, townships=["140502002"], networks=["heat"])
    found = at(log_of([first, repaired, second]), 20)
    assert (found["area_at"], found["area_townships"], found["networks"]) == (
        after(0).isoformat(),
        ["140502002"],
        ["heat"],
    )
    assert "repairs" not in found
    done = at(log_of([first, repaired, second, fact("repaired", 30, element="area")]), 40)
    assert done["repairs"] == [{"element": "area", "at": after(30).isoformat()}]
    anew = fact("area_drawn", 50, townships=["140502003"])
    found = at(log_of([first, repaired, second, fact("repaired", 30, element="area"), anew]), 60)
    assert (found["area_at"], found["area_townships"]) == (after(50).isoformat(), ["140502003"])
    assert "repairs" not in found


def test_a_further_stroke_leaves_repaired_networks_whole_until_then_and_the_others_broken_since_the_first() -> None:
    first = fact("area_drawn", 0, townships=["140502001"], networks=["electricity", "heat"])
    stroke = fact("area_drawn", 40, townships=["140502001", "140502002"], networks=["electricity", "heat", "gas"])
    found = at(log_of([first, fact("repaired", 20, element="area/heat"), stroke]), 60)
    begun = after(40).isoformat()
    assert (found["area_at"], found["area_network_at"]) == (after(0).isoformat(), {"heat": begun, "gas": begun})
    assert "repairs" not in found


def test_an_area_repaired_twice_was_whole_the_second_time() -> None:
    drawn = fact("area_drawn", 0, townships=["140502001"], networks=["electricity", "heat"])
    heat, area = fact("repaired", 10, element="area/heat"), fact("repaired", 20, element="area")
    gas = fact("repaired", 25, element="area/gas")
    again = [fact("repaired", 30, element=name) for name in ("area", "area/heat")]
    state = fold(log_of([drawn, heat, area, gas, *again]), after(40))
    assert state.without_effect == (4, 5, 6)
    assert state.document["repairs"] == [
        {"element": "area/electricity", "at": after(20).isoformat()},
        {"element": "area/heat", "at": after(10).isoformat()},
    ]
    assert fold(log_of([area]), after(40)).without_effect == (1,)


def test_a_device_that_was_moved_stays_so_and_one_that_stuck_before_is_inoperable() -> None:
    facts = [
        fact("device_operated", 1, device="s-1", action="open", outcome="stuck"),
        fact("device_operated", 2, device="s-2", action="open"),
        fact("device_operated", 3, device="s-2", action="close", outcome="stuck"),
    ]
    found = at(log_of(facts), 10)
    assert found["inoperable"] == ["s-1"]
    assert found["operations"] == [{"device": "s-2", "action": "open", "at": after(2).isoformat()}]
    freed = at(log_of([*facts, fact("device_operated", 5, device="s-1", action="open")]), 10)
    assert "inoperable" not in freed


def test_a_unit_is_where_it_was_placed_last() -> None:
    placed = [fact("unit_placed", 5 * n, facility=f"f-{n}", commodity="electricity", unit="发电车") for n in (1, 2)]
    again = fact("unit_placed", 30, facility="f-2", commodity="electricity", unit="发电车")
    assert [item["facility"] for item in at(log_of(placed), 7)["placements"]] == ["f-1"]  # type: ignore[attr-defined]
    found = at(log_of([*placed, again]), 40)["placements"]
    assert found == [{"facility": "f-2", "commodity": "electricity", "at": after(10).isoformat(), "unit": "发电车"}]


def test_coal_stocks_shrink_from_the_first_that_went_wrong() -> None:
    closed = fact("road_closed", 30, road="r-1")
    assert at(log_of([closed]), 60)["started_at"] == after(30).isoformat()
    assert at(log_of([closed, fact("fault_located", 10, element="e-1")]), 60)["started_at"] == after(10).isoformat()
    reopened = at(log_of([closed, fact("road_closed", 40, road="r-1", closed=False)]), 60)
    assert "closed_roads" not in reopened
    assert "started_at" not in reopened


def test_a_figure_taken_back_is_not_known() -> None:
    share = {"figure": "customers_out_share"}
    facts = [fact("figure_reported", 1, value=0.4, **share), fact("figure_reported", 5, value=None, **share)]
    assert at(log_of(facts), 3)["figures"] == {"customers_out_share": 0.4}
    assert "figures" not in at(log_of(facts), 6)


def test_levels_who_started_and_phases() -> None:
    facts = [
        fact("reported", 0, text="停电"),
        fact("level_started", 10, office="办公室主任", level="III", recommended="III"),
        fact("level_changed", 20, office="指挥长", level="II", recommended="III", reason="还在扩大"),
        fact("level_ended", 60, office="指挥长"),
    ]
    log = log_of(facts)
    phases = [fold(log, after(minute)).phase for minute in (5, 15, 25, 70)]
    assert phases == ["reported", "responding", "responding", "ended"]
    state = fold(log, after(25))
    assert state.level is not None
    assert state.started is not None
    assert (state.level.level, state.level.office) == ("II", "指挥长")
    assert (state.started.level, state.started.office) == ("III", "办公室主任")
    ended = fold(log, after(70))
    assert (ended.level, ended.started) == (None, None)


def test_warnings_stand_until_they_are_lifted() -> None:
    issued = fact("warning_issued", 1, office="指挥长", level="general", scope="东街", text="可能停电")
    lifted = fact("warning_lifted", 30, office="指挥长", warning=1)
    log = log_of([issued, lifted])
    assert list(fold(log, after(10)).warnings) == [1]
    assert not fold(log, after(40)).warnings


def test_nothing_has_happened_in_an_empty_log() -> None:
    state = fold(log_of([]), after(0))
    assert state.document == {"plan": "energy-chengqu", "at": after(0).isoformat()}
    assert (state.phase, state.known_number, state.levels) == ("reported", 0, ())


@pytest.fixture(scope="module")
def system() -> SupplySystem:
    """Source — switch — bus — switch — home with 100 customers (10 at the bus) — tie (open) — second source."""
    district = District().network("electricity", "S* - s1| - bus:10 - s2| - home:100 - tie/ - Q*")
    return SupplySystem.build(district.frames(), "1-test")


@pytest.mark.parametrize(("minute", "customers"), [(0, 0), (15, 110), (25, 10), (45, 0)])
def test_the_picture_follows_the_log(system: SupplySystem, minute: int, customers: int) -> None:
    # Of 110 customers behind the bus, 100 are fed from the other side once the tie is closed.
    facts = [
        fact("fault_located", 10, element="bus"),
        fact("device_operated", 18, device="s2", action="open"),
        fact("device_operated", 20, device="tie", action="close"),
        fact("repaired", 40, element="bus"),
    ]
    state = fold(log_of(facts), after(minute))
    found = assess(system, Incident.parse(dict(state.document)), load_plan("energy-chengqu"))
    assert found.outages["electricity"].customers == customers


def test_the_moment_may_have_any_offset() -> None:
    log = log_of([fact("fault_located", 0, element="e-1")])
    elsewhere = datetime.fromisoformat("2026-01-12T00:00:00+00:00")
    assert fold(log, elsewhere).document["faults"] == [{"element": "e-1", "at": after(0).isoformat()}]


def test_the_latest_priority_order_counts_until_it_is_taken_back() -> None:
    def ordered(minute: float, *categories: str) -> Fact:
        return fact("priority_ordered", minute, office="指挥长", categories=categories, reason=f"第 {minute} 分")

    log = log_of([ordered(30), ordered(10, "hospital", "school"), ordered(20, "school")])
    assert "priority_order" not in at(log, 5)
    assert at(log, 15)["priority_order"] == {"categories": ["hospital", "school"], "reason": "第 10 分"}
    assert at(log, 25)["priority_order"] == {"categories": ["school"], "reason": "第 20 分"}
    assert "priority_order" not in at(log, 35)
    assert Incident.parse(at(log, 15)).priority_order is not None


def test_the_latest_reserve_reported_of_each_need_counts() -> None:
    def reserve(minute: float, commodity: str, hours: float) -> Fact:
        return fact("reserve_reported", minute, facility="f-1", commodity=commodity, hours=hours)

    log = log_of([reserve(20, "heat", 0), reserve(10, "heat", 5), reserve(15, "water", 2)])
    assert at(log, 12)["reserves"] == [
        {"facility": "f-1", "commodity": "heat", "hours": 5.0, "at": after(10).isoformat()}
    ]
    assert [(item.commodity, item.hours) for item in Incident.parse(at(log, 30)).reserves] == [
        ("heat", 0),
        ("water", 2),
    ]


def test_a_priority_order_names_classes_that_there_are() -> None:
    with pytest.raises(InvalidEntry) as refused:
        fact("priority_ordered", 0, office="指挥长", categories=["hospital", "pigeons"], reason="x")
    assert [problem.field for problem in refused.value.problems] == ["categories"]
