"""Moments as the pages of accounts show them: by the Chinese clock, which all of the product keeps."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from webmap.languages import Language

_CHINA = timezone(timedelta(hours=8))
_WEEKDAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def moment_in_words(moment: datetime, now: datetime, language: Language) -> str:
    """Return a moment as `1月12日 周一 16:00`, as the time alone on the day of `now`, and with the year in another."""
    there, here = moment.astimezone(_CHINA), now.astimezone(_CHINA)
    clock = f"{there:%H:%M}"
    if there.date() == here.date():
        return f"今天 {clock}" if language == "zh" else f"today, {clock}"
    weekday = _WEEKDAYS[language][there.weekday()]
    if language == "zh":
        year = "" if there.year == here.year else f"{there.year}年"
        return f"{year}{there.month}月{there.day}日 {weekday} {clock}"
    year = "" if there.year == here.year else f" {there.year}"
    return f"{weekday} {there.day} {_MONTHS[there.month - 1]}{year}, {clock}"
