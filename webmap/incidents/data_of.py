"""Which version of the data an incident is assessed on: that which it was opened on, until somebody adopts another.

Data are corrected and replaced while an incident runs, and long after it. Its figures are to stay those on which people
decided, so it stays on its version until an entry says otherwise. What counts is the last such entry by its number:
when it was written, not a moment of the event, is when the picture changed.
"""

from __future__ import annotations

from dataclasses import dataclass

from webmap.incidents.data_kinds import DataAdopted
from webmap.incidents.effective import effective_facts
from webmap.incidents.records import Log


@dataclass(frozen=True)
class DataOf:
    """The data version of a log, None where nobody wrote it down. `adopted_in` is the entry that says so, if any."""

    version: str | None
    adopted_in: int | None = None


def data_of(log: Log) -> DataOf:
    """Return which data version a log is assessed on; of a part of a log, which one it was then."""
    if not any(isinstance(entry.fact, DataAdopted) for entry in log.entries):
        return DataOf(log.opening.data_version)
    adopted = {item.number: item.fact for item in effective_facts(log.entries) if isinstance(item.fact, DataAdopted)}
    if not adopted:  # all of them were taken back
        return DataOf(log.opening.data_version)
    number = max(adopted)
    return DataOf(adopted[number].data_version, number)
