"""What a map shows of each township: read from an impact, classed, told in the legend."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.reports.maps.impacts import BEGINS, impact, network, township
from webmap.errors import InvalidQuery
from webmap.reports.maps import MEASURES, SCHEMES, classes_document
from webmap.reports.maps.bivariate import bivariate
from webmap.reports.maps.choropleth import choropleth
from webmap.reports.maps.measures import township_values
from webmap.reports.maps.multiples import multiples
from webmap.reports.maps.on_screen import hourly_document

NOT_BACK = {"hours_to_restore": None, "out_at_end": 3}


def two_networks(**fields: Any) -> dict[str, Any]:
    power = network(50.0, people_hours=160.0, peak_customers=30, hours_per_customer=2.5, hours_to_restore=4.0)
    heat = network(20.0, people_hours=70.0, peak_customers=45, hours_per_customer=6.0, hours_to_restore=9.0)
    return township("a", {"electricity": power, "heat": heat}, people_hit=120, people_hours=180.0, **fields)


@pytest.mark.parametrize(
    ("measure", "whole", "power"),
    [
        ("customer_hours", 70.0, 50.0),
        ("people_hours", 180.0, 160.0),
        ("hours_per_customer", 6.0, 2.5),
        ("hours_to_restore", 9.0, 4.0),
        ("peak_customers", 45.0, 30.0),
    ],
)
def test_each_measure_of_all_networks_and_of_one(measure: str, whole: float, power: float) -> None:
    document = impact([two_networks()])
    assert township_values(document, measure).values == {"a": whole}
    assert township_values(document, measure, "electricity").values == {"a": power}
    assert township_values(document, measure, "gas").values == {"a": 0.0}


def test_people_hit_are_of_all_networks_alone() -> None:
    document = impact([two_networks()])
    assert township_values(document, "people_hit").values == {"a": 120.0}
    with pytest.raises(InvalidQuery):
        township_values(document, "people_hit", "gas")


@pytest.mark.parametrize(("measure", "of"), [("loss", None), ("customer_hours", "coal")])
def test_what_there_is_not_is_refused(measure: str, of: str | None) -> None:
    with pytest.raises(InvalidQuery):
        township_values(impact([]), measure, of)


def test_unknown_customers_are_unknown_where_nothing_else_is_out_and_a_lower_bound_where_it_is() -> None:
    rows = [
        township("a", {"gas": network(0.0, customers_unknown=2)}),
        township("b", {"gas": network(8.0, customers_unknown=1)}),
        township("c", {"gas": network(0.0)}),
    ]
    read = township_values(impact(rows), "customer_hours", "gas")
    assert read.values == {"a": None, "b": 8.0, "c": 0.0}
    assert read.lower_bounds == {"b"}
    document = classes_document(impact(rows), "customer_hours", "gas", "natural_breaks")
    assert document["class_of"] == {"a": "unknown", "b": 0, "c": "zero"}
    assert any("下限" in note for note in document["notes"])
    unknown = document["legend"][-1]
    assert (unknown["key"], unknown["hatched"], unknown["count"]) == ("unknown", True, 1)


def test_what_is_not_back_has_no_time_and_a_class_of_its_own() -> None:
    rows = [
        township("a", {"heat": network(5.0, **NOT_BACK)}),
        township("b", {"heat": network(5.0, hours_to_restore=7.0), "gas": network(1.0, **NOT_BACK)}),
        township("c", {"heat": network(5.0, hours_to_restore=7.0)}),
    ]
    document = classes_document(impact(rows), "hours_to_restore", None, "natural_breaks")
    assert document["class_of"] == {"a": "running", "b": "running", "c": 0}
    assert document["values"]["a"] is None
    none = classes_document(impact(rows[:2]), "hours_to_restore", None, "natural_breaks")
    assert none["sentence"] == "尚无恢复供应的乡镇，不分级。"
    heat = classes_document(impact(rows), "hours_to_restore", "heat", "natural_breaks")
    assert heat["class_of"] == {"a": "running", "b": 0, "c": 0}
    assert [row["count"] for row in heat["legend"]] == [0, 2, 1]


def test_the_legend_counts_every_township_once() -> None:
    rows = [township(f"t{n}", {"water": network(float(n * n))}) for n in range(24)]
    rows.append(township("u", {"water": network(0.0, customers_unknown=4)}))
    for scheme in ("quantiles", "natural_breaks", "fixed"):
        document = classes_document(impact(rows), "customer_hours", "water", scheme, 4)
        assert sum(row["count"] for row in document["legend"]) == len(rows) == len(document["class_of"])
        assert [row["label"] for row in document["legend"][1:-1]] == document["labels"]
        assert [row["count"] for row in document["legend"][1:-1]] == document["counts"]


def test_what_lies_outside_of_all_townships_is_told_and_not_mapped() -> None:
    rows = [township("a", {"gas": network(3.0)}), township(None, {"gas": network(12_000.0)})]
    document = classes_document(impact(rows), "customer_hours", "gas", "natural_breaks")
    assert set(document["class_of"]) == {"a"}
    assert "另有 1.2 万户·时不在任何乡镇内，图上没有。" in document["notes"]


def test_townships_without_a_customer_are_said_to_be_among_those_that_lost_nothing() -> None:
    rows = [township("a", {"gas": network(0.0, customers=0)}), township("b", {"gas": network(9.0)})]
    for shown, label in ((rows, "未停供（含无用户）"), (rows[1:], "未停供")):
        document = classes_document(impact(shown), "customer_hours", "gas", "fixed")
        assert document["legend"][0]["label"] == label


def test_fixed_classes_are_those_of_the_measure() -> None:
    document = classes_document(impact([two_networks()]), "people_hit", None, "fixed")
    assert document["breaks"] == list(MEASURES["people_hit"].fixed)
    assert document["labels"][-1] == "> 5 万"
    english = classes_document(impact([two_networks()]), "people_hit", None, "fixed", language="en")
    assert english["title"] == "People hit"
    assert english["labels"][-1] == "> 50,000"


def crossed(hours: list[float | None]) -> dict[str, Any]:
    """Return an impact whose townships lost 1, 2, 3 ... and took these hours; None: not back."""
    back = [{} if time is not None else NOT_BACK for time in hours]
    rows = [
        township(f"t{n}", {"heat": network(float(n + 1), **{"hours_to_restore": time, **more})})
        for n, (time, more) in enumerate(zip(hours, back, strict=True))
    ]
    return impact([*rows, township("z", {"heat": network(0.0)})])


def test_a_square_has_every_hit_township_in_the_cell_of_its_two_terciles() -> None:
    both = bivariate(crossed([6.0, 5.0, 4.0, 3.0, 2.0, 1.0]), "customer_hours", "heat", "quantiles", "zh")
    assert both.cells == {
        "t0": (2, 0), "t1": (2, 0), "t2": (1, 1), "t3": (1, 1), "t4": (0, 2), "t5": (0, 2), "z": "zero",
    }  # fmt: skip
    assert both.counts() == [[0, 0, 2], [0, 2, 0], [2, 0, 0]]


def test_what_is_not_back_is_the_longest_and_the_legend_says_so() -> None:
    both = bivariate(crossed([1.0, None, 9.0, None]), "customer_hours", "heat", "quantiles", "zh")
    assert {code for code, cell in both.cells.items() if cell[0] == 2} == {"t1", "t3"}
    assert both.time_labels() == ["≤ 1", "≤ 9", "尚未恢复"]
    assert "尚未恢复的 2 个乡镇按用时最长计。" in both.notes()


def test_fixed_squares_put_what_is_not_back_beside_the_longest_times() -> None:
    both = bivariate(crossed([1.0, None, 90.0]), "customer_hours", "heat", "fixed", "zh")
    assert both.time_labels()[2] == "> 24 / 尚未恢复"
    assert [both.cells[f"t{n}"][0] for n in range(3)] == [0, 2, 2]


def hourly_impact(rows: list[list[int]], *, running: bool) -> dict[str, Any]:
    moments = [BEGINS.replace("T08", f"T{8 + hour:02}") for hour in range(len(rows))]
    codes = [f"t{n}" for n in range(len(rows[0]))]
    return impact(
        [],
        running=running,
        series=[{"at": moment} for moment in moments],
        by_hour={"codes": codes, "people_hit": rows, "customers_out": {"heat": rows}},
    )


def test_small_multiples_share_their_classes_and_take_the_hour_with_most() -> None:
    rows = [[0, 10, 0], [40, 500, 3], [40, 90, 0], [0, 10, 0]]
    three = multiples(hourly_impact(rows, running=True), None, "fixed", 5, "zh")
    (before,), (peak, most), (now, left) = (title for title, _ in three.states)
    assert (before, peak, most) == ("停供前", "最多时（逐小时看） 1月12日 09:00", "合计 543 人")
    assert (now, left) == ("目前 1月12日 11:00", "合计 10 人")
    assert [dict(numbers) for _, numbers in three.states] == [
        {"t0": -1, "t1": -1, "t2": -1},
        {"t0": 0, "t1": 0, "t2": 0},
        {"t0": -1, "t1": 0, "t2": -1},
    ]
    assert three.legend()["rows"][0]["count"] == "3 / 0 / 2"
    ended = multiples(hourly_impact([*rows, [0, 0, 0]], running=False), "heat", "natural_breaks", 5, "zh")
    assert ended.states[2][0] == ("恢复后 1月12日 12:00", "合计 0 户")
    assert ended.title == "停供户数（供热）：停供前、最多时、恢复后"


def test_page_and_sheet_class_moments_alike() -> None:
    document = hourly_impact([[0, 10, 0], [40, 500, 3], [70, 90, 33], [0, 10, 0]], running=True)
    for scheme in SCHEMES:
        page = hourly_document(document, None, scheme, 4, "zh")
        rows = multiples(document, None, scheme, 4, "zh").legend()["rows"]
        assert [row["label"] for row in rows] == [page["zero_label"], *page["labels"]]


def test_a_township_whose_customers_nobody_lives_at_is_not_said_to_be_supplied() -> None:
    found = impact([township("t0", {"gas": network(3.0, customers_hit=1, people_hours=0.0)})])
    for measure, label in (("people_hours", "0 人·时"), ("people_hit", "0 人"), ("customer_hours", "未停供")):
        assert choropleth(found, measure, None, "fixed", 5, "zh").rows()[0]["label"] == label
