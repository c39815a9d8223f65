"""The first distinct values of every column, collected while a table is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from layers.importing.source.model import SAMPLES

#: A sample is for people to look at: longer texts are cut.
_SHOWN_CHARS = 200


class Samples:
    """Collects, by column, the first `SAMPLES` distinct values that are not empty, in their order."""

    def __init__(self, columns: Iterable[str] = ()) -> None:
        self._found: dict[str, dict[tuple[type, object], object]] = {name: {} for name in columns}

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns seen, in the order in which they came."""
        return tuple(self._found)

    def add(self, column: str, values: Iterable[object]) -> None:
        """Take values of a column; the column becomes known even if all are empty."""
        found = self._found.setdefault(column, {})
        if len(found) >= SAMPLES:
            return
        for value in values:
            if value is None or value == "":
                continue
            shown = value[:_SHOWN_CHARS] if isinstance(value, str) else value
            # True and 1 are equal to Python, but not to who looks at the table.
            found.setdefault((type(shown), shown), shown)
            if len(found) >= SAMPLES:
                return

    def taken(self) -> Mapping[str, tuple[object, ...]]:
        """Return what was collected."""
        return {name: tuple(found.values()) for name, found in self._found.items()}
