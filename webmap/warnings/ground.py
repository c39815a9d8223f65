"""What the areas of warnings are made on: the supply system, who lives where, and an incident's picture."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layers.errors import LayerError
from priority.assessment import take_picture
from priority.errors import InvalidIncident, UnsoundNetwork
from priority.incident import Incident
from priority.network.arrays import NETWORK_KEYS
from priority.network.kernels import BoolArray
from priority.times import NEVER
from priority.warnings import Exposure, SendingShape, WarningArea, sending_shape
from priority.warnings.reach import nodes_reached, outage_reach

if TYPE_CHECKING:
    from priority.picture import Picture
    from priority.plans import Plan
    from priority.system import SupplySystem
    from webmap.runtime import Snapshot

#: Grounds at hand of one incident: the outage and the elements that somebody tries out.
_KEPT = 32
#: Of an incident that does not say how far it looks ahead.
DEFAULT_HORIZON_HOURS: float = Incident.model_fields["horizon_hours"].default
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Ground:
    """A district and one incident in it. Shared by threads: never changed.

    `picture` holds everything that is broken, restricted places too, but tells of open ones alone (`restricted` is
    false): who is cut off by the failure of a place that must not be named is warned all the same. None where the
    picture cannot be assessed. `elsewhere` is the ground of other counties than the plan's (EPSG:4490). `sending` makes
    what is sent of an area.
    """

    plan: Plan
    plan_keys: tuple[str, ...]
    system: SupplySystem
    exposure: Exposure
    elsewhere: BaseGeometry
    document: Mapping[str, Any]
    picture: Picture | None
    sending: Callable[[WarningArea], SendingShape] = sending_shape
    _made: dict[object, WarningArea] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        snapshot: Snapshot,
        plan: Plan,
        plan_keys: Sequence[str],
        document: Mapping[str, Any],
        sending: Callable[[WarningArea], SendingShape] = sending_shape,
    ) -> Ground:
        """Take the picture of an incident document. Raises `MissingLayers` and its like for unusable data."""
        system = snapshot.system()
        exposure = snapshot.once("warning exposure", lambda: Exposure.build(snapshot.frames))
        elsewhere = snapshot.once(("elsewhere", plan.county_code), lambda: elsewhere_of(snapshot, system, plan))
        bare = cls(plan, tuple(plan_keys), system, exposure, elsewhere, document, None, sending)
        try:
            return replace(bare, picture=bare.taken(document))
        except (InvalidIncident, LayerError, UnsoundNetwork):
            # The data may have changed and no longer hold what is broken.
            _LOG.exception("no area and no level for a warning: the picture cannot be assessed")
            return bare

    def taken(self, document: Mapping[str, Any]) -> Picture:
        """Return the picture of an incident document, telling of open places alone. Raises `InvalidIncident`."""
        incident = Incident.parse(dict(document), "zh", self.plan_keys)
        return replace(take_picture(self.system, incident, self.plan, restricted=True), restricted=False)

    @property
    def horizon_hours(self) -> float:
        """How far ahead the incident looks."""
        if self.picture is not None:
            return self.picture.incident.horizon_hours
        return float(self.document.get("horizon_hours", DEFAULT_HORIZON_HOURS))

    @property
    def warned_of(self) -> BoolArray:
        """Nodes (n) of the networks that the plan's warnings are about."""
        about = [NETWORK_KEYS.index(key) for key in self.plan.warnings.networks]
        return np.asarray(np.isin(self.system.arrays.network, about), dtype=np.bool_)

    def reach(self, lost: BoolArray, failing: BoolArray) -> WarningArea:
        """Return the ground that lost nodes (n) serve, and about open failing facilities (f), in whatever county."""
        named = np.flatnonzero(failing & ~self.system.facilities.restricted)
        facilities = [self.system.facilities.ids[number] for number in named]
        return outage_reach(self.system, lost & self.warned_of, facilities)

    def outage(self, *, until_horizon: bool) -> WarningArea:
        """Return the ground in the plan's county that the outage reaches now, or at any time until the horizon.

        Nowhere without a picture.
        """
        return self._once(
            ("outage", until_horizon),
            lambda: self.whole_outage(until_horizon=until_horizon).minus(self.elsewhere),
        )

    def whole_outage(self, *, until_horizon: bool) -> WarningArea:
        """Return the same in whatever county."""
        picture = self.picture
        if picture is None:
            return WarningArea.empty()
        lost = nodes_reached(picture, until_horizon=until_horizon)
        places = failing(picture) if until_horizon else picture.failed(0)
        return self._once(("whole outage", until_horizon), lambda: self.reach(lost, places))

    def element_outage(self, picture: Picture, element: str) -> WarningArea:
        """Return the ground that would lose supply if one element failed now: alone, or beyond what is lost already.

        Within the plan's county. Raises `InvalidIncident` for no such element.
        """
        return self._once(("element", element), lambda: self._element_outage(picture, element))

    def _once(self, key: object, make: Callable[[], WarningArea]) -> WarningArea:
        """While somebody draws, the same ground is asked for again and again."""
        found = self._made.get(key)
        if found is None:
            found = make()
            if len(self._made) >= _KEPT:
                self._made.clear()
            self._made[key] = found
        return found

    def _element_outage(self, picture: Picture, element: str) -> WarningArea:
        fault = {"element": element}
        alone = self.taken({"plan": self.plan.key, "at": picture.incident.at.isoformat(), "faults": [fault]})
        with_it = self.taken({**self.document, "faults": [*self.document.get("faults", ()), fault]})
        lost = nodes_reached(with_it, until_horizon=True) & ~nodes_reached(picture, until_horizon=True)
        places = failing(with_it) & ~failing(picture)
        lost |= nodes_reached(alone, until_horizon=True)
        return self.reach(lost, places | failing(alone)).minus(self.elsewhere)

    @property
    def township_names(self) -> dict[str, str]:
        """Names of townships by code."""
        return dict(zip(self.system.townships.codes, self.system.townships.names, strict=True))

    def name_of(self, element: str) -> str:
        """Return what a line, node or open facility is called; by its id where there is none."""
        place = self.place_of(element)
        return element if place is None else place[1]

    def place_of(self, element: str) -> tuple[BaseGeometry, str] | None:
        """Return shape (EPSG:4490) and name of a line, node or open facility; None for what there is not."""
        system = self.system
        if element in system.node_number:
            number = system.node_number[element]
            return system.node_tree.geometries[number], str(system.element_names[number])
        if element in system.line_number:
            number = system.line_number[element]
            name = system.element_names[system.arrays.node_ids.size + number]
            return system.line_tree.geometries[number], str(name)
        number = system.facility_number.get(element, -1)
        if number < 0 or system.facilities.restricted[number]:
            return None
        return shapely.Point(system.facility_points[number]), system.facilities.names[number]


def failing(picture: Picture) -> BoolArray:
    """Return which facilities (f) have failed or fail within the horizon, restricted ones too."""
    begins = picture.cascade.facility_spells.begins_s
    return np.asarray((begins != NEVER) & (begins <= picture.horizon_s), dtype=np.bool_)


def elsewhere_of(snapshot: Snapshot, system: SupplySystem, plan: Plan) -> BaseGeometry:
    """Return the ground (EPSG:4490) of all other counties; may be empty.

    Where the outline of another county differs from the plan's own townships, the ground is theirs; where townships of
    two counties overlap it is elsewhere.
    """
    own = system.townships.county_codes == plan.county_code
    others = shapely.union_all(list(system.townships.shapes[~own]))
    counties = snapshot.frames.get("counties")
    if counties is None or counties.empty:
        return others
    outlines = shapely.union_all(list(counties.loc[counties["code"] != plan.county_code, "geometry"]))
    return shapely.union(others, shapely.difference(outlines, shapely.union_all(list(system.townships.shapes[own]))))
