"""What was foreseen of places on reserves, against what happened to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import pytest

from tests.web.incidents.logs import after, fact
from tests.web.reviews.cases import broken, impact_of, log_written, material, minute, moment, repaired, started, told
from webmap.incidents.entries import Fact
from webmap.reviews.forecasts import MOST_PICTURES, reserve_rows
from webmap.reviews.material import Material
from webmap.reviews.results import ReserveRow

Pictures = Callable[[datetime, datetime], Mapping[str, Any]]


def picture(*rows: tuple[str, str, float | None]) -> dict[str, Any]:
    return {"facilities": [{"id": place, "state": state, "fails_at": moment(fails)} for place, state, fails in rows]}


def once_known(written: float, fails: float | None) -> Pictures:
    """A picture of hospital h: on its reserve as soon as the fault is written, supplied before."""

    def take(_at: datetime, known_at: datetime) -> Mapping[str, Any]:
        known = known_at >= after(written)
        return picture(("h", "on_reserve", fails) if known else ("h", "supplied", None))

    return take


def row_of(
    states: Sequence[tuple[str, float, str]], fails: float | None = 120, facts: Sequence[Fact] = ()
) -> ReserveRow:
    log = log_written([broken(0), *facts], delay=5)
    given = material(log, 600, impact=impact_of(states), pictures=once_known(5, fails))
    (row,), left_out = reserve_rows(given)
    assert left_out == 0
    return row


ON = ("h", 0, "on_reserve")


@pytest.mark.parametrize(
    ("failed", "outcome", "error"),
    [
        (120, "failed_as_forecast", 0),
        (135, "failed_as_forecast", 15),
        (105, "failed_as_forecast", -15),
        (136, "failed_later", 16),
        (90, "failed_earlier", -30),
    ],
)
def test_a_failure_is_measured_against_the_forecast(failed: float, outcome: str, error: float) -> None:
    row = row_of([ON, ("h", failed, "failed")])
    assert (row.outcome, row.error_minutes) == (outcome, error)
    assert (minute(row.forecast_at), minute(row.forecast_fails_at), minute(row.failed_at)) == (5, 120, failed)
    assert (row.name, row.tier, row.commodity) == ("h号", 4, "electricity")


def test_a_place_that_came_back_before_it_was_to_fail_was_saved_and_by_what() -> None:
    states = [ON, ("h", 60, "supplied")]
    unit = fact("unit_placed", 60, facility="h", commodity="electricity", unit="u-1")
    other = fact("unit_placed", 60, facility="k", commodity="electricity")
    by_unit = row_of(states, facts=[repaired(50, "e-9"), unit, other])
    assert (by_unit.outcome, by_unit.saved_by_entry, minute(by_unit.back_at)) == ("saved", 3, 60)
    assert by_unit.saved_by is not None
    assert "u-1" in by_unit.saved_by
    assert row_of(states, facts=[repaired(60)]).saved_by_entry == 2
    assert row_of(states, facts=[fact("device_operated", 60, device="s-1", action="close")]).saved_by_entry == 2
    assert row_of(states, facts=[unit, repaired(60)]).saved_by_entry == 2
    assert row_of(states, facts=[repaired(0, "e-9")]).saved_by is None
    stuck = fact("device_operated", 60, device="s-1", outcome="stuck")
    assert row_of(states, facts=[stuck, repaired(61), other]).saved_by is None


def test_a_reserve_that_was_to_last_did_or_did_not() -> None:
    assert row_of([ON, ("h", 300, "supplied")], None).outcome == "lasted_as_forecast"
    failed = row_of([ON, ("h", 300, "failed")], None)
    assert (failed.outcome, failed.error_minutes) == ("failed_earlier", None)
    assert row_of([ON]).outcome == "still_on_reserve"


def test_what_was_written_only_after_the_failure_was_not_foreseen() -> None:
    log = log_written([broken(0)], delay=200)
    given = material(log, 600, impact=impact_of([ON, ("h", 120, "failed")]), pictures=once_known(200, 120))
    ((row,), _) = reserve_rows(given)
    assert (row.outcome, row.forecast_at, minute(row.failed_at)) == ("not_forecast", None, 120)


def test_the_forecast_is_of_the_first_moment_at_which_it_was_known() -> None:
    asked: list[tuple[float, float]] = []

    def take(at: datetime, known_at: datetime) -> Mapping[str, Any]:
        asked.append(((at - after(0)).total_seconds() / 60, (known_at - after(0)).total_seconds() / 60))
        return once_known(45, 100)(at, known_at)

    facts = [told(0), broken(0, "e-7"), started(20, "III"), broken(40)]
    given = material(log_written(facts, delay=5), 600, impact=impact_of([ON, ("h", 120, "failed")]), pictures=take)
    ((row,), _) = reserve_rows(given)
    assert asked == [(5, 5), (45, 45)]  # not when a level was started, and not before anything was known
    assert (minute(row.forecast_at), row.error_minutes) == (45, 20)


def test_in_a_drill_everything_counts_as_written_when_it_happened() -> None:
    log = log_written([broken(0), broken(30, "e-2")], drill=True, delay=5000)
    given = material(log, 600, impact=impact_of([ON, ("h", 120, "failed")]), pictures=once_known(5000, 120))
    ((row,), _) = reserve_rows(given)
    assert (minute(row.forecast_at), row.outcome) == (0, "failed_as_forecast")


def test_only_the_first_time_on_a_reserve_counts_and_places_that_failed_at_once_have_no_row() -> None:
    row = row_of([ON, ("h", 60, "supplied"), ("h", 70, "on_reserve"), ("h", 80, "failed")])
    assert row.outcome == "saved"
    given = material(log_written([broken(0)]), 600, impact=impact_of([("h", 0, "failed")]), pictures=once_known(1, 9))
    assert reserve_rows(given) == ([], 0)


def test_there_are_never_too_many_pictures_and_what_was_left_out_is_told() -> None:
    places = [f"p{number:02}" for number in range(MOST_PICTURES + 3)]
    states = [(place, 10 * number, "on_reserve") for number, place in enumerate(places)]
    taken = []

    def take(at: datetime, _known_at: datetime) -> Mapping[str, Any]:
        taken.append(at)
        return picture(*((place, "on_reserve", 900) for place in places))

    rows, left_out = reserve_rows(
        material(log_written([broken(0)], delay=0), 600, impact=impact_of(states), pictures=take)
    )
    assert (len(taken), len(rows), left_out) == (MOST_PICTURES, MOST_PICTURES, 3)


def test_without_layers_there_are_no_forecasts() -> None:
    given: Material = material(log_written([broken(0)]), 600)
    assert reserve_rows(given) == ([], 0)
