"""What the page is told beside the choropleth: classes for all hours, and loss crossed with time."""

from __future__ import annotations

from typing import Any

from tests.web.reports.maps.impacts import BEGINS, UNTIL, impact, network, township
from webmap.reports.maps.on_screen import bivariate_document, hourly_document

_HOURS = [[10, 0, 900], [400, 30, 0], [0, 0, 0]]


def _course(**fields: Any) -> dict[str, Any]:
    rows = [{"at": at} for at in (BEGINS, "2026-01-12T10:00:00+08:00", UNTIL)]
    by_hour = {"codes": ["a", "b", None], "people_hit": _HOURS, "customers_out": {"gas": [[1, 0, 0]] * 3}}
    return impact([township("a", {}), township("b", {})], series=rows, by_hour=by_hour, running=False, **fields)


def test_one_set_of_classes_holds_for_all_hours_and_leaves_out_what_lies_in_no_township() -> None:
    found = hourly_document(_course(), None, "quantiles", 3, "zh")
    assert len(found["breaks"]) == len(found["labels"]) == len(found["colours"]) == 3
    lower = [0.0, *found["breaks"]]
    numbers = [next(n for n in range(3) if lower[n] < value <= lower[n + 1]) for value in (10, 30, 400)]
    assert numbers == [0, 1, 2]
    assert found["breaks"][-1] < 900


def test_the_row_with_most_is_named_and_a_single_network_has_its_own_figures() -> None:
    assert hourly_document(_course(), None, "fixed", 5, "zh")["peak"] == 0
    gas = hourly_document(_course(), "gas", "natural_breaks", 5, "en")
    assert (len(gas["labels"]), gas["unit"]) == (1, "customers")
    assert hourly_document(_course(), "heat", "natural_breaks", 5, "zh")["breaks"] == []


def test_each_township_is_in_a_cell_of_the_square_or_in_one_of_the_rows_beside_it() -> None:
    towns = [
        township("a", {"gas": network(5.0, people_hours=5.0, hours_to_restore=1.0)}),
        township("b", {"gas": network(90.0, people_hours=90.0, hours_to_restore=9.0)}),
        township("c", {"gas": network()}),
        township("d", {"gas": network(40.0, people_hours=40.0, hours_to_restore=None, out_at_end=3)}),
    ]
    found = bivariate_document(impact(towns), "customer_hours", "gas", "quantiles", "zh")
    cells = found["class_of"]
    assert cells["c"] == "zero"
    # What is not back yet has lasted longest, whatever it lost.
    assert cells["d"].startswith("2-")
    assert (cells["a"], cells["b"].endswith("-2")) == ("0-0", True)
    shown = [[0] * 3 for _ in range(3)]
    for cell in (cells[code] for code in "abd"):
        time, loss = map(int, cell.split("-"))
        shown[time][loss] += 1
    assert shown == found["counts"]
    assert sum(row["count"] for row in found["rows"]) == 1


def test_time_is_never_crossed_with_itself() -> None:
    towns = [township("a", {"gas": network(5.0, people_hours=5.0)})]
    crossed = bivariate_document(impact(towns), "hours_to_restore", None, "fixed", "en")
    assert crossed["loss"]["title"] != crossed["time"]["title"]
    assert "People-hours" in crossed["loss"]["title"]
