"""What a report from the place would say as entries of a log: a suggestion for the duty officer, who changes it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from priority.wording import Phrases
from webmap.field.body import WHAT_TITLES
from webmap.field.records import FieldReport

#: Layers whose records an outage begins from when they are broken.
_BREAKS = frozenset({"network_nodes", "network_lines", "facilities"})
_ROADS = frozenset({"roads", "coal_routes"})


def what_title(report: FieldReport, phrases: Phrases) -> str:
    """Return what is reported in the language of the phrases."""
    return phrases.title(WHAT_TITLES[report.body["what"]])


def place_in_words(report: FieldReport, township: str | None, phrases: Phrases) -> str | None:
    """Return where it is as far as that was told: township and position; None where neither was."""
    parts = [township] if township else []
    if report.body["position"]:
        lon, lat = (f"{value:.5f}" for value in report.body["position"])
        accuracy = report.body["accuracy_m"]
        key = "field.position" if accuracy is None else "field.position_about"
        told = {} if accuracy is None else {"accuracy": f"{accuracy:.0f}"}
        parts.append(phrases.write(key, lon=lon, lat=lat, **told))
    return phrases.join(parts) if parts else None


def words_of(report: FieldReport, place: str | None, phrases: Phrases) -> str:
    """Return the report in one sentence that names who reported."""
    said = phrases.write("field.told", who=report.author, what=what_title(report, phrases))
    if place is not None:
        said = phrases.write("field.at", said=said, place=place)
    text = report.body["text"]
    return phrases.write("field.with", said=said, text=text) if text else said


def words_without_place(report: FieldReport, phrases: Phrases) -> str:
    """Return who reported and what, without where and without the reporter's own words."""
    return words_of(replace(report, body={**report.body, "text": None}), None, phrases)


def suggested_facts(
    report: FieldReport, layer: str | None, place: str | None, phrases: Phrases, *, restricted: bool
) -> list[dict[str, Any]]:
    """Return the documents of the facts that a report comes to: a fault, a closed road, or a note where neither fits.

    `layer` is that of the element that was found broken, None where none was named or it is not in the data. Where the
    element is `restricted`, place and words stand in a fact that names it alone: other facts every reader of the log
    reads.
    """
    common = {"happened_at": report.happened_at}
    words = words_of(report, place, phrases)[:2_000]
    note = {"kind": "note", **common, "text": words_without_place(report, phrases) if restricted else words}
    if layer in _ROADS:
        closed = {"kind": "road_closed", **common, "road": report.body["element"], "closed": True}
        return [closed, note]
    if layer in _BREAKS and report.body["what"] != "road":
        return [{"kind": "fault_located", **common, "element": report.body["element"], "text": words}]
    return [note]
