"""Places of the list whose reserve ends before a usual repair of the line that feeds them would be done."""

from __future__ import annotations

import numpy as np

from priority.facilities import UNKNOWN_RESERVE, Need
from priority.network.arrays import NETWORK_KEYS
from priority.protection.results import ShortReserveRow
from priority.protection.scope import Scope
from priority.protection.words import lack_words, sentence, tier_words
from priority.restoration.durations import usual_hours


def short_reserve_rows(scope: Scope, hanging: frozenset[int]) -> tuple[ShortReserveRow, ...]:
    """Return the needs whose reserve is shorter than the usual repair, or unknown.

    By tier, then by what is missing; an unknown reserve comes after those known to be short, since nobody can say by
    how much. `hanging` are the needs without a second way (for the reason alone).
    """
    found = []
    for number in scope.listed_needs:
        need = scope.system.facilities.needs[number]
        element, usual = _usual_repair(scope, number)
        unknown = need.reserve_s == UNKNOWN_RESERVE
        missing_h = usual - need.counted_reserve_s / 3600
        if unknown or missing_h > 0:
            facility = scope.system.facilities.ids[need.facility]
            key = (int(scope.tier[need.facility]), unknown, -missing_h, facility, number)
            found.append((key, number, element, usual))
    return tuple(
        _row(scope, rank, number, element, usual, tied=number not in hanging)
        for rank, (_, number, element, usual) in enumerate(sorted(found), start=1)
    )


def _usual_repair(scope: Scope, need: int) -> tuple[int, float]:
    """Return the element (n + m numbering) whose usual repair ends an outage soonest, and its hours.

    Of each feed it is the line towards the source, or the feed itself where that is the source. With several feeds the
    one that is soonest repaired counts.
    """
    choices = [_towards_source(scope, node) for node in scope.feeds(need)]
    hours = {element: _hours_of(scope, element) for element in choices}
    best = min(choices, key=lambda element: (hours[element], element))
    return best, hours[best]


def _towards_source(scope: Scope, node: int) -> int:
    arrays, depth = scope.system.arrays, scope.system.baseline.depth
    nearer = [
        int(line)
        for line in arrays.lines_at(node)
        if scope.system.baseline.live[line] and depth[_other(scope, int(line), node)] == depth[node] - 1
    ]
    return min(nearer) + arrays.node_ids.size if nearer else node


def _other(scope: Scope, line: int, node: int) -> int:
    arrays = scope.system.arrays
    return int(arrays.line_to[line] if arrays.line_from[line] == node else arrays.line_from[line])


def _hours_of(scope: Scope, element: int) -> float:
    arrays = scope.system.arrays
    network = np.concatenate([arrays.network, arrays.line_network])[element]
    return usual_hours(NETWORK_KEYS[int(network)], str(scope.system.element_kinds[element]))


def _row(scope: Scope, rank: int, number: int, element: int, usual: float, *, tied: bool) -> ShortReserveRow:
    facilities = scope.system.facilities
    need = facilities.needs[number]
    tier = int(scope.tier[need.facility])
    parts = [tier_words(scope, tier), _words(scope, number, need, element, usual)]
    if tied:
        parts.append(scope.phrases.write("protection.short_tied"))
    return ShortReserveRow(
        rank=rank,
        facility=facilities.ids[need.facility],
        facility_name=facilities.names[need.facility],
        category=facilities.categories[need.facility],
        tier=tier,
        commodity=need.commodity,
        reserve_hours=None if need.reserve_s == UNKNOWN_RESERVE else round(need.reserve_s / 3600, 4),
        usual_repair_hours=usual,
        reason=sentence(scope, parts),
    )


def _words(scope: Scope, number: int, need: Need, element: int, usual: float) -> str:
    phrases = scope.phrases
    usual_s = round(usual * 3600)
    words = {
        "lack": lack_words(scope, number),
        "element": str(scope.system.element_names[element]),
        "usual": phrases.duration(usual_s),
    }
    if need.reserve_s == UNKNOWN_RESERVE:
        return phrases.write("protection.short_unknown", **words)
    if need.reserve_s == 0:
        return phrases.write("protection.short_none", **words)
    reserve, missing = phrases.duration(need.reserve_s), phrases.duration(usual_s - need.reserve_s)
    return phrases.write("protection.short", reserve=reserve, missing=missing, **words)
