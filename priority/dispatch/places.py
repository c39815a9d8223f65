"""Rows of places: who is reached before the reserve ends, who is not and why, level by level."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from layers.vocabulary import FACILITY_CATEGORIES
from priority.dispatch.ground import Ground
from priority.dispatch.input import COMMODITIES, UNIT
from priority.dispatch.problem import UNMEASURED
from priority.dispatch.results import BeyondRow, FacilityRow, LevelRow, State
from priority.dispatch.solve import Solution
from priority.dispatch.wants import Beyond, Want
from priority.picture import Picture
from priority.precedence import OUTSIDE, precedence
from priority.times import NEVER

_TITLES = {choice.key: choice.title for choice in FACILITY_CATEGORIES}
#: So many places that nothing helps are named.
_MOST_BEYOND = 50


def facility_rows(picture: Picture, ground: Ground, solution: Solution) -> tuple[FacilityRow, ...]:
    """Return what becomes of each want: the first level first, then whose reserve ends first."""
    order = sorted(
        range(len(ground.wants)),
        key=lambda number: (ground.problem.needs[number].level, ground.wants[number].dry_s, number),
    )
    return tuple(_facility_row(picture, ground, solution, number) for number in order)


def _facility_row(picture: Picture, ground: Ground, solution: Solution, number: int) -> FacilityRow:
    want, facilities = ground.wants[number], picture.system.facilities
    entry = picture.plan.priority_of(facilities.categories[want.facility])
    mine = [trip for trip in solution.schedule.trips if trip.need == number]
    dry_s = solution.schedule.dry_s[number]
    state: State = "kept" if dry_s == 0 else "late" if mine else "never"
    soonest_s = int(solution.bound.soonest_s[number])
    code = reason_code(ground, solution, number)
    span_hours = (want.end_s - want.dry_s) / 3600
    return FacilityRow(
        facility=facilities.ids[want.facility],
        facility_name=picture.facility_name(want.facility),
        category=facilities.categories[want.facility],
        tier=None if entry is None else entry.tier,
        clause=None if entry is None else entry.clause,
        commodity=want.commodity,
        unit=UNIT[want.commodity],
        deadline_at=picture.iso(want.dry_s),
        until_at=picture.iso(want.end_s),
        per_hour=None if want.per_hour is None else round(want.per_hour, 3),
        need=None if want.per_hour is None else round(want.per_hour * span_hours, 3),
        brought=sum(trip.amount for trip in mine) / 1000,
        held_until=_held_until(picture, ground, solution, number),
        state=state,
        hours_without=round(dry_s / 3600, 4),
        soonest_at=None if soonest_s == NEVER else picture.iso(soonest_s),
        reason_code=code,
        reason=_reason(picture, ground, solution, number, code) + _after(picture, solution, number, want, code),
    )


def _held_until(picture: Picture, ground: Ground, solution: Solution, number: int) -> str | None:
    """Return when a place first goes without; None where nobody knows how long what came will last."""
    want = ground.wants[number]
    mine = sorted((trip.unloaded_s, trip.lasts_s) for trip in solution.schedule.trips if trip.need == number)
    if mine and want.per_hour is None and mine[0][0] <= want.dry_s:
        return None
    covered = want.dry_s
    for came, lasts in mine:
        if came > covered:
            break
        covered += lasts
    return picture.iso(min(covered, want.end_s))


def reason_code(ground: Ground, solution: Solution, number: int) -> str:
    """Return the key of why a place is kept, or goes without."""
    want = ground.wants[number]
    if solution.schedule.dry_s[number] == 0:
        return "kept" if want.per_hour is not None else "kept_unknown"
    return _unreachable(ground, solution, number) or _too_scarce(ground, solution, number)


def _unreachable(ground: Ground, solution: Solution, number: int) -> str | None:
    """Return why nothing can be there in time, whatever the others get; None if something can."""
    want, problem = ground.wants[number], ground.problem
    kind = COMMODITIES.index(want.commodity)
    soonest_s = int(solution.bound.soonest_s[number])
    if not any(vehicle.commodity == kind for vehicle in problem.vehicles):
        return "no_vehicle"
    if not any(stock.commodity == kind and stock.amount > 0 for stock in problem.stocks):
        return "no_stock"
    if soonest_s == NEVER:
        return "no_road"
    if want.already:
        return "already"
    return "too_far" if soonest_s > want.dry_s else None


def _too_scarce(ground: Ground, solution: Solution, number: int) -> str:
    """Return what there is too little of for a place that could be reached in time."""
    kind = ground.problem.needs[number].commodity
    if int(solution.bound.alone_s[number]) > 0:
        return "stock_short" if _stock_short(ground, number) else "too_slow"
    return "stock_used" if _stock_used(ground, solution, kind) else "few_vehicles"


def _stock_short(ground: Ground, number: int) -> bool:
    """Whether all that is in stock is less than one place wants."""
    need = ground.problem.needs[number]
    amount = sum(stock.amount for stock in ground.problem.stocks if stock.commodity == need.commodity)
    return amount < UNMEASURED and amount * 3600 < need.per_hour * (need.end_s - need.dry_s)


def _stock_used(ground: Ground, solution: Solution, kind: int) -> bool:
    """Whether the plan leaves nothing in stock."""
    left = [stock.amount for stock in ground.problem.stocks]
    for trip in solution.schedule.trips:
        left[trip.stock] -= trip.amount
    return all(left[place] <= 0 for place, stock in enumerate(ground.problem.stocks) if stock.commodity == kind)


def _reason(picture: Picture, ground: Ground, solution: Solution, number: int, code: str) -> str:
    want, phrases = ground.wants[number], picture.phrases
    mine = [trip for trip in solution.schedule.trips if trip.need == number]
    soonest_s = int(solution.bound.soonest_s[number])
    first_s = min((trip.unloaded_s for trip in mine), default=NEVER)
    return phrases.write(
        f"dispatch.reason.{code}",
        what=phrases.write(f"dispatch.commodity.{want.commodity}"),
        vehicle=phrases.write(f"dispatch.vehicle.{want.commodity}"),
        dry=_clock(picture, want.dry_s),
        soonest="" if soonest_s == NEVER else _clock(picture, soonest_s),
        first="" if first_s == NEVER else _clock(picture, first_s),
        count=len(mine),
    )


def _after(picture: Picture, solution: Solution, number: int, want: Want, code: str) -> str:
    """Say what comes all the same, and what else fails a place."""
    mine = [trip for trip in solution.schedule.trips if trip.need == number]
    text = ""
    if code not in ("kept", "kept_unknown") and mine:
        first = _clock(picture, min(trip.unloaded_s for trip in mine))
        text += picture.phrases.write("dispatch.reason.comes", first=first, count=len(mine))
    if want.fails_s != NEVER:
        text += picture.phrases.write("dispatch.reason.fails_anyway", at=_clock(picture, want.fails_s))
    return text


def _clock(picture: Picture, time_s: int) -> str:
    """Write a moment; on the incident's own day the time alone."""
    moment = picture.moment(time_s)
    return f"{moment:%H:%M}" if moment.date() == picture.incident.at.date() else picture.phrases.clock(moment)


def lost_places(picture: Picture, ground: Ground, solution: Solution) -> dict[int, str]:
    """Return why each facility that goes without does, in short, the first level first: by facility number."""
    dry_s, needs = solution.schedule.dry_s, ground.problem.needs
    lost = [number for number in range(len(ground.wants)) if dry_s[number] > 0]
    lost.sort(key=lambda number: (needs[number].level, ground.wants[number].dry_s, number))
    found: dict[int, str] = {}
    for number in lost:
        reason = _reason(picture, ground, solution, number, reason_code(ground, solution, number))
        found.setdefault(ground.wants[number].facility, reason)
    return found


def level_rows(picture: Picture, ground: Ground, solution: Solution) -> tuple[LevelRow, ...]:
    """Return the levels in order with this plan's loss and its bound."""
    rows = []
    places = np.array([need.place for need in ground.problem.needs], np.int64)
    levels = np.array([need.level for need in ground.problem.needs], np.int64)
    for number, order in enumerate(ground.level_of):
        wants = [ground.wants[place] for place in np.flatnonzero(levels == number)]
        title, entry_tier, clause = _level_title(picture, wants, order)
        without, dry_s = solution.schedule.objective[2 * number : 2 * number + 2]
        rows.append(
            LevelRow(
                title=title,
                tier=entry_tier,
                clause=clause,
                places=len(set(places[levels == number].tolist())),
                places_without=without,
                places_without_bound=solution.bound.places[number],
                hours_without=round(dry_s / 3600, 4),
                hours_without_bound=round(solution.bound.dry_s[number] / 3600, 4),
            )
        )
    return tuple(rows)


def _level_title(picture: Picture, wants: Sequence[Want], order: int) -> tuple[str, int | None, str | None]:
    phrases = picture.phrases
    if order == OUTSIDE:
        return phrases.write("dispatch.level.others"), None, None
    category = min(picture.system.facilities.categories[want.facility] for want in wants)
    entry = picture.plan.priority_of(category)
    if entry is None:
        return phrases.title(_TITLES[category]), None, None
    return entry.name.in_language(phrases.language), entry.tier, entry.clause


def beyond_rows(picture: Picture, beyond: Sequence[Beyond]) -> tuple[tuple[BeyondRow, ...], int]:
    """Return the places of the list that nothing brought helps, the first class first, and how many more there are."""
    facilities, phrases = picture.system.facilities, picture.phrases

    def urgency(item: Beyond) -> tuple[int, int, str]:
        place = precedence(picture.plan, picture.incident, facilities.categories[item.facility])
        return place, item.fails_s, facilities.ids[item.facility]

    rows = []
    ordered = sorted(beyond, key=urgency)
    for item in ordered[:_MOST_BEYOND]:
        entry = picture.plan.priority_of(facilities.categories[item.facility])
        commodity = "" if item.need < 0 else facilities.needs[item.need].commodity
        lack = "" if item.need < 0 else phrases.write(f"lack.{commodity}")
        rows.append(
            BeyondRow(
                facility=facilities.ids[item.facility],
                facility_name=picture.facility_name(item.facility),
                tier=None if entry is None else entry.tier,
                commodity=commodity,
                fails_at=picture.iso(item.fails_s),
                reason_code=item.why,
                reason=phrases.write(f"dispatch.beyond.{item.why}", lack=lack),
            )
        )
    return tuple(rows), max(0, len(ordered) - _MOST_BEYOND)
