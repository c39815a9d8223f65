"""Moments as the tables keep them: ISO 8601 in UTC to the microsecond, so that the text sorts as time does."""

from __future__ import annotations

from datetime import UTC, datetime


def stored(moment: datetime) -> str:
    """Return a moment as text of the tables; ValueError for one without an offset, which would name no moment."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs an offset from UTC")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment_of(text: str) -> datetime:
    """Return the moment that a text of the tables names."""
    return datetime.fromisoformat(text)


def utc_now() -> datetime:
    """Return the present moment: the one place where accounts read a clock."""
    return datetime.now(UTC)
