"""Lines without supply: of each network at the moment at which most of its customers were out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource


@dataclass(frozen=True)
class HitElements:
    """A network at its worst moment: ids of the lines and nodes without supply; ids are of the network's layers."""

    network: str
    at: datetime
    lines: tuple[str, ...]
    nodes: tuple[str, ...]


def hit_elements(source: ReportSource) -> list[HitElements]:
    """Return what was hit of each network that lost a customer, in the order of the networks; none for no loss.

    The state of every line over the whole time is not kept: the worst moment of each network stands for it.
    """
    if not source.log.entries:
        return []
    known_at = source.log.entries[-1].written_at
    peaks = {
        network: datetime.fromisoformat(row.peak_at)
        for network, row in source.impact.networks.items()
        if row.peak_at is not None
    }
    pictures: dict[datetime, Mapping[str, Mapping[str, list[str]]]] = {
        moment: source.picture(moment, known_at)["outages"] for moment in sorted(set(peaks.values()))
    }
    return [
        HitElements(
            network,
            moment,
            tuple(pictures[moment][network]["dead_lines"]),
            tuple(pictures[moment][network]["unsupplied_nodes"]),
        )
        for network, moment in peaks.items()
    ]
