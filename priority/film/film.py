"""From the stages of an incident to its film: a pure function of the supply system, the stages and the plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from priority.aftermath.spans import Stage
from priority.damage import seconds_after
from priority.film.frame import STATES, Frame, Stand, frame_of
from priority.film.results import Film, FilmFacility, FilmFigures, FilmMoment, FilmTownship
from priority.film.run import Viewing, runs_of
from priority.network.arrays import NETWORK_KEYS
from priority.network.kernels import BoolArray
from priority.plans import Language, Plan
from priority.results import PlanIdentity
from priority.system import SupplySystem
from priority.wording import Phrases

#: Called with how many stages are done, and of how many.
Progress = Callable[[int, int], None]


def film_of(
    system: SupplySystem,
    stages: Sequence[Stage],
    plan: Plan,
    begin: datetime,
    until: datetime,
    *,
    language: Language = "zh",
    restricted: bool = False,
    progress: Progress | None = None,
) -> Film:
    """Return the film from `begin` to `until`.

    What is out at a moment is what the assessment of the last stage (`begins_at`, incident) by then says of it. Stages
    come in the order of time, each at a second of its own and none before `begin`; those after `until` do not count,
    and without any nothing is ever out. Without the right to restricted facilities they appear nowhere. `progress`
    hears how many stages are done; what it raises ends the work. Raises `InvalidIncident`.
    """
    viewing = Viewing(system, plan, language, restricted)
    reel = _Reel(system, plan)
    done = 0
    for run in runs_of(viewing, stages, until):
        offset_s = seconds_after(run.origin, begin)
        begins = {stage.begin_s for stage in run.stages}
        for time_s, picture in run.pictures():
            reel.take(frame_of(time_s + offset_s, picture))
            done += time_s in begins
            if progress is not None and time_s in begins:
                progress(done, len(stages))
    return reel.film(plan, begin, until, language)


@dataclass(eq=False)
class _Reel:
    """Frames one after the other, of which only what is new is kept."""

    system: SupplySystem
    plan: Plan
    before: Frame | None = None
    changes: list[_Change] = field(default_factory=list)

    def take(self, frame: Frame) -> None:
        """Go on to a frame; one at which nothing changes is left out."""
        change = _Change.between(self._blank() if self.before is None else self.before, frame)
        if change.is_any:
            self.changes.append(change)
        self.before = frame

    def _blank(self) -> Frame:
        """Return the frame of an incident in which nothing has happened; unfed places show once something has."""
        arrays, width = self.system.arrays, self.system.townships.outside + 1
        nothing = np.zeros((3, len(NETWORK_KEYS), width), np.int64)
        nodes, lines = np.zeros(arrays.node_ids.size, np.bool_), np.zeros(arrays.line_ids.size, np.bool_)
        return Frame(0, nodes, lines, nothing, (), ())

    def film(self, plan: Plan, begin: datetime, until: datetime, language: Language) -> Film:
        """Return what was taken, with its lists of what ever changes."""
        system = self.system
        nodes = _Numbers([change.nodes for change in self.changes])
        lines = _Numbers([change.lines for change in self.changes])
        facilities = _Numbers([np.array([stand.number for stand in change.stands], np.intp) for change in self.changes])
        cast = _Cast(plan, self.system, nodes, lines, facilities)
        return Film(
            plan=PlanIdentity.of(plan, language),
            begin=begin.isoformat(),
            length_s=max(0, seconds_after(until, begin)),
            data_version=system.data_version,
            synthetic=system.synthetic,
            networks=tuple(NETWORK_KEYS),
            nodes=tuple(system.arrays.node_ids[nodes.kept].tolist()),
            lines=tuple(system.arrays.line_ids[lines.kept].tolist()),
            facilities=tuple(cast.facility(number) for number in facilities.kept.tolist()),
            townships=_townships(system, Phrases(language)),
            moments=tuple(cast.moment(change) for change in self.changes),
        )


@dataclass(frozen=True, eq=False)
class _Change:
    """What is other in a frame than in the one before it."""

    frame: Frame
    nodes: NDArray[np.intp]
    lines: NDArray[np.intp]
    cells: NDArray[np.intp]
    stands: tuple[Stand, ...]
    ranking: bool

    @classmethod
    def between(cls, before: Frame, after: Frame) -> _Change:
        """Compare two frames."""
        known = {stand.number: _told(stand) for stand in before.stands}
        calm = (0, None, False)
        return cls(
            frame=after,
            nodes=np.flatnonzero(before.nodes != after.nodes),
            lines=np.flatnonzero(before.lines != after.lines),
            cells=np.argwhere((before.cells != after.cells).any(axis=0)),
            stands=tuple(stand for stand in after.stands if known.get(stand.number, calm) != _told(stand)),
            ranking=before.ranking != after.ranking,
        )

    @property
    def is_any(self) -> bool:
        """Whether anything is other."""
        return bool(self.nodes.size or self.lines.size or self.cells.size or self.stands or self.ranking)


def _told(stand: Stand) -> tuple[int, int | None, bool]:
    return STATES.index(stand.state), stand.fails_s, stand.lasts_unknown


class _Numbers:
    """The numbers that occur in any of several arrays, counted anew from 0."""

    def __init__(self, arrays: Sequence[NDArray[np.intp]]) -> None:
        self.kept = np.unique(np.concatenate([np.empty(0, np.intp), *arrays]))

    def of(self, numbers: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return the new numbers of old ones."""
        return np.searchsorted(self.kept, numbers)


@dataclass(frozen=True, eq=False)
class _Cast:
    plan: Plan
    system: SupplySystem
    nodes: _Numbers
    lines: _Numbers
    facilities: _Numbers

    def facility(self, number: int) -> FilmFacility:
        facilities = self.system.facilities
        entry = self.plan.priority_of(facilities.categories[number])
        return FilmFacility(
            id=facilities.ids[number],
            name=facilities.names[number],
            category=facilities.categories[number],
            tier=None if entry is None else entry.tier,
        )

    def moment(self, change: _Change) -> FilmMoment:
        frame = change.frame
        numbers = self.facilities.of(np.array([stand.number for stand in change.stands], np.intp)).tolist()
        return FilmMoment(
            s=frame.time_s,
            nodes=_distances(self.nodes.of(change.nodes)),
            lines=_distances(self.lines.of(change.lines)),
            facilities=tuple((at, *_told(stand)) for at, stand in zip(numbers, change.stands, strict=True)),
            townships=tuple(
                (township, network, *frame.cells[:, network, township].tolist())
                for network, township in change.cells.tolist()
            ),
            figures=self._figures(frame) if change.cells.size or change.stands else None,
            ranking=tuple(self.facilities.of(np.array(frame.ranking, np.intp)).tolist()) if change.ranking else None,
        )

    def _figures(self, frame: Frame) -> FilmFigures:
        customers, unknown = frame.cells[0], frame.cells[1]
        hit: BoolArray = (customers > 0).any(axis=0)
        listed = [stand.state for stand in frame.stands if self.plan.priority_of(stand.category) is not None]
        return FilmFigures(
            townships=int(hit.sum()),
            inside=int((hit & self.system.townships.in_county(self.plan.county_code)).sum()),
            failed=listed.count("failed"),
            on_reserve=listed.count("on_reserve"),
            unknown=listed.count("unknown"),
            customers=tuple(customers.sum(axis=1).tolist()),
            customers_unknown=tuple(unknown.sum(axis=1).tolist()),
        )


def _distances(numbers: NDArray[np.intp]) -> tuple[int, ...]:
    return tuple(np.diff(numbers, prepend=0).tolist())


def _townships(system: SupplySystem, phrases: Phrases) -> tuple[FilmTownship, ...]:
    """Return all townships and, at the end, what lies in none."""
    townships = system.townships
    everybody = system.loads.tally(~system.arrays.is_device)
    rows = []
    for number in range(townships.outside + 1):
        inside = number < townships.outside
        rows.append(
            FilmTownship(
                code=townships.codes[number] if inside else None,
                name=townships.names[number] if inside else phrases.write("name.outside"),
                county_code=str(townships.county_codes[number]) if inside else None,
                customers=tuple(np.rint(everybody.customers[:, number]).astype(int).tolist()),
                customers_unknown=tuple(everybody.customers_unknown[:, number].astype(int).tolist()),
            )
        )
    return tuple(rows)
