"""What a document says, apart from how it looks in Word, in PDF or in a browser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from webmap.incidents.entry_fields import seen
from webmap.reports.documents.line_breaks import broken

#: How much of a table's small type stands beside and below each other: 156 mm, and a good half of a page.
_SIGNS_IN_A_LINE, _SHORT_LINES = 42, 26
#: What of a column's width is no room for signs, in signs; how many signs of a title stand on a line, on one page too.
_SIDES, _TITLE_SIGNS, _BRIEF_TITLE_SIGNS = 0.9, 20, 26
#: The highest picture that stands on a page with its caption.
_HIGHEST_MM = 200.0
Kind = Literal["first", "follow_up", "final", "evaluation", "briefing", "handover"]
KINDS: tuple[Kind, ...] = ("first", "follow_up", "final", "evaluation", "briefing", "handover")
#: What stands where nobody has said anything yet: an officer looks for these two signs.
GAP_MARK = "待补"


def shown(text: str) -> str:
    """Return a text without signs that no file can carry: logs of earlier versions may hold some."""
    return seen(text).encode("utf-8", "replace").decode("utf-8")


@dataclass(frozen=True, slots=True)
class Text:
    """Words as they stand; `strong` in heavier type."""

    text: str
    strong: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", shown(self.text))


@dataclass(frozen=True, slots=True)
class Gap:
    """Something the document should say and nobody has entered: what it is, in a few words."""

    what: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "what", shown(self.what))

    @property
    def text(self) -> str:
        """How it is written everywhere, so that it can be searched for."""
        return f"【{GAP_MARK}：{self.what}】"


@dataclass(frozen=True, slots=True)
class Aside:
    """Where something is from, in small brackets: an entry of the log, a clause, the data."""

    said: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "said", shown(self.said))

    @property
    def text(self) -> str:
        """How it is written everywhere."""
        return f"〔{self.said}〕"


Run = Text | Gap | Aside
Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (一、), 2 (（一）) or 3 (1.); the numbers are put by whoever writes the file.

    Those of annexes have none (`counted` false).
    """

    text: str
    level: Literal[1, 2, 3] = 1
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: `body` as the text runs, `note` small, for sources, `signature` at the right, `lead` set apart."""

    runs: Runs
    style: Literal["body", "note", "signature", "lead"] = "body"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, its share of the width, and whether its values are figures."""

    title: str
    share: float = 1.0
    figures: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a heading row that is repeated on every page. A table without rows is not written.

    A `small` one is set in smaller type, close together: lists that are looked up, not read.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Runs, ...], ...]
    caption: str | None = None
    small: bool = False

    @property
    def titles(self) -> tuple[str, ...]:
        """The headings of the columns, those that do not fit on one line in lines of much the same width."""
        total = sum(column.share for column in self.columns)
        rooms = (_SIGNS_IN_A_LINE * column.share / total - _SIDES for column in self.columns)
        return tuple("\n".join(broken(one.title, room)) for one, room in zip(self.columns, rooms, strict=True))

    @property
    def lines(self) -> int:
        """About how many lines of small type it fills, with its heading: a short table stays on one page."""
        total = sum(column.share for column in self.columns)
        wide = [max(1, int(_SIGNS_IN_A_LINE * column.share / total) - 1) for column in self.columns]
        return 2 + sum(
            max((-(-len(plain(cell)) // signs) for cell, signs in zip(row, wide, strict=True)), default=1)
            for row in self.rows
        )

    @property
    def is_short(self) -> bool:
        """Whether it is kept on one page."""
        return self.lines <= _SHORT_LINES


@dataclass(frozen=True, slots=True)
class Headline:
    """Figures that are read first: what each counts, the figure itself, what is to be known with it."""

    figures: tuple[tuple[str, Runs, str], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture (PNG) with what it shows; `alt` says it for who cannot see it."""

    png: bytes
    caption: str
    alt: str
    width_mm: float = 156.0

    @property
    def fitting_width_mm(self) -> float:
        """How wide it is set: `width_mm`, less where it would be too high for a page with its caption."""
        width, height = (int.from_bytes(self.png[place : place + 4], "big") for place in (16, 20))
        return min(self.width_mm, _HIGHEST_MM * width / height)


@dataclass(frozen=True, slots=True)
class Contents:
    """The list of headings of levels 1 and 2."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Table | Headline | Figure | Contents | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """A document. `head` are the lines under the title, `marks` stand on every page, `notes` at the end.

    `brief` asks for small type: the whole must fit on one page.
    """

    kind: Kind
    title: str
    subtitle: str | None
    head: tuple[tuple[str, Runs], ...]
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]
    marks: tuple[str, ...]
    author: str
    made_at: datetime
    drill: bool = False
    brief: bool = False

    @property
    def shown_title(self) -> str:
        """The title, with the mark of a drill before it."""
        return shown(f"【演练】{self.title}" if self.drill else self.title)

    @property
    def title_lines(self) -> tuple[str, ...]:
        """The title as it is set: a long one on lines that end where words do."""
        return broken(self.shown_title, _BRIEF_TITLE_SIGNS if self.brief else _TITLE_SIGNS)

    def with_notes(self, notes: tuple[str, ...]) -> Document:
        """Return the document with these notes at its end."""
        return replace(self, notes=notes)

    def gaps(self) -> tuple[str, ...]:
        """Return what is still to be filled in, each once, in the order in which it is read."""
        found = (run.what for run in self._runs() if isinstance(run, Gap))
        return tuple(dict.fromkeys(found))

    def _runs(self) -> Iterator[Run]:
        for _, runs in self.head:
            yield from runs
        for block in self.blocks:
            yield from runs_of(block)


def runs_of(block: Block) -> Iterator[Run]:
    """Yield all runs of a block; none of blocks without words that can be missing."""
    if isinstance(block, Paragraph):
        yield from block.runs
    elif isinstance(block, Table):
        for row in block.rows:
            for cell in row:
                yield from cell
    elif isinstance(block, Headline):
        for _, runs, _ in block.figures:
            yield from runs


def plain(runs: Iterable[Run]) -> str:
    """Return runs as one text, gaps and sources in their brackets."""
    return "".join(run.text for run in runs)


def words(text: str, *, strong: bool = False) -> Runs:
    """Return a text as runs."""
    return (Text(text, strong),)


def said_by(numbers: Iterable[int]) -> Runs:
    """Return the aside that names entries of the log, the lowest first; nothing for none."""
    listed = sorted(set(numbers))
    if not listed:
        return ()
    named = "、".join(map(str, listed[:6]))
    more = "等" if len(listed) > 6 else ""
    return (Aside(f"第 {named} 条{more}"),)
