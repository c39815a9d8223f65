"""The same incident for the same reader, seen from elsewhere: in Chinese, or as a report that was sent knew it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from webmap.reports.source import Asked, ReportSource


def in_chinese(source: ReportSource) -> ReportSource:
    """Return the source in Chinese: documents are, whatever the reader's language is."""
    if source.language == "zh":
        return source
    return ReportSource(
        source.log,
        replace(source.reader, language="zh"),
        source.plan,
        source.snapshot,
        Asked(source.at, source.known, source.made_at, source.made_by),
        plan_keys=source.plan_keys,
        progress=source.progress,
    )


def as_known(source: ReportSource, at: datetime, known: int) -> ReportSource:
    """Return the source of a moment, from the entries up to a number."""
    return ReportSource(
        source.log.up_to(known),
        source.reader,
        source.plan,
        source.snapshot,
        Asked(at, known, source.made_at, source.made_by),
        plan_keys=source.plan_keys,
        progress=source.progress,
    )
