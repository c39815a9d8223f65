"""Moments as the log writes them: as entered, as UTC that sorts, and the time of writing."""

from __future__ import annotations

from datetime import UTC, datetime

_SECONDS = "%Y-%m-%dT%H:%M:%SZ"
_MICROSECONDS = "%Y-%m-%dT%H:%M:%S.%fZ"


def now_utc() -> datetime:
    """Return the time of the clock."""
    return datetime.now(UTC)


def as_entered(moment: datetime) -> str:
    """Return a moment to the second with its own offset."""
    return moment.isoformat(timespec="seconds")


def utc_seconds(moment: datetime | str) -> str:
    """Return a moment in UTC to the second, so that texts sort as times; "" for a text that is no moment."""
    if isinstance(moment, str):
        try:
            moment = datetime.fromisoformat(moment)
        except ValueError:
            return ""
    return moment.astimezone(UTC).strftime(_SECONDS)


def written(moment: datetime) -> str:
    """Return the time of writing, in UTC to the microsecond."""
    return moment.astimezone(UTC).strftime(_MICROSECONDS)


def read_written(text: str) -> datetime:
    """Return the moment of a time of writing."""
    return datetime.fromisoformat(text)
