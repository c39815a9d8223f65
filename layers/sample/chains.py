"""Chains of road between the places that matter: what a line is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from layers.sample.roadgraph import Point, RoadGraph


@dataclass(frozen=True)
class Chain:
    """Road edges end to end; `points` runs from node `start` to node `end`."""

    start: int
    end: int
    edges: tuple[int, ...]
    points: tuple[Point, ...]


def chains(graph: RoadGraph, edges: Iterable[int], keep: set[int]) -> list[Chain]:
    """Join edges into chains that end where `keep` says or where not exactly two of the edges meet."""
    links: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for index in sorted(set(edges)):
        edge = graph.edges[index]
        links[edge.start].append((edge.end, index))
        links[edge.end].append((edge.start, index))
    ends = sorted(node for node, here in links.items() if node in keep or len(here) != 2)
    done: set[int] = set()
    found = []
    for start in ends:
        for other, index in links[start]:
            if index not in done:
                found.append(_walk(graph, links, set(ends), (start, other, index)))
                done.update(found[-1].edges)
    return found


def _walk(
    graph: RoadGraph, links: dict[int, list[tuple[int, int]]], ends: set[int], first: tuple[int, int, int]
) -> Chain:
    start, node, index = first
    used = [index]
    points = oriented(graph, index, start)
    while node not in ends:
        following = next((other, link) for other, link in links[node] if link != used[-1])
        points += oriented(graph, following[1], node)[1:]
        used.append(following[1])
        node = following[0]
    return Chain(start, node, tuple(used), tuple(points))


def oriented(graph: RoadGraph, index: int, start: int) -> list[Point]:
    """Points of an edge beginning at one of its ends."""
    edge = graph.edges[index]
    return list(edge.points) if edge.start == start else list(reversed(edge.points))


def turned(chain: Chain) -> Chain:
    """The same chain walked from the other end."""
    return Chain(chain.end, chain.start, chain.edges[::-1], chain.points[::-1])
