"""What there is to say about a file as a whole, as issues."""

from __future__ import annotations

from collections.abc import Iterable

from layers.importing.issues import Issue, IssueBook, in_order


class Notes:
    """Collects issues of a file, one for each `add`."""

    def __init__(self) -> None:
        self._found: list[Issue] = []

    def add(
        self, code: str, *, table: str, rows: Iterable[int] = (), count: int | None = None, **figures: object
    ) -> None:
        """Add an issue of a code of `layers.importing.codes`; `rows` and `count` as of `IssueBook.add`."""
        book = IssueBook()
        words = {name: str(figure) for name, figure in figures.items() if name != "values"}
        values = figures.get("values", ())
        shown = values if isinstance(values, list | tuple) else (values,)
        book.add(code, rows=rows, values=shown, count=count, **{"table": table, **words})  # type: ignore[arg-type]
        self._found.extend(book.issues())

    def issues(self) -> tuple[Issue, ...]:
        """Return what was collected: warnings first."""
        return in_order(self._found)
