"""Which tables a report has, by key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from webmap.reports.files import impact_tables as impact
from webmap.reports.files.response_tables import course_table, log_table, response_table
from webmap.reports.files.tables import ReportTable

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

TABLES: Mapping[str, Callable[[ReportSource], ReportTable]] = {
    "networks": lambda source: impact.networks_table(source.impact, source.language),
    "townships": lambda source: impact.townships_table(source.impact, source.language),
    "facilities": lambda source: impact.facilities_table(source.impact, source.language),
    "classes": lambda source: impact.classes_table(source.impact),
    "hours": lambda source: impact.series_table(source.impact),
    "township_hours": lambda source: impact.township_hours_table(source.impact),
    "log": log_table,
    "course": lambda source: course_table(source.review),
    "response": lambda source: response_table(source.review, source.language),
    "definitions": lambda source: impact.definitions_table(source.impact),
}
