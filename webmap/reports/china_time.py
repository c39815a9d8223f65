"""The time of people who read reports: China's, whatever offset a moment was entered or stored with."""

from __future__ import annotations

from datetime import datetime

from priority.warnings.moments import CHINA
from webmap.incidents.moments import as_entered


def in_china(moment: datetime | str) -> datetime:
    """Return a moment (ISO 8601 with offset, where it is a text) on China's clock, with its offset."""
    return (datetime.fromisoformat(moment) if isinstance(moment, str) else moment).astimezone(CHINA)


def china_text(moment: datetime | str) -> str:
    """Return a moment in ISO 8601 to the second on China's clock, `2026-01-12T08:00:00+08:00`."""
    return as_entered(in_china(moment))
