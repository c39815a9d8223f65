"""The 584 villages and communities as synthetic settlements: where they are, and how many people live there."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import shapely

from layers.sample.census import share_out, township_census
from layers.sample.countryside import Countryside
from layers.sample.randomness import stream
from layers.sample.roadgraph import Point, RoadGraph
from layers.sample.sources import District, Township
from layers.sample.streets import Streets


@dataclass
class Settlement:
    """One synthetic settlement. `load_nodes` are the road nodes where its people are connected."""

    number: int
    township: str
    in_town: bool
    point: Point
    cell: int = -1
    population: int = 0
    load_nodes: list[int] = field(default_factory=list)

    @property
    def name(self) -> str:
        """A name that nobody can take for a real village."""
        return f"示例聚落 {self.number:03d}"


def settle(graph: RoadGraph, district: District, streets: Streets, land: Countryside) -> list[Settlement]:
    """Place every township's settlements: quarters on its streets, villages on the land."""
    taken: list[Point] = []
    result: list[Settlement] = []
    for township in district.townships:
        centres = _town_centres(graph, township, streets, _town_count(township))
        for node in centres:
            result.append(Settlement(len(result) + 1, township.code, True, graph.points[node]))
        for cell in _village_cells(graph, township, streets, land, taken, township.villages - len(centres)):
            result.append(Settlement(len(result) + 1, township.code, False, land.points[cell], cell))
    return result


def _town_count(township: Township) -> int:
    """How many settlements are quarters of the city or the town rather than villages."""
    if not township.urban:
        return max(2, township.communities, round(township.villages * 0.12))
    return township.communities + round((township.villages - township.communities) * 0.55)


def _town_nodes(graph: RoadGraph, township: Township, streets: Streets) -> list[int]:
    if not township.urban:
        return streets.towns[township.code]
    return [node for node in streets.city if township.shape.contains(shapely.Point(graph.points[node]))]


def _town_centres(graph: RoadGraph, township: Township, streets: Streets, count: int) -> list[int]:
    """Spread centres over the streets: always take the node farthest from those already taken."""
    nodes = _town_nodes(graph, township, streets)
    xy = np.array([graph.points[node] for node in nodes])
    chosen = [nodes.index(streets.seats[township.code])]
    gap = np.hypot(*(xy - xy[chosen[0]]).T)
    while len(chosen) < min(count, len(nodes)):
        chosen.append(int(np.argmax(np.round(gap, 1))))
        gap = np.minimum(gap, np.hypot(*(xy - xy[chosen[-1]]).T))
    return [nodes[index] for index in chosen]


def _village_cells(
    graph: RoadGraph, township: Township, streets: Streets, land: Countryside, taken: list[Point], count: int
) -> list[int]:
    """Village sites: low ground, denser towards the seat, apart from each other and from the streets."""
    if count <= 0:
        return []
    xy = np.array(land.points)
    inner = township.shape.buffer(-260)
    streets_here = shapely.MultiPoint([graph.points[node] for node in _town_nodes(graph, township, streets)])
    inside = np.flatnonzero(shapely.contains_xy(inner, xy[:, 0], xy[:, 1]))
    clear = np.array([streets_here.distance(shapely.Point(xy[cell])) > 520 for cell in inside])
    inside = inside[clear]
    seat = graph.points[streets.seats[township.code]]
    reach = math.sqrt(township.shape.area / math.pi)
    far = np.hypot(xy[inside, 0] - seat[0], xy[inside, 1] - seat[1]) / reach
    weight = np.exp(-1.1 * far - 2.2 * land.hill[inside])
    # Gumbel keys give a weighted random order without replacement in one draw.
    order = inside[np.argsort(-np.round(np.log(weight) + stream(f"sites {township.code}").gumbel(size=len(inside)), 6))]
    return _apart(order.tolist(), land.points, taken, count, 0.62 * math.sqrt(township.shape.area / count))


def _apart(order: list[int], points: list[Point], taken: list[Point], count: int, spacing_m: float) -> list[int]:
    """The first `count` cells of `order` at least `spacing_m` apart; the spacing shrinks until there is room."""
    spacing_m = min(spacing_m, 1600.0)
    while True:
        chosen: list[int] = []
        here: list[Point] = []
        for cell in order:
            if all(math.dist(points[cell], other) >= spacing_m for other in [*taken, *here]):
                chosen.append(cell)
                here.append(points[cell])
                if len(chosen) == count:
                    taken.extend(here)
                    return chosen
        spacing_m *= 0.85
        if spacing_m < 150:
            raise ValueError("no room for the villages of a township")


def populate(district: District, settlements: list[Settlement]) -> None:
    """Give each township's people to its settlements: quarters by their streets, villages about equally."""
    census = township_census(district)
    for township in district.townships:
        here = [item for item in settlements if item.township == township.code]
        streets = sum(len(item.load_nodes) for item in here if item.in_town)
        quarters = sum(item.in_town for item in here)
        town_weight = 2.2 if township.urban else 2.6
        spread = stream(f"people {township.code}").lognormal(0, 0.22, len(here))
        weights = [
            round(float(factor) * (town_weight * quarters * len(item.load_nodes) / streets if item.in_town else 1.0), 6)
            for item, factor in zip(here, spread, strict=True)
        ]
        for item, people in zip(here, share_out(census[township.code][0], weights), strict=True):
            item.population = people
