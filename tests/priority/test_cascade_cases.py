"""The cascade in time, case by case."""

from __future__ import annotations

from priority.assessment import Assessment
from priority.results import FacilityRow
from tests.pictures import District
from tests.priority.small import assess_frames


def heating_district() -> District:
    """A heat plant that lives on a feeder, and a school on its heat (heating plan 4.5.4)."""
    district = District().network("electricity", "S* - s1| - feeder - p:40\nS - s2| - town:500")
    district.network("heat", "H* - v1| - main - k:300", {"k": 2, "H": 2, "main": 2, "v1": 2})
    district.facility("plant", "heat_supply", feeds="H", strip=2, electricity=("p", 3), coal=(None, 96))
    return district.facility("school", "school", strip=2, heat=("k", 1.5), electricity=("town", 0))


def facility(result: Assessment, identifier: str) -> FacilityRow:
    return next(row for row in result.facilities if row.id == identifier)


def test_a_power_fault_at_the_heat_plants_feeder_ends_heat_after_the_plants_reserve() -> None:
    frames = heating_district().frames()
    for later_h, customers, state in [(0.0, 0, "on_reserve"), (2.99, 0, "on_reserve"), (3.0, 300, "failed")]:
        result = assess_frames(frames, {"feeder": 0.0}, plan="heating-zezhou", later_h=later_h)
        assert result.outages["heat"].customers == customers
        assert result.outages["heat"].at_horizon.customers == 300
        assert facility(result, "plant").state == state
        assert facility(result, "plant").fails_at == "2026-01-12T11:00:00+08:00"


def test_the_chain_of_causes_leads_from_the_fault_to_the_school() -> None:
    result = assess_frames(heating_district().frames(), {"feeder": 0.0}, later_h=4.0)
    school = facility(result, "school")
    assert school.state == "on_reserve"
    assert school.hours_left == 0.5
    assert school.causes == (
        "点feeder故障（1月12日 08:00）",
        "单位plant停电（1月12日 08:00）",
        "备用可用 3 小时，1月12日 11:00 耗尽",
        "单位school停热（1月12日 11:00）",
        "备用可用 1 小时 30 分，1月12日 12:30 耗尽",
    )


def test_the_timeline_marks_every_change() -> None:
    result = assess_frames(heating_district().frames(), {"feeder": 0.0})
    assert [(moment.hours, moment.customers_out["heat"], moment.new_failures) for moment in result.timeline] == [
        (0.0, 0, ()),
        (3.0, 300, ("plant",)),
        (4.5, 300, ("school",)),
    ]


def test_a_damaged_facility_takes_what_it_feeds_with_it() -> None:
    result = assess_frames(heating_district().frames(), {"plant": 0.0})
    assert result.outages["heat"].customers == 300
    assert facility(result, "plant").causes == ("单位plant本身受损（1月12日 08:00）",)
    assert facility(result, "school").causes[0] == "单位plant本身受损（1月12日 08:00）"
    assert result.isolation[0].devices_to_open == ()


def test_two_feeds_keep_a_hospital_until_both_are_gone() -> None:
    district = District().network("electricity", "S* - s1| - a:1\nQ* - s2| - b:1")
    district.facility("hospital", electricity=(["a", "b"], 2))
    one = facility(assess_frames(district.frames(), {"a": 0.0}), "hospital")
    assert (one.state, one.fails_at, one.causes) == ("supplied", None, ())
    both = facility(assess_frames(district.frames(), {"a": 0.0, "b": 5.0}, later_h=6.0), "hospital")
    assert (both.state, both.hours_left) == ("on_reserve", 1.0)
    assert both.causes[0] == "点b故障（1月12日 13:00）"


def test_mutual_dependence_settles() -> None:
    district = District().network("electricity", "P* - s1| - e:10").network("water", "W* - v1| - w:10")
    district.facility("power_plant", "utility", feeds="P", water=("w", 4))
    district.facility("waterworks", "utility", feeds="W", electricity=("e", 1))
    calm = assess_frames(district.frames())
    assert all(row.state == "supplied" and row.fails_at is None for row in calm.facilities)
    result = assess_frames(district.frames(), {"e": 0.0})
    assert facility(result, "waterworks").fails_at == "2026-01-12T09:00:00+08:00"
    assert facility(result, "power_plant").fails_at == "2026-01-12T13:00:00+08:00"


def test_an_unknown_reserve_counts_as_none_and_is_told() -> None:
    district = District().network("electricity", "S* - s1| - a:1").facility("f", electricity=("a", None))
    result = assess_frames(district.frames(), {"a": 0.0})
    row = facility(result, "f")
    assert (row.state, row.hours_left, row.reserve_unknown) == ("failed", 0.0, True)
    assert row.causes[-1] == "备用时间未知，按没有备用计"
    assert "reserve_unknown" in {note.code for note in result.assumptions}


def test_only_the_reserve_that_ends_a_place_is_told_as_unknown() -> None:
    district = District().network("electricity", "S* - s1| - a:1").network("water", "W* - v1| - w:1")
    district.facility("works", "utility", feeds="W", electricity=("a", 6))
    district.facility("f", electricity=("a", 2), water=("w", None))
    row = facility(assess_frames(district.frames(), {"a": 0.0}), "f")
    assert (row.hours_left, row.reserve_unknown) == (2.0, False)


def test_two_faults_beside_one_device_both_name_it() -> None:
    district = District().network("electricity", "S* - s1| - a:1 - s2| - b:1 - c:1")
    rows = assess_frames(district.frames(), {"b": 0.0, "c": 0.0}).isolation
    assert [[device.id for device in row.devices_to_open] for row in rows] == [["s2"], ["s2"]]
    assert [row.devices_already_open for row in rows] == [(), ()]


def test_a_place_without_supply_in_the_data_is_unknown_and_named() -> None:
    district = District().network("electricity", "S* - s1/ - a:10").facility("f", electricity=("a", 2))
    result = assess_frames(district.frames())
    assert facility(result, "f").state == "unknown"
    note = next(note for note in result.assumptions if note.code == "unfed_in_data")
    assert "单位f" in note.text


def test_a_restricted_link_of_a_chain_tells_neither_what_it_lacks_nor_how_long_it_lasts() -> None:
    district = District().network("electricity", "S* - s1| - a:1").network("heat", "H* - v1| - k:5")
    district.facility("secret", "defence", feeds="H", restricted=True, electricity=("a", 3.5))
    district.facility("ward", electricity=("a", 99), heat=("k", 1))
    causes = facility(assess_frames(district.frames(), {"a": 0.0}, restricted=False), "ward").causes
    assert causes[:3] == ("点a故障（1月12日 08:00）", "某限制公开单位失去供应", "单位ward停热（1月12日 11:30）")
    assert not [text for text in causes if "3 小时 30 分" in text]


def test_unknown_customers_are_told_and_not_counted_as_none() -> None:
    district = District().network("electricity", "S* - s1| - a:10 - s2| - b:1")
    for column in ("customers", "population", "demand_kw"):
        district.nodes["b"][column] = None
    result = assess_frames(district.frames(), {"b": 0.0})
    assert result.situation.startswith("点b停运：1 个镇街、1 个用户点户数未知")
    assert (result.figures["affected_townships"], result.figures["customers_out_share"]) == (1, None)
    assert result.figures["chengqu_load_lost_share"] is None
    assert {row.outcome for row in result.level.clauses if row.clause in {"4.2.3(3)", "4.2.3(4)"}} == {"unknown"}
    assert result.level.level == "III"
    assert result.outages["electricity"].customers_unknown == 1
    assert result.outages["electricity"].customers_share is None
    assert result.townships[0].commodities["electricity"].share is None
    assert {"unknown_customers", "unknown_demand"} <= {note.code for note in result.assumptions}
    calm = assess_frames(district.frames())
    assert calm.figures["customers_out_share"] == 0.0


def test_what_is_not_required_is_lost_without_failing() -> None:
    district = District().network("gas", "S* - v1| - a:1").facility("f", gas=("a", 0, False))
    row = facility(assess_frames(district.frames(), {"a": 0.0}), "f")
    assert (row.state, row.lost, row.fails_at) == ("supplied", ("gas",), None)
    assert row.causes[-1] == "不影响其运行"


def test_a_fault_in_the_past_has_used_up_part_of_the_reserve() -> None:
    district = District().network("electricity", "S* - s1| - a:1").facility("f", electricity=("a", 4))
    row = facility(assess_frames(district.frames(), {"a": -1.5}), "f")
    assert (row.state, row.hours_left) == ("on_reserve", 2.5)


def test_a_reserve_that_outlasts_the_horizon_is_told_but_no_event() -> None:
    district = District().network("electricity", "S* - s1| - a:1").facility("f", electricity=("a", 100))
    result = assess_frames(district.frames(), {"a": 0.0}, horizon_hours=24)
    assert facility(result, "f").hours_left == 100.0
    assert len(result.timeline) == 1


def test_an_area_damages_the_networks_named_and_no_others() -> None:
    district = District().network("electricity", "S* - s1| - a:10").network("heat", "H* - v1| - k:20")
    area = {"type": "Polygon", "coordinates": [[[112, 35], [112.1, 35], [112.1, 35.3], [112, 35.3], [112, 35]]]}
    both = assess_frames(district.frames(), area=area)
    assert (both.outages["electricity"].customers, both.outages["heat"].customers) == (10, 20)
    heat = assess_frames(district.frames(), area=area, networks=["heat"])
    assert (heat.outages["electricity"].customers, heat.outages["heat"].customers) == (0, 20)
    picked = assess_frames(district.frames(), area_townships=["140502100"])
    assert picked.outages == both.outages
    elsewhere = assess_frames(district.frames(), area_townships=["140502101"])
    assert elsewhere.outages["electricity"].nodes == 0
    assert "area_hits_nothing" in {note.code for note in elsewhere.assumptions}


def test_a_place_on_a_shared_border_is_counted_once_in_the_smaller_code() -> None:
    district = District().network("electricity", "S* - s1| - a:10")
    for node in district.nodes.values():
        node["geometry"] = type(node["geometry"])(112.1, node["geometry"].y)
    rows = assess_frames(district.frames(), {"a": 0.0}).townships
    assert [row.commodities["electricity"].customers for row in rows] == [10, 0, 0, 0]


def test_a_place_in_no_township_is_shown_and_not_lost() -> None:
    district = District().network("electricity", "S* - s1| - a:10", {"a": 99})
    rows = assess_frames(district.frames(), {"a": 0.0}).townships
    assert (rows[-1].code, rows[-1].name) == (None, "不在任何乡镇（街道）内")
    assert rows[-1].commodities["electricity"].customers_out == 10
