"""What a report's texts rest on: the facts of one kind, the last of a figure, what the assessment says of places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from webmap.incidents.effective import Effective
from webmap.incidents.entries import Fact, FigureReported, ReportSent
from webmap.reports.documents.model import Aside, Paragraph, Runs, Text, said_by

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

Kind = TypeVar("Kind", bound=Fact)


def facts_of(source: ReportSource, kind: type[Kind]) -> list[tuple[Effective, Kind]]:
    """Return the facts of a kind in the order of happening, each with its number."""
    return [(item, item.fact) for item in source.facts if isinstance(item.fact, kind)]


def last_figure(source: ReportSource, key: str) -> tuple[int, Any] | None:
    """Return the number and the value of the last report of a figure; None where nobody knows it, or not any more."""
    reports = [(item.number, fact.value) for item, fact in facts_of(source, FigureReported) if fact.figure == key]
    return reports[-1] if reports and reports[-1][1] is not None else None


def reports_sent(source: ReportSource) -> list[tuple[Effective, ReportSent]]:
    """Return the written reports that went up, in the order of their sending."""
    return [(item, fact) for item, fact in facts_of(source, ReportSent) if fact.report != "first_spoken"]


def told(source: ReportSource, item: Effective) -> Runs:
    """Return what an entry says, with its number."""
    return (Text(source.prose.sentence(item.fact)), *said_by([item.number]))


def from_data(source: ReportSource) -> Aside:
    """Return the aside for what was computed from the data and the log."""
    return Aside(f"据日志和数据版本 {source.data_version[:12]} 推算")


def data_note(source: ReportSource, what: str = "表中数字") -> Paragraph:
    """Return the note under tables of what was computed from the data and the log."""
    said = f"{what}由日志和数据版本 {source.data_version[:12]} 推算，不是现场统计。"
    return Paragraph((Text(said),), "note")


def affected(assessment: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the townships in which somebody is without supply, those with most people first."""
    rows = [row for row in assessment["townships"] if _is_out(row)]
    return sorted(rows, key=lambda row: (-row["population_affected"], row["name"]))


def _is_out(row: Mapping[str, Any]) -> bool:
    parts = row["commodities"].values()
    return any(part["customers_out"] or part["customers_unknown"] or part["population"] for part in parts)


def networks_out(assessment: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the networks of which somebody is without supply, or may be, with their outage."""
    parts = ("customers", "customers_unknown", "population")
    return [(key, out) for key, out in assessment["outages"].items() if any(out[part] for part in parts)]


def falling_places(assessment: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the places of the plan's list that still work and will fail within the horizon, the soonest first.

    One that is still supplied and loses its supply later falls as surely as one that lives on its reserve. At one time
    the order of the plan's list counts, then the name.
    """
    found = [
        row
        for row in assessment["facilities"]
        if row["tier"] is not None and row["state"] != "failed" and row["hours_left"] is not None
    ]
    return sorted(found, key=lambda row: (row["hours_left"], row["tier"], row["name"]))


def listed_places(assessment: Mapping[str, Any], state: str) -> Sequence[Mapping[str, Any]]:
    """Return the places of the plan's list that are in a state, in the order of the ranking, then by name."""
    order = {row["id"]: row["rank"] for row in assessment["ranking"]}
    found = [row for row in assessment["facilities"] if row["tier"] is not None and row["state"] == state]
    return sorted(found, key=lambda row: (order.get(row["id"], len(order) + 1), row["name"]))
