"""The course of an incident, step by step: slow, plain and meant to be read as the rule itself.

From one moment at which anything can change to the next, everything is worked out anew with dictionaries and networkx:
which faults are active, which devices are open, what a source reaches, which needs are met, how much of each reserve is
left. Times are whole seconds after eight o'clock, reserves are counted in thousandth-seconds of full use.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import networkx as nx
import pandas as pd

from tests.priority.cascade.slow_needs import SlowCoal, SlowNeed, read_coal, read_needs
from tests.priority.oracle import SlowDistrict

FOREVER = 10**15


@dataclass(frozen=True)
class Happenings:
    """What befalls a district and what people do about it; seconds after eight o'clock.

    Coal is used up, and roads are closed, from `started_s` on: if nobody says, from the first fault or when seen.
    `reserves` are reported: facility, commodity, seconds left, and when that was said.
    """

    faults: Mapping[str, int] = field(default_factory=dict)
    repairs: Mapping[str, int] = field(default_factory=dict)
    placements: tuple[tuple[str, str, int], ...] = ()
    operations: tuple[tuple[str, str, int], ...] = ()
    closed_roads: tuple[str, ...] = ()
    inoperable: tuple[str, ...] = ()
    reserves: tuple[tuple[str, str, int, int], ...] = ()
    substitution: bool = True
    seen_at_s: int = 0
    started_s: int | None = None

    def moments(self) -> set[int]:
        """All seconds at which something comes from outside."""
        acts = {act[2] for act in (*self.placements, *self.operations)} | {report[3] for report in self.reserves}
        return {self.seen_at_s, *self.faults.values(), *self.repairs.values(), *acts}

    @property
    def coal_from(self) -> int:
        """The second from which coal is counted."""
        first = min([self.seen_at_s, *self.faults.values()])
        return first if self.started_s is None else self.started_s

    def active(self, now: int) -> list[str]:
        """The faults that last at a second; one repaired in the second in which it begins never lasts."""
        return [item for item, at in self.faults.items() if at <= now < self.repairs.get(item, FOREVER)]


@dataclass(frozen=True)
class Span:
    """The state from `start` until before `end`: what is without supply, failed, on its reserve; needs unmet."""

    start: int
    end: int
    unsupplied: frozenset[str]
    failed: frozenset[str]
    on_reserve: frozenset[str]
    unmet: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class SlowCourse:
    """All spans in order, and when places on a reserve at the end would fail if nothing changed any more."""

    spans: tuple[Span, ...]
    afterwards: Mapping[str, int]

    def at(self, now: int) -> Span:
        """The span that holds at a second; before the first one all is well."""
        nothing: frozenset[str] = frozenset()
        calm = Span(-FOREVER, self.spans[0].start, nothing, nothing, nothing, frozenset())
        return next((span for span in reversed(self.spans) if span.start <= now), calm)

    def node_out(self, node: str) -> list[tuple[int, int]]:
        """The intervals in which a node has lost its supply."""
        return _joined([(span.start, span.end) for span in self.spans if node in span.unsupplied])

    def facility_out(self, facility: str) -> list[tuple[int, int]]:
        """The intervals in which a facility has failed."""
        return _joined([(span.start, span.end) for span in self.spans if facility in span.failed])


def _joined(parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in parts:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


class SlowSimulator:
    """A district as dictionaries, walked through time once a call of `run`."""

    def __init__(self, frames: Mapping[str, pd.DataFrame], happenings: Happenings) -> None:
        self.district = SlowDistrict(frames)
        self.happenings = happenings
        self.traced: dict[tuple[frozenset[str], frozenset[str]], set[str]] = {}
        self.normal = self.supplied(frozenset(), self.open_devices(frozenset(), -FOREVER))
        needs = read_needs(self.district, substitution=happenings.substitution)
        self.needs = [need for need in needs if need.without_network or {*need.nodes, *need.substitutes} & self.normal]
        self.coal: dict[str, SlowCoal] = read_coal(frames, happenings.closed_roads)
        self.cut_out = {item: self.cut_off(item) for item in happenings.faults if item not in self.district.facilities}

    def cut_off(self, element: str) -> tuple[set[str], set[str]]:
        """What a fault takes out, and the devices that are open while it lasts; grown over devices that are stuck."""
        district = self.district
        lost = district.segment_of(element)
        while True:
            rim = district.rim(lost)
            closed = {node for node in rim if not district.nodes[node]["normally_open"]}
            stuck = closed & set(self.happenings.inoperable)
            beyond = set().union(*(district.segment_of(node) - {node} for node in stuck)) if stuck else set()
            if beyond <= lost:
                return lost, rim - stuck
            lost |= beyond

    def open_devices(self, isolating: frozenset[str], now: int) -> frozenset[str]:
        """Open are those that isolate; the others as last operated, else as in the normal state."""
        is_open = {node: bool(row["normally_open"]) for node, row in self.district.nodes.items()}
        for device, action, _ in sorted(
            (act for act in self.happenings.operations if act[2] <= now), key=lambda act: act[2]
        ):
            is_open[device] = action == "open"
        return frozenset({node for node in is_open if is_open[node] and self.district.is_device(node)} | isolating)

    def supplied(self, out: frozenset[str], opened: frozenset[str]) -> set[str]:
        """Nodes that a source reaches; an open device is reached but not passed."""
        if (out, opened) not in self.traced:
            self.traced[out, opened] = self._trace(out, opened)
        return self.traced[out, opened]

    def _trace(self, out: frozenset[str], opened: frozenset[str]) -> set[str]:
        district = self.district
        alive = {node for node, row in district.nodes.items() if row["in_service"] and node not in out}
        graph = nx.DiGraph()
        graph.add_nodes_from(alive)
        for line, row in district.lines.items():
            ends = (row["from_node"], row["to_node"])
            if line not in out and district.usable(line) and set(ends) <= alive:
                graph.add_edges_from((a, b) for a, b in (ends, ends[::-1]) if a not in opened)
        sources = [node for node in alive if district.nodes[node]["kind"] == "source"]
        return {node for source in sources for node in {source, *nx.descendants(graph, source)}}

    def dead_lines(self, now: int, failed: set[str]) -> set[str]:
        """Lines that carry something in the normal state and nothing now."""
        before = self._live(frozenset(), self.open_devices(frozenset(), -FOREVER))
        return before - self._live(*self.state_at(now, failed))

    def _live(self, out: frozenset[str], opened: frozenset[str]) -> set[str]:
        """Whole lines that some end feeds: one with supply that is not an open device."""
        feeding = self.supplied(out, opened) - opened
        whole = {line for line in self.district.lines if line not in out and self.district.usable(line)}
        ends = {line: {self.district.lines[line][end] for end in ("from_node", "to_node")} for line in whole}
        return {line for line in whole if ends[line] & feeding}

    def supply_at(self, now: int, failed: set[str]) -> set[str]:
        """What has supply at a second while these facilities have failed."""
        return self.supplied(*self.state_at(now, failed))

    def state_at(self, now: int, failed: set[str]) -> tuple[frozenset[str], frozenset[str]]:
        """What is out, and which devices are open, at a second while these facilities have failed."""
        out: set[str] = set()
        isolating: set[str] = set()
        for item in self.happenings.active(now):
            if item in self.cut_out:
                out |= self.cut_out[item][0]
                isolating |= self.cut_out[item][1]
        sources = [self.district.facilities[facility]["source_node"] for facility in failed]
        out |= {node for node in sources if isinstance(node, str)}
        return frozenset(out), self.open_devices(frozenset(isolating), now)

    def rate(self, need: SlowNeed, now: int, supplied: set[str], failed: set[str]) -> int:
        """How fast a need draws on its reserve, in thousandths: 0 while it is met."""
        placed = any(
            (facility, commodity) == need.key and at <= now for facility, commodity, at in self.happenings.placements
        )
        if placed or set(need.nodes) & supplied or set(need.substitutes) & supplied:
            return 0
        if need.without_network:
            coal = self.coal.get(need.facility)
            return (
                0
                if coal is None or now < self.happenings.coal_from
                else max(0, 1000 - coal.delivered(need.demand, failed))
            )
        return 1000

    def spent(self, need: SlowNeed, now: int, left: Mapping[tuple[str, str], int]) -> bool:
        """Is a reserve used up? Not if somebody will still report later that some of it is left."""
        to_come = [seconds for *key, seconds, at in self.happenings.reserves if tuple(key) == need.key and at > now]
        return not left[need.key] and not any(to_come)

    def run(self, horizon_s: int, stops: tuple[int, ...] = ()) -> SlowCourse:
        """Walk from moment to moment until the horizon, standing still at `stops` too (which must change nothing)."""
        agenda = sorted(at for at in {*self.happenings.moments(), self.happenings.coal_from, *stops} if at <= horizon_s)
        left = {need.key: need.reserve_s * 1000 for need in self.needs}
        failed: set[str] = set()
        spans: list[Span] = []
        now = agenda[0]
        while True:
            for facility, commodity, seconds, at in self.happenings.reserves:
                if at == now and (facility, commodity) in left:
                    left[facility, commodity] = seconds * 1000
            failed = self.settle(now, failed, left)
            supplied = self.supply_at(now, failed)
            rates = {need.key: self.rate(need, now, supplied, failed) for need in self.needs}
            ends = {key: now + -(-left[key] // rate) for key, rate in rates.items() if rate and left[key]}
            coming = [at for at in (*agenda, *ends.values()) if now < at <= horizon_s]
            until = min(coming, default=horizon_s)
            spans.append(self._span(now, until, supplied, failed, rates))
            if not coming:
                lasting = {key[0] for key, rest in left.items() if key[1] == "coal" and rest}
                return SlowCourse(tuple(self._plain(span, lasting) for span in spans), self._afterwards(failed, ends))
            for key, rate in rates.items():
                left[key] = max(0, left[key] - rate * (until - now))
            now = until

    def settle(self, now: int, failed: set[str], left: Mapping[tuple[str, str], int]) -> set[str]:
        """First let fail what must, again and again; then let come back what can, again and again."""
        damaged = set(self.happenings.active(now)) & set(self.district.facilities)
        failed = failed | damaged
        while True:
            supplied = self.supply_at(now, failed)
            lacking = {
                need.facility
                for need in self.needs
                if need.required and self.rate(need, now, supplied, failed) and self.spent(need, now, left)
            }
            if lacking <= failed:
                break
            failed = failed | lacking
        while True:
            supplied = self.supply_at(now, failed)
            held = damaged | {
                need.facility
                for need in self.needs
                if need.required and self.rate(need, now, supplied, failed) and self.spent(need, now, left)
            }
            if failed <= held:
                return failed
            failed = failed & held

    def _span(
        self, now: int, until: int, supplied: set[str], failed: set[str], rates: Mapping[tuple[str, str], int]
    ) -> Span:
        required = {need.facility for need in self.needs if need.required and rates[need.key]}
        return Span(
            start=now,
            end=until,
            unsupplied=frozenset(node for node in self.normal - supplied if not self.district.is_device(node)),
            failed=frozenset(failed),
            on_reserve=frozenset(required - failed),
            unmet=frozenset(key for key, rate in rates.items() if rate),
        )

    def _plain(self, span: Span, lasting: set[str]) -> Span:
        """Leave out places that only burn a stock of coal (one that shrinks slowly) which lasts beyond the horizon."""
        required = {need.key for need in self.needs if need.required} & span.unmet
        living = {facility for facility, commodity in required if commodity != "coal" or facility not in lasting}
        return replace(span, on_reserve=frozenset(living - span.failed))

    def _afterwards(self, failed: set[str], ends: Mapping[tuple[str, str], int]) -> dict[str, int]:
        times: dict[str, int] = {}
        for need in self.needs:
            if need.required and need.key in ends and need.facility not in failed:
                times[need.facility] = min(ends[need.key], times.get(need.facility, FOREVER))
        return times
