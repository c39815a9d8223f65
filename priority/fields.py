"""Types of fields that people fill in: checked when read, with an error code that the phrase book explains."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated

from pydantic import BeforeValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

#: Times outside these years are slips of the keyboard, and near the calendar's ends arithmetic would overflow.
_YEARS = range(2000, 2101)
_ISO_WITH_OFFSET = re.compile(r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$")


def _parse_time(value: object) -> datetime:
    """Accept ISO 8601 text with an offset and nothing else (no epoch numbers, no local time)."""
    if isinstance(value, datetime):
        moment = value
    else:
        if not isinstance(value, str):
            raise PydanticCustomError("time_type", "not a text")
        if not _ISO_WITH_OFFSET.match(value):
            raise PydanticCustomError("time_offset" if "T" in value else "time_format", "no ISO time with offset")
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("time_format", "no such time") from None
    if moment.tzinfo is None:
        raise PydanticCustomError("time_offset", "no offset")
    if moment.year not in _YEARS:
        raise PydanticCustomError("time_range", "year out of range")
    return moment.replace(microsecond=0)


def none_twice(values: tuple[str, ...]) -> tuple[str, ...]:
    """Let a tuple of texts pass if no text stands twice."""
    if len(set(values)) != len(values):
        raise PydanticCustomError("repeated", "repeated")
    return values


_TIME_SCHEMA = {"type": "string", "format": "date-time", "description": "ISO 8601 with offset"}

#: A moment with its offset; fractions of a second are dropped.
Time = Annotated[datetime, BeforeValidator(_parse_time), WithJsonSchema(_TIME_SCHEMA)]
#: The id of a record.
Identifier = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=200)]
