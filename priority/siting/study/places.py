"""Where sites stand and could stand: records of the layer, places of facilities, entered points."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
import shapely

from priority.errors import Problem
from priority.siting.study.results import Origin, SiteStatus
from priority.siting.study.rounding import point_figure
from priority.siting.study.setting import Setting
from priority.validation import problem


@dataclass(frozen=True)
class Place:
    """A place for a site at longitude, latitude (EPSG:4490); `facility` is its number where it is one's, else -1."""

    id: str
    name: str
    point: tuple[float, float]
    origin: Origin
    status: SiteStatus
    capacity: float | None
    cost: float | None
    facility: int = -1

    @property
    def stays(self) -> bool:
        """Whether a site stands there already."""
        return self.status == "existing"


def places_of(setting: Setting) -> tuple[Place, ...]:
    """Return the existing sites of the kind (where the study keeps them), then all candidates; excluded ones too.

    The place of a facility that a record stands for already is that record alone: nobody is his own backup.
    """
    chosen = setting.study.candidates
    recorded = list(_recorded(setting))
    existing = [place for place in recorded if place.stays and setting.study.existing]
    candidates = [place for place in recorded if not place.stays and chosen.layer]
    taken = {_spot(place) for place in (*existing, *candidates)}
    facilities = [place for place in _of_facilities(setting) if _spot(place) not in taken]
    return (*existing, *candidates, *facilities, *_entered(setting))


def _spot(place: Place) -> tuple[float, float]:
    return point_figure(place.point)


def place_problems(setting: Setting, places: tuple[Place, ...]) -> list[Problem]:
    """Return the entered candidates that have the id of another place."""
    taken = {place.id for place in places if place.origin != "entered"}
    return [
        problem(setting.phrases, f"candidates.points[{number}].id", "named_twice", {"name": item.id})
        for number, item in enumerate(setting.study.candidates.points)
        if item.id in taken
    ]


def _recorded(setting: Setting) -> Iterator[Place]:
    frame = setting.system.places["sites"]
    if frame.empty:
        return
    frame = frame[frame["kind"] == setting.study.kind]
    points = shapely.get_coordinates(frame["geometry"].to_numpy(dtype=object)).tolist()
    columns = (frame[name] for name in ("id", "name", "status", "capacity", "cost"))
    for (longitude, latitude), identifier, name, status, capacity, cost in zip(points, *columns, strict=True):
        yield Place(
            str(identifier),
            str(name),
            (longitude, latitude),
            "layer",
            status if status in ("existing", "planned") else "candidate",
            _known(capacity),
            _known(cost),
        )


def _of_facilities(setting: Setting) -> Iterator[Place]:
    """Places of facilities of the chosen classes, of those that the reader may know."""
    facilities, wanted = setting.system.facilities, setting.study.candidates.categories
    for number, category in enumerate(facilities.categories):
        if category in wanted and setting.shows(number):
            longitude, latitude = setting.system.facility_points[number].tolist()
            where = (longitude, latitude)
            name = facilities.names[number]
            yield Place(facilities.ids[number], name, where, "facility", "candidate", None, None, number)


def _entered(setting: Setting) -> Iterator[Place]:
    for item in setting.study.candidates.points:
        yield Place(item.id, item.name, item.point, "entered", "candidate", item.capacity, item.cost)


def _known(value: object) -> float | None:
    """A figure of the layer, None where it is unknown."""
    if value is None or value is pd.NA:
        return None
    number = float(value)  # type: ignore[arg-type]
    return None if math.isnan(number) else number
