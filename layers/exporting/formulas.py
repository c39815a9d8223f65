"""Texts that a spreadsheet would take for a formula: made harmless when written, as they were when read back."""

from __future__ import annotations

import re

#: A cell beginning with one of these is a formula to a spreadsheet; the full-width forms too, in Chinese Excel. Blanks
#: before it do not help, and an apostrophe that stands there already is part of the text.
_FORMULA = re.compile(r"'*\s*[=+\-@\t\r\n＝＋－＠]")
_MARK = "'"


def guarded(text: str) -> str:
    """Return a text that no spreadsheet runs: an apostrophe goes before what looks like a formula."""
    return _MARK + text if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Return the text that `guarded` was given; texts that it left alone stay as they are."""
    return text[1:] if text.startswith(_MARK) and _FORMULA.match(text, 1) else text
