"""The marks that writes leave in the database's data versions: how to tell the sample from anybody's own data."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from sqlalchemy import Connection, select

from layers.tables import DATA_VERSIONS

#: Kinds of writes whose notes people write.
_PEOPLES = frozenset({"import", "edit", "undo"})
#: How `notes_of` marks the way back to an earlier version.
_UNDO = "undo: "
_SAMPLE = re.compile(r"sample [0-9a-f]{12}")
_CHOICE = re.compile(r"siting (chosen|taken_back) [0-9]+ [0-9a-f-]{36}")


def sample_note(digest: str) -> str:
    """Return the note of a write of the sample, whose content has that digest (SHA-256 in hexadecimal)."""
    return f"sample {digest[:12]}"


def choice_note(kind: str, number: int, run_id: str) -> str:
    """Return the note of a write of the layer `sites` by the choice of that kind and number, of a siting run."""
    return f"siting {kind} {number} {run_id}"


def notes_of(connection: Connection) -> list[str]:
    """Return the notes of all writes of layers, oldest first; none if nothing was ever written.

    What people noted of a write of their own is marked as such, so that it is never taken for one of the product's.
    """
    return [note for note, _ in writes_of(connection)]


def writes_of(connection: Connection) -> list[tuple[str, str | None]]:
    """Return the note of every write of layers, as `notes_of`, and the id of who made it (None: no account)."""
    columns = DATA_VERSIONS.c
    rows = connection.execute(select(columns.kind, columns.note, columns.author_id).order_by(columns.sequence)).all()
    return [(f"{row.kind}: {row.note}" if row.kind in _PEOPLES else row.note, row.author_id) for row in rows]


def sample_loaded(notes: Sequence[str]) -> str:
    """Return the note of the sample that was loaded last; "" if none was."""
    return next((note for note in reversed(notes) if _SAMPLE.fullmatch(note)), "")


def nothing_but_the_sample(notes: Sequence[str]) -> bool:
    """Whether all that was ever written is the sample and what was chosen in it; False if nothing was.

    Every write of layers leaves a note, so whoever has written anything else is seen, also after writing it over. A
    choice of sites among made-up data is made up itself, and its records say so. Going back to an earlier version adds
    nothing to what was there.
    """
    if not notes or not _SAMPLE.fullmatch(notes[0]):
        return False
    return all(_SAMPLE.fullmatch(note) or _CHOICE.fullmatch(note) or note.startswith(_UNDO) for note in notes)


def nothing_but_a_demonstration(writes: Sequence[tuple[str, str | None]], accounts: Collection[str]) -> bool:
    """Whether all that was ever written is the sample and what demonstration accounts (their ids) made of it.

    Told by who wrote: a note is free text in part. What was imported through an account that anybody may use is open to
    anybody from then on; the page says so before it is written.
    """
    return nothing_but_the_sample([note for note, author in writes if author not in accounts])
