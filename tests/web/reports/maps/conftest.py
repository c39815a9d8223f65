"""A drill over the sample that took down much of a city for a day and a half, made once."""

from __future__ import annotations

import pytest

from tests.web.incidents.logs import after
from tests.web.reports.sources import source_of, told
from webmap.reports.source import ReportSource

HOUR = 60.0
_FACTS = [
    told("reported", 0, text="暴雪，多处停电"),
    told("fault_located", 5, element="e-src-0002"),
    told("fault_located", 10, element="e-src-0004"),
    told("fault_located", 20, element="h-src-0001"),
    told("level_started", 40, level="II", office="副指挥长", recommended="II"),
    told("fault_located", 90, element="e-sub-110-04"),
    told("fault_located", 100, element="e-src-0001"),
    told("repaired", 9 * HOUR, element="e-src-0002"),
    told("repaired", 14 * HOUR, element="e-src-0004"),
    told("level_changed", 18 * HOUR, level="III", office="办公室主任", recommended="III"),
    told("repaired", 25 * HOUR, element="e-src-0001"),
    told("repaired", 30 * HOUR, element="h-src-0001"),
]


@pytest.fixture(scope="session")
def drill() -> ReportSource:
    """The drill 34 hours after its start: heat is back, the city's power is not."""
    return source_of(_FACTS, sample=True, drill=True, at=after(34 * HOUR))


@pytest.fixture(scope="session")
def quiet() -> ReportSource:
    """An incident over the small district in which nothing is out."""
    return source_of([told("reported", 0, text="有人报告停电")])
