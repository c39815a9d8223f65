"""What an incident cost, on small districts, computed by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from priority.aftermath import Impact, impact_over_time
from priority.incident import Incident
from priority.plans import load_plan
from priority.system import SupplySystem
from tests.pictures import District
from tests.priority.small import AT, incident_document, iso

#: Two feeders behind switches; the second has a hospital with a generator, and a boiler house that feeds heat.
TOWN = """
    S* - s1| - a:100 - b:50
    S - s2| - c:30
"""


def town() -> District:
    district = District().network("electricity", TOWN, strips={"b": 1, "c": 2})
    district.network("heat", "H* - h1| - k:40", strips={"k": 2})
    district.facility("boiler", "heat_supply", feeds="H", strip=2, electricity=("c", 0))
    return district.facility("clinic", "hospital", strip=1, electricity=("b", 2))


Known = tuple[float, dict[str, Any]]


def impact_of(district: District, known: Sequence[Known], until_h: float, **options: Any) -> Impact:
    """`known`: from which hour on which incident was known (fields of `incident_document`)."""
    stages = [
        (AT + timedelta(hours=hour), Incident.parse(incident_document(later_h=hour, **fields)))
        for hour, fields in known
    ]
    system = SupplySystem.build(district.frames(), "1-test")
    until = AT + timedelta(hours=until_h)
    return impact_over_time(system, stages, load_plan("energy-chengqu"), until, **{"restricted": True, **options})


def _until(hour: float, moments: dict[str, int]) -> dict[str, int]:
    return {key: at for key, at in moments.items() if at <= hour}


def test_a_fault_and_its_repair() -> None:
    impact = impact_of(town(), [(0, {"faults": {"a": 0}}), (3, {"faults": {"a": 0}, "repairs": {"a": 3}})], 5)
    row = impact.networks["electricity"]
    assert (impact.begins_at, impact.until, impact.hours, impact.running) == (iso(0), iso(5), 5.0, False)
    assert (row.customers_total, row.customers_hit, row.people_hit, row.peak_customers) == (180, 150, 450, 150)
    assert (row.customer_hours, row.people_hours, row.vulnerable_people_hours) == (450.0, 1350.0, 45.0)
    assert (row.unserved.value, row.unserved.unit) == (450.0, "kWh")
    assert (row.first_loss_at, row.peak_at, row.out_at_end) == (iso(0), iso(0), 0)
    assert [row.restored[key].hours for key in ("50", "90", "100")] == [3.0, 3.0, 3.0]  # type: ignore[union-attr]
    assert [one.customers_out["electricity"] for one in impact.series] == [150, 150, 150, 0, 0, 0]
    assert [(one.at, one.customers_out["electricity"]) for one in impact.changes] == [
        (iso(0), 150),
        (iso(2), 150),  # the clinic's generator is empty
        (iso(3), 0),
    ]
    assert impact.networks["gas"].peak_at is None


def test_townships_have_their_own_times() -> None:
    faults = {"a": 0, "c": 0}
    impact = impact_of(town(), [(0, {"faults": faults}), (1, {"faults": faults, "repairs": {"a": 1}})], 4)
    first, second, third, fourth = impact.townships
    assert first.networks["electricity"].customer_hours == 100.0
    assert second.networks["electricity"].hours_to_restore == 1.0
    assert second.networks["electricity"].hours_per_customer == 1.0
    assert (third.networks["electricity"].restored_at, third.networks["electricity"].out_at_end) == (None, 30)
    assert (third.networks["heat"].customer_hours, third.people_hit) == (160.0, 120)
    assert third.people_hours == 480.0  # of the network with most people, heat, not both
    untouched = fourth.networks["electricity"]
    assert (untouched.first_loss_at, untouched.hours_per_customer) == (None, None)
    assert impact.people_hours_hit == 300 + 150 + 480
    assert impact.running
    assert "running" in {note.code for note in impact.assumptions}
    assert (third.facilities_failed, third.facility_failed_hours) == (1, 4.0)
    assert impact.by_hour.codes == tuple(row.code for row in impact.townships)
    assert impact.by_hour.customers_out["electricity"][0] == (100, 50, 30, 0)
    assert impact.by_hour.people_hit[-1] == (0, 0, 120, 0)


def test_times_to_restore_are_of_the_last_time_above_the_share() -> None:
    faults = {"a": 0, "c": 0}
    known: list[Known] = [
        (0, {"faults": faults}),
        (1, {"faults": faults, "repairs": {"a": 1}}),  # 30 of 180 are out
        (2, {"faults": {"a": 2, "c": 0}}),  # it breaks again: 180
        (4, {"faults": {"a": 2, "c": 0}, "repairs": {"a": 4}}),
    ]
    row = impact_of(town(), known, 6).networks["electricity"]
    assert (row.peak_customers, row.customer_hours) == (180, 180 + 30 + 360 + 60)
    assert row.restored["50"] is not None
    assert (row.restored["50"].at, row.restored["50"].hours) == (iso(4), 4.0)
    assert row.restored["90"] is None
    assert row.restored["100"] is None
    assert (row.interruptions, row.customers_hit) == (330, 180)  # the first feeder's customers twice


def test_the_indices_of_ieee_1366_by_hand() -> None:
    """The example of docs/impact.md: 150 of 180 for 60 minutes, 30 for 4 minutes (momentary), then 30 for 90."""
    four_minutes = 4 / 60
    known: list[Known] = [
        (0, {"faults": {"a": 0, "c": 0}}),
        (four_minutes, {"faults": {"a": 0, "c": 0}, "repairs": {"c": four_minutes}}),
        (1, {"faults": {"a": 0, "c": 0}, "repairs": {"c": four_minutes, "a": 1}}),
        (2, {"faults": {"a": 0, "c": 2}, "repairs": {"a": 1}}),
        (3.5, {"faults": {"a": 0, "c": 2}, "repairs": {"a": 1, "c": 3.5}}),
    ]
    row = impact_of(town(), known, 8).networks["electricity"]
    assert (row.interruptions, row.momentary_interruptions) == (180, 30)
    assert (row.saifi, row.saidi_minutes, row.caidi_minutes) == (1.0, 65.0, 65.0)
    assert row.customer_hours == 197.0  # momentary ones too
    assert [row.restored[key].hours for key in ("50", "90", "100")] == [1.0, 3.5, 3.5]  # type: ignore[union-attr]


@pytest.mark.parametrize(("seconds", "sustained"), [(299, 0), (300, 0), (301, 30)])
def test_five_minutes_are_still_momentary(seconds: int, sustained: int) -> None:
    end_h = seconds / 3600
    known: list[Known] = [(0, {"faults": {"c": 0}}), (end_h, {"faults": {"c": 0}, "repairs": {"c": end_h}})]
    row = impact_of(town(), known, 1).networks["electricity"]
    assert (row.interruptions, row.interruptions + row.momentary_interruptions) == (sustained, 30)


def test_a_spell_goes_on_over_stages_and_counts_so_far() -> None:
    known: list[Known] = [
        (0, {"faults": {"c": 0}}),
        (0.05, {"faults": {"c": 0, "a": 0.05}}),
        (0.1, {"faults": {"c": 0}, "operations": [("s1", "open", 0.1)]}),
    ]
    row = impact_of(town(), known, 0.15).networks["electricity"]
    assert (row.interruptions, row.momentary_interruptions) == (180, 0)
    assert row.saidi_minutes == pytest.approx((30 * 9 + 150 * 6) / 180, abs=1e-6)


def test_reserves_used_and_failures() -> None:
    impact = impact_of(town(), [(0, {"faults": {"b": 0}}), (3, {"faults": {"b": 0}, "repairs": {"b": 3}})], 5)
    (clinic,) = impact.facilities
    (reserve,) = clinic.reserves
    assert (clinic.id, clinic.tier, clinic.on_reserve_hours, clinic.failed_hours) == ("clinic", 4, 2.0, 1.0)
    assert (clinic.back_at, clinic.point) == (iso(3), (112.15, 35.5))
    (spell,) = clinic.failures
    assert (spell.from_, spell.to, spell.hours, spell.cause) == (iso(2), iso(3), 1.0, "停电")
    assert (reserve.used_hours, reserve.known_hours, reserve.used_share, reserve.ran_out_at) == (2.0, 2.0, 1.0, iso(2))
    assert [(change.at, change.state) for change in impact.reserve_course] == [
        (iso(0), "on_reserve"),
        (iso(2), "failed"),
        (iso(3), "supplied"),
    ]
    hospitals = next(row for row in impact.classes if row.category == "hospital")
    assert (hospitals.count, hospitals.hit, hospitals.failed, hospitals.failed_hours) == (1, 1, 1, 1.0)
    government = next(row for row in impact.classes if row.category == "government")
    assert (government.count, government.hit, government.tier) == (0, 0, 1)


def test_each_failure_has_its_own_cause() -> None:
    district = town().facility("bath", electricity=("c", 0), heat=("k", 0))
    faults = {"c": 0, "h1": 2, "bath": 4}
    repairs = {"c": 1, "h1": 3}
    known: list[Known] = [
        (hour, {"faults": _until(hour, faults), "repairs": _until(hour, repairs)}) for hour in range(5)
    ]
    bath = next(row for row in impact_of(district, known, 6).facilities if row.id == "bath")
    assert [(spell.from_, spell.cause) for spell in bath.failures] == [
        (iso(0), "停电"),
        (iso(2), "停热"),
        (iso(4), "本身受损"),
    ]


def test_a_reported_reserve_counts_from_the_call_and_what_was_used_before_is_known() -> None:
    told = {"faults": {"b": 0}, "reserves": [("clinic", "electricity", 4, 1.5)]}
    impact = impact_of(town(), [(0, {"faults": {"b": 0}}), (1.5, told)], 7)
    (clinic,) = impact.facilities
    (reserve,) = clinic.reserves
    assert (reserve.used_hours, reserve.known_hours, reserve.used_share) == (5.5, 5.5, 1.0)
    assert reserve.ran_out_at == iso(5.5)
    assert clinic.failed_hours == 1.5


def test_a_late_report_leaves_the_past_as_it_was_seen() -> None:
    """At three o'clock somebody says that hours were left: until then the place was taken for failed."""
    told = {"faults": {"b": 0}, "reserves": [("clinic", "electricity", 1, 3)]}
    (clinic,) = impact_of(town(), [(0, {"faults": {"b": 0}}), (3, told)], 6).facilities
    assert [(spell.from_, spell.to) for spell in clinic.failures] == [(iso(2), iso(3)), (iso(4), None)]
    assert (clinic.back_at, clinic.failed_hours) == (None, 3.0)


def test_an_unknown_reserve_stays_unknown() -> None:
    district = District().network("electricity", "S* - s1| - a:10").facility("f", electricity=("a", None))
    impact = impact_of(district, [(0, {"faults": {"a": 0}})], 2)
    ((reserve,),) = [row.reserves for row in impact.facilities]
    assert (reserve.used_hours, reserve.known_hours, reserve.used_share, reserve.ran_out_at) == (0.0, None, None, None)
    assert "unknown_reserve" in {note.code for note in impact.assumptions}


def test_units_are_told_where_they_were() -> None:
    unit = {"facility": "clinic", "commodity": "electricity", "unit": "g-1"}
    moved = {"facility": "boiler", "commodity": "electricity", "unit": "g-1", "at": iso(2)}
    stages = []
    for hour, placed in ((0, []), (1, [{**unit, "at": iso(1)}]), (2, [moved])):
        document = {**incident_document({"b": 0, "c": 0}, later_h=hour), "placements": placed}
        stages.append((AT + timedelta(hours=hour), Incident.parse(document)))
    system = SupplySystem.build(town().frames(), "1-test")
    impact = impact_over_time(system, stages, load_plan("energy-chengqu"), AT + timedelta(hours=4), restricted=True)
    rows = {row.id: row for row in impact.facilities}
    assert [(one.unit, one.at) for one in rows["clinic"].units_placed] == [("g-1", iso(1))]
    assert [(one.unit, one.at) for one in rows["boiler"].units_placed] == [("g-1", iso(2))]
    assert rows["boiler"].failed_hours == 2.0


def test_coal_is_lived_on_once_it_ends_soon() -> None:
    """The mine fails with the power; 75 hours of coal are left, so three hours later the horizon of 72 h is reached."""
    district = District().network("electricity", "S* - s1| - a:10").facility("mine", "other", electricity=("a", 0))
    district.facility("plant", "heat_supply", coal=(None, 75, True, 100.0)).coal_route("c1", "plant", "mine", 100.0)
    impact = impact_of(district, [(0, {"faults": {"a": 0}})], 5)
    plant = next(row for row in impact.facilities if row.id == "plant")
    (reserve,) = plant.reserves
    assert plant.on_reserve_hours == 2.0
    assert (reserve.used_hours, reserve.known_hours) == (5.0, 75.0)


def test_heating_degree_hours_hold_for_six_hours() -> None:
    """Heat for 40 customers (120 people) is out from 1 to 10; reports at 0 and 2, the second holds until 8."""
    known: list[Known] = [(1, {"faults": {"H": 1}}), (10, {"faults": {"H": 1}, "repairs": {"H": 10}})]
    reports = [(AT, -2.0), (AT + timedelta(hours=2), -12.0), (AT + timedelta(hours=12), 5.0)]
    warmth = impact_of(town(), known, 14, temperatures=reports).heating
    assert warmth is not None
    assert warmth.degree_hours == 20.0 * 1 + 30.0 * 6
    assert warmth.people_degree_hours == 120 * 200.0
    assert (warmth.hours_known, warmth.hours_unknown, warmth.base_c) == (7.0, 2.0, 18.0)


def test_warm_days_take_nothing_back_and_none_is_unknown() -> None:
    known: list[Known] = [(0, {"faults": {"H": 0}})]
    warm = impact_of(town(), known, 2, temperatures=[(AT - timedelta(hours=1), 25.0)]).heating
    unknown = impact_of(town(), known, 2).heating
    assert warm is not None
    assert unknown is not None
    assert (warm.degree_hours, warm.hours_known) == (0.0, 2.0)
    assert (unknown.degree_hours, unknown.people_degree_hours, unknown.hours_unknown) == (None, None, 2.0)
    assert impact_of(town(), [(0, {"faults": {"a": 0}})], 2, temperatures=[(AT, -5.0)]).heating is None


def test_unknown_customers_are_never_zero() -> None:
    district = town()
    district.nodes["b"]["customers"] = None
    impact = impact_of(district, [(0, {"faults": {"b": 0}})], 2)
    row = impact.networks["electricity"]
    assert (row.customers_hit, row.customers_unknown, row.customer_hours) == (100, 1, 200.0)
    assert (row.saifi, row.saidi_minutes, row.caidi_minutes) == (None, None, None)
    assert impact.townships[1].networks["electricity"].first_loss_at == iso(0)
    assert impact.townships[1].networks["electricity"].hours_per_customer is None
    assert "unknown_customers" in {note.code for note in impact.assumptions}


def test_where_all_is_unknown_the_loss_is_still_seen() -> None:
    district = District().network("electricity", "S* - s1| - a:10")
    district.nodes["a"]["customers"] = district.nodes["a"]["demand_kw"] = None
    known: list[Known] = [(0, {"faults": {"a": 0}}), (1, {"faults": {"a": 0}, "repairs": {"a": 1}})]
    row = impact_of(district, known, 2).networks["electricity"]
    assert (row.customers_unknown, row.unserved.unknown_points, row.peak_at) == (1, 1, None)
    assert (row.saifi, row.saidi_minutes, row.first_loss_at) == (None, None, iso(0))
    assert (row.restored["50"], row.restored["90"]) == (None, None)
    assert row.restored["100"] is not None
    assert row.restored["100"].at == iso(1)
    assert impact_of(district, known[:1], 2).running


@pytest.mark.parametrize("known", [[], [(9.0, {"faults": {"a": 9}})]])
def test_nothing_happened_yet(known: list[Known]) -> None:
    impact = impact_of(town(), known, 8)
    assert (impact.begins_at, impact.until, impact.hours, impact.running) == (None, iso(8), 0.0, False)
    assert (len(impact.series), impact.changes, impact.facilities, impact.heating) == (1, (), (), None)
    row = impact.networks["electricity"]
    assert (row.customers_total, row.customer_hours, row.saifi, row.caidi_minutes) == (180, 0.0, 0.0, None)
    assert impact.by_hour.people_hit == ((0, 0, 0, 0),)


def test_a_stage_without_damage_costs_nothing() -> None:
    impact = impact_of(town(), [(0, {"operations": [("s2", "close", 0)]})], 3)
    assert (impact.begins_at, impact.hours, len(impact.series), impact.running) == (iso(0), 3.0, 4, False)
    assert all(row.customer_hours == 0 and row.first_loss_at is None for row in impact.networks.values())


def test_the_last_moment_counts_what_begins_just_then() -> None:
    impact = impact_of(town(), [(0, {"faults": {"c": 0}}), (2, {"faults": {"c": 0, "a": 2}})], 2)
    row = impact.networks["electricity"]
    assert (row.customer_hours, row.out_at_end, row.customers_hit) == (60.0, 180, 180)
    assert [one.customers_out["electricity"] for one in impact.series] == [30, 30, 180]


def test_restricted_facilities_appear_nowhere_without_the_right() -> None:
    district = town().facility("secret", "defence", restricted=True, strip=1, electricity=("b", 1))
    known: list[Known] = [(0, {"faults": {"b": 0}})]
    public, full = impact_of(district, known, 4, restricted=False), impact_of(district, known, 4)
    assert "secret" in str(full.document())
    assert "secret" not in str(public.document())
    assert (public.townships[1].facilities_failed, full.townships[1].facilities_failed) == (1, 2)
    assert (public.series[-1].facilities_failed, full.series[-1].facilities_failed) == (1, 2)
    assert next(row.count for row in public.classes if row.category == "defence") == 0
    assert public.networks == full.networks


def test_progress_is_told_and_may_end_the_work() -> None:
    known: list[Known] = [(0, {"faults": {"c": 0}}), (1, {"faults": {"c": 0}, "inoperable": ["s1"]})]
    told: list[tuple[int, int]] = []
    impact_of(town(), known, 2, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]

    def stop(_done: int, _total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        impact_of(town(), known, 2, progress=stop)


def test_both_languages_say_the_same() -> None:
    known: list[Known] = [(0, {"faults": {"b": 0}})]
    chinese, english = impact_of(town(), known, 4), impact_of(town(), known, 4, language="en")
    assert [row.key for row in chinese.definitions] == [row.key for row in english.definitions]
    assert [note.code for note in chinese.assumptions] == [note.code for note in english.assumptions]
    assert english.facilities[0].failures[0].cause != chinese.facilities[0].failures[0].cause
    assert {row.source for row in english.definitions if "SA" in row.title} == {"IEEE Std 1366-2022"}


def test_a_long_incident_is_told_in_fewer_rows() -> None:
    impact = impact_of(town(), [(0, {"faults": {"c": 0}})], 4_500)
    assert len(impact.series) <= 2_001
    assert impact.networks["electricity"].customer_hours == 30 * 4_500
    assert "coarse" in {note.code for note in impact.assumptions}
    assert datetime.fromisoformat(impact.series[1].at) - AT == timedelta(hours=3)
