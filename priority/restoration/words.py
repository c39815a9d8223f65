"""Why a repair stands where it stands, what the plan comes to, and what one more crew would gain: sentences."""

from __future__ import annotations

from collections.abc import Sequence

from priority.damage import Damage
from priority.network.arrays import NETWORK_KEYS
from priority.picture import Picture
from priority.precedence import precedence
from priority.restoration.coverage import place_words
from priority.restoration.levels import Levels
from priority.restoration.results import RepairStep, Uncovered, UnitStep
from priority.restoration.spans import Gain

#: How many places the summary names as coming back by repair.
_NAMED = 1
#: How many levels besides the people are told of what one more crew would gain.
_GAINS = 2


def fault_name(picture: Picture, damage: Damage) -> str:
    """Return what a fault is called; an area with its network."""
    if damage.kind != "area":
        return picture.damage_name(damage)
    network = picture.phrases.write(f"restoration.skill.{NETWORK_KEYS[damage.network]}")
    return picture.phrases.write("restoration.name.area", network=network)


def step_reason(picture: Picture, position: int, gain: Gain, *, fixed: bool) -> str:
    """Say what a repair brings back: 先修：恢复人民医院（第 4 类，4.2.1(6)）供电，另有 2.3 万户供电."""
    write = picture.phrases.write
    head = write("restoration.step.first" if position == 1 else "restoration.step.next")
    if fixed:
        head += write("restoration.step.separator") + write("restoration.step.by_hand")
    separator = write("restoration.step.separator")
    none = "restoration.step.waits" if gain.waits else "restoration.step.nothing"
    told = separator.join(_gains(picture, gain)) or write(none)
    return head + write("restoration.step.colon") + told + write("restoration.step.end")


def _gains(picture: Picture, gain: Gain) -> list[str]:
    write = picture.phrases.write
    places = by_precedence(picture, gain)
    losses = customers_words(picture, gain.customers)
    if not places:
        return [write("restoration.step.customers", losses=losses)] if losses else []
    facility, need, failed = places[0]
    parts = [_place_gain(picture, facility, need, failed=failed)]
    more = len({item[0] for item in places}) - 1
    others = [write("restoration.step.place" if more == 1 else "restoration.step.places", count=more)] if more else []
    others += [losses] if losses else []
    if others:
        parts.append(write("restoration.step.also", others=picture.phrases.join(others)))
    return parts


def by_precedence(picture: Picture, gain: Gain) -> list[tuple[int, int, bool]]:
    """Return the places of a gain, the first class first: facility, need, and whether it had failed."""
    places = [(*item, True) for item in gain.facilities] + [(*item, False) for item in gain.relieved]
    categories = picture.system.facilities.categories
    return sorted(
        places,
        key=lambda item: (precedence(picture.plan, picture.incident, categories[item[0]]), not item[2], item[:2]),
    )


def _place_gain(picture: Picture, facility: int, need: int, *, failed: bool) -> str:
    write = picture.phrases.write
    place = place_words(picture, facility)
    if need < 0:
        return write("restoration.step.runs", place=place)
    supply = write(f"restoration.supply.{picture.system.facilities.needs[need].commodity}")
    return write("restoration.step.back" if failed else "restoration.step.relieved", place=place, supply=supply)


def customers_words(picture: Picture, customers: dict[str, int]) -> str:
    """Write customers by network: 2.3 万户供电、300 户供热; "" if there are none."""
    phrases = picture.phrases
    return phrases.join(
        [
            phrases.write(f"restoration.customers.{key}", count=phrases.number(customers[key]))
            for key in NETWORK_KEYS
            if customers.get(key)
        ]
    )


def gain_words(picture: Picture, levels: Levels, gain: Sequence[float], skill: str, site: str) -> str:
    """Say what one more crew would gain on each level, in hours."""
    phrases = picture.phrases
    parts: list[str] = []
    for level, hours in zip(levels.rows, gain, strict=True):
        if hours <= 0 or (len(parts) >= _GAINS and level.unit != "people_hours"):
            continue
        if level.unit == "people_hours":
            parts.append(phrases.write("restoration.extra.people", hours=phrases.number(hours)))
        else:
            told = phrases.duration(round(hours * 3600))
            parts.append(phrases.write("restoration.extra.facility", title=level.title, hours=told))
    skill_words = phrases.write(f"restoration.skill.{skill}")
    return phrases.write("restoration.extra.text", skill=skill_words, site=site, gains=phrases.join(parts))


def summary(
    picture: Picture,
    steps: Sequence[RepairStep],
    gains: Sequence[tuple[int, Gain]],
    *,
    ties: int,
    units: Sequence[UnitStep],
    open_faults: int,
    uncovered: Sequence[Uncovered],
) -> str:
    """Return the sentence that a commander reads first. `gains` are what each step brings back and when, by rank."""
    write = picture.phrases.write
    parts = [write("restoration.summary.switching", count=ties)] if ties else []
    parts.append(_work_words(picture, steps, gains, open_faults))
    if steps and open_faults:
        parts.append(write("restoration.summary.open", count=open_faults))
    parts += _back_words(picture, gains)
    if units:
        count = len({unit.unit for unit in units})
        parts.append(write("restoration.summary.units", count=count, name=units[0].facility_name))
    if uncovered:
        hours: dict[tuple[str, str], float] = {}
        for row in uncovered:
            place = row.facility, row.facility_name
            hours[place] = hours.get(place, 0.0) + row.hours
        (_, name), longest = max(hours.items(), key=lambda item: item[1])
        duration = picture.phrases.duration(round(longest * 3600))
        told = write("restoration.summary.uncovered", count=len(hours), name=name, duration=duration)
        parts.append(told)
    text = write("restoration.summary.separator").join(parts) + write("restoration.summary.end")
    return text[:1].upper() + text[1:]


def _work_words(
    picture: Picture, steps: Sequence[RepairStep], gains: Sequence[tuple[int, Gain]], open_faults: int
) -> str:
    phrases = picture.phrases
    if not steps:
        key = "nobody" if open_faults else "nothing"
        return phrases.write(f"restoration.summary.{key}", count=open_faults)
    done_s = [time_s for time_s, _ in gains]
    words = phrases.write(
        "restoration.summary.repairs",
        crews=len({step.crew for step in steps}),
        count=len(steps),
        duration=phrases.duration(max(done_s)),
    )
    late = sum(time_s > picture.horizon_s for time_s in done_s)
    if late:
        told = phrases.write("restoration.summary.after", count=late)
        words += phrases.write("restoration.step.separator") + told
    return words


def _back_words(picture: Picture, gains: Sequence[tuple[int, Gain]]) -> list[str]:
    """Name the first places of the list that come back by repair, with their time."""
    phrases = picture.phrases
    categories = picture.system.facilities.categories
    found = sorted(
        (precedence(picture.plan, picture.incident, categories[facility]), time_s, facility, need)
        for time_s, gain in gains
        for facility, need in gain.facilities
        if picture.plan.priority_of(categories[facility]) is not None
    )
    words = []
    for _, time_s, facility, need in found[:_NAMED]:
        key = "runs" if need < 0 else "back"
        commodity = "" if need < 0 else picture.system.facilities.needs[need].commodity
        supply = phrases.write(f"restoration.supply.{commodity}") if commodity else ""
        name, clock = picture.facility_name(facility), picture.clock(time_s)
        words.append(phrases.write(f"restoration.summary.{key}", name=name, clock=clock, supply=supply))
    return words
