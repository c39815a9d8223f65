"""What lies over the townships: places by the worst that they came to, faults, drawn areas; nothing hidden."""

from __future__ import annotations

import pytest

from tests.web.reports.maps.impacts import impact
from tests.web.reports.sources import source_of, told
from webmap.reports.maps.ink import spread
from webmap.reports.maps.overlay import overlay_of
from webmap.reports.source import ReportSource

AREA = {"type": "Polygon", "coordinates": [[[112.8, 35.5], [112.9, 35.5], [112.9, 35.6], [112.8, 35.5]]]}


def place(name: str, tier: int | None, ends: list[str | None], on_reserve_hours: float = 0.0) -> dict[str, object]:
    failures = [{"from": "2026-01-12T08:00:00+08:00", "to": end} for end in ends]
    more = {"failures": failures, "on_reserve_hours": on_reserve_hours}
    return {"id": name, "category": name, "tier": tier, "point": [112.85, 35.5], **more}


def test_places_come_by_tier_and_by_the_worst_that_happened(quiet: ReportSource) -> None:
    over = "2026-01-12T09:00:00+08:00"
    rows = [
        place("other", None, [over]),
        place("school", 2, [over, None]),
        place("hospital", 1, [over]),
        place("defence", 1, [], on_reserve_hours=2.0),
        place("utility", 1, []),
    ]
    marks = overlay_of(quiet, impact([], facilities=rows)).places
    assert [(mark.category, mark.state) for mark in marks] == [
        ("hospital", "failed"),
        ("defence", "on_reserve"),
        ("school", "still_failed"),
        ("other", "failed"),
    ]


def test_the_impact_of_a_drill_puts_each_place_where_it_is(drill: ReportSource) -> None:
    document = drill.impact.document()
    marks = overlay_of(drill, document).places
    assert len(marks) == sum(bool(row["failures"]) or row["on_reserve_hours"] > 0 for row in document["facilities"])
    assert all(367_000 < mark.x < 431_000 and 3_896_000 < mark.y < 3_955_000 for mark in marks)


def test_a_repaired_fault_is_told_from_one_that_lasts(drill: ReportSource) -> None:
    faults = overlay_of(drill, impact([], facilities=[])).faults
    assert [fault.repaired for fault in faults] == [True, True, True, False, True]


def test_a_fault_that_the_reader_may_not_know_of_is_not_drawn() -> None:
    facts = [told("reported", 0, text="x"), told("fault_located", 5, element=_restricted())]
    seen, hidden = (source_of(facts, sample=True, restricted=restricted) for restricted in (True, False))
    assert len(overlay_of(seen, impact([], facilities=[])).faults) == 1
    assert overlay_of(hidden, impact([], facilities=[])).faults == ()


def _restricted() -> str:
    facilities = source_of([told("reported", 0, text="x")], sample=True).snapshot.frames["facilities"]
    return str(facilities[facilities["restricted"]]["id"].iloc[0])


def test_the_last_area_is_drawn_with_its_townships() -> None:
    facts = [
        told("reported", 0, text="x"),
        told("area_drawn", 5, area=AREA, networks=["gas"]),
        told("area_drawn", 9, area=AREA, townships=["140525108"], networks=["gas"]),
    ]
    drawn = [overlay_of(source_of(facts[:count], sample=True), impact([], facilities=[])).area for count in (1, 2, 3)]
    assert drawn[0] is None
    assert drawn[2].area > drawn[1].area == pytest.approx(50e6, rel=0.05)


def test_marks_are_moved_apart_and_the_first_stays() -> None:
    settled = spread([(5.0, 5.0)] * 6, 3.0)
    assert settled[0] == (5.0, 5.0)
    assert all(max(abs(a - c), abs(b - d)) >= 3.0 for n, (a, b) in enumerate(settled) for c, d in settled[:n])
