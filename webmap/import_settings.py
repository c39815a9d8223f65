"""Settings of imports: what a file may cost, and how long it is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

_MB = 2**20


@dataclass(frozen=True)
class ImportLimits:
    """Bounds on files that people upload to be imported.

    `file_bytes` bounds one file, `store_bytes` all that are kept together; `keep_days` is how long the file of an
    import that was committed, cancelled, discarded or failed stays. `memory_bytes` and `seconds` bound the process
    that reads a file.
    """

    file_bytes: int = 500 * _MB
    store_bytes: int = 5000 * _MB
    keep_days: int = 30
    memory_bytes: int = 4096 * _MB
    seconds: int = 1800


#: Reads the whole number of a variable: environment, name, default, lowest and highest value.
Whole = Callable[[Mapping[str, str], str, int, int, int], int]


def import_limits(environment: Mapping[str, str], whole: Whole) -> ImportLimits:
    """Read the limits; `whole` raises `InvalidSettings` for what is no such number."""
    default = ImportLimits()

    def number(name: str, usual: int, low: int, high: int) -> int:
        return whole(environment, f"WEBMAP_IMPORT_{name}", usual, low, high)

    return ImportLimits(
        file_bytes=number("LIMIT_MB", default.file_bytes // _MB, 1, 100_000) * _MB,
        store_bytes=number("STORE_MB", default.store_bytes // _MB, 1, 10_000_000) * _MB,
        keep_days=number("KEEP_DAYS", default.keep_days, 0, 3650),
        memory_bytes=number("MEMORY_MB", default.memory_bytes // _MB, 1024, 1_000_000) * _MB,
        seconds=number("SECONDS", default.seconds, 10, 86_400),
    )
