"""Cause chains: from the fault to a facility, one sentence a link."""

from __future__ import annotations

from priority.cascade import NEVER
from priority.facilities import UNKNOWN_RESERVE, Need
from priority.picture import Picture


def deciding_need(picture: Picture, facility: int) -> int:
    """Return the need that ends a facility first, else the first one lost, else -1."""
    number = int(picture.cascade.facility_need[facility])
    if number >= 0:
        return number
    lost = [
        (int(picture.cascade.need_lost_s[index]), index)
        for index, need in enumerate(picture.system.facilities.needs)
        if need.facility == facility and picture.cascade.need_lost_s[index] != NEVER
    ]
    return min(lost)[1] if lost else -1


def cause_chain(picture: Picture, facility: int) -> tuple[str, ...]:
    """Return why a facility fails or lives on its reserve, from the fault on; empty if nothing touches it."""
    chain: list[str] = []
    damaged = _own_damage(picture, facility)
    if damaged is not None:
        return (damaged,)
    number = deciding_need(picture, facility)
    while number >= 0:
        need = picture.system.facilities.needs[number]
        chain[:0] = _links(picture, number, need)
        trigger = picture.cascade.triggers[int(picture.cascade.need_trigger[number])]
        if trigger.damage >= 0:
            chain.insert(0, damage_sentence(picture, trigger.damage))
            break
        own = _own_damage(picture, trigger.facility)
        if own is not None:
            chain.insert(0, own)
            break
        number = deciding_need(picture, trigger.facility)
    return tuple(chain)


def damage_sentence(picture: Picture, number: int) -> str:
    """Return the sentence that says what was damaged and when."""
    damage = picture.damages[number]
    clock = picture.clock(damage.time_s)
    if damage.kind == "area":
        return picture.phrases.write("cause.area", clock=clock)
    key = "cause.facility_fault" if damage.kind == "facility" else "cause.fault"
    return picture.phrases.write(key, name=picture.damage_name(damage), clock=clock)


def _own_damage(picture: Picture, facility: int) -> str | None:
    """Return the damage that ended a facility, unless a need ended it before."""
    for number, damage in enumerate(picture.damages):
        if damage.facility == facility and picture.cascade.facility_fails_s[facility] == damage.time_s:
            return damage_sentence(picture, number)
    return None


def _links(picture: Picture, number: int, need: Need) -> list[str]:
    phrases = picture.phrases
    if not picture.may_know(need.facility):
        return [phrases.write("cause.restricted")]  # neither what it lacks nor how long it lasts
    lost_s = int(picture.cascade.need_lost_s[number])
    name = picture.facility_name(need.facility)
    lost = phrases.write(f"cause.no_{need.commodity}", name=name, clock=picture.clock(lost_s))
    if not need.required:
        return [lost, phrases.write("cause.not_required")]
    if need.reserve_s == UNKNOWN_RESERVE:
        return [lost, phrases.write("cause.reserve_unknown")]
    if need.reserve_s == 0:
        return [lost, phrases.write("cause.no_reserve")]
    ends = picture.clock(lost_s + need.reserve_s)
    return [lost, phrases.write("cause.reserve_ends", duration=phrases.duration(need.reserve_s), clock=ends)]
