"""What is wrong with an edit: a code for programs, where it is, and words in both languages with what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from layers.editing.words import WORDS
from layers.schema import Title

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a record; `field` names the column, or is None for all of it or its geometry.

    `names` are the records that stand in the way, `place` is longitude, latitude. `operation` is the position of the
    operation in its list, from 0; None where the problem is of no one operation.
    """

    code: str
    layer: str
    id: str
    field: str | None = None
    severity: Severity = "error"
    detail: Mapping[str, object] | None = None
    names: tuple[str, ...] = ()
    place: tuple[float, float] | None = None
    operation: int | None = None

    def message(self, language: str) -> str:
        """Say what is wrong."""
        return self._written(WORDS[self.code][0], language)

    def remedy(self, language: str) -> str:
        """Say what to do."""
        return self._written(WORDS[self.code][1], language)

    def document(self, language: str) -> dict[str, Any]:
        """Return the problem as programs and the page are told of it."""
        return {
            "code": self.code,
            "severity": self.severity,
            "layer": self.layer,
            "id": self.id,
            "field": self.field,
            "message": self.message(language),
            "remedy": self.remedy(language),
            "names": list(self.names),
            "place": None if self.place is None else list(self.place),
            "operation": self.operation,
        }

    def _written(self, title: Title, language: str) -> str:
        names = ("、" if language == "zh" else ", ").join(self.names)
        detail = {key: _told(value, language) for key, value in (self.detail or {}).items()}
        return (title.zh if language == "zh" else title.en).format(id=self.id, names=names, **detail)


def _told(value: object, language: str) -> object:
    if isinstance(value, Title):
        return value.zh if language == "zh" else value.en
    return f"{value:g}" if isinstance(value, float) else value


class Refused(Exception):
    """An operation cannot be applied as things stand; `problems` says why. Nothing of it was applied."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.message("en") for problem in problems))
