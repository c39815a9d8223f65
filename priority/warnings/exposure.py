"""Who and what is inside an area: customers and people by network, townships, schools, hospitals, facilities.

The same people hang on several networks, so people are never added over networks. Figures that nobody has are counted
as unknown and are in no sum. Facilities carry their restriction; who may not know of one is not told of it, not even
by a count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from priority.network.arrays import NETWORK_KEYS
from priority.network.kernels import BoolArray
from priority.rows import Row
from priority.townships import Townships
from priority.warnings.consumer_points import ConsumerPoints
from priority.warnings.naming import LEAST_SHARE, named
from priority.warnings.people_share import people_by_township, people_shares
from priority.warnings.plane import GRID_DEG
from priority.warnings.point_index import Cover, Frame, PointIndex, cover

#: A township is wholly inside if less than this share of it is left, which roundings of its outline explain.
_WHOLE = 1e-6


class NetworkInside(Row):
    """What of one network is inside. Each `..._unknown` counts consumer points whose figure nobody knows."""

    network: str
    points: int
    customers: int
    customers_unknown: int
    people: int
    people_unknown: int
    vulnerable_people: int
    vulnerable_unknown: int


class TownshipInside(Row):
    """A township that shares ground: `share` of its area is inside (1 where all is); None is unknown.

    `households_share` is the share of its households that is taken to be inside: that of its people where consumer
    points tell, that of its ground where they do not.
    """

    code: str
    name: str
    share: float
    households_share: float
    population: int | None
    households: int | None


class TownshipTouched(Row):
    """A township of which the area takes a sliver where nobody is: it is not named (`priority.warnings.naming`)."""

    code: str
    name: str
    share: float


class FacilityInside(Row):
    """A facility inside; `people` is None where unknown."""

    id: str
    name: str
    category: str
    people: int | None


class Inside(Row):
    """Everything inside an area. `people_network` is the network that reaches most people, None if none is known.

    `households` is a share of the townships' households (`TownshipInside.households_share`), so an estimate unless
    townships are whole (`households_estimated`); townships without a figure are counted in `households_unknown`.
    `townships` are those that a warning names, `touched` those that share ground and are not named.
    """

    networks: tuple[NetworkInside, ...]
    people: int
    people_network: str | None
    vulnerable_people: int
    households: int
    households_estimated: bool
    households_unknown: int
    townships: tuple[TownshipInside, ...]
    facilities: tuple[FacilityInside, ...]
    by_category: dict[str, int]
    touched: tuple[TownshipTouched, ...] = ()

    @property
    def schools(self) -> int:
        """How many schools are inside."""
        return self.by_category.get("school", 0)

    @property
    def hospitals(self) -> int:
        """How many hospitals and first-aid centres are inside."""
        return self.by_category.get("hospital", 0)


@dataclass(frozen=True, eq=False)
class Exposure:
    """People, customers and facilities of the district, indexed once per data version. Safe to share."""

    frame: Frame
    consumers: tuple[PointIndex, ...]
    facility_points: NDArray[np.float64]
    facility_rows: tuple[FacilityInside, ...]
    facility_restricted: NDArray[np.bool_]
    townships: Townships
    township_figures: NDArray[np.float64]

    @classmethod
    def build(cls, frames: Mapping[str, pd.DataFrame]) -> Exposure:
        """Read the layers `network_nodes`, `facilities`, `townships`, in any row order; all may be empty."""
        places = frames["facilities"].sort_values("id", kind="stable")
        return cls.of_points(ConsumerPoints.of(frames["network_nodes"]), places, frames["townships"])

    @classmethod
    def of_points(cls, consumers: ConsumerPoints, facilities: pd.DataFrame, townships: pd.DataFrame) -> Exposure:
        """Index consumer points with the layers `facilities` and `townships`."""
        frame = Frame.around(consumers.points)
        people = facilities["people"].to_numpy(dtype=float, na_value=np.nan)
        columns = zip(*(facilities[name] for name in ("id", "name", "category")), people, strict=True)
        rows = tuple(
            FacilityInside(id=key, name=name, category=category, people=None if np.isnan(count) else round(count))
            for key, name, category, count in columns
        )
        ordered = townships.sort_values("code", kind="stable")
        figures = [ordered[name].to_numpy(dtype=float, na_value=np.nan) for name in ("population", "households")]
        return cls(
            frame=frame,
            consumers=tuple(consumers.index(code, frame) for code in range(len(NETWORK_KEYS))),
            facility_points=shapely.get_coordinates(facilities["geometry"].to_numpy(dtype=object)).reshape(-1, 2),
            facility_rows=rows,
            facility_restricted=facilities["restricted"].to_numpy(dtype=bool),
            townships=Townships.build(townships),
            township_figures=np.column_stack(figures),
        )

    def inside(self, area: BaseGeometry, *, restricted: bool = False) -> Inside:
        """Return what is inside an area (Polygon or MultiPolygon, EPSG:4490; its border counts as inside).

        `restricted` says whether the viewer may know of restricted facilities. An empty area holds nothing.
        """
        cells = cover(area, self.frame)
        networks = tuple(
            _network(key, index, area, cells) for key, index in zip(NETWORK_KEYS, self.consumers, strict=True)
        )
        most = max(networks, key=lambda row: row.people)
        townships, touched = self._townships(area, cells)
        facilities = self._facilities(area, restricted=restricted)
        categories = [row.category for row in facilities]
        return Inside(
            networks=networks,
            people=most.people,
            people_network=most.network if most.people else None,
            vulnerable_people=max(row.vulnerable_people for row in networks),
            households=round(
                sum(row.households_share * row.households for row in townships if row.households is not None)
            ),
            households_estimated=any(row.share < 1 for row in townships),
            households_unknown=sum(row.households is None for row in townships),
            townships=townships,
            facilities=facilities,
            by_category={key: categories.count(key) for key in dict.fromkeys(categories)},
            touched=touched,
        )

    @cached_property
    def township_of_point(self) -> tuple[NDArray[np.intp], ...]:
        """For each network the number of the township of each consumer point, in the order in which they were given.

        `townships.outside` where there is none. Found once, when it is first asked for.
        """
        located = []
        for index in self.consumers:
            numbers = np.empty(len(index.points), np.intp)
            numbers[index.order] = self.townships.locate(np.asarray(shapely.points(index.points), dtype=object))
            located.append(numbers)
        return tuple(located)

    @cached_property
    def township_people(self) -> NDArray[np.float64]:
        """The people of each township by network (networks, t). Found once, when it is first asked for."""
        located, count = self.township_of_point, len(self.townships.codes)
        pairs = zip(self.consumers, located, strict=True)
        return np.array([people_by_township(index, numbers, count) for index, numbers in pairs])

    def _people_shares(self, area: BaseGeometry, cells: Cover) -> NDArray[np.float64]:
        return people_shares(self.consumers, self.township_of_point, self.township_people, area, cells)

    def _facilities(self, area: BaseGeometry, *, restricted: bool) -> tuple[FacilityInside, ...]:
        hit = shapely.intersects_xy(area, self.facility_points[:, 0], self.facility_points[:, 1])
        known = hit if restricted else hit & ~self.facility_restricted
        return tuple(self.facility_rows[number] for number in np.flatnonzero(known))

    @cached_property
    def facility_township(self) -> NDArray[np.intp]:
        """The number of the township of each facility, `townships.outside` where there is none."""
        return self.townships.locate(np.asarray(shapely.points(self.facility_points), dtype=object))

    def _townships(
        self, area: BaseGeometry, cells: Cover
    ) -> tuple[tuple[TownshipInside, ...], tuple[TownshipTouched, ...]]:
        """Return the townships that are named, and those that share ground and are not."""
        found = np.sort(self.townships.tree.query(area, predicate="intersects"))
        shapes = self.townships.shapes[found]
        shared = shapely.area(shapely.intersection(shapes, area, grid_size=GRID_DEG))
        shares = shared / shapely.area(shapes)
        # A sliver is left where two outlines of the same border differ by a rounding.
        hit = (shares > _WHOLE) | (shared > _WHOLE * area.area)
        found, shared, shares = found[hit], shared[hit], shares[hit]
        known = named(shares, shared, self._occupied(area, cells, found, shares))
        partly = bool((shares <= 1 - _WHOLE).any())
        by_people = self._people_shares(area, cells) if partly else np.full(len(self.townships.codes), np.nan)
        rows = zip(found[known], shares[known], strict=True)
        codes, names = self.townships.codes, self.townships.names
        return (
            tuple(self._township(number, share, by_people[number]) for number, share in rows),
            tuple(
                TownshipTouched(code=codes[number], name=names[number], share=round(float(share), 6))
                for number, share in zip(found[~known], shares[~known], strict=True)
            ),
        )

    def _township(self, number: int, share: float, by_people: float) -> TownshipInside:
        whole = share > 1 - _WHOLE
        homes = share if np.isnan(by_people) else by_people
        figures = self.township_figures[number]
        population, households = (None if np.isnan(value) else round(value) for value in figures)
        return TownshipInside(
            code=self.townships.codes[number],
            name=self.townships.names[number],
            share=1.0 if whole else round(float(share), 6),
            households_share=1.0 if whole else round(float(homes), 6),
            population=population,
            households=households,
        )

    def _occupied(
        self, area: BaseGeometry, cells: Cover, found: NDArray[np.intp], shares: NDArray[np.float64]
    ) -> BoolArray:
        """Return which of the townships found have a consumer point or an open facility inside.

        Asked only where it decides. Restricted facilities never count: the name of their township would give them away.
        """
        if not (shares < LEAST_SHARE).any():
            return np.zeros(len(found), np.bool_)
        open_ = ~self.facility_restricted
        places = self.facility_points[open_]
        inside = shapely.intersects_xy(area, places[:, 0], places[:, 1])
        numbers = [self.facility_township[open_][inside]]
        for index, township in zip(self.consumers, self.township_of_point, strict=True):
            numbers.append(township[index.members(area, cells)])
        return np.isin(found, np.concatenate(numbers))


def _network(key: str, index: PointIndex, area: BaseGeometry, cells: Cover) -> NetworkInside:
    sums = [round(value) for value in index.sums(area, cells)]
    return NetworkInside(
        network=key,
        customers=sums[0],
        people=sums[1],
        vulnerable_people=sums[2],
        customers_unknown=sums[3],
        people_unknown=sums[4],
        vulnerable_unknown=sums[5],
        points=sums[6],
    )
