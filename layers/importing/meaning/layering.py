"""Which layer a table belongs to: by its geometry, its names, and how many of a layer's fields it has."""

from __future__ import annotations

from dataclasses import dataclass

from layers.catalog import CATALOG
from layers.importing.meaning.content import Loaded
from layers.importing.meaning.matching import Match, Table, assign, matches
from layers.importing.meaning.placing import Place, find_place
from layers.importing.meaning.topics import layer_words
from layers.schema import Title

#: Fields that every layer has say little.
_COMMON = frozenset({"id", "name", "provenance", "source", "kind"})
_COMMON_WEIGHT = 0.2
#: What a word in the name of the file weighs: as two fields; and geometry that can be made fit costs one and a half.
_WORD_WEIGHT, _UNFIT = 2.0, -1.5


@dataclass(frozen=True, eq=False)
class Candidate:
    """A layer, how well it fits, the matches of columns, where the places are, and why."""

    layer: str
    score: float
    found: list[Match]
    place: Place
    because: Title


def candidates(table: Table, geometry: str | None, name: str, present: Loaded) -> list[Candidate]:
    """Return every layer that a table can belong to, the best first; `name` is that of the file and the table."""
    words = layer_words(name)
    made = [_candidate(key, table, geometry, words.get(key), present) for key in CATALOG]
    return sorted((item for item in made if item is not None), key=lambda item: -item.score)


def candidate(layer: str, table: Table, geometry: str | None, name: str, present: Loaded) -> Candidate:
    """Return how a table would belong to this layer, whether it fits or not."""
    made = _candidate(layer, table, geometry, layer_words(name).get(layer), present)
    if made is not None:
        return made
    place = Place()
    return Candidate(layer, 0.0, matches(layer, table, present), place, Title("您选的图层", "the layer that you chose"))


def _candidate(key: str, table: Table, geometry: str | None, word: str | None, present: Loaded) -> Candidate | None:
    kind = CATALOG[key].geometry
    place = find_place(table, kind) if kind is not None and geometry is None else Place()
    fit = _geometry_score(kind, geometry, place)
    if fit is None:
        return None
    found = matches(key, table, present, place.columns)
    chosen = assign(found)
    own = [match for name, match in chosen.items() if name not in _COMMON]
    score = fit + sum(match.score for match in own) + _COMMON_WEIGHT * (len(chosen) - len(own))
    score += _WORD_WEIGHT + 0.1 * len(word) if word else 0.0
    return Candidate(key, score, found, place, _because(key, own, word, geometry))


def _geometry_score(kind: str | None, geometry: str | None, place: Place) -> float | None:
    """How well a layer's geometry fits a table's; None if it cannot."""
    if kind is None:
        return 0.0 if geometry is None else None
    if geometry is None:
        return 1.0 if place.columns else _UNFIT
    if geometry in {kind, "mixed"}:
        return 1.0
    made = {("Point", "Polygon"), ("Polygon", "LineString")}
    return _UNFIT if (kind, geometry) in made else None


def _because(key: str, own: list[Match], word: str | None, geometry: str | None) -> Title:
    zh, en = [], []
    if word:
        zh.append(f"名称里有“{word}”")
        en.append(f"its name has “{word}”")
    if own:
        fields = [CATALOG[key].field(match.field).title for match in own[:4]]
        zh.append(f"有{'、'.join(title.zh for title in fields)}等列")
        en.append(f"it has columns such as {', '.join(title.en for title in fields)}")
    if geometry is not None:
        shape = {"Point": "点", "LineString": "线", "Polygon": "面"}.get(geometry, "多种图形")
        zh.append(f"图形是{shape}")
        en.append(f"its geometry is {geometry}")
    return Title("；".join(zh) or "没有更合适的图层", "; ".join(en) or "no layer fits better")
