"""Findings about imported data: what is wrong, in which rows, where on the map, and what to do about it.

Codes with their words are tables in `layers.importing.codes`. A book gathers what streamed checks find in bounded
memory: one issue for each code and column, with the first rows, places and ids, and the number of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from layers.catalog import CATALOG
from layers.importing.codes.model import Code, Severity
from layers.importing.codes.table import BY_NAME
from layers.schema import Title

#: How many rows, ids, places and values an issue names; `count` tells of all.
MOST_ROWS = 1000
MOST_IDS = 200
MOST_PLACES = 200
MOST_VALUES = 5
_VALUE_CHARS = 40
_RANK: dict[str, int] = {"error": 0, "warning": 1, "note": 2}

Language = Literal["zh", "en"]


@dataclass(frozen=True)
class Issue:
    """One kind of finding in one column.

    `rows` are numbers in the file as a person counts them (the first 1000), `count` is the number of all findings,
    `places` are (longitude, latitude) in EPSG:4490 (the first 200), `ids` those of records concerned (the first 200).
    Rows with an `error` are set aside; rows with a `warning` or `note` are accepted.
    """

    code: str
    severity: Severity
    layer: str | None
    column: str | None
    rows: tuple[int, ...]
    count: int
    title: Title
    message: Title
    remedy: Title
    places: tuple[tuple[float, float], ...] = ()
    ids: tuple[str, ...] = ()

    def document(self, language: Language) -> dict[str, Any]:
        """Return the issue for JSON with its words in one language."""
        return {
            "code": self.code,
            "severity": self.severity,
            "layer": self.layer,
            "column": self.column,
            "rows": list(self.rows),
            "count": self.count,
            **{name: getattr(getattr(self, name), language) for name in ("title", "message", "remedy")},
            "places": [list(place) for place in self.places],
            "ids": list(self.ids),
        }

    def record(self) -> dict[str, Any]:
        """Return the issue for JSON with its words in both languages, as `from_record` reads it."""
        words = {name: [getattr(self, name).zh, getattr(self, name).en] for name in ("title", "message", "remedy")}
        return {**self.document("zh"), **words}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Issue:
        """Return the issue that `record` was made of; `KeyError` if a part is missing."""
        return cls(
            record["code"],
            record["severity"],
            record["layer"],
            record["column"],
            tuple(record["rows"]),
            record["count"],
            Title(*record["title"]),
            Title(*record["message"]),
            Title(*record["remedy"]),
            tuple((place[0], place[1]) for place in record["places"]),
            tuple(record["ids"]),
        )


@dataclass
class _Entry:
    """What was found so far of one code and column."""

    figures: dict[str, Any]
    count: int
    rows: list[int]
    ids: list[str]
    places: list[tuple[float, float]]
    values: list[str]


class IssueBook:
    """Gathers findings of one import by code, severity and column; `layer` is a key of the catalogue or None."""

    def __init__(self, layer: str | None = None) -> None:
        self.layer = layer
        self._entries: dict[tuple[str, Severity, str | None], _Entry] = {}

    def add(
        self,
        code: str,
        *,
        column: str | None = None,
        rows: Iterable[int] = (),
        ids: Iterable[object] = (),
        places: Iterable[Iterable[float]] = (),
        values: Iterable[object] = (),
        count: int | None = None,
        severity: Severity | None = None,
        **figures: object,
    ) -> None:
        """Add a finding, or several of one kind. `KeyError` for a code that is in no table.

        `count` is the number of findings, by default that of `rows`, else of `ids`, else 1; a count of 0 adds nothing.
        `values` are offending values, of which the first distinct ones are shown. `figures` fill the code's template.
        `severity` differs from the code's own only where the caller has a reason.
        """
        entry_of = BY_NAME[code]
        listed_rows, listed_ids = list(rows), list(ids)
        number = (len(listed_rows) or len(listed_ids) or 1) if count is None else count
        if not number:
            return
        key = (code, severity or entry_of.severity, column)
        entry = self._entries.setdefault(key, _Entry({}, 0, [], [], [], []))
        entry.count += number
        entry.rows += map(int, listed_rows[: MOST_ROWS - len(entry.rows)])
        entry.ids += map(str, listed_ids[: MOST_IDS - len(entry.ids)])
        entry.places += [(float(x), float(y)) for x, y in islice(places, MOST_PLACES - len(entry.places))]
        _show(entry.values, values)
        for name, figure in figures.items():
            fold = entry_of.folds.get(name)
            known = entry.figures.get(name)
            entry.figures[name] = figure if known is None else fold(known, figure) if fold else known

    def issues(self) -> tuple[Issue, ...]:
        """Return what was found: errors first, then the most frequent; nothing found gives nothing."""
        made = [
            _issue(BY_NAME[code], severity, self.layer, column, entry)
            for (code, severity, column), entry in self._entries.items()
        ]
        return in_order(made)

    @property
    def has_errors(self) -> bool:
        """Whether an error was found."""
        return any(severity == "error" for _, severity, _ in self._entries)


def in_order(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Return issues as people read them: errors, warnings, notes; of each the most frequent first."""
    return tuple(
        sorted(
            issues,
            key=lambda issue: (
                _RANK[issue.severity],
                -issue.count,
                issue.code,
                issue.layer or "",
                issue.column or "",
            ),
        )
    )


def column_title(layer: str | None, column: str | None) -> Title:
    """Return the catalogue's title of a column with its name, or the name alone where the catalogue has none."""
    name = column or ""
    try:
        title = CATALOG[layer or ""].field(name).title
    except KeyError:
        return Title(name, name)
    return Title(f"{title.zh}（{name}）", f"{title.en} ({name})")


def _issue(code: Code, severity: Severity, layer: str | None, column: str | None, entry: _Entry) -> Issue:
    title = column_title(layer, column)

    def words(template: Title) -> Title:
        shared = {**entry.figures, "count": entry.count}
        return Title(
            template.zh.format(**shared, column=title.zh, values="、".join(entry.values)),
            template.en.format(**shared, column=title.en, values=", ".join(entry.values)),
        )

    texts = words(code.title), words(code.message), words(code.remedy)
    rows, places, ids = tuple(sorted(entry.rows)), tuple(entry.places), tuple(entry.ids)
    return Issue(code.code, severity, layer, column, rows, entry.count, *texts, places, ids)


def _show(shown: list[str], values: Iterable[object]) -> None:
    for value in islice(values, MOST_ROWS):
        if len(shown) >= MOST_VALUES:
            return
        text = str(value)
        text = text if len(text) <= _VALUE_CHARS else text[:_VALUE_CHARS] + "…"
        if text not in shown:
            shown.append(text)
