"""What the mobile units do, and which places of the list fail for a while all the same, with the reason."""

from __future__ import annotations

from collections.abc import Callable

from priority.picture import Picture
from priority.precedence import OUTSIDE, precedence
from priority.restoration.forces import Forces
from priority.restoration.mobile import BROUGHT, Sent, arrivals, capacity_of
from priority.restoration.results import Uncovered, UnitStep
from priority.restoration.spans import Span, down_s, spans_of, spells_of
from priority.times import NEVER


def unit_steps(
    picture: Picture, forces: Forces, sent: tuple[Sent, ...], without: Callable[[Sent], Picture]
) -> tuple[UnitStep, ...]:
    """Return a row for each unit sent, first the one without which a place would fail first.

    `picture` has all repairs and units; `without` gives the picture in which one of them stays away.
    """
    found = []
    for item in sent:
        otherwise = without(item)
        saved_s = down_s(otherwise, item.facility) - down_s(picture, item.facility)
        found.append((_met(spans_of(otherwise, item.facility), item), item, saved_s))
    found.sort(key=lambda each: (each[0].begins_s, each[1].ready_s, forces.units[each[1].unit].id))
    return tuple(_unit_step(picture, forces, rank, *each) for rank, each in enumerate(found, start=1))


def _unit_step(picture: Picture, forces: Forces, rank: int, span: Span, sent: Sent, saved_s: int) -> UnitStep:
    unit, facilities = forces.units[sent.unit], picture.system.facilities
    in_time = sent.ready_s <= span.begins_s
    capacity = capacity_of(picture, unit, sent.need)
    entry = picture.plan.priority_of(facilities.categories[sent.facility])
    return UnitStep(
        rank=rank,
        unit=unit.id,
        unit_name=unit.name,
        kind=unit.kind,
        facility=facilities.ids[sent.facility],
        facility_name=picture.facility_name(sent.facility),
        tier=None if entry is None else entry.tier,
        commodity=sent.commodity,
        depart_at=picture.iso(sent.depart_s),
        arrive_at=picture.iso(sent.arrive_s),
        ready_at=picture.iso(sent.ready_s),
        travel_hours=round((sent.arrive_s - sent.depart_s) / 3600, 4),
        fails_at=picture.iso(span.begins_s),
        back_at=None if span.ends_s == NEVER else picture.iso(span.ends_s),
        saves_hours=round(saved_s / 3600, 4),
        in_time=in_time,
        capacity="enough" if capacity == "enough" else "unknown",
        reason=_unit_reason(picture, sent, span, saved_s, in_time=in_time) + _size_words(picture, capacity),
    )


def _met(spans: tuple[Span, ...], sent: Sent) -> Span:
    """Return the span that a unit shortens: the first for want of what it brings that is not over when it is ready.

    A place may be down for something else before; that is not what the unit is sent for.
    """
    later = [span for span in spans if span.ends_s > sent.ready_s]
    wanted = [span for span in later if span.need == sent.need]
    return next(iter(wanted or later), Span(sent.ready_s, NEVER, sent.need))


def _unit_reason(picture: Picture, sent: Sent, span: Span, saved_s: int, *, in_time: bool) -> str:
    phrases = picture.phrases
    return phrases.write(
        "restoration.unit.in_time" if in_time else "restoration.unit.late",
        place=place_words(picture, sent.facility),
        lack=phrases.write(f"lack.{sent.commodity}"),
        fails=picture.clock(span.begins_s),
        ready=picture.clock(sent.ready_s),
        hours=phrases.duration(saved_s),
    )


def _size_words(picture: Picture, capacity: str) -> str:
    return "" if capacity == "enough" else picture.phrases.write("restoration.unit.size_unknown")


def place_words(picture: Picture, facility: int) -> str:
    """Write a place's name with its class and clause: 人民医院（第 4 类，4.2.1(6)）."""
    phrases = picture.phrases
    name = picture.facility_name(facility)
    entry = picture.plan.priority_of(picture.system.facilities.categories[facility])
    if entry is None:
        return phrases.write("restoration.place.plain", name=name)
    key = "restoration.place.tier" if entry.tier > 0 else "restoration.place.first"
    return phrases.write(key, name=name, tier=entry.tier, clause=entry.clause)


def uncovered_places(picture: Picture, forces: Forces, sent: tuple[Sent, ...]) -> tuple[Uncovered, ...]:
    """Return the visible places of the list that fail within the horizon all the same: by class, then by time.

    A place that fails twice has two rows.
    """
    categories = picture.system.facilities.categories
    rows = []
    for facility in picture.shown_facilities.tolist():
        place = precedence(picture.plan, picture.incident, categories[facility])
        for spell in spells_of(picture, facility) if place < OUTSIDE else ():
            row = _uncovered(picture, forces, sent, facility, spell)
            rows.append(((place, spell[0].begins_s, row.facility), row))
    return tuple(row for _, row in sorted(rows, key=lambda item: item[0]))


def _uncovered(
    picture: Picture, forces: Forces, sent: tuple[Sent, ...], facility: int, spell: tuple[Span, ...]
) -> Uncovered:
    """Return the row of a spell: what it begins for want of, and in its reason whatever else makes it last."""
    facilities = picture.system.facilities
    entry = picture.plan.priority_of(facilities.categories[facility])
    first, last = spell[0], spell[-1]
    reasons = dict.fromkeys(_why_uncovered(picture, forces, sent, facility, span) for span in spell)
    return Uncovered(
        facility=facilities.ids[facility],
        facility_name=picture.facility_name(facility),
        tier=None if entry is None else entry.tier,
        commodity="" if first.need < 0 else facilities.needs[first.need].commodity,
        fails_at=picture.iso(first.begins_s),
        back_at=None if last.ends_s == NEVER else picture.iso(last.ends_s),
        hours=round(sum(span.length_s(picture.horizon_s) for span in spell) / 3600, 4),
        reason=picture.phrases.write("restoration.uncovered.then").join(reasons),
    )


def _why_uncovered(picture: Picture, forces: Forces, sent: tuple[Sent, ...], facility: int, span: Span) -> str:
    write = picture.phrases.write
    if span.need < 0:
        return write("restoration.uncovered.damaged")
    commodity = picture.system.facilities.needs[span.need].commodity
    lack = write(f"lack.{commodity}")
    if commodity not in BROUGHT.values():
        return write("restoration.uncovered.no_kind", lack=lack)
    coming = [item for item in sent if item.need == span.need]
    if coming:
        unit = forces.units[coming[0].unit].name
        return write("restoration.uncovered.late", lack=lack, unit=unit, ready=picture.clock(coming[0].ready_s))
    kind = write(f"restoration.kind.{commodity}")
    return write(
        f"restoration.uncovered.{_hindrance(picture, forces, sent, facility, span.need)}", lack=lack, kind=kind
    )


def _hindrance(picture: Picture, forces: Forces, sent: tuple[Sent, ...], facility: int, need: int) -> str:
    """Say why no unit goes to a need: there is none, too small, no way there, busy elsewhere, or of no use there."""
    placed = {item.unit for item in picture.incident.placements} - {forces.units[item.unit].id for item in sent}
    commodity = picture.system.facilities.needs[need].commodity
    able = [
        number for number, unit in enumerate(forces.units) if BROUGHT[unit.kind] == commodity and unit.id not in placed
    ]
    if not able:
        return "no_unit"
    large = [number for number in able if capacity_of(picture, forces.units[number], need) != "too_small"]
    if not large:
        return "too_small"
    if (arrivals(picture, forces, (facility,))[large, 0] == NEVER).all():
        return "no_way"
    return "busy" if any(item.unit in large for item in sent) else "no_gain"
