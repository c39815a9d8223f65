"""A film read the slow way: from its begin, change after change, to the moment that is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate

from priority.film import Film
from priority.film.frame import STATES


@dataclass
class Still:
    """What a film shows at a moment. Of facilities state, when they fail, and whether nobody knows their reserve."""

    nodes: set[str] = field(default_factory=set)
    lines: set[str] = field(default_factory=set)
    facilities: dict[str, tuple[str, int | None, bool]] = field(default_factory=dict)
    cells: dict[tuple[str | None, str], tuple[int, int, int]] = field(default_factory=dict)
    figures: dict[str, object] = field(default_factory=dict)
    ranking: tuple[str, ...] = ()


def still_at(film: Film, time_s: int) -> Still:
    """Return what the film shows so many seconds after its begin."""
    still = Still()
    for moment in film.moments:
        if moment.s > time_s:
            break
        still.nodes ^= {film.nodes[number] for number in accumulate(moment.nodes)}
        still.lines ^= {film.lines[number] for number in accumulate(moment.lines)}
        for number, state, fails_s, unknown in moment.facilities:
            still.facilities[film.facilities[number].id] = (STATES[state], fails_s, unknown)
        for township, network, *cell in moment.townships:
            still.cells[film.townships[township].code, film.networks[network]] = (cell[0], cell[1], cell[2])
        if moment.figures is not None:
            still.figures = moment.figures.model_dump()
        if moment.ranking is not None:
            still.ranking = tuple(film.facilities[number].id for number in moment.ranking)
    return still
