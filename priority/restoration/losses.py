"""What waiting for repairs costs in a real district: the loss model on top of the cascade."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from priority.cascade.kernel import simulate
from priority.cascade.reduced import Reduced
from priority.cascade.script import Outline, PlacedUnit
from priority.cascade.wiring import Ended, Weights
from priority.picture import Picture
from priority.restoration.levels import Levels
from priority.times import Seconds

if TYPE_CHECKING:
    from priority.restoration.tasks import Repair


@dataclass(frozen=True, eq=False)
class IncidentLosses:
    """The loss model of an incident; see `priority.restoration.problem.LossModel`.

    A group is a facility that counts on a level (one unit each), or a part of a network with people in it. People are
    counted once for each commodity that they are without. `ends_s` (d) is when each damage ends if no task mends it,
    `damage_of` (t) the damage of each task.
    """

    reduced: Reduced
    weights: Weights
    ends_s: Seconds
    damage_of: NDArray[np.intp]
    stocks_from_s: int | None
    horizon_s: int
    facility_groups: NDArray[np.intp]
    vertex_groups: NDArray[np.intp]

    @classmethod
    def of(cls, picture: Picture, repairs: Sequence[Repair], levels: Levels) -> IncidentLosses:
        """Make the model for the repairs still to be planned; `picture` is the incident without them."""
        cascade = picture.cascade
        outline = Outline.of(
            cascade.condensed, len(cascade.facilities.ids), cascade.damages, cascade.isolations, cascade.actions
        )
        reduced = Reduced.of(cascade, outline)
        counted = np.where(picture.counted, picture.system.loads.population, 0.0)
        people = np.rint(cascade.condensed.sum_of(counted)).astype(np.int64)
        weights = Weights(
            levels.of_facility[reduced.facilities].astype(np.int32),
            np.concatenate([np.zeros(1, np.int64), people[reduced.vertices]]),
            len(levels.rows),
        )
        lost = reduced.wiring.supplied & (weights.vertex > 0)
        return cls(
            reduced=reduced,
            weights=weights,
            ends_s=np.array([damage.ends_s for damage in cascade.damages], dtype=np.int64),
            damage_of=np.array([repair.damage for repair in repairs], dtype=np.intp),
            stocks_from_s=cascade.stocks_from_s,
            horizon_s=cascade.horizon_s,
            facility_groups=np.flatnonzero(weights.facility_level >= 0),
            vertex_groups=np.flatnonzero(lost),
        )

    def with_units(self, units: Iterable[PlacedUnit]) -> IncidentLosses:
        """Return the model with more mobile units placed."""
        return replace(self, reduced=self.reduced.with_units(units))

    @property
    def level(self) -> NDArray[np.int64]:
        """The level (g) that each group adds to."""
        of_vertices = np.full(self.vertex_groups.size, self.weights.levels - 1, np.int64)
        return np.concatenate([self.weights.facility_level[self.facility_groups].astype(np.int64), of_vertices])

    @property
    def weight(self) -> NDArray[np.int64]:
        """What each group (g) adds a second."""
        return np.concatenate([np.ones(self.facility_groups.size, np.int64), self.weights.vertex[self.vertex_groups]])

    def evaluate(self, done_s: Seconds) -> NDArray[np.int64]:
        """Return the exact loss of each level if task `t` is done at `done_s[t]` (`NEVER` for never)."""
        ends_s = self.ends_s.copy()
        ends_s[self.damage_of] = done_s
        return self._run(ends_s).loss

    def down_from(self, open_tasks: tuple[int, ...]) -> Seconds:
        """Return for each group (g) since when it is down at the horizon if only `open_tasks` are never done.

        All other tasks count as done as soon as their faults occur.
        """
        ends_s = self.ends_s.copy()
        begins_s = np.array(self.reduced.outline.begins_s, dtype=np.int64)
        done = np.setdiff1d(np.arange(self.damage_of.size), np.array(open_tasks, dtype=np.intp))
        ends_s[self.damage_of[done]] = begins_s[self.damage_of[done]]
        ended = self._run(ends_s)
        return np.concatenate([ended.facility_since[self.facility_groups], ended.vertex_since[self.vertex_groups]])

    def _run(self, ends_s: Seconds) -> Ended:
        script = self.reduced.outline.script(ends_s, self.stocks_from_s)
        return simulate(self.reduced.wiring, script, self.weights, self.horizon_s, False)
