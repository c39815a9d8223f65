"""Lines without supply: of each network at the moment at which most of its customers were out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from webmap.incidents.fold import fold_of

if TYPE_CHECKING:
    from priority.results import Outage
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
    peaks = {
        network: datetime.fromisoformat(row.peak_at)
        for network, row in source.impact.networks.items()
        if row.peak_at is not None
    }
    found = {moment: _outages_at(source, moment) for moment in sorted(set(peaks.values()))}
    return [
        HitElements(network, moment, found[moment][network].dead_lines, found[moment][network].unsupplied_nodes)
        for network, moment in peaks.items()
    ]


def _outages_at(source: ReportSource, moment: datetime) -> Mapping[str, Outage]:
    """Return the outages of a moment from all that the log says of it, as the page would show them to the reader."""
    from priority.assessment import take_picture  # noqa: PLC0415  numba is needed from here on, not before
    from priority.impact import outages  # noqa: PLC0415
    from priority.incident import Incident  # noqa: PLC0415

    document = source.shown(fold_of(source.log, source.all_facts, moment).document)
    incident = Incident.parse(document, source.language, source.plan_keys)
    picture = take_picture(
        source.snapshot.system(), incident, source.plan, language=source.language, restricted=source.restricted
    )
    return outages(picture)
