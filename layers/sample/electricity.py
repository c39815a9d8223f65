"""Electricity below 10 kV: loads on feeders, transformers, ties, and second supplies of important places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise

from layers.sample.census import share_out
from layers.sample.demand import Frontage, Home, Place, beside
from layers.sample.feeders import Feeder, Tie, lay_feeder, plan_feeders, plan_ties
from layers.sample.network import Inline, Network
from layers.sample.roadgraph import Point, RoadGraph, along
from layers.sample.roads import Roads
from layers.sample.sources import PLANT_NAME, District
from layers.sample.stations import build_stations
from layers.sample.uses import vulnerable

KW_PER_PERSON = 0.42
PEOPLE_PER_TRANSFORMER = 260
#: How far along roads a second supply may come from another substation, and from another feeder.
OTHER_STATION_M = 2800.0
OTHER_FEEDER_M = 1500.0


def build_electricity(district: District, roads: Roads, homes: list[Home], places: list[Place]) -> Network:
    """Lay the electricity network over all homes and places; sets the electricity service and backup of places."""
    net = Network("electricity", "e", (9.0, 6.0))
    load_kw: dict[int, float] = defaultdict(float)
    for home in homes:
        load_kw[home.road_node] += KW_PER_PERSON * home.people
    for place in places:
        load_kw[place.road_node] += place.load_kw
    load_kw = {node: round(value, 2) for node, value in sorted(load_kw.items())}
    stations, plant_source = build_stations(net, district, roads, load_kw)
    next(place for place in places if place.name == PLANT_NAME).source_node = plant_source
    feeders = plan_feeders(roads.graph, stations, load_kw)
    ties = plan_ties(roads.graph, feeders)
    _lay_feeders(net, roads.graph, feeders, ties, load_kw)
    _Connections(net, district, roads.graph, feeders).connect(homes, places)
    for tie in ties:
        _lay_tie(net, roads.graph, feeders, tie)
    backups = _Backups(net, roads.graph, feeders)
    # By place on the map, not by kind: a run of ids between two known kinds would give a restricted kind away.
    for place in sorted((item for item in places if item.dual), key=lambda item: (item.road_node, item.point)):
        backups.connect(place)
    return net


def _lay_feeders(
    net: Network, graph: RoadGraph, feeders: list[Feeder], ties: list[Tie], load_kw: dict[int, float]
) -> None:
    tied: dict[int, set[int]] = defaultdict(set)
    for tie in ties:
        for number, node in tie.ends:
            tied[number].add(node)
    by_station: dict[str, list[int]] = defaultdict(list)
    for number, feeder in enumerate(feeders):
        by_station[feeder.station.node].append(number)
    for numbers in by_station.values():
        for slot, number in enumerate(numbers):
            lay_feeder(net, graph, feeders[number], (slot, len(numbers)), tied[number], load_kw)


def _lay_tie(net: Network, graph: RoadGraph, feeders: list[Feeder], tie: Tie) -> None:
    (a, a_node), (b, b_node) = tie.ends
    ends = (feeders[a].taps[a_node], feeders[b].taps[b_node])
    edge = graph.edges[tie.edge]
    names = [feeders[number].name.removeprefix("10 kV ") for number in (a, b)]
    inline = [Inline(edge.length_m / 2, "switch", "sw", f"{names[0]}—{names[1]} 联络开关", normally_open=True)]
    via = [net.shifted(point) for point in edge.points[1:-1]]
    net.run("feeder", f"{names[0]}—{names[1]} 联络线", ends, via, inline, voltage_kv=10.0)


class _Connections:
    """Transformers on the feeders, homes' and places' alike: nothing in id or name tells one from the other."""

    def __init__(self, net: Network, district: District, graph: RoadGraph, feeders: list[Feeder]) -> None:
        self.net, self.district, self.graph, self.feeders = net, district, graph, feeders

    def connect(self, homes: list[Home], places: list[Place]) -> None:
        homes_at, places_at = defaultdict(list), defaultdict(list)
        for home in homes:
            homes_at[home.road_node].append(home)
        for place in places:
            places_at[place.road_node].append(place)
        for feeder in self.feeders:
            for node in feeder.loads:
                for place in places_at[node]:
                    self._place(feeder, node, place)
                self._homes(feeder, node, homes_at[node])

    def _homes(self, feeder: Feeder, node: int, homes: list[Home]) -> None:
        """Transformers of everybody at a road node, in one row along its street."""
        counts = [max(1, round(home.people / PEOPLE_PER_TRANSFORMER)) for home in homes]
        tap, heading, index = feeder.taps[node], self.graph.heading(node), 0
        for home, count in zip(homes, counts, strict=True):
            people = share_out(home.people, [1.0] * count)
            meters = share_out(home.households, [1.0] * count)
            front = Frontage(self.net.where[tap], heading, 3.0, self.district.township(home.township).shape)
            for persons, metered in zip(people, meters, strict=True):
                point = front.point(index, sum(counts))
                load_kw = round(KW_PER_PERSON * persons, 1)
                add_transformer(self.net, feeder, tap, [], point, load_kw, (persons, metered, node + index))
                index += 1

    def _place(self, feeder: Feeder, node: int, place: Place) -> None:
        share = 0.5 if place.dual else 1.0
        point = beside(place.point, 0)
        load_kw = round(place.load_kw * share, 1)
        place.service["electricity"] = add_transformer(
            self.net, feeder, feeder.taps[node], [], point, load_kw, (0, 1, 0)
        )


def add_transformer(
    net: Network, feeder: Feeder, tap: str, via: list[Point], point: Point, load_kw: float, who: tuple[int, int, int]
) -> str:
    """Add a transformer with its connection; `who` is people, meters and a salt for the share of the vulnerable."""
    people, meters, salt = who
    key = net.node(
        "transformer",
        "tr",
        point,
        feeder.name.removeprefix("10 kV ") + " {n} 号配变",
        demand_kw=load_kw,
        customers=meters,
        population=people,
        vulnerable_people=vulnerable(people, salt),
    )
    net.line("service", f"{feeder.name} 支接线", (tap, key), via, voltage_kv=10.0)
    return key


class _Backups:
    """Second supplies: along roads from the nearest other feeder, another substation's if one is near."""

    def __init__(self, net: Network, graph: RoadGraph, feeders: list[Feeder]) -> None:
        self.net, self.graph = net, graph
        self.at: dict[int, list[Feeder]] = defaultdict(list)
        self.serving: dict[int, Feeder] = {}
        for feeder in feeders:
            for node in sorted(feeder.taps):
                self.at[node].append(feeder)
            for node in feeder.loads:
                self.serving[node] = feeder

    def connect(self, place: Place) -> None:
        own = self.serving[place.road_node]
        choices: tuple[tuple[float, Callable[[Feeder], bool]], ...] = (
            (OTHER_STATION_M, lambda feeder: feeder.station != own.station),
            (OTHER_FEEDER_M, lambda feeder: feeder is not own),
        )
        for limit_m, wanted in choices:
            path = self._path(place.road_node, limit_m, wanted)
            if path:
                self._lay(place, path, next(feeder for feeder in self.at[path[0]] if wanted(feeder)))
                return

    def _path(self, start: int, limit_m: float, wanted: Callable[[Feeder], bool]) -> list[int]:
        """Road nodes from the nearest tap of a wanted feeder to `start`; empty if there is none within the limit."""
        goal: list[int] = []

        def stop(node: int) -> bool:
            if any(wanted(feeder) for feeder in self.at.get(node, ())):
                goal.append(node)
            return bool(goal)

        tree = self.graph.tree({start: 0.0}, lambda edge: self.graph.edges[edge].length_m, limit=limit_m, stop=stop)
        return tree.path(goal[0]) if goal else []

    def _lay(self, place: Place, path: list[int], feeder: Feeder) -> None:
        edges = [min(edge for other, edge in self.graph.adjacent[a] if other == b) for a, b in pairwise(path)]
        points = [self.net.shifted(point, (4.5, 4.5)) for point in along(self.graph, path, edges)[1:]]
        place.backup = add_transformer(
            self.net,
            feeder,
            feeder.taps[path[0]],
            points,
            beside(place.point, 4),
            round(place.load_kw / 2, 1),
            (0, 1, 0),
        )
