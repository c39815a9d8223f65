"""Errors of geodata, as nouns. Each carries where it is and what to do."""

from __future__ import annotations

from collections.abc import Mapping
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


class UnknownVersion(LayerError):
    """The database never had a data version of that name."""

    def __init__(self, version: str) -> None:
        self.version = version
        super().__init__(f"there is no data version {version}")


class VersionNotKept(LayerError):
    """A data version was made before versions were kept: nobody knows any more what the data were."""

    def __init__(self, version: str) -> None:
        self.version = version
        super().__init__(f"data version {version} was not kept")


class StaleVersion(LayerError):
    """What was to be written rests on a data version, and was changed after it; `changed` names records by layer.

    No records are named where a whole layer was to be written.
    """

    def __init__(self, base: str, changed: Mapping[str, tuple[str, ...]]) -> None:
        self.base = base
        self.changed = changed
        named = "; ".join(f"{key}: {', '.join(ids[:5])}" if ids else key for key, ids in changed.items())
        super().__init__(f"changed after {base}: {named}")


class InvalidFile(LayerError):
    """A file of geodata cannot be used; `problem` says what is wrong with it, `remedy` what to do."""

    def __init__(self, path: Path, problem: str, remedy: str) -> None:
        self.path = path
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{path}: {problem}")
