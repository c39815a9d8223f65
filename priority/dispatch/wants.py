"""Who runs out of what, and when: the needs of an incident that something brought by road can meet."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass, replace

from priority.actions import stocks_from, wiring_of
from priority.cascade import Cascade, PlacedUnit, run_cascade
from priority.damage import inoperable_devices
from priority.dispatch.input import Commodity, NeedInput, Supply
from priority.facilities import UNKNOWN_RESERVE, Need
from priority.picture import Picture
from priority.times import NEVER

#: Diesel that a generator burns for each kilowatt-hour. Assumed.
LITRES_PER_KWH = 0.27
#: A place that gets one thing may then fail for want of another: so many are looked at in turn.
_ROUNDS = 5


@dataclass(frozen=True)
class Want:
    """A facility runs out of what its need stands for at `dry_s`; it wants it until `end_s`, seconds after `at`.

    `per_hour` in the commodity's unit, None where nobody knows. `already`: it had run out before `at`. `fails_s` is
    when the facility fails all the same for want of what no vehicle brings, `NEVER` if it does not.
    """

    facility: int
    need: int
    commodity: Commodity
    dry_s: int
    end_s: int
    per_hour: float | None
    already: bool
    fails_s: int


@dataclass(frozen=True)
class Beyond:
    """A facility that fails at `fails_s` for want of what no vehicle brings; `why` is the key of the reason."""

    facility: int
    need: int
    fails_s: int
    why: str


@dataclass(frozen=True)
class _Failure:
    need: int
    begins_s: int
    ends_s: int


def wants_of(picture: Picture, supply: Supply) -> tuple[Want, ...]:
    """Return what could be brought to places that fail within the horizon; of facilities the viewer may see.

    The course is followed without deliveries. What then runs out is taken as brought, and the course followed anew, so
    that a place's second lack shows too. Nobody fails: an empty tuple.
    """
    told = _told(picture, supply)
    wanted: dict[int, _Failure] = {}
    course = picture.cascade
    for _ in range(_ROUNDS):
        fresh = {
            failure.need: failure
            for _, failure in _failures(picture, course)
            if failure.need >= 0 and failure.need not in wanted and brought_to(picture, failure.need, told)
        }
        if not fresh:
            break
        wanted |= fresh
        course = _with_all(picture, wanted)
    lost = dict(_failures(picture, course))
    found = (_want(picture, supply, need, failure, lost) for need, failure in wanted.items())
    return tuple(want for want in found if want is not None)


def beyond_of(picture: Picture, wants: Collection[Want], kept: Collection[int]) -> tuple[Beyond, ...]:
    """Return who fails although the needs `kept` are met, with what they lack first; not the places of `wants`.

    Of facilities the viewer may see. What fails because a plant of `wants` is not kept is among them.
    """
    served = {want.facility for want in wants}
    course = _with_all(picture, kept) if kept else picture.cascade
    return tuple(
        Beyond(facility, failure.need, failure.begins_s, _why_not(picture, failure.need))
        for facility, failure in _failures(picture, course)
        if facility not in served
    )


def _told(picture: Picture, supply: Supply) -> set[tuple[int, str]]:
    """Return which needs people have entered, by facility and commodity."""
    number = picture.system.facility_number
    return {(number[item.facility], item.commodity) for item in supply.needs if item.facility in number}


def brought_to(picture: Picture, need: int, told: Collection[tuple[int, str]] = ()) -> Commodity | None:
    """Return what a vehicle can bring for a need, None if nothing: water, coal, diesel for a generator of its own."""
    item = picture.system.facilities.needs[need]
    if item.commodity == "water" and item.nodes:
        return "water"
    if item.commodity == "coal" and not item.nodes:
        return "coal"
    if item.commodity != "electricity":
        return None
    reported = any(report.need == need for report in picture.cascade.actions.reported)
    return "diesel" if item.reserve_s > 0 or reported or (item.facility, "diesel") in told else None


def _failures(picture: Picture, course: Cascade) -> list[tuple[int, _Failure]]:
    """Return the visible facilities that fail before the horizon, each with the need that ends it, -1: damaged."""
    spells, track = course.facility_spells, course.need_track
    found = []
    for facility in picture.shown_facilities.tolist():
        begins_s = int(spells.begins_s[facility])
        if begins_s >= picture.horizon_s:
            continue
        need = int(spells.cause[facility])
        ends_s = NEVER if need < 0 else int(track.spells(max(begins_s, 0)).ends_s[need])
        found.append((facility, _Failure(need, begins_s, ends_s)))
    return found


def _with_all(picture: Picture, needs: Collection[int]) -> Cascade:
    """Return the course in which all these needs are met from the start."""
    system, incident = picture.system, picture.incident
    begin_s = min([0, *(damage.time_s for damage in picture.damages)])
    actions = picture.cascade.actions
    placed = (*actions.placed, *(PlacedUnit(begin_s, need) for need in sorted(needs)))
    stuck = inoperable_devices(system, incident, picture.phrases)
    return run_cascade(
        system,
        picture.damages,
        picture.horizon_s,
        stuck if stuck.any() else None,
        actions=replace(actions, placed=tuple(sorted(placed, key=lambda unit: (unit.time_s, unit.need)))),
        wiring=wiring_of(system, picture.plan, incident),
        stocks_from_s=stocks_from(incident),
    )


def _want(picture: Picture, supply: Supply, need: int, failure: _Failure, lost: dict[int, _Failure]) -> Want | None:
    """Return what is wanted for a need; None where the place fails before for want of something else."""
    item = picture.system.facilities.needs[need]
    commodity = brought_to(picture, need, _told(picture, supply))
    if commodity is None:
        return None
    other = lost.get(item.facility)
    fails_s = NEVER if other is None else other.begins_s
    dry_s = max(0, failure.begins_s)
    end_s = min(failure.ends_s, picture.horizon_s, fails_s)
    if supply.keep_hours is not None:
        end_s = min(end_s, dry_s + round(supply.keep_hours * 3600))
    per_hour = use_per_hour(picture, need)
    entered = next((row for row in supply.needs if _names(picture, row, item, commodity)), None)
    if entered is not None:
        per_hour, end_s = _as_entered(entered, per_hour, dry_s, end_s)
    if end_s <= dry_s:
        return None
    return Want(item.facility, need, commodity, dry_s, end_s, per_hour, failure.begins_s <= 0, fails_s)


def _names(picture: Picture, entered: NeedInput, need: Need, commodity: str) -> bool:
    return entered.facility == picture.system.facilities.ids[need.facility] and entered.commodity == commodity


def _as_entered(entered: NeedInput, per_hour: float | None, dry_s: int, end_s: int) -> tuple[float | None, int]:
    """Return use and end as people say; an amount whose use nobody knows is spread over the whole time."""
    per_hour = entered.per_hour if entered.per_hour is not None else per_hour
    if entered.amount is None:
        return per_hour, end_s
    if per_hour is None:
        return entered.amount * 3600 / max(1, end_s - dry_s), end_s
    return per_hour, min(end_s, dry_s + max(1, round(entered.amount / per_hour * 3600)))


def use_per_hour(picture: Picture, need: int) -> float | None:
    """Return what a need uses an hour: m³ of water, tonnes of coal that are missing, litres of diesel; None: unknown.

    A need that uses nothing is taken as unknown: something must have ended it.
    """
    item = picture.system.facilities.needs[need]
    if math.isnan(item.demand) or item.demand <= 0:
        return None
    if item.commodity == "electricity":
        return item.demand * LITRES_PER_KWH
    if item.commodity == "coal":
        missing = int(picture.cascade.ended.rate[need]) or 1000
        return item.demand / 24 * missing / 1000
    return item.demand


def _why_not(picture: Picture, need: int) -> str:
    """Return the key of the reason why nothing can be brought for a need."""
    if need < 0:
        return "damaged"
    item = picture.system.facilities.needs[need]
    if item.commodity == "electricity" and brought_to(picture, need) is None:
        return "generator_unknown" if item.reserve_s == UNKNOWN_RESERVE else "no_generator"
    return "too_soon" if brought_to(picture, need) else "not_by_road"
