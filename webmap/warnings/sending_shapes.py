"""What is sent for areas, worked out once: the latest are kept, and of laborious ones a few are worked out at once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import shapely

from priority.warnings import SendingShape, WarningArea, sending_shape
from webmap.warnings.kept_by_size import KeptBySize
from webmap.workload import Workload

#: An outline of more points may take a second or more.
_FEW_POINTS = 400
#: Points of all shapes that are kept: some 20 MB.
_KEPT_POINTS = 400_000
#: The most ragged outline that may be drawn takes a third of this; told to those who are turned away.
_SECONDS = 10


@dataclass(eq=False)
class SendingShapes:
    """Shared by threads. `slots` are how many laborious shapes are worked out at the same time."""

    slots: int = 1
    _workload: Workload = field(init=False)
    _kept: KeptBySize[SendingShape] = field(init=False, default_factory=lambda: KeptBySize(_KEPT_POINTS))

    def __post_init__(self) -> None:
        self._workload = Workload(self.slots, 1, waiting=4 * self.slots, waiting_each=2)

    def of(self, area: WarningArea) -> SendingShape:
        """Return what is sent for an area (`priority.warnings.sending_shape`); raises `TooBusy` for a laborious one."""
        key = hashlib.sha256(area.shape.wkb + b"|" + area.excluded.wkb).hexdigest()
        found = self._kept.get(key)
        if found is not None:
            return found
        if shapely.get_num_coordinates(area.shape) <= _FEW_POINTS:
            made = sending_shape(area)
        else:
            made = self._workload.answer(key, _SECONDS, lambda: sending_shape(area))
        self._kept.keep(key, made, made.points)
        return made
