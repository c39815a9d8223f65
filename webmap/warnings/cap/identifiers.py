"""Identifiers of messages by a pattern.

`DEFAULT` is ours. `CHINESE_PROFILE` follows descriptions of the national system's messages: code of the place, code of
the agency, time, serial number. It has not been checked against the text of the Chinese standard: ask the operator of
the platform that is to take the messages before using it.
"""

from __future__ import annotations

from datetime import datetime
from string import Formatter

from webmap.warnings.cap.vocabulary import FORBIDDEN_IN_IDENTIFIERS

DEFAULT = "{region}-{agency}-{time}-{serial}"
CHINESE_PROFILE = "{region}{agency}_{time}{serial}"
_PLACES = {"region", "agency", "time", "serial"}


def identifier(pattern: str, *, region: str, agency: str, sent: datetime, serial: int) -> str:
    """Return an identifier: code of the county, code of the agency, local time to the second, serial of four digits.

    Raises `ValueError` for a pattern without time and serial or with other places, and for characters that the
    standard forbids.
    """
    places = {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}
    if not {"time", "serial"} <= places <= _PLACES:
        raise ValueError("an identifier's pattern needs {time} and {serial}, and may have {region} and {agency}")
    text = pattern.format(region=region, agency=agency, time=f"{sent:%Y%m%d%H%M%S}", serial=f"{serial:04d}")
    if FORBIDDEN_IN_IDENTIFIERS.search(text):
        raise ValueError("an identifier may hold no blank, comma, < or &")
    return text
