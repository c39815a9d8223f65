"""Names of columns as offices write them: units in brackets, groups of merged cells, pinyin initials."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from layers.catalog import CATALOG
from layers.importing.meaning.units import is_unit, unit_key

_BRACKETS = re.compile(r"[(\[{【<]([^()\[\]{}【】<>]{1,12})[)\]}】>]")
#: What stands behind a stroke or underscore at the end of a name: a unit, if it is one (`长度_m`, `负荷/kW`).
_TAIL = re.compile(r"[_/、:：]([^_/、:：]{1,8})\Z")
#: Names of the catalogue's own fields end in their units, some of which a part alone would not be.
_OWN = frozenset(item.name for layer in CATALOG.values() for item in layer.fields)
_NOISE = re.compile(r"[\s_\-.·:：、*＊#]+")


@dataclass(frozen=True)
class Header:
    """A column's name taken apart: the `unit` it gives, and the names to look for, the fullest first."""

    column: str
    keys: tuple[str, ...]
    unit: str | None

    @property
    def whole(self) -> str:
        """The full name but for a unit in brackets; empty for a name of nothing but signs."""
        return self.keys[0]


def read_header(column: str) -> Header:
    """Return a column's name taken apart: whole, without a unit at its end, and the last of merged header cells."""
    plain = unicodedata.normalize("NFKC", column).casefold().strip()
    unit: str | None = None
    found = _BRACKETS.search(plain)
    if found is not None:
        unit = unit_key(found[1])
        plain = plain[: found.start()] + plain[found.end() :]
    names = [plain]
    tail = _TAIL.search(plain)
    if unit is None and tail is not None and plain not in _OWN and is_unit(tail[1]):
        unit = unit_key(tail[1])
        names.append(plain[: tail.start()])
    names += [name.rsplit("/", 1)[-1] for name in tuple(names)]
    return Header(column, tuple(dict.fromkeys(header_key(name.replace("/", "")) for name in names)), unit)


def header_key(text: str) -> str:
    """Return a name as the tables of synonyms have it: half width, lower case, without blanks and strokes."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())
