"""The definition taken at its word: at every moment the whole assessment of what had happened by then."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pandas as pd

from priority.assessment import Assessment, assess
from priority.incident import Incident
from priority.network.arrays import NETWORK_KEYS
from priority.plans import load_plan
from tests.priority.aftermath.stories import Story
from tests.priority.small import AT, iso

#: IEEE Std 1366: a longer interruption is sustained.
FIVE_MINUTES_S = 300


@dataclass
class SlowImpact:
    """What adds up, in seconds: by network, by (network, township), by facility."""

    customers: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    people: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    unserved: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    customers_at: defaultdict[tuple[str, str | None], float] = field(default_factory=lambda: defaultdict(float))
    people_hit: float = 0.0
    failed: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    on_reserve: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    sustained: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    momentary: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    sustained_s: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    peak: dict[str, int] = field(default_factory=lambda: dict.fromkeys(NETWORK_KEYS, 0))
    out: list[tuple[int, dict[str, int]]] = field(default_factory=list)


def seen(story: Story, known_s: int, seen_s: int) -> Assessment:
    """Assess what had happened by `known_s`, at `seen_s` (seconds after eight o'clock).

    Where nothing is damaged, stocks have begun to shrink at `known_s`: the picture of that moment runs on.
    """
    document = story.document(known_s / 3600, seen_s / 3600)
    result = _assessed(story, document)
    if document["faults"] or result.isolation or "started_at" in document:
        return result
    return _assessed(story, {**document, "started_at": iso(known_s / 3600)})


def _assessed(story: Story, document: dict[str, Any]) -> Assessment:
    incident = Incident.parse(document)
    return assess(story.world.system, incident, load_plan(incident.plan), restricted=True)


def moments_of(story: Story) -> list[tuple[int, int]]:
    """Every moment at which anything may change, and the second up to which facts are known then; the end at last."""
    begins = [round(hour * 3600) for hour in story.hours]
    end = round(story.until_h * 3600)
    found: list[tuple[int, int]] = []
    for begin, after in itertools.pairwise([*begins, end + 1]):
        foreseen = [second_of(row.at) for row in seen(story, begin, begin).timeline]
        found += [(second, begin) for second in sorted({begin, *foreseen}) if second < after]
    return found if not found or found[-1][0] == end else [*found, (end, found[-1][1])]


def second_of(text: str) -> int:
    return round((datetime.fromisoformat(text) - AT).total_seconds())


def slow_impact(story: Story) -> SlowImpact:
    """Add up moment by moment."""
    total = SlowImpact()
    moments = moments_of(story)
    nodes = story.world.frames["network_nodes"].set_index("id")
    spells: dict[str, int] = {}
    for place, (second, known) in enumerate(moments):
        result = seen(story, known, second)
        lasts_s = moments[place + 1][0] - second if place + 1 < len(moments) else 0
        _add(total, result, lasts_s)
        total.out.append((second, {key: outage.customers for key, outage in result.outages.items()}))
        lost = {node for outage in result.outages.values() for node in outage.unsupplied_nodes}
        for node in sorted(spells.keys() - lost):
            _close(total, nodes.loc[node], second - spells.pop(node))
        for node in lost - spells.keys():
            spells[node] = second
    for node, since in spells.items():
        _close(total, nodes.loc[node], moments[-1][0] - since)
    return total


def _add(total: SlowImpact, result: Assessment, lasts_s: int) -> None:
    for key, outage in result.outages.items():
        total.customers[key] += outage.customers * lasts_s
        total.people[key] += outage.population * lasts_s
        total.unserved[key] += outage.demand * lasts_s
        total.peak[key] = max(total.peak[key], outage.customers)
    for row in result.townships:
        total.people_hit += row.population_affected * lasts_s
        for key, one in row.commodities.items():
            total.customers_at[key, row.code] += one.customers_out * lasts_s
    for facility in result.facilities:
        total.failed[facility.id] += lasts_s * (facility.state == "failed")
        total.on_reserve[facility.id] += lasts_s * (facility.state == "on_reserve")


def _close(total: SlowImpact, node: pd.Series, lasted_s: int) -> None:
    customers = 0 if pd.isna(node["customers"]) else int(node["customers"])
    if lasted_s > FIVE_MINUTES_S:
        total.sustained[node["network"]] += customers
        total.sustained_s[node["network"]] += customers * lasted_s
    else:
        total.momentary[node["network"]] += customers


def between(story: Story) -> Iterator[tuple[int, int, int]]:
    """Yield two seconds between which nothing changes, and up to when facts are known."""
    moments = moments_of(story)
    for (second, known), (after, _) in itertools.pairwise(moments):
        yield second, after - 1, known
