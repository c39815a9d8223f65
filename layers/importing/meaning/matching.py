"""Which column gives which field: by names and by values, each column for one field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from layers.catalog import CATALOG
from layers.importing.meaning.content import IMPOSSIBLE, NEUTRAL, TELLING, Loaded, Values, opinion
from layers.importing.meaning.headers import Header, header_key
from layers.importing.meaning.synonyms import SOFTWARE_COLUMNS, short_names, sure_names
from layers.importing.meaning.units import dimensions_of, factor
from layers.schema import Field, Title

#: What names weigh: the field's own, what it goes by, a part that is such a name (without unit, or of merged cells),
#: the end of a longer one, initials.
_OWN, _EXACT, _LAST, _WITHIN, _INITIALS = 1.3, 1.0, 0.9, 0.65, 0.5
#: Least score of a match, and of an alternative worth showing.
ENOUGH, _SHOWN = 0.5, 0.3
#: Yes-or-no fields whose values are words of their own.
FLAGS = frozenset({"in_service", "normally_open", "closed"})
#: Fields whose values alone can tell them.
_BY_VALUES = frozenset({"diameter_mm", "voltage_kv", "kind", "category", "commodity"} | FLAGS)
#: Longest name around a synonym, in characters.
_AROUND = 6


@dataclass(frozen=True)
class Match:
    """A column for a field, how well it fits, and why."""

    field: str
    column: str
    score: float
    because: Title


@dataclass(frozen=True, eq=False)
class Table:
    """What is known of a table's columns: their names taken apart, and their values."""

    headers: Mapping[str, Header]
    values: Mapping[str, Values]


def matches(layer: str, table: Table, present: Loaded, taken: frozenset[str] = frozenset()) -> list[Match]:
    """Return every match of a column and a field worth showing, the best first; `taken` columns are left out."""
    found = []
    for item in CATALOG[layer].fields:
        for column, header in table.headers.items():
            match = None if column in taken else _match(layer, item, header, table.values[column], present)
            if match is not None and match.score >= _SHOWN:
                found.append(match)
    order = {item.name: place for place, item in enumerate(CATALOG[layer].fields)}
    return sorted(found, key=lambda match: (-match.score, order[match.field], match.column))


def assign(found: list[Match]) -> dict[str, Match]:
    """Return the best matches that use no column twice, by field."""
    chosen: dict[str, Match] = {}
    used: set[str] = set()
    for match in found:
        if match.score >= ENOUGH and match.field not in chosen and match.column not in used:
            chosen[match.field] = match
            used.add(match.column)
    return chosen


def _match(layer: str, item: Field, header: Header, values: Values, present: Loaded) -> Match | None:
    weight, named = _by_name(layer, item, header)
    if weight == 0 and item.name not in _BY_VALUES:
        return None
    unit = header.unit if item.kind in {"number", "integer"} else None
    dimensions = dimensions_of(item.name, item.unit)
    if unit is not None and factor(unit, dimensions) is None:
        if dimensions:
            return None
        unit = None
    said = opinion(layer, item, values, present, unit)
    if said.score == IMPOSSIBLE or (weight == 0 and said.score < TELLING):
        return None
    if weight == _INITIALS and said.score <= NEUTRAL and item.kind != "text":
        return None
    score = weight + said.score
    if header.whole in SOFTWARE_COLUMNS and item.name == "id":
        score = min(score, _SHOWN)
    told = [title for title in (named, said.because) if title is not None]
    because = Title("；".join(title.zh for title in told), "; ".join(title.en for title in told))
    return Match(item.name, header.column, score, because)


def _by_name(layer: str, item: Field, header: Header) -> tuple[float, Title | None]:
    sure = sure_names(layer, item.name)
    shown = header.column
    if header.whole == header_key(item.name):
        return _OWN, Title(f"列名“{shown}”", f"the column's name “{shown}”")
    if not sure.isdisjoint(header.keys):
        weight = _EXACT if header.whole in sure else _LAST
        return weight, Title(f"列名“{shown}”", f"the column's name “{shown}”")
    if not short_names(layer, item.name).isdisjoint(header.keys) or _is_initials(item.name, header.whole):
        return _INITIALS, Title(f"列名“{shown}”像拼音缩写", f"the name “{shown}” looks like pinyin initials")
    if any(_is_end(name, key) for name in sure for key in header.keys):
        return _WITHIN, Title(f"列名“{shown}”的后半", f"the end of the column's name “{shown}”")
    if header.whole in SOFTWARE_COLUMNS and item.name == "id":
        return _SHOWN, Title("软件自带的序号，换一次导出就可能变", "numbers of the software, which may change")
    return 0.0, None


def is_called_identifier(layer: str, header: Header) -> bool:
    """Tell whether a column's name is one of identifiers of a layer's records, whatever its values."""
    item = CATALOG[layer].field("id")
    return header.whole not in SOFTWARE_COLUMNS and _by_name(layer, item, header)[0] > 0


def _is_initials(field: str, whole: str) -> bool:
    """Whether ten-byte names such as `TQBH` and `TQMC` end as those of identifiers and names do: 编号, 名称."""
    end = {"id": "bh", "name": "mc"}.get(field)
    return end is not None and whole.isascii() and whole.isalpha() and 2 < len(whole) < 7 and whole.endswith(end)


def _is_end(name: str, whole: str) -> bool:
    return len(name) > 1 and not name.isascii() and whole.endswith(name) and len(whole) <= len(name) + _AROUND
