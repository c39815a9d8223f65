"""How pages of text for a terminal are laid out: headings, sections, columns, moments."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from layers.schema import Choice, Title
from priority.wording import Phrases
from webmap.exports.csv_file import SAMPLE_MARK
from webmap.exports.tables import in_language
from webmap.languages import Language

_NONE = Title("无", "none")
_MORE = Title("……另有 {} 个，见 --json", "... and {} more, see --json")


def heading(document: Mapping[str, Any], first: str, language: Language) -> list[str]:
    """Return the first lines: what it is all about, marked if the data is made up, then plan, time and data version."""
    mark = f"【{in_language(SAMPLE_MARK, language)}】" if document["synthetic"] else ""
    plan = document["plan"]
    origin = f"{plan['title']}（{plan['document_number']}） · {document['at']} · {document['data_version']}"
    return [f"{mark}{first}", origin]


def section(title: Title, rows: Iterable[str], language: Language) -> list[str]:
    """Return a title above its indented rows; a section without rows says so."""
    return ["", in_language(title, language), *(f"  {row}" for row in [*rows] or [in_language(_NONE, language)])]


def optional_section(title: Title, rows: Iterable[str], language: Language) -> list[str]:
    """Return a section, or nothing where it has no rows."""
    found = [*rows]
    return section(title, found, language) if found else []


def more(count: int, language: Language) -> str:
    """Return the line that stands for rows left out."""
    return in_language(_MORE, language).format(count)


def bracketed(text: str, note: str, language: Language) -> str:
    """Return the text with a note in brackets behind it."""
    return f"{text}（{note}）" if language == "zh" else f"{text} ({note})"


def padded(text: str, width: int) -> str:
    """Fill up to a width in terminal cells; a Chinese character takes two."""
    return text + " " * max(0, width - _cells(text))


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Lay out rows of equally many cells: the first column on the left, figures below each other on the right."""
    widths = [max(map(_cells, column)) for column in zip(*rows, strict=True)]
    return [
        padded(first, widths[0])
        + "".join(f"  {' ' * (width - _cells(cell))}{cell}" for cell, width in zip(rest, widths[1:], strict=True))
        for first, *rest in rows
    ]


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def name_of(key: str, choices: Iterable[Choice], language: Language) -> str:
    """Return the title of a key of a closed list; another key as it is."""
    return next((in_language(choice.title, language) for choice in choices if choice.key == key), key)


def duration(hours: float, language: Language) -> str:
    """Write hours, which documents round to hundredths, to the minute as the page does: 8 小时 30 分."""
    seconds = round(hours * 3600)
    return Phrases(language).duration(seconds if seconds < 60 else round(seconds / 60) * 60)


def between(start: str, end: str, language: Language) -> str:
    """Write the time from one ISO moment to another, so that it agrees with the two as shown."""
    first, last = (datetime.fromisoformat(moment).replace(second=0) for moment in (start, end))
    return Phrases(language).duration(round((last - first).total_seconds()))


def clock(moment: str, language: Language, since: str | None = None) -> str:
    """Write an ISO moment as 1月12日 08:00, as 08:00 alone where it is on the same day as `since`."""
    if since is not None and since[:10] == moment[:10]:
        return moment[11:16]
    return Phrases(language).clock(datetime.fromisoformat(moment))
