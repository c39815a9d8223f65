"""Which incident a file is of, that it is a drill or a what-if: on every row, every feature, in the file's name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request

from layers.schema import Title
from webmap.accounts.log_rights import require_right
from webmap.accounts.roles import Action
from webmap.accounts.viewer import Viewer
from webmap.errors import InvalidQuery
from webmap.exports.tables import Cell, in_language
from webmap.incidents.journal import Journal
from webmap.incidents.records import Opening
from webmap.languages import Language

_DRILL = Title("演练", "DRILL")
_HEADING = Title("事件", "Incident")
_WHAT_IF = Title("假设", "WHAT-IF")
_WHAT_IF_HEADING = Title("假设推演（不是实际态势）", "What-if (not the actual situation)")


@dataclass(frozen=True)
class IncidentMark:
    """Says which incident something is of, None for a calculation of its own, and whether it is what was tried out."""

    opening: Opening | None
    what_if: bool = False

    @property
    def drill(self) -> bool:
        """Whether it is of a drill."""
        return self.opening is not None and self.opening.drill

    def in_name(self, language: Language) -> list[str]:
        """Return the parts of a file's name that say it: what-if and drill first, where they are read first."""
        marks = [(self.what_if, _WHAT_IF), (self.drill, _DRILL)]
        said = [in_language(title, language) for holds, title in marks if holds]
        return said if self.opening is None else [*said, self.opening.name]

    def plain_name(self, name: str) -> str:
        """Return an ASCII file name with the marks of a what-if and of a drill."""
        return f"{'WHAT-IF-' if self.what_if else ''}{'DRILL-' if self.drill else ''}{name}"

    def words(self, language: Language) -> str:
        """Return the incident's name, with the mark of a drill before it; empty without an incident."""
        if self.opening is None:
            return ""
        mark = in_language(_DRILL, language)
        brackets = f"【{mark}】" if language == "zh" else f"[{mark}] "
        return f"{brackets if self.drill else ''}{self.opening.name}"

    def columns(self, language: Language) -> list[tuple[str, Cell]]:
        """Return columns of a table: their headings, which tell of a what-if and of a drill where there is no row."""
        tried = [(in_language(_WHAT_IF_HEADING, language), in_language(_WHAT_IF, language))] if self.what_if else []
        if self.opening is None:
            return [*tried]
        heading = in_language(_HEADING, language)
        drill = in_language(_DRILL, language)
        marked = f"{heading}（{drill}）" if language == "zh" else f"{heading} ({drill})"
        return [*tried, (marked if self.drill else heading, self.words(language))]

    def properties(self) -> dict[str, Any]:
        """Return what a map's features say of it."""
        tried = {"what_if": True} if self.what_if else {}
        return tried if self.opening is None else {**tried, "incident": self.opening.name, "drill": self.drill}


def asked_mark(journal: Journal, viewer: Viewer, plan: str) -> IncidentMark | None:
    """Return the mark of the incident that the query names, and of a what-if; None where it names neither.

    `plan` is that of the content. Raises `UnknownIncident`, `MissingRight` without the right to see its log, and
    `InvalidQuery` for an incident of another plan and for a `what_if` that is neither 0 nor 1.
    """
    what_if = _is_what_if()
    given = request.args.get("incident")
    if not given:
        return IncidentMark(None, what_if) if what_if else None
    opening = journal.opening(given)
    require_right(viewer, Action.SEE_LOG, opening.plan)
    if opening.plan != plan:
        raise InvalidQuery("incident", given, (f"plan={plan}",))
    return IncidentMark(opening, what_if)


def _is_what_if() -> bool:
    given = request.args.get("what_if", "0")
    if given not in {"0", "1"}:
        raise InvalidQuery("what_if", given, ("0", "1"))
    return given == "1"
