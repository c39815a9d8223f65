"""Incidents for files: one that is over, and one whose names and texts try to be something else."""

from __future__ import annotations

import dataclasses
from functools import cache

import pytest

from tests.web.network import HIDDEN_ID, HOME
from tests.web.reports import sources
from tests.web.reports.sources import Document, small_snapshot, source_of, told
from webmap.languages import Language
from webmap.reports.source import ReportSource

#: What data and people may hold, and no reader of a file must run.
MARKUP = '</script><img src=x onerror="alert(1)">{{7*7}}{% raise %}'
FORMULA = '=HYPERLINK("x")'

FACTS: list[Document] = [
    told("reported", 0, text=f"东站停电 {MARKUP}"),
    told("fault_located", 0, element="e-bus", text="母线"),
    told("temperature_reported", 10, celsius=-6.5),
    told("level_started", 20, office="办公室主任", level="III", recommended="III"),
    told("warning_issued", 30, level="general", scope="东镇、西镇", text="停电预警", office="办公室主任"),
    told("area_drawn", 60, townships=["140502002"], networks=["gas"]),
    told("note", 70, text=FORMULA),
    told("repaired", 200, element="area"),
    told("repaired", 300, element="e-bus"),
]


def fresh(*, language: Language = "zh", restricted: bool = True, drill: bool = True) -> ReportSource:
    """Return an incident of the small district: a busbar broken for five hours; told an hour later."""
    return source_of(FACTS, language=language, restricted=restricted, drill=drill)


#: The same, with what was computed of it before.
over = cache(fresh)


@cache
def nothing() -> ReportSource:
    """Return an incident of which nothing is known but that something was reported."""
    return source_of([told("reported", 0, text="接报")])


def hostile(monkeypatch: pytest.MonkeyPatch) -> ReportSource:
    """Return an incident over data whose names are markup and templates."""
    frames = dict(small_snapshot().frames)
    for layer in ("townships", "facilities", "counties", "network_nodes"):
        frame = frames[layer].copy()
        frame["name"] = [f"{MARKUP}{name}" for name in frame["name"]]
        frames[layer] = frame
    spoilt = dataclasses.replace(small_snapshot(), frames=frames, data_version=f"v{MARKUP}", _made={}, _locks={})
    monkeypatch.setattr(sources, "small_snapshot", lambda: spoilt)
    return source_of([*FACTS, told("fault_located", 310, element=HOME)])


__all__ = ["FACTS", "FORMULA", "HIDDEN_ID", "MARKUP", "fresh", "hostile", "nothing", "over"]
