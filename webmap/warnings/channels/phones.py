"""Which telephones take a text message."""

from __future__ import annotations

import re

#: 1 and ten more digits, with or without the country in front.
_MOBILE = re.compile(r"(?:\+?86)?(1[0-9]{10})")


def mobiles_of(phones: str | None) -> tuple[str, ...]:
    """Return the mobile numbers among several that are joined by 、, as digits alone; empty for None or none."""
    numbers = (re.sub(r"[\s-]", "", number) for number in re.split(r"[、,，;；]", phones or ""))
    found = (_MOBILE.fullmatch(number) for number in numbers)
    return tuple(dict.fromkeys(match[1] for match in found if match))
