"""A briefing in which everything has the longest name, and there is more of everything than a page holds."""

from __future__ import annotations

from typing import Any

from tests.web.reports.documents.cases import OUTAGE, after, outage
from tests.web.reports.sources import source_of, told
from webmap.reports.documents import Document, build

_LONG = "很长的名字" * 40


def crowded_briefing() -> Document:
    """Return the briefing with the most that can be in it."""
    return crowded("briefing")


def crowded(kind: str) -> Document:
    """Return a document of one page with the most that can be in it."""
    people = [
        told("detail_given", 5, item=item, name=_LONG, unit=_LONG, telephone="0356-1234567,0356-7654321")
        for item in ("person_in_charge", "reporter")
    ]
    source = source_of((*OUTAGE[:5], *people), at=after(400), drill=True)
    source.__dict__["assessment"] = _crowded()
    return build(source, kind)


def _crowded() -> dict[str, Any]:
    source = outage(at=after(45))
    found = source.assessment
    facility = next(row for row in found["facilities"] if row["state"] == "on_reserve")
    place = {**facility, "name": _LONG, "tier": 4, "hours_left": 1.5, "reserve_unknown": True}
    township = {**found["townships"][0], "name": _LONG, "population_affected": 999_999}
    return {
        **found,
        "situation": "很长的态势" * 200,
        "facilities": [{**place, "id": f"f-{number}"} for number in range(40)],
        "townships": [{**township, "code": f"14050200{number}"} for number in range(9)],
        "switching": [{**step, "name": _LONG} for step in found["switching"]],
        "level": {
            **found["level"],
            "level": "II",
            "why": "理由" * 300,
            "could_rise_to": "I",
            "could_rise_by": [figure.key for figure in source.plan.figures],
        },
    }
