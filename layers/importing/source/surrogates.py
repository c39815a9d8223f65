"""Halves of characters that escapes in JSON and XLSX can spell, and that no database or file takes."""

from __future__ import annotations

import re

_HALVES = re.compile("[\ud800-\udfff]")


def whole_text(text: str) -> str:
    """Return a text with halves that follow one another joined, and U+FFFD in place of one that stands alone."""
    if _HALVES.search(text) is None:
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
