"""The mark that the sample leaves in the database's data versions: how to tell it from anybody's own data."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import Connection, select

from layers.tables import DATA_VERSIONS

_SAMPLE = re.compile(r"sample [0-9a-f]{12}")


def sample_note(digest: str) -> str:
    """Return the note of a write of the sample, whose content has that digest (SHA-256 in hexadecimal)."""
    return f"sample {digest[:12]}"


def notes_of(connection: Connection) -> list[str]:
    """Return the notes of all writes of layers, oldest first; none if nothing was ever written."""
    return list(connection.scalars(select(DATA_VERSIONS.c.note).order_by(DATA_VERSIONS.c.sequence)))


def nothing_but_the_sample(notes: Sequence[str]) -> bool:
    """Whether all that was ever written is the sample; False if nothing was.

    Every write of layers leaves a note, so whoever has written anything else is seen, also after writing it over.
    """
    return bool(notes) and all(_SAMPLE.fullmatch(note) for note in notes)
