"""A table of a report: named, titled and typed columns over plain records, for every kind of file alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from layers.schema import Choice, Title
from webmap.exports.tables import Cell, in_language
from webmap.languages import Language
from webmap.reports.china_time import china_text

#: What a column holds: `moment` is an ISO 8601 text with offset, `hours` and `number` are fractions, `share` of 1,
#: `ratio` a small figure of three decimals.
ColumnKind = Literal["text", "long_text", "integer", "number", "hours", "share", "ratio", "moment"]


@dataclass(frozen=True)
class ReportColumn:
    """A column. `name` is ASCII and the same in both languages: GIS programs and scripts know the column by it."""

    name: str
    title: Title
    kind: ColumnKind = "text"


@dataclass(frozen=True)
class ReportTable:
    """A table with its records, each a mapping from column names; what is missing there is unknown."""

    key: str
    title: Title
    columns: tuple[ReportColumn, ...]
    records: Sequence[Mapping[str, Any]]

    def rows(self) -> Iterator[list[Cell]]:
        """Yield each record's values in the order of the columns."""
        for record in self.records:
            yield [record.get(column.name) for column in self.columns]

    def headings(self, language: Language) -> list[str]:
        """Return the titles of the columns."""
        return [in_language(column.title, language) for column in self.columns]


def text(name: str, zh: str, en: str, *, long: bool = False) -> ReportColumn:
    """A column of words; `long` where they run over several lines."""
    return ReportColumn(name, Title(zh, en), "long_text" if long else "text")


def integer(name: str, zh: str, en: str) -> ReportColumn:
    """A column of counts."""
    return ReportColumn(name, Title(zh, en), "integer")


def number(name: str, zh: str, en: str) -> ReportColumn:
    """A column of measured figures."""
    return ReportColumn(name, Title(zh, en), "number")


def hours(name: str, zh: str, en: str) -> ReportColumn:
    """A column of durations in hours."""
    return ReportColumn(name, Title(zh, en), "hours")


def share(name: str, zh: str, en: str) -> ReportColumn:
    """A column of parts of 1, shown as per cent where a program can."""
    return ReportColumn(name, Title(zh, en), "share")


def ratio(name: str, zh: str, en: str) -> ReportColumn:
    """A column of small figures whose third decimal still says something."""
    return ReportColumn(name, Title(zh, en), "ratio")


def moment(name: str, zh: str, en: str) -> ReportColumn:
    """A column of times."""
    return ReportColumn(name, Title(zh, en), "moment")


def told(column: ReportColumn, value: Any) -> Any:
    """Return a value as files have it: moments on China's clock, with their offset."""
    return china_text(value) if column.kind == "moment" and value is not None else value


def title_of(choices: Sequence[Choice], key: str | None, language: Language) -> str | None:
    """Return the title of a value of a closed list; what is not in it as it stands."""
    found = next((choice.title for choice in choices if choice.key == key), None)
    return key if found is None else in_language(found, language)
