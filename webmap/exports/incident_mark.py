"""Which incident a file is of, and that it is a drill: on every row, every feature, and in the file's name."""

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


@dataclass(frozen=True)
class IncidentMark:
    """Says which incident something is of."""

    opening: Opening

    def in_name(self, language: Language) -> list[str]:
        """Return the parts of a file's name that say it: the drill first, where it is read first."""
        return [*([in_language(_DRILL, language)] if self.opening.drill else []), self.opening.name]

    def plain_name(self, name: str) -> str:
        """Return an ASCII file name with the mark of a drill."""
        return f"DRILL-{name}" if self.opening.drill else name

    def words(self, language: Language) -> str:
        """Return the incident's name, with the mark of a drill before it."""
        mark = in_language(_DRILL, language)
        brackets = f"【{mark}】" if language == "zh" else f"[{mark}] "
        return f"{brackets if self.opening.drill else ''}{self.opening.name}"

    def columns(self, language: Language) -> list[tuple[str, Cell]]:
        """Return a column of a table: its heading, which tells of a drill where there is no row, and its value."""
        heading = in_language(_HEADING, language)
        drill = in_language(_DRILL, language)
        marked = f"{heading}（{drill}）" if language == "zh" else f"{heading} ({drill})"
        return [(marked if self.opening.drill else heading, self.words(language))]

    def properties(self) -> dict[str, Any]:
        """Return what a map's features say of it."""
        return {"incident": self.opening.name, "drill": self.opening.drill}


def asked_mark(journal: Journal, viewer: Viewer, plan: str) -> IncidentMark | None:
    """Return the mark of the incident that the query names, None where it names none; `plan` is that of the content.

    Raises `UnknownIncident`, `MissingRight` without the right to see its log, and `InvalidQuery` for an incident of
    another plan.
    """
    given = request.args.get("incident")
    if not given:
        return None
    opening = journal.opening(given)
    require_right(viewer, Action.SEE_LOG, opening.plan)
    if opening.plan != plan:
        raise InvalidQuery("incident", given, (f"plan={plan}",))
    return IncidentMark(opening)
