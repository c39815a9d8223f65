"""What there is to say about a file as a whole, as issues."""

from __future__ import annotations

from layers.importing.issues import Issue, IssueBook, in_order


class Notes:
    """Collects issues of a file, one for each `add`."""

    def __init__(self) -> None:
        self._found: list[Issue] = []

    def add(self, code: str, *, table: str, **figures: object) -> None:
        """Add an issue of a code of `layers.importing.codes`; `rows`, `values` and `count` as `IssueBook.add`."""
        book = IssueBook()
        book.add(code, table=table, **figures)  # type: ignore[arg-type]  figures may be any of its arguments
        self._found.extend(book.issues())

    def issues(self) -> tuple[Issue, ...]:
        """Return what was collected: warnings first."""
        return in_order(self._found)
