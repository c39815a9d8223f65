"""Mains along roads: a tree from the sources, loops where streets are wide, valves that each isolate something."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from layers.sample.chains import Chain, chains, turned
from layers.sample.network import Inline, Network
from layers.sample.randomness import stream
from layers.sample.roadgraph import RoadGraph, RoadTree, length

LINKS_APART_M = 1200.0


@dataclass(frozen=True)
class StationRule:
    """Put a station into every main that is the first on its way to carry no more than `at_most`."""

    kind: str
    label: str
    name: str
    at_most: float
    at_least: float


@dataclass(frozen=True)
class PipeRules:
    """How a network of mains is laid. Amounts are in the network's own unit of demand."""

    title: str
    trunk_above: float
    valve_above: float
    loop_share: float
    diameters: tuple[tuple[float, int], ...]
    stations: tuple[StationRule, ...] = ()
    #: Links between the areas of different sources, each shut by one normally open valve until a source fails.
    links: int = 0

    def diameter_mm(self, amount: float) -> int:
        """Smallest diameter of the table for an amount carried."""
        return next((size for limit, size in self.diameters if amount <= limit), self.diameters[-1][1])


@dataclass
class Mains:
    """Laid mains: the junction at each road node that has one, and the stations that stand in them."""

    taps: dict[int, str] = field(default_factory=dict)
    #: Road node beside which each in-line station stands.
    stations: dict[str, int] = field(default_factory=dict)


def lay_mains(
    net: Network,
    graph: RoadGraph,
    roots: Mapping[int, str],
    demand: Mapping[int, float],
    rules: PipeRules,
    handicap: Mapping[int, float] | None = None,
) -> Mains:
    """Lay mains from `roots` (road node to the id of the node that feeds it) to every road node with `demand`.

    `handicap` (metres) shrinks the area of a root that only helps at peak load.
    """
    tree = graph.tree(dict.fromkeys(roots, 0.0) | dict(handicap or {}), graph.follow_cost)
    flow = _flow(tree, demand)
    links = _links(graph, tree, flow, rules.links)
    edges = sorted(set(flow) | links | set(_loops(net, graph, tree, flow, rules)))
    laid = [_downstream(tree, chain) for chain in chains(graph, edges, set(demand) | set(roots))]
    amount = [max(flow.get(edge, 0.0) for edge in chain.edges) for chain in laid]
    valves = _effective(laid, _valve_places(laid, amount, links, rules))
    mains = Mains()
    for chain in laid:
        for node in (chain.start, chain.end):
            if node not in mains.taps:
                name = f"{rules.title}接点 {{n}}"
                mains.taps[node] = net.node("junction", "jn", net.shifted(graph.points[node]), name)
    for root, feeder in sorted(roots.items()):
        net.line("trunk", f"{rules.title}出站管 {{n}}", (feeder, mains.taps[root]), diameter_mm=rules.diameters[-1][1])
    stations = _station_places(laid, amount, rules)
    for index, chain in enumerate(laid):
        shut = not links.isdisjoint(chain.edges)
        name = f"{rules.title}{'联络阀' if shut else '阀门'} {{n}}"
        inline = [Inline(at, "valve", "vl", name, shut) for at in valves[index]]
        _lay_chain(net, mains, chain, amount[index], (inline, stations.get(index)), rules)
    return mains


def _flow(tree: RoadTree, demand: Mapping[int, float]) -> dict[int, float]:
    """What each edge of the tree carries; road nodes that no source reaches raise `KeyError`."""
    flow: dict[int, float] = defaultdict(float)
    for node in sorted(demand):
        if node not in tree.cost:
            raise KeyError(f"no source reaches road node {node}")
        for edge in tree.edges(node):
            flow[edge] += demand[node]
    return flow


def _loops(net: Network, graph: RoadGraph, tree: RoadTree, flow: Mapping[int, float], rules: PipeRules) -> list[int]:
    """Wide streets that join two parts of the tree, a share of them."""
    random = stream(f"{net.key} loops {rules.title}")
    inside = {node for edge in flow for node in (graph.edges[edge].start, graph.edges[edge].end)}
    found = []
    for index, edge in enumerate(graph.edges):
        wide = edge.road_class in ("arterial", "ring")
        if wide and index not in flow and edge.start in inside and edge.end in inside:
            same = tree.root.get(edge.start) == tree.root.get(edge.end)
            share = rules.loop_share if same else 0.0 if rules.links else 1.6 * rules.loop_share
            if random.random() < share:
                found.append(index)
    return found


def _links(graph: RoadGraph, tree: RoadTree, flow: Mapping[int, float], count: int) -> set[int]:
    """Shortest ways along roads from the area of the first source to that of any other, `count` of them, well apart."""
    reached = sorted({node for edge in flow for node in (graph.edges[edge].start, graph.edges[edge].end)})
    first = min((tree.root[node] for node in reached), key=lambda root: (tree.cost[root], root)) if count else -1
    starts = [node for node in reached if tree.root[node] == first]
    goals = {node for node in reached if tree.root[node] != first}
    found: set[int] = set()
    while starts and goals and count > 0:
        way = graph.tree(dict.fromkeys(starts, 0.0), graph.follow_cost, stop=goals.__contains__)
        end = next(node for node in way.cost if node in goals)
        found |= set(way.edges(end))
        starts = [node for node in starts if math.dist(graph.points[node], graph.points[end]) > LINKS_APART_M]
        count -= 1
    return found


def _downstream(tree: RoadTree, chain: Chain) -> Chain:
    return chain if tree.cost[chain.start] <= tree.cost[chain.end] else turned(chain)


def _valve_places(laid: list[Chain], amount: list[float], links: set[int], rules: PipeRules) -> list[list[float]]:
    """Metres from the start of each chain at which a valve would stand."""
    meet: dict[int, int] = defaultdict(int)
    for chain in laid:
        meet[chain.start] += 1
        meet[chain.end] += 1
    places: list[list[float]] = []
    for chain, carried in zip(laid, amount, strict=True):
        total = length(list(chain.points))
        if not links.isdisjoint(chain.edges):
            places.append([0.5 * total])
        elif carried == 0:
            places.append([0.12 * total, 0.88 * total])
        elif carried >= rules.valve_above and meet[chain.start] > 2 and total > 45:
            places.append([min(22.0, 0.3 * total)])
        else:
            places.append([])
    return places


def _effective(laid: list[Chain], places: list[list[float]]) -> list[list[float]]:
    """Leave out valves with the same segment on both sides: closing them would isolate nothing."""
    parent: dict[tuple[str, int, int], tuple[str, int, int]] = {}

    def find(item: tuple[str, int, int]) -> tuple[str, int, int]:
        while parent.setdefault(item, item) != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for index, chain in enumerate(laid):
        parent[find(("node", chain.start, 0))] = find(("part", index, 0))
        parent[find(("node", chain.end, 0))] = find(("part", index, len(places[index])))
    return [
        [at for number, at in enumerate(here) if find(("part", index, number)) != find(("part", index, number + 1))]
        for index, here in enumerate(places)
    ]


def _station_places(laid: list[Chain], amount: list[float], rules: PipeRules) -> dict[int, StationRule]:
    into: dict[int, float] = defaultdict(float)
    for chain, carried in zip(laid, amount, strict=True):
        into[chain.end] = max(into[chain.end], carried)
    found: dict[int, StationRule] = {}
    for index, (chain, carried) in enumerate(zip(laid, amount, strict=True)):
        for rule in rules.stations:
            arriving = into.get(chain.start, 0.0) or float("inf")
            if rule.at_least <= carried <= rule.at_most < arriving and length(list(chain.points)) > 90:
                found[index] = rule
    return found


def _lay_chain(
    net: Network,
    mains: Mains,
    chain: Chain,
    carried: float,
    standing: tuple[list[Inline], StationRule | None],
    rules: PipeRules,
) -> None:
    valves, station = standing
    inline = list(valves)
    if station is not None:
        inline.append(Inline(60.0, station.kind, station.label, station.name))
    kind = "trunk" if carried >= rules.trunk_above or carried == 0 else "branch"
    via = [net.shifted(point) for point in chain.points[1:-1]]
    title = f"{rules.title}{'干管' if kind == 'trunk' else '支管'} {{n}}"
    ends = (mains.taps[chain.start], mains.taps[chain.end])
    added = net.run(kind, title, ends, via, inline, diameter_mm=rules.diameter_mm(carried or rules.valve_above))
    if station is not None:
        mains.stations[added[0 if not valves or valves[0].at_m > 60 else 1]] = chain.start
