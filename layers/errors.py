"""Errors of geodata, as nouns. Each carries where it is and what to do."""

from __future__ import annotations

from pathlib import Path


class LayerError(Exception):
    """Base of all errors that `layers` raises on purpose."""


class UnknownLayer(LayerError):
    """No layer of that key is in the catalogue."""


class InvalidRecords(LayerError):
    """Records break the catalogue's rules; `problems` says which, one sentence each."""

    def __init__(self, layer: str, problems: list[str]) -> None:
        self.layer = layer
        self.problems = problems
        super().__init__(f"{layer}: " + "; ".join(problems[:5]))


class MissingLayers(LayerError):
    """The database holds no layer tables, or they are empty: it was never initialised."""


class InvalidFile(LayerError):
    """A file of geodata cannot be used; `problem` says what is wrong with it, `remedy` what to do."""

    def __init__(self, path: Path, problem: str, remedy: str) -> None:
        self.path = path
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{path}: {problem}")
