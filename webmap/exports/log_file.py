"""An incident's log as a file: to read (text), for a spreadsheet (CSV), for programs (JSON)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from layers.schema import Title
from priority.wording import Phrases
from webmap.documents import write_document
from webmap.exports.csv_file import SAMPLE_MARK, sample_column, table_of
from webmap.exports.incident_mark import IncidentMark
from webmap.exports.tables import Cell, Column, Record, TableKind, in_language, named, plain
from webmap.languages import Language

LogFormat = Literal["txt", "csv", "json"]
MIMETYPES: Mapping[LogFormat, str] = {"txt": "text/plain", "csv": "text/csv", "json": "application/json"}
LOG_TITLE = Title("事件日志", "Incident log")

_GROUPS = {
    "damage": Title("受损与修复", "Damage"),
    "figure": Title("指标与备用", "Figures"),
    "action": Title("处置", "Action"),
    "decision": Title("决定", "Decision"),
    "warning": Title("预警", "Warning"),
    "report": Title("报告", "Report"),
    "other": Title("其他", "Other"),
}


@dataclass(frozen=True)
class LogExport:
    """What a log's file tells: the incident's head and its entries as the API gives them, plan, and kind of data."""

    mark: IncidentMark
    head: Mapping[str, Any]
    entries: list[dict[str, Any]]
    plan_title: str
    synthetic: bool
    language: Language

    def content(self, wanted: LogFormat) -> bytes:
        """Return the file in a format."""
        made = {"txt": self._text, "csv": self._csv, "json": self._json}
        return made[wanted]()

    def name_parts(self) -> list[str]:
        """Return the parts of the file's name."""
        sample = [in_language(SAMPLE_MARK, self.language)] if self.synthetic else []
        return [*self.mark.in_name(self.language), *sample, in_language(LOG_TITLE, self.language)]

    def _text(self) -> bytes:
        """Lines as they are read out; a byte order mark, because Windows takes the text for another code without."""
        drill = Phrases(self.language).write("log.drill") if self.head["drill"] else ""
        first = f"{drill}{in_language(LOG_TITLE, self.language)}  {self.head['name']}  {self.plan_title}"
        sample = [in_language(SAMPLE_MARK, self.language)] if self.synthetic else []
        lines = [first, *sample, str(self.head["id"]), ""]
        lines += [drill + self._line(entry) for entry in self.entries]
        return ("\ufeff" + "\n".join(lines) + "\n").encode("utf-8", "replace")

    def _line(self, entry: Mapping[str, Any]) -> str:
        phrases = Phrases(self.language)
        said = _indented(entry["said"])
        if entry["corrected_by"] is not None:
            said = _became(said, entry, phrases)
        places = {"number": entry["number"], "author": entry["author"], "said": said}
        clock = _minute(entry["happened_at"])
        if not entry["late"]:
            return phrases.write("log.line", clock=clock, **places)
        return phrases.write("log.line_late", clock=clock, written=_minute(entry["written_local"]), **places)

    def _csv(self) -> bytes:
        first = [*self.mark.columns(self.language), *sample_column(self.synthetic, self.language)]
        last = [(in_language(Title("预案", "Plan"), self.language), self.plan_title)]
        return table_of({"entries": self.entries}, _LOG_TABLE, self.language, first, last)

    def _json(self) -> bytes:
        entries = [{key: value for key, value in entry.items() if key != "written_local"} for entry in self.entries]
        told = {"incident": self.head, "plan_title": self.plan_title, "synthetic": self.synthetic}
        return write_document({**told, "language": self.language, "entries": entries})


def _indented(said: str) -> str:
    """What people write in several lines must not look like several entries."""
    return "\n    ".join(said.splitlines())


def _became(said: str, entry: Mapping[str, Any], phrases: Phrases) -> str:
    number, counts = entry["corrected_by"], entry["counts"]
    if counts is None:
        return phrases.write("log.withdrawn", said=said, number=number)
    places = {"clock": _minute(counts["happened_at"]), "counts": _indented(counts["said"])}
    return phrases.write("log.corrected", said=said, number=number, **places)


def _minute(moment: str) -> str:
    return moment[:16].replace("T", " ")


def _moment(name: str, zh: str, en: str) -> Column:
    """A time to the second, in the offset it was entered with."""
    return Column(Title(zh, en), lambda record, _: record[name][:19].replace("T", " "))


def _late(record: Record, language: Language) -> Cell:
    return in_language(Title("补记", "late"), language) if record["late"] else None


def _corrections(record: Record, language: Language) -> Cell:
    number = record["corrected_by"]
    if number is None:
        return None
    withdrawn = Title(f"已由第 {number} 条撤回", f"withdrawn by entry {number}")
    corrected = Title(f"已由第 {number} 条更正", f"corrected by entry {number}")
    return in_language(withdrawn if record["withdrawn"] else corrected, language)


def _counts_at(record: Record, _language: Language) -> Cell:
    counts = record["counts"]
    return None if counts is None else counts["happened_at"][:19].replace("T", " ")


def _counts_as(record: Record, _language: Language) -> Cell:
    return None if record["counts"] is None else record["counts"]["said"]


_LOG_TABLE = TableKind(
    LOG_TITLE,
    lambda document: list(document["entries"]),
    (
        plain("number", "编号", "Number"),
        _moment("happened_at", "发生时间", "Happened"),
        _moment("written_local", "记录时间", "Written"),
        Column(Title("补记", "Late"), _late),
        named("group", "类别", "Group", _GROUPS),
        plain("author", "记录人", "Author"),
        plain("said", "内容", "Entry"),
        plain("clause", "条款", "Clause"),
        Column(Title("更正情况", "Corrections"), _corrections),
        Column(Title("更正后发生时间", "Happened (corrected)"), _counts_at),
        Column(Title("更正后内容", "Entry (corrected)"), _counts_as),
    ),
)
