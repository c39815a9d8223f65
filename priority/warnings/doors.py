"""Who is behind the doors of an area, township by township: what people go from house to house with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from priority.network.arrays import NETWORK_KEYS
from priority.rows import Row
from priority.warnings.exposure import Exposure, FacilityInside, Inside, TownshipInside
from priority.warnings.point_index import cover

#: Columns of an index of consumer points: people, vulnerable people, and where nobody knows how many.
_PEOPLE, _VULNERABLE, _PEOPLE_UNKNOWN, _VULNERABLE_UNKNOWN = 1, 2, 4, 5


class TownshipDoors(Row):
    """A township's part of an area. `code` and `name` are None for what lies in no township.

    `people` are those of the network that reaches most people of the whole area, `vulnerable_people` those of the
    network that knows most of them, so that the rows add up to `Inside`. Each `..._unknown` counts consumer points
    whose figure nobody knows. `households` is an estimate where the township is not whole (`households_estimated`, see
    `TownshipInside.households_share`), None where unknown. A place on a shared border belongs to the smaller code.
    """

    code: str | None
    name: str | None
    share: float
    households: int | None
    households_estimated: bool
    people: int
    people_unknown: int
    vulnerable_people: int
    vulnerable_unknown: int
    facilities: tuple[FacilityInside, ...]


def doors_of(exposure: Exposure, area: BaseGeometry, *, restricted: bool = False) -> tuple[TownshipDoors, ...]:
    """Return what is behind the doors of an area (Polygon or MultiPolygon, EPSG:4490), by township in order of codes.

    Their sums equal those of `exposure.inside(area, restricted=restricted)`. The row without a township stands last,
    and only if anybody or anything lies there. `restricted` says whether the list may name restricted facilities. An
    empty area has no rows.
    """
    inside = exposure.inside(area, restricted=restricted)
    places = len(exposure.townships.codes) + 1
    people = _by_township(exposure, area, _people_network(inside), (_PEOPLE, _PEOPLE_UNKNOWN))
    vulnerable = _by_township(exposure, area, _vulnerable_network(inside), (_VULNERABLE, _VULNERABLE_UNKNOWN))
    facilities = _facilities(exposure, inside)
    shares = {row.code: row for row in inside.townships}
    rows = []
    for number in range(places):
        code = exposure.townships.codes[number] if number < places - 1 else None
        township = shares.get(code) if code is not None else None
        own = facilities.get(number, ())
        if township is not None or own or people[number].any() or vulnerable[number].any():
            rows.append(_row(exposure, number, township, people[number], vulnerable[number], own))
    return tuple(rows)


def _row(
    exposure: Exposure,
    number: int,
    township: TownshipInside | None,
    people: NDArray[np.int64],
    vulnerable: NDArray[np.int64],
    facilities: Sequence[FacilityInside],
) -> TownshipDoors:
    named = number < len(exposure.townships.codes)
    share = 0.0 if township is None else township.share
    households = None if township is None else township.households
    return TownshipDoors(
        code=exposure.townships.codes[number] if named else None,
        name=exposure.townships.names[number] if named else None,
        share=share,
        households=None if township is None or households is None else round(township.households_share * households),
        households_estimated=share < 1,
        people=int(people[0]),
        people_unknown=int(people[1]),
        vulnerable_people=int(vulnerable[0]),
        vulnerable_unknown=int(vulnerable[1]),
        facilities=tuple(facilities),
    )


def _people_network(inside: Inside) -> str | None:
    """Return the network whose people are those of the area; of none known the first that has points there."""
    return inside.people_network or next((row.network for row in inside.networks if row.points), None)


def _vulnerable_network(inside: Inside) -> str | None:
    most = max(inside.networks, key=lambda row: row.vulnerable_people)
    return most.network if most.vulnerable_people else _people_network(inside)


def _by_township(
    exposure: Exposure, area: BaseGeometry, network: str | None, columns: tuple[int, int]
) -> NDArray[np.int64]:
    """Return (k + 1, 2) the sums of two columns by township; the last row is in none."""
    sums = np.zeros((len(exposure.townships.codes) + 1, 2))
    if network is not None:
        code = NETWORK_KEYS.index(network)
        index = exposure.consumers[code]
        inside = index.members(area, cover(area, exposure.frame))
        place = np.empty(len(index.order), np.intp)
        place[index.order] = np.arange(len(index.order))
        figures = index.columns[place[inside]][:, list(columns)]
        np.add.at(sums, exposure.township_of_point[code][inside], figures)
    return np.rint(sums).astype(np.int64)


def _facilities(exposure: Exposure, inside: Inside) -> dict[int, tuple[FacilityInside, ...]]:
    """Return the facilities inside by the number of their township."""
    number = {row.id: place for place, row in enumerate(exposure.facility_rows)}
    spots = exposure.facility_points[[number[row.id] for row in inside.facilities]].reshape(-1, 2)
    township = exposure.townships.locate(np.asarray(shapely.points(spots), dtype=object))
    grouped = pd.Series(list(inside.facilities), dtype=object).groupby(township)
    return {int(str(key)): tuple(group) for key, group in grouped}
