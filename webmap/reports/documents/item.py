"""One thing that a report must say: what fills it, and which entry would fill it where it is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from webmap.incidents.told_upward import DetailGiven
from webmap.reports.documents.model import Aside, Gap, Runs, Text, plain, said_by

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

ItemSource = Literal["log", "impact", "assessment", "detail"]


@dataclass(frozen=True, slots=True)
class Filled:
    """What is known of an item. `detail` is the item of `DETAIL_ITEMS` and `figures` the plan's figures to enter."""

    runs: Runs
    basis: tuple[int, ...] = ()
    source: ItemSource = "log"
    detail: str | None = None
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a report in the plan's words (`title`), under its clause.

    `basis` are the numbers of the entries that it rests on. `detail` is the item of `DETAIL_ITEMS`, and `figures` the
    figures of the plan, that fill its gaps when somebody enters them.
    """

    key: str
    title: str
    clause: str
    runs: Runs
    basis: tuple[int, ...]
    source: ItemSource
    detail: str | None = None
    figures: tuple[str, ...] = ()

    @property
    def text(self) -> str | None:
        """What it says in plain words, without sources; None where nothing of it is known."""
        said = tuple(run for run in self.runs if not isinstance(run, Aside))
        known = any(isinstance(run, Text) and any(map(str.isalnum, run.text)) for run in said)
        return plain(said) if known else None

    @property
    def gaps(self) -> tuple[str, ...]:
        """What of it is still to be entered."""
        return tuple(run.what for run in self.runs if isinstance(run, Gap))

    def document(self) -> dict[str, Any]:
        """Return the JSON document."""
        return {
            "key": self.key,
            "title": self.title,
            "clause": self.clause,
            "text": self.text,
            "gaps": list(self.gaps),
            "basis": list(self.basis),
            "source": self.source,
            "detail": self.detail,
            "figures": list(self.figures),
        }


def detail(source: ReportSource, key: str) -> tuple[int, DetailGiven] | None:
    """Return the number and the last that was given of an item, None for nothing."""
    item = source.details.get(key)
    return None if item is None or not isinstance(item.fact, DetailGiven) else (item.number, item.fact)


def detail_runs(source: ReportSource, key: str) -> tuple[Runs, tuple[int, ...]]:
    """Return what somebody gave of an item in words, with its entry; nothing where nobody did."""
    given = detail(source, key)
    if given is None or given[1].text is None:
        return (), ()
    number, fact = given
    return (Text((fact.text or "").rstrip("。") + "。"), *said_by([number])), (number,)
