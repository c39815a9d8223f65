"""What every format hands back once a file of it is open."""

from __future__ import annotations

from dataclasses import dataclass

from layers.importing.source.model import Reader, SourceTable


@dataclass(frozen=True)
class Opened:
    """An open file: its format, encodings (the chosen one, and all that read it), tables and reader."""

    format: str
    encoding: str | None
    encodings: tuple[str, ...]
    tables: tuple[SourceTable, ...]
    reader: Reader
