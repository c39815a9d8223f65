"""10 kV feeders: shortest-path trees over the roads, cut into feeders of a size an operator would build."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from layers.sample.chains import Chain, chains, turned
from layers.sample.network import Inline, Network
from layers.sample.roadgraph import Point, RoadGraph, RoadTree, length
from layers.sample.stations import Station

#: 10 kV at 400 A is about 6.5 MW; operators plan for little more than half, so that a neighbour can be taken over.
FEEDER_LIMIT_KW = 6500.0
FEEDER_KW = 3500.0
#: At a place where branches meet, what is already this large leaves as a feeder of its own.
FULL_SHARE = 0.62
SWITCH_KW = 1000.0
MAX_TIES = 3
TIE_MAX_M = 2600.0


@dataclass
class Feeder:
    """One feeder while it is built: the road nodes with load, the road edges, and its junction at each road node."""

    station: Station
    loads: list[int]
    edges: set[int]
    name: str = ""
    shift: Point = (0.0, 0.0)
    taps: dict[int, str] = field(default_factory=dict)
    ties: int = 0


@dataclass
class _Group:
    loads: list[int]
    load_kw: float


def plan_feeders(graph: RoadGraph, stations: list[Station], load_kw: Mapping[int, float]) -> list[Feeder]:
    """Give every road node with load to the substation nearest by road and bundle branches into feeders."""
    root = {station.road_node: 0.0 for station in stations}
    tree = graph.tree(root, graph.follow_cost)
    by_root = {station.road_node: station for station in stations}
    closed = _bundle(tree, load_kw)
    feeders: list[Feeder] = []
    for node in sorted(closed):
        for group in closed[node]:
            edges = {edge for load in group.loads for edge in tree.edges(load)}
            feeders.append(Feeder(by_root[tree.root[node]], sorted(group.loads), edges))
    _name(graph, feeders)
    return feeders


def _bundle(tree: RoadTree, load_kw: Mapping[int, float]) -> dict[int, list[_Group]]:
    """From the ends of the tree towards its roots: merge what branches carry, close what is large enough."""
    waiting: dict[int, list[_Group]] = defaultdict(list)
    closed: dict[int, list[_Group]] = defaultdict(list)
    for node in sorted(tree.cost, key=lambda item: (-tree.cost[item], item)):
        groups = waiting.pop(node, [])
        if load_kw.get(node, 0.0) > 0:
            groups.append(_Group([node], load_kw[node]))
        groups = _pack(groups)
        at_root = node not in tree.before
        keep = []
        for group in groups:
            if (
                at_root
                or (group.load_kw > FULL_SHARE * FEEDER_KW and len(groups) > 1)
                or group.load_kw > 0.9 * FEEDER_KW
            ):
                closed[node].append(group)
            else:
                keep.append(group)
        if keep:
            waiting[tree.before[node][0]].extend(keep)
    return closed


def _pack(groups: list[_Group]) -> list[_Group]:
    """First fit, largest first."""
    bins: list[_Group] = []
    for group in sorted(groups, key=lambda item: (-item.load_kw, min(item.loads))):
        for target in bins:
            if target.load_kw + group.load_kw <= FEEDER_KW:
                target.loads += group.loads
                target.load_kw = round(target.load_kw + group.load_kw, 3)
                break
        else:
            bins.append(_Group(list(group.loads), group.load_kw))
    return bins


def _name(graph: RoadGraph, feeders: list[Feeder]) -> None:
    """Number a substation's feeders clockwise from north, 511 on, and give each its own place in the street."""
    by_station: dict[str, list[Feeder]] = defaultdict(list)
    for feeder in feeders:
        by_station[feeder.station.node].append(feeder)
    for items in by_station.values():
        items.sort(key=lambda feeder: (_bearing(graph, feeder), feeder.loads[0]))
        for slot, feeder in enumerate(items):
            feeder.name = f"10 kV {feeder.station.short_name} {511 + slot} 线"
            feeder.shift = (3.0 * (slot % 5 - 2), 3.0 * (slot // 5 - 2))
    feeders.sort(key=lambda feeder: (feeder.station.node, feeder.name))


def _bearing(graph: RoadGraph, feeder: Feeder) -> float:
    x = sum(graph.points[node][0] for node in feeder.loads) / len(feeder.loads) - feeder.station.point[0]
    y = sum(graph.points[node][1] for node in feeder.loads) / len(feeder.loads) - feeder.station.point[1]
    return round(math.degrees(math.atan2(x, y)) % 360, 1)


@dataclass(frozen=True)
class Tie:
    """A road edge along which two feeders can be joined: feeder and road node at either end."""

    edge: int
    ends: tuple[tuple[int, int], tuple[int, int]]


def plan_ties(graph: RoadGraph, feeders: list[Feeder]) -> list[Tie]:
    """Choose normally open ties: between substations first, short ones first, a few for each feeder."""
    present = _presence(graph, feeders)
    options = []
    for index, edge in enumerate(graph.edges):
        if edge.length_m < 70 or edge.length_m > TIE_MAX_M or edge.road_class == "lane":
            continue
        for a in present.get(edge.start, ()):
            for b in present.get(edge.end, ()):
                if a != b and index not in feeders[a].edges and index not in feeders[b].edges:
                    same = feeders[a].station == feeders[b].station
                    options.append((same, edge.length_m, index, a, b))
    options.sort()
    chosen: list[Tie] = []
    pairs: set[tuple[int, int]] = set()
    used: set[int] = set()
    for wanted in (1, MAX_TIES):
        for _, _, index, a, b in options:
            pair = (min(a, b), max(a, b))
            few = feeders[a].ties < wanted and feeders[b].ties < MAX_TIES
            few = few or (feeders[b].ties < wanted and feeders[a].ties < MAX_TIES)
            if few and pair not in pairs and index not in used and (wanted == 1 or len(chosen) < 0.72 * len(feeders)):
                pairs.add(pair)
                used.add(index)
                feeders[a].ties += 1
                feeders[b].ties += 1
                chosen.append(Tie(index, ((a, graph.edges[index].start), (b, graph.edges[index].end))))
    return chosen


def _presence(graph: RoadGraph, feeders: list[Feeder]) -> dict[int, list[int]]:
    """Feeders that supply each road node, not those that only pass by on their way."""
    present: dict[int, list[int]] = defaultdict(list)
    for number, feeder in enumerate(feeders):
        first = _first_load_edges(graph, feeder)
        for node in sorted(first):
            present[node].append(number)
    return present


def _first_load_edges(graph: RoadGraph, feeder: Feeder) -> set[int]:
    meet: dict[int, int] = defaultdict(int)
    for index in feeder.edges:
        meet[graph.edges[index].start] += 1
        meet[graph.edges[index].end] += 1
    return set(feeder.loads) | {node for node, count in meet.items() if count > 2 and node != feeder.station.road_node}


def lay_feeder(
    net: Network, graph: RoadGraph, feeder: Feeder, slot: tuple[int, int], tied: set[int], load_kw: Mapping[int, float]
) -> None:
    """Lay one feeder: head switch at the substation, trunk and branches along roads, sectionalising switches."""
    index, count = slot
    angle = 2 * math.pi * index / count
    x, y = feeder.station.point
    head = net.node("switch", "sw", (x + 30 * math.sin(angle), y + 30 * math.cos(angle)), f"{feeder.name} 出线开关")
    net.line(
        "busbar", f"{feeder.name} 出线间隔", (feeder.station.node, head), voltage_kv=10.0, capacity=FEEDER_LIMIT_KW
    )
    root = feeder.station.road_node
    laid = _outwards(chains(graph, feeder.edges, set(feeder.loads) | tied | {root}), root)
    if not laid or root in feeder.loads or root in tied or sum(chain.start == root for chain in laid) > 1:
        _tap(net, graph, feeder, root)
        net.line("feeder", feeder.name, (head, feeder.taps[root]), voltage_kv=10.0)
    beyond = _beyond(laid, load_kw)
    switched = _switched(laid, beyond, load_kw, root)
    for number, chain in enumerate(laid):
        start = feeder.taps.get(chain.start, head)
        via = [net.shifted(point, feeder.shift) for point in chain.points[1:-1]]
        if start == head:
            via.insert(0, net.shifted(graph.points[root], feeder.shift))
        _tap(net, graph, feeder, chain.end)
        total = length(list(chain.points))
        inline = (
            [Inline(min(24.0, 0.3 * total), "switch", "sw", f"{feeder.name} 分段开关 {{n}}")]
            if number in switched
            else []
        )
        net.run("feeder", feeder.name, (start, feeder.taps[chain.end]), via, inline, voltage_kv=10.0)


def _tap(net: Network, graph: RoadGraph, feeder: Feeder, node: int) -> None:
    if node not in feeder.taps:
        point = net.shifted(graph.points[node], feeder.shift)
        feeder.taps[node] = net.node("junction", "jn", point, f"{feeder.name} 接点 {{n}}")


def _outwards(laid: list[Chain], root: int) -> list[Chain]:
    """Chains turned away from the root, in the order in which a walk from the root meets them."""
    at: dict[int, list[Chain]] = defaultdict(list)
    for chain in laid:
        at[chain.start].append(chain)
        at[chain.end].append(turned(chain))
    ordered: list[Chain] = []
    stack, seen = [root], {root}
    while stack:
        node = stack.pop(0)
        for chain in at[node]:
            if chain.end not in seen:
                seen.add(chain.end)
                stack.append(chain.end)
                ordered.append(chain)
    return ordered


def _beyond(laid: list[Chain], load_kw: Mapping[int, float]) -> list[float]:
    """Load behind each chain."""
    behind: dict[int, float] = defaultdict(float)
    result = [0.0] * len(laid)
    for number in reversed(range(len(laid))):
        chain = laid[number]
        result[number] = load_kw.get(chain.end, 0.0) + behind[chain.end]
        behind[chain.start] += result[number]
    return result


def _switched(laid: list[Chain], beyond: list[float], load_kw: Mapping[int, float], root: int) -> set[int]:
    """Chains that get a sectionalising switch: where the load behind, not yet switched, first exceeds `SWITCH_KW`."""
    open_load: dict[int, float] = defaultdict(float)
    chosen: set[int] = set()
    for number in reversed(range(len(laid))):
        chain = laid[number]
        load = load_kw.get(chain.end, 0.0) + open_load[chain.end]
        ahead = sum(beyond[other] for other, item in enumerate(laid) if item.start == root)
        if load >= SWITCH_KW and chain.start != root and ahead - beyond[number] > 0.12 * ahead:
            chosen.add(number)
            load = 0.0
        open_load[chain.start] += load
    return chosen
