"""Interruptions of customers as IEEE Std 1366 counts them: spells without supply, longer than five minutes or not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from priority.aftermath.cells import CUSTOMERS, Cells, Floats
from priority.network.arrays import NETWORK_KEYS
from priority.network.kernels import BoolArray
from priority.times import NEVER, Seconds

#: A sustained interruption lasts longer (IEEE Std 1366: momentary events are five minutes or less).
MOMENTARY_S = 5 * 60


@dataclass(eq=False)
class Interruptions:
    """Spells of every consumer point, across all stages of an incident.

    `sustained`, `momentary` (4) count customers once for each of their spells, `sustained_s` (4) adds up customers
    times seconds. A spell that still lasts at the end counts with what has passed of it.
    """

    cells: Cells
    since_s: Seconds
    sustained: Floats
    momentary: Floats
    sustained_s: Floats

    @classmethod
    def of(cls, cells: Cells, vertices: int) -> Interruptions:
        """Begin with supply everywhere."""
        zeros = np.zeros((3, len(NETWORK_KEYS)))
        return cls(cells, np.full(vertices, NEVER, np.int64), *zeros)

    def take(self, time_s: int, down: BoolArray) -> None:
        """Go on to a moment from which on the vertices (v) in `down` have no supply."""
        lasting = self.since_s != NEVER
        self._close(time_s, lasting & ~down)
        self.since_s[down & ~lasting] = time_s

    def end(self, time_s: int) -> None:
        """End all spells at the last moment."""
        self._close(time_s, self.since_s != NEVER)

    def _close(self, time_s: int, over: BoolArray) -> None:
        if not over.any():
            return
        pairs = over[self.cells.vertex]
        customers = self.cells.weights[CUSTOMERS][pairs]
        network = self.cells.cell[pairs] // self.cells.width
        lasted_s = time_s - self.since_s[self.cells.vertex[pairs]]
        long = lasted_s > MOMENTARY_S
        size = len(NETWORK_KEYS)
        self.sustained += np.bincount(network, customers * long, minlength=size)
        self.momentary += np.bincount(network, customers * ~long, minlength=size)
        self.sustained_s += np.bincount(network, customers * lasted_s * long, minlength=size)
        self.since_s[over] = NEVER
