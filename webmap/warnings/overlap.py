"""Warnings in force that hold where another one is to hold: a second warning of the same ground should be meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from webmap.warnings.areas import area_of
from webmap.warnings.state import Version, WarningState

#: Outlines of neighbouring areas differ by some metres: less shared ground than this part of either is none.
_LEAST_SHARE = 0.005


@dataclass(frozen=True, eq=False)
class Overlap:
    """A warning in force, and what another area has in common with it.

    `share` is the part (0 to 1) of the other area's ground that is warned already, `codes` are the townships that both
    name. One of the two is not nothing.
    """

    state: WarningState
    share: float
    codes: tuple[str, ...]

    @property
    def version(self) -> Version:
        """The version that is in force."""
        return self.state.told


def overlaps(ground: BaseGeometry, codes: Sequence[str], standing: Iterable[WarningState]) -> tuple[Overlap, ...]:
    """Return which of the warnings in force share ground (EPSG:4490) or townships (`codes`) with an area.

    The one that shares most ground stands first. None for an area of nowhere.
    """
    if ground.is_empty:
        return ()
    found = (_overlap(ground, codes, state) for state in standing)
    shared = [item for item in found if item.share or item.codes]
    return tuple(sorted(shared, key=lambda item: -item.share))


def _overlap(ground: BaseGeometry, codes: Sequence[str], state: WarningState) -> Overlap:
    resolved = state.told.resolved
    theirs = area_of(resolved.shape, resolved.excluded).shape
    both = shapely.area(shapely.intersection(ground, theirs))
    slight = both <= _LEAST_SHARE * min(shapely.area(ground), shapely.area(theirs))
    share = 0.0 if slight else float(both / shapely.area(ground))
    return Overlap(state, min(share, 1.0), tuple(code for code in codes if code in resolved.townships))
