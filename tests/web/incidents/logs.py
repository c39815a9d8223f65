"""Logs made of documents, as people would write them, and strategies that make many."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from webmap.incidents.admission import read_fact
from webmap.incidents.entries import Fact
from webmap.incidents.records import Author, Entry, Log, Opening

START = datetime.fromisoformat("2026-01-12T08:00:00+08:00")
OPENING = Opening("i-1", "energy-chengqu", False, "东站停电", "2026-01-12T00:00:00.000000Z", "p-duty")
DUTY = Author("p-duty", "值班员甲")
DIRECTOR = Author("p-director", "主任乙", frozenset({"办公室主任"}))
DEPUTY = Author("p-deputy", "副指挥长丙", frozenset({"副指挥长"}))
COMMANDER = Author("p-commander", "指挥长丁", frozenset({"指挥长"}))


def after(minutes: float) -> datetime:
    """Return the moment so many minutes after the start."""
    return START + timedelta(minutes=minutes)


def fact(kind: str, minutes: float, **fields: Any) -> Fact:
    return read_fact({"kind": kind, "happened_at": after(minutes).isoformat(), **fields})


def document(kind: str, minutes: float, **fields: Any) -> dict[str, Any]:
    return {"kind": kind, "happened_at": after(minutes).isoformat(), **fields}


def log_of(facts: Iterable[Fact], drill: bool = False) -> Log:
    """Return a log with these facts in the order of writing, one a minute from an hour after the start."""
    opening = Opening(**{**OPENING.__dict__, "drill": drill})
    entries = [
        Entry(number, item, after(60 + number), DUTY.id, DUTY.name) for number, item in enumerate(facts, start=1)
    ]
    return Log(opening, entries)


ELEMENTS = ("e-1", "e-2", "e-3", "area", "area/heat")
_element = st.sampled_from(ELEMENTS[:3])
_SQUARE = {"type": "Polygon", "coordinates": [[[112.8, 35.5], [112.9, 35.5], [112.9, 35.6], [112.8, 35.5]]]}

#: What a document of each kind says besides kind and time. Decisions are left out: not every order of them is allowed.
_FIELDS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "fault_located": st.fixed_dictionaries({"element": _element}),
    "repaired": st.fixed_dictionaries({"element": st.sampled_from(ELEMENTS)}),
    "area_drawn": st.one_of(
        st.just({"area": _SQUARE}),
        st.fixed_dictionaries({"townships": st.just(["140502001"]), "networks": st.sampled_from([["heat"], ["gas"]])}),
    ),
    "figure_reported": st.fixed_dictionaries(
        {"figure": st.just("customers_out_share"), "value": st.sampled_from([None, 0.2, 0.5])}
    ),
    "device_operated": st.fixed_dictionaries(
        {
            "device": st.sampled_from(["s-1", "s-2"]),
            "action": st.sampled_from(["open", "close"]),
            "outcome": st.sampled_from(["done", "stuck"]),
        }
    )
    | st.fixed_dictionaries({"device": st.sampled_from(["s-1", "s-2"]), "outcome": st.just("stuck")}),
    "unit_placed": st.fixed_dictionaries(
        {
            "facility": st.sampled_from(["f-1", "f-2"]),
            "commodity": st.just("electricity"),
            "unit": st.sampled_from([None, "u-1"]),
        }
    ),
    "reserve_reported": st.fixed_dictionaries(
        {"facility": st.just("f-1"), "commodity": st.just("heat"), "hours": st.sampled_from([0, 2.5])}
    ),
    "road_closed": st.fixed_dictionaries({"road": st.sampled_from(["r-1", "r-2"]), "closed": st.booleans()}),
    "temperature_reported": st.fixed_dictionaries({"celsius": st.floats(-60, 60)}),
    "detail_given": st.fixed_dictionaries({"item": st.sampled_from(["cause", "trend"]), "text": st.just("待查")}),
    "crew_sent": st.fixed_dictionaries({"crew": st.just("一队"), "element": _element}),
    "note": st.fixed_dictionaries({"text": st.sampled_from(["甲", "乙"])}),
}
_kinds = st.sampled_from(sorted(_FIELDS))


@st.composite
def facts_at_different_times(draw: st.DrawFn, most: int = 14) -> list[Fact]:
    """Facts of all kinds that are no decisions, no two of them at the same second, in the order of happening."""
    minutes = sorted(draw(st.lists(st.integers(0, 200), max_size=most, unique=True)))
    found = []
    for minute in minutes:
        kind = draw(_kinds)
        found.append(fact(kind, minute, **draw(_FIELDS[kind])))
    return found


def said(state: Any) -> dict[str, Any]:
    """Return what a state says, without the numbers of entries, which depend on the order of writing."""
    return {
        "document": state.document,
        "phase": state.phase,
        "levels": [(step.level, step.at, step.office) for step in state.levels],
        "reserves": {key: item.fact for key, item in state.reserves.items()},
        "units": {key: item.fact for key, item in state.units.items()},
        "crews": {key: item.fact for key, item in state.crews.items()},
        "notes": [item.fact for item in state.notes],
        "measures": [item.fact for item in state.measures],
        "without_effect": len(state.without_effect),
    }
