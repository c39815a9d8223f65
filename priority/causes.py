"""Cause chains: from the fault to a facility, one sentence a link.

A chain is walked backwards in time, from a facility's failure to the loss that ended it, to what took that away, so
that it always ends, however plants depend on each other.
"""

from __future__ import annotations

from priority.cascade import NEVER, ReportedReserve
from priority.facilities import UNKNOWN_RESERVE, Need
from priority.picture import Picture

#: Nothing in a district hangs on a longer chain; what does is told from this link on.
_MOST_LINKS = 50


def deciding_need(picture: Picture, facility: int) -> int:
    """Return the need that ends a facility now or next, else the first one lost (required ones first), else -1."""
    spells = picture.cascade.facility_spells
    if spells.begins_s[facility] != NEVER:
        return int(spells.cause[facility])
    lost = [
        (not need.required, int(picture.cascade.need_spells.begins_s[index]), index)
        for index, need in enumerate(picture.system.facilities.needs)
        if need.facility == facility and picture.cascade.need_spells.begins_s[index] != NEVER
    ]
    return min(lost)[2] if lost else -1


def cause_chain(picture: Picture, facility: int) -> tuple[str, ...]:
    """Return why a facility fails or lives on its reserve, from the cause on; empty if nothing touches it."""
    cascade = picture.cascade
    fails_s = int(cascade.facility_spells.begins_s[facility])
    number = deciding_need(picture, facility)
    if number < 0:
        return () if fails_s == NEVER else (_own_damage(picture, facility, fails_s),)
    lost_s, label, named_s = _need_lost(picture, number, fails_s)
    chain = _links(picture, number, lost_s, fails_s)
    for _ in range(_MOST_LINKS):
        trigger = cascade.trigger(label)
        if trigger.facility < 0:
            return (_outer_cause(picture, label), *chain)
        fails_s, number = cascade.facility_track.spell_of(trigger.facility, named_s)
        if number < 0:
            return (_own_damage(picture, trigger.facility, fails_s), *chain)
        lost_s, label = cascade.need_track.spell_of(number, named_s)
        named_s = cascade.need_track.named_s(number, named_s)
        chain = [*_links(picture, number, lost_s, fails_s), *chain]
    return tuple(chain)


def _need_lost(picture: Picture, number: int, fails_s: int) -> tuple[int, int, int]:
    """Return when the need that ends a facility, or would, was lost, the label of why, and since when it is that.

    What is down now may have gone down for another cause, before this need was lost: it is asked for now.
    """
    track, spells = picture.cascade.need_track, picture.cascade.need_spells
    asked_s = max(int(spells.begins_s[number]) if fails_s == NEVER else fails_s, 0)
    return *track.spell_of(number, asked_s), track.named_s(number, asked_s)


def _outer_cause(picture: Picture, label: int) -> str:
    trigger = picture.cascade.trigger(label)
    if trigger.damage >= 0:
        return damage_sentence(picture, trigger.damage)
    if trigger.operated < 0:
        return picture.phrases.write("cause.coal_cut")
    operated = picture.cascade.actions.operated[trigger.operated]
    key = "cause.opened" if operated.opens else "cause.closed"
    name = picture.system.element_names[operated.node]
    return picture.phrases.write(key, name=name, clock=picture.clock(operated.time_s))


def damage_sentence(picture: Picture, number: int) -> str:
    """Return the sentence that says what was damaged and when."""
    damage = picture.damages[number]
    clock = picture.clock(damage.time_s)
    if damage.kind == "area":
        return picture.phrases.write("cause.area", clock=clock)
    key = "cause.facility_fault" if damage.kind == "facility" else "cause.fault"
    return picture.phrases.write(key, name=picture.damage_name(damage), clock=clock)


def _own_damage(picture: Picture, facility: int, fails_s: int) -> str:
    """Return the damage that ended a facility."""
    numbers = [number for number, damage in enumerate(picture.damages) if damage.facility == facility]
    # A place that had failed before it was damaged stays down for its damage: that one came later.
    return damage_sentence(picture, next((n for n in numbers if picture.damages[n].time_s <= fails_s), numbers[0]))


def _links(picture: Picture, number: int, lost_s: int, fails_s: int) -> list[str]:
    """Return what a facility lost and what that does to it; `fails_s` is `NEVER` where it comes back in time."""
    phrases = picture.phrases
    need: Need = picture.system.facilities.needs[number]
    if not picture.may_know(need.facility):
        return [phrases.write("cause.restricted")]  # neither what it lacks nor how long it lasts
    name = picture.facility_name(need.facility)
    lost = phrases.write(f"cause.no_{need.commodity}", name=name, clock=picture.clock(lost_s))
    if not need.required:
        return [lost, phrases.write("cause.not_required")]
    return [lost, _reserve_sentence(picture, number, lost_s, fails_s)]


def _reserve_sentence(picture: Picture, number: int, lost_s: int, fails_s: int) -> str:
    """Return how long a required need's reserve lasts; what was used up before is not there a second time."""
    phrases = picture.phrases
    need = picture.system.facilities.needs[number]
    report, reserve_s = picture.told_reserve(number, fails_s), picture.reserve_s(number, fails_s)
    if reserve_s == UNKNOWN_RESERVE:
        return phrases.write("cause.reserve_unknown")
    if reserve_s == 0:
        return phrases.write("cause.no_reserve") if report is None else _as_reported(picture, report, "none")
    if fails_s == NEVER:
        back_s = int(picture.cascade.need_spells.ends_s[number])
        if back_s == NEVER:
            words = phrases.write("cause.reserve_lasts_beyond", duration=phrases.duration(picture.horizon_s))
        else:
            words = phrases.write("cause.reserve_lasts", clock=picture.clock(back_s))
        return words if report is None else _as_reported(picture, report, "lasts", words=words)
    track = picture.cascade.facility_track
    was_down = fails_s <= picture.horizon_s and track.spell_of(need.facility, fails_s)[1] != number
    if was_down or fails_s == lost_s:
        return phrases.write("cause.reserve_spent_down" if was_down else "cause.reserve_spent")
    clock = picture.clock(fails_s)
    if report is not None:
        return _as_reported(picture, report, "ends", clock=clock)
    return phrases.write("cause.reserve_ends", duration=phrases.duration(fails_s - lost_s), clock=clock)


def _as_reported(picture: Picture, report: ReportedReserve, how: str, **words: str) -> str:
    """Return how a reserve ends that somebody reported, with when that was and what was left then."""
    left = picture.phrases.duration(report.left_s)
    return picture.phrases.write(f"cause.reserve_told_{how}", told=picture.clock(report.time_s), left=left, **words)
