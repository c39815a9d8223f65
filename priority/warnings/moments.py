"""Moments as people write them in a text: 2026年1月12日8时30分, 1月12日 08:30, 一月十二日八时半, 12 Jan 2026 8:30."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Literal

#: Texts tell the time of the place.
CHINA = timezone(timedelta(hours=8))

_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_SPELT = re.compile(rf"[{''.join(_DIGITS)}十]+(?=[年月日号时点分])")
_HALVES = "凌晨|清晨|早晨|早上|上午|中午|正午|下午|傍晚|晚上|晚间|夜间|晚"
_LATE = frozenset({"下午", "傍晚", "晚上", "晚间", "夜间", "晚"})
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = r"(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_CHINESE_DATE = r"(?:(?:(?P<year>\d{4})\s*年\s*)?(?P<month>\d{1,2})\s*月\s*)?(?P<day>\d{1,2})\s*[日号]"
_ISO_DATE = r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
_CHINESE_TIME = (
    rf"(?P<half>{_HALVES})?\s*(?P<hour>\d{{1,2}})\s*[时点](?!间)\s*(?:(?P<minute>\d{{1,2}})\s*分?|(?P<thirty>半)|整)?"
)
_CLOCK_TIME = (
    rf"(?P<half>{_HALVES})?\s*(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?::\d{{2}}(?:\.\d+)?)?"
    r"(?:\s*(?P<noon>[ap])\.?m\b\.?)?(?P<offset>z|[+-]\d{2}:?\d{2})?"
)
_DAY_FIRST = rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<name>{_NAME}),?\s*(?P<year>\d{{4}})?"
_MONTH_FIRST = rf"(?P<name>{_NAME})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s*(?P<year>\d{{4}})?"
#: What may be read at a place of the text, tried in this order.
_PARTS: tuple[tuple[Literal["date", "time"], re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"(?<!\d)(?:{pattern})"))  # type: ignore[misc]
    for kind, pattern in (
        ("date", _ISO_DATE),
        ("date", _CHINESE_DATE),
        ("date", _DAY_FIRST),
        ("date", _MONTH_FIRST),
        ("time", _CLOCK_TIME),
        ("time", _CHINESE_TIME),
    )
)


@dataclass(frozen=True)
class Written:
    """A moment as far as a text tells it; None is left out. An hour of 24 is the end of the day."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int = 0
    offset: timedelta | None = None

    def is_(self, moment: datetime) -> bool:
        """Whether this tells the moment: month, day, hour and minute, and no other year."""
        there = moment.astimezone(CHINA if self.offset is None else timezone(self.offset))
        if self.hour == 24:
            before = there - timedelta(minutes=1)
            return (there.hour, there.minute) == (0, 0) and self._on(before)
        return self._on(there) and (self.hour, self.minute) == (there.hour, there.minute)

    def _on(self, there: datetime) -> bool:
        return (self.month, self.day) == (there.month, there.day) and self.year in {None, there.year}


def moments_in(text: str) -> tuple[Written, ...]:
    """Return the moments that a text tells, in their order; none for a text that tells none.

    What is left out of a later one (1月12日8时至20时) is that of the one before. A day without an hour counts too.
    """
    plain = _SPELT.sub(_spelt_out, unicodedata.normalize("NFKC", text)).lower()
    found: list[Written] = []
    date: Written | None = None
    used = True
    for kind, match in _matches(plain):
        if kind == "date":
            if date is not None and not used:
                found.append(date)
            date, used = _date(match, date), False
        else:
            found.append(_time(match, date or Written()))
            used = True
    if date is not None and not used:
        found.append(date)
    return tuple(found)


def _matches(text: str) -> Iterator[tuple[Literal["date", "time"], re.Match[str]]]:
    place = 0
    while place < len(text):
        found = next(((kind, match) for kind, part in _PARTS if (match := part.match(text, place))), None)
        if found is None:
            place += 1
        else:
            yield found
            place = found[1].end()


def _date(match: re.Match[str], before: Written | None) -> Written:
    said = match.groupdict()
    month = said.get("month")
    if said.get("name"):
        month = str(_NAMES.index(said["name"][:3]) + 1)
    return Written(
        year=int(said["year"]) if said.get("year") else before.year if before else None,
        month=int(month) if month else before.month if before else None,
        day=int(said["day"]),
    )


def _time(match: re.Match[str], date: Written) -> Written:
    said = match.groupdict()
    hour, half = int(said["hour"]), said.get("half")
    if hour < 12 and (half in _LATE or said.get("noon") == "p"):
        hour += 12
    elif hour == 12 and said.get("noon") == "a":
        hour = 0
    minute = 30 if said.get("thirty") else int(said.get("minute") or 0)
    return Written(date.year, date.month, date.day, hour, minute, _offset(said.get("offset")))


def _offset(text: str | None) -> timedelta | None:
    if text is None:
        return None
    digits = text[1:].replace(":", "")
    size = timedelta(hours=int(digits[:2] or 0), minutes=int(digits[2:] or 0)) if digits else timedelta(0)
    return -size if text[0] == "-" else size


def _spelt_out(match: re.Match[str]) -> str:
    """Return a number in Chinese signs in digits: 二〇二六, 十二, 二十, 三十一."""
    signs = match[0]
    if "十" not in signs:
        return "".join(str(_DIGITS[sign]) for sign in signs)
    tens, _, ones = signs.partition("十")
    if any(len(part) > 1 for part in (tens, ones)) or "十" in ones:
        return signs
    return str((_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0))
