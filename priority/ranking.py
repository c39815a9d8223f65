"""The order in which to protect and restore.

Tier of the plan's list first, then the time left until the place fails, then who depends on it, then people; places
whose reserve outlasts their outage come last. Every rank says why in one sentence. Clauses: energy plan 4.2.1(6),
4.2.2(7), 4.2.3(4); heating plan 2.3, 4.5.2(4), 3.3(3).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Protocol, TypeVar

from layers.vocabulary import FACILITY_CATEGORIES
from priority.cascade import NEVER
from priority.facilities import UNKNOWN_RESERVE
from priority.picture import Picture
from priority.precedence import precedence
from priority.results import FacilityRow, FacilityState, RankingRow

_CATEGORY_TITLES = {choice.key: choice.title for choice in FACILITY_CATEGORIES}
#: A place whose people nobody has counted comes after those that surely have some, before those that have none.
_UNKNOWN_PEOPLE = -0.5


class Standing(Protocol):
    """How a facility stands, as far as its rank goes."""

    @property
    def id(self) -> str:
        """The facility's id."""

    @property
    def category(self) -> str:
        """Its class."""

    @property
    def state(self) -> FacilityState:
        """Whether it is supplied."""

    @property
    def hours_left(self) -> float | None:
        """How long until it fails, None where no failure is foreseen."""


_Row = TypeVar("_Row", bound=Standing)


def in_order(picture: Picture, rows: Iterable[_Row]) -> list[_Row]:
    """Return those that have failed, live on a reserve, or will fail within the horizon, the first to protect first."""
    concerned = [row for row in rows if row.state != "supplied" or _within_horizon(picture, row)]
    return sorted(concerned, key=lambda row: _key(picture, row))


def rank(picture: Picture, rows: tuple[FacilityRow, ...]) -> tuple[RankingRow, ...]:
    """Rank the facilities that have failed, live on a reserve, or will fail within the horizon."""
    ordered = in_order(picture, rows)
    return tuple(
        RankingRow(
            rank=number,
            id=row.id,
            name=row.name,
            category=row.category,
            tier=row.tier,
            state=row.state,
            hours_left=row.hours_left,
            clause=_clause(picture, row),
            reason=_reason(picture, row),
        )
        for number, row in enumerate(ordered, start=1)
    )


def _within_horizon(picture: Picture, row: Standing) -> bool:
    return int(picture.cascade.facility_spells.begins_s[picture.system.facility_number[row.id]]) <= picture.horizon_s


def _key(picture: Picture, row: Standing) -> tuple[bool, float, float, float, float, float, str]:
    number = picture.system.facility_number[row.id]
    dependents = picture.dependents[number]
    people = picture.system.facilities.people[number]
    return (
        row.state == "on_reserve" and row.hours_left is None,
        precedence(picture.plan, picture.incident, row.category),
        math.inf if row.hours_left is None else row.hours_left,
        -dependents.customers,
        -dependents.facilities,
        _UNKNOWN_PEOPLE if math.isnan(people) else -people,
        row.id,
    )


def _clause(picture: Picture, row: FacilityRow) -> str | None:
    entry = picture.plan.priority_of(row.category)
    return None if entry is None else entry.clause


def _reason(picture: Picture, row: FacilityRow) -> str:
    parts = [_tier_words(picture, row), _state_words(picture, row)]
    number = picture.system.facility_number[row.id]
    dependents = picture.dependents[number]
    people = picture.system.facilities.people[number]
    phrases = picture.phrases
    if dependents.customers and dependents.facilities:
        parts.append(
            phrases.write(
                "reason.dependents",
                customers=phrases.number(dependents.customers),
                facilities=phrases.number(dependents.facilities),
            )
        )
    elif dependents.customers:
        parts.append(phrases.write("reason.dependent_customers", customers=phrases.number(dependents.customers)))
    elif dependents.facilities:
        parts.append(phrases.write("reason.dependent_facilities", facilities=phrases.number(dependents.facilities)))
    elif not math.isnan(people) and people > 0:
        parts.append(phrases.write("reason.people", people=phrases.number(people)))
    return phrases.write("reason.separator").join(parts) + phrases.write("reason.end")


def _tier_words(picture: Picture, row: FacilityRow) -> str:
    words = _plan_words(picture, row)
    order = picture.incident.priority_order
    if order is None or row.category not in order.categories:
        return words
    return picture.phrases.write("reason.reordered", place=order.categories.index(row.category) + 1, tier=words)


def _plan_words(picture: Picture, row: FacilityRow) -> str:
    entry = picture.plan.priority_of(row.category)
    phrases = picture.phrases
    if entry is None:
        return phrases.write("reason.outside", name=phrases.title(_CATEGORY_TITLES[row.category]))
    key = "reason.tier" if entry.tier > 0 else "reason.first"
    name = entry.name.in_language(phrases.language)
    return phrases.write(key, tier=entry.tier, name=name, clause=entry.clause)


def _state_words(picture: Picture, row: FacilityRow) -> str:
    phrases = picture.phrases
    number = picture.system.facility_number[row.id]
    spells = picture.cascade.facility_spells
    fails_s, need = int(spells.begins_s[number]), int(spells.cause[number])
    if row.state == "failed":
        clock = picture.clock(fails_s)
        if need < 0:
            return phrases.write("reason.damaged", clock=clock)
        commodity = picture.system.facilities.needs[need].commodity
        return phrases.write("reason.failed", lost=phrases.write(f"lack.{commodity}"), clock=clock)
    if fails_s == NEVER:
        return _lasting_words(picture, number)
    if need < 0:
        return phrases.write("reason.will_fail", clock=picture.clock(fails_s), duration=phrases.duration(fails_s))
    return _need_words(picture, row, need, fails_s)


def _lasting_words(picture: Picture, facility: int) -> str:
    """Say until when a place whose reserve outlasts its outage lives on it, or that its supply is unknown."""
    phrases = picture.phrases
    unmet, back_s = picture.cascade.need_track.down(0), picture.cascade.need_spells.ends_s
    needs = picture.system.facilities.needs
    using = [n for n, need in enumerate(needs) if need.facility == facility and need.required and unmet[n]]
    if not using:
        return phrases.write("reason.unknown")
    last = max(using, key=lambda number: (back_s[number], -number))
    lost = phrases.write(f"lack.{needs[last].commodity}") + _told_words(picture, last, NEVER)
    if back_s[last] == NEVER:
        return phrases.write("reason.lasts_beyond", lost=lost, duration=phrases.duration(picture.horizon_s))
    return phrases.write("reason.lasts", lost=lost, clock=picture.clock(int(back_s[last])))


def _told_words(picture: Picture, need: int, fails_s: int) -> str:
    """Say when a need's reserve was reported and how much was left then; "" where the data's figure counts."""
    report = picture.told_reserve(need, fails_s)
    if report is None:
        return ""
    told, phrases = picture.clock(report.time_s), picture.phrases
    if not report.left_s:
        return phrases.write("reason.told_none", told=told)
    return phrases.write("reason.told", told=told, left=phrases.duration(report.left_s))


def _need_words(picture: Picture, row: FacilityRow, number: int, fails_s: int) -> str:
    """Say what will end a place that still works: the need that ends it first, gone already or still to go."""
    phrases = picture.phrases
    need = picture.system.facilities.needs[number]
    lost_s = int(picture.cascade.need_spells.begins_s[number])
    left = phrases.duration(fails_s)
    lost = phrases.write(f"lack.{need.commodity}")
    told, reserve_s = _told_words(picture, number, fails_s), picture.reserve_s(number, fails_s)
    others = [phrases.write(f"lack.{key}") for key in row.lost if key != need.commodity]
    parts = [phrases.write("reason.lost_already", lost=phrases.join(others))] if others else []
    if lost_s <= 0:
        parts.append(phrases.write("reason.on_reserve", lost=lost + told, duration=left, clock=picture.clock(fails_s)))
        return phrases.write("reason.separator").join(parts)
    parts.append(phrases.write("reason.will_lose", lost=lost + told, clock=picture.clock(lost_s)))
    if reserve_s == UNKNOWN_RESERVE:
        parts.append(phrases.write("reason.then_unknown", duration=left))
    elif reserve_s == 0:
        parts.append(phrases.write("reason.then_fails_at_once", duration=left))
    else:
        reserve = phrases.duration(fails_s - lost_s)
        words = phrases.write("reason.then_fails", reserve=reserve, clock=picture.clock(fails_s), duration=left)
        parts.append(words)
    return phrases.write("reason.separator").join(parts)
