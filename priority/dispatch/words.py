"""What a commander reads first of a dispatch: who is reached, who is not, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

from priority.dispatch.ground import Ground
from priority.dispatch.input import COMMODITIES, Supply
from priority.dispatch.places import lost_places
from priority.dispatch.results import LevelRow
from priority.dispatch.solve import Solution
from priority.picture import Picture
from priority.results import Assumption
from priority.roads.network import DETOUR_FACTOR, STRAIGHT_KPH

_NAMED = 2


def sentence(picture: Picture, ground: Ground, solution: Solution, beyond: int) -> str:
    """Return the answer in one line: 3 处在储备用完前送到，1 处来不及：人民医院（…）."""
    write = picture.phrases.write
    count = ground.problem.places
    if not count:
        return write("dispatch.sentence.nobody_but" if beyond else "dispatch.sentence.nobody", beyond=beyond)
    lost = lost_places(picture, ground, solution)
    kept = count - len(lost)
    parts = [write("dispatch.sentence.kept", count=kept)] if kept else []
    if lost:
        parts.append(write("dispatch.sentence.lost" if kept else "dispatch.sentence.all_lost", count=len(lost)))
    text = write("dispatch.sentence.separator").join(parts)
    if lost:
        named = [
            write("dispatch.sentence.named", name=picture.facility_name(facility), reason=reason)
            for facility, reason in list(lost.items())[:_NAMED]
        ]
        text += write("dispatch.sentence.colon") + write("dispatch.sentence.next").join(named)
        text += write("dispatch.sentence.more") if len(lost) > _NAMED else ""
    return text + write("dispatch.sentence.end")


def proof(picture: Picture, solution: Solution, levels: Sequence[LevelRow]) -> str:
    """Say what is proven of a plan."""
    write = picture.phrases.write
    if solution.proven:
        return write("dispatch.proof.proven")
    at_best = all(row.places_without == row.places_without_bound for row in levels)
    if at_best:
        return write("dispatch.proof.places")
    row = next(row for row in levels if row.places_without != row.places_without_bound)
    return write("dispatch.proof.bound", title=row.title, reached=row.places_without, bound=row.places_without_bound)


def assumptions(picture: Picture, ground: Ground, supply: Supply, *, left_out: int) -> tuple[Assumption, ...]:
    """Return what the plan rests on, the data first."""
    roads = picture.system.roads
    wants = ground.wants
    unknown = sum(want.per_hour is None for want in wants)
    unmeasured = sum(stock.amount is None for stock in ground.stocks)
    guessed = sum(item.assumed for _, item in supply.placed())
    unbuilt = [item.name for _, item in supply.placed() if item.site and not ground.sites[item.site].existing]
    told: list[tuple[bool, str, dict[str, object]]] = [
        (bool(guessed), "suggested", {"count": guessed}),
        (bool(unbuilt), "unbuilt", {"names": picture.phrases.join(unbuilt[:5])}),
        (any(want.commodity == "diesel" for want in wants), "diesel", {}),
        (bool(unknown), "use_unknown", {"count": unknown}),
        (bool(unmeasured), "unmeasured", {"count": unmeasured}),
        (roads.assumed, "straight", {"factor": DETOUR_FACTOR, "speed": round(STRAIGHT_KPH)}),
        (not roads.assumed, "roads", {}),
        (True, "tanks", {}),
        (True, "knock_on", {}),
        (supply.keep_hours is not None, "keep_hours", {"hours": f"{supply.keep_hours or 0:g}"}),
        (bool(left_out), "left_out", {"count": left_out}),
    ]
    found = [
        Assumption(code=code, text=picture.phrases.write(f"dispatch.assumption.{code}", **values))
        for holds, code, values in told
        if holds
    ]
    if picture.system.synthetic:
        found.insert(0, Assumption(code="synthetic", text=picture.phrases.write("assumption.synthetic")))
    if not picture.restricted and picture.system.facilities.restricted.any():
        found.append(Assumption(code="restricted", text=picture.phrases.write("assumption.restricted")))
    return tuple(found)


def notes(picture: Picture, ground: Ground, supply: Supply, spared: int) -> tuple[str, ...]:
    """Say how many others are spared through those that are kept, what is missing, and what was entered in vain."""
    phrases = picture.phrases
    wanted = {want.commodity for want in ground.wants}
    told = [phrases.write("dispatch.note.spared", count=spared)] if spared > 0 else []
    for commodity in COMMODITIES:
        what = phrases.write(f"dispatch.commodity.{commodity}")
        if commodity in wanted and not any(item.commodity == commodity for item in ground.stocks):
            told.append(phrases.write("dispatch.note.no_stock", what=what))
        if commodity in wanted and not any(item.commodity == commodity for item in ground.vehicles):
            told.append(phrases.write("dispatch.note.no_vehicle", what=what))
    number = picture.system.facility_number
    planned = {(want.facility, want.commodity) for want in ground.wants}
    idle = [item for item in supply.needs if (number[item.facility], item.commodity) not in planned]
    for item in idle[:5]:
        name = picture.facility_name(number[item.facility])
        what = phrases.write(f"dispatch.commodity.{item.commodity}")
        told.append(phrases.write("dispatch.note.not_in_danger", name=name, what=what))
    return tuple(told)
