"""Names of columns as offices write them: units in brackets, groups of merged cells, pinyin initials."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from layers.importing.meaning.units import unit_key

_BRACKETS = re.compile(r"[(\[{【<]([^()\[\]{}【】<>]{1,12})[)\]}】>]")
#: A unit behind a stroke or underscore at the end of a name: `长度_m`, `负荷/kW`.
_TAIL = re.compile(r"[_/、:：]([a-z³3/㎜]{1,8}|千瓦|兆瓦|毫米|千伏|小时|万人|人|户|米)\Z")
_NOISE = re.compile(r"[\s_\-.·:：、*＊#]+")


@dataclass(frozen=True)
class Header:
    """A column's name taken apart: `whole` and `last` part (of merged header cells) as keys, and the unit it gives."""

    column: str
    whole: str
    last: str
    unit: str | None

    @property
    def keys(self) -> tuple[str, ...]:
        """The names to look for, the fullest first."""
        return tuple(dict.fromkeys((self.whole, self.last)))


def read_header(column: str) -> Header:
    """Return a column's name taken apart; a name of nothing but signs has empty keys."""
    plain = unicodedata.normalize("NFKC", column).casefold().strip()
    unit: str | None = None
    found = _BRACKETS.search(plain)
    if found is not None:
        unit = unit_key(found[1])
        plain = plain[: found.start()] + plain[found.end() :]
    elif (found := _TAIL.search(plain)) is not None:
        unit = unit_key(found[1])
        plain = plain[: found.start()]
    parts = [part for part in plain.split("/") if part.strip()]
    return Header(column, header_key("".join(parts)), header_key(parts[-1]) if parts else "", unit)


def header_key(text: str) -> str:
    """Return a name as the tables of synonyms have it: half width, lower case, without blanks and strokes."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())
