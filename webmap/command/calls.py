"""Whom to call, and why: in the order in which a commander needs them, with the plan's numbers and the contacts.

People named in the log come first, then those with a duty in the running level, the suppliers of the networks that are
out, the townships hit, the listed places about to fail, the other member units where the level asks for them, and those
to whom the plan says to report. Who has no number known is there all the same. Contacts of persons (layer `contacts`)
are for those alone who may know of restricted places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from priority.plans.organisation import MemberUnit, Telephone
from priority.warnings.addresses import AddressBook
from webmap.command.call_rows import Book, Line, Reason, merged, row
from webmap.command.results import Call, MeasureGroup
from webmap.incidents.entries import DetailGiven
from webmap.reports.documents.evidence import affected, falling_places, networks_out

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

_MOST_PLACES = 8
#: What the units that supply each network are called in a plan.
SUPPLIERS = {
    "electricity": ("供电",),
    "gas": ("燃气", "煤层气", "能源供应单位"),
    "heat": ("供热", "热力"),
    "water": ("供水", "水务"),
}
_ALL_MEMBERS = "成员单位"


def calls_of(source: ReportSource, groups: Sequence[MeasureGroup]) -> tuple[Call, ...]:
    """Return everybody who is to be called; a unit with several reasons stands once, where it is needed first."""
    book = Book(source.plan, AddressBook(_contacts(source)), source.facts, source.prose.phrases)
    rows = [
        *_named(source, book),
        *_duty(source, book, groups),
        *_suppliers(source, book),
        *_townships(source, book),
        *_places(source, book),
        *_members(source, book, groups),
        *_upward(source, book),
    ]
    return merged(rows, source.prose.phrases)


def calls_note(source: ReportSource) -> str | None:
    """Return what is to be said of the numbers as a whole: that the plan publishes none. None where it does."""
    if source.plan.organisation.telephones:
        return None
    title = source.plan.title.in_language(source.language)
    return source.prose.phrases.write("command.no_telephones", title=title)


def _contacts(source: ReportSource) -> pd.DataFrame:
    columns = ("id", "facility_id", "township_code", "unit", "role", "person", "phone", "email", "restricted")
    frame = source.snapshot.frames.get("contacts") if source.restricted else None
    return pd.DataFrame(columns=list(columns)) if frame is None else frame


def _named(source: ReportSource, book: Book) -> Iterator[Call]:
    """People named for the reports: the one in charge on site, and who reported."""
    for item in ("person_in_charge", "reporter"):
        given = [(one.number, one.fact) for one in source.facts if _is_detail(one.fact, item)]
        if not given:
            continue
        number, fact = given[-1]
        assert isinstance(fact, DetailGiven)  # noqa: S101  chosen so
        why = book.write(f"command.why.{item}", number=number)
        numbers = () if fact.telephone is None else (fact.telephone,)
        who = fact.unit or fact.name or ""
        yield row(book, "named", f"person:{item}", who, Reason(why, None), Line(numbers, person=fact.name))


def _is_detail(fact: object, item: str) -> bool:
    return isinstance(fact, DetailGiven) and fact.item == item


def _duty(source: ReportSource, book: Book, groups: Sequence[MeasureGroup]) -> Iterator[Call]:
    """The office, the units that the level's open measures name, and the leads of the groups with open ones."""
    organisation = source.plan.organisation
    office = organisation.office
    why = Reason(book.write("command.why.office", office=office.name), office.clause)
    yield from book.unit("duty", office.seat, why)
    for group in groups:
        left = group.due - group.done
        if left and group.lead is not None:
            told = book.write("command.why.leads", group=group.name, count=left)
            yield from book.unit("duty", group.lead, Reason(told, group.clause))
        for item in group.measures:
            if item.state == "open" and item.unit is not None and book.member(item.unit) is not None:
                told = book.write("command.why.measure", level=source.state.level and source.state.level.level)
                yield from book.unit("duty", item.unit, Reason(told, item.clause))


def _suppliers(source: ReportSource, book: Book) -> Iterator[Call]:
    for network, out in networks_out(source.assessment):
        signs = SUPPLIERS[network]
        count = book.phrases.number(out["customers"])
        key = "command.why.out_at_least" if out["customers_unknown"] else "command.why.out"
        why = book.write(key, loss=book.write(f"command.out.{network}"), count=count)
        for unit in source.plan.organisation.units:
            if not unit.townships and any(sign in unit.name for sign in signs):
                yield from book.unit("suppliers", unit.name, Reason(why, unit.clause))


def _townships(source: ReportSource, book: Book) -> Iterator[Call]:
    published = {one.township_code: one for one in source.plan.organisation.telephones if one.township_code}
    clause = next((unit.clause for unit in source.plan.organisation.units if unit.townships), None)
    for hit in affected(source.assessment):
        code = hit["code"]
        if code is None or not code.startswith(source.plan.county_code):
            continue
        told = [
            book.write(
                "command.why.out",
                loss=book.write(f"command.out.{network}"),
                count=book.phrases.number(part["customers_out"]),
            )
            for network, part in hit["commodities"].items()
            if part["customers_out"]
        ]
        why = book.write("command.and").join(told) or book.write("command.why.township")
        listed = published.get(code)
        name = hit["name"] if listed is None else listed.unit
        yield from book.at("townships", "township", code, name, Reason(why, clause), listed)


def _places(source: ReportSource, book: Book) -> Iterator[Call]:
    for place in falling_places(source.assessment)[:_MOST_PLACES]:
        left = book.phrases.duration(round(place["hours_left"] * 3600))
        key = "command.why.place_reserve_unknown" if place["reserve_unknown"] else "command.why.place"
        listed = source.plan.priority_of(place["category"])
        why = book.write(key, left=left)
        clause = None if listed is None or listed.adopted else listed.clause
        yield from book.at("places", "facility", place["id"], place["name"], Reason(why, clause), None)


def _members(source: ReportSource, book: Book, groups: Sequence[MeasureGroup]) -> Iterator[Call]:
    """All member units, where a measure of the running level turns to them."""
    turning = next((item for group in groups for item in group.measures if _ALL_MEMBERS in item.text), None)
    if turning is None:
        return
    why = Reason(book.write("command.why.members"), turning.clause)
    for unit in source.plan.organisation.units:
        if not unit.townships:
            yield from book.unit("members", unit.name, why)


def _upward(source: ReportSource, book: Book) -> Iterator[Call]:
    """Who took the command, and to whom the plan says to report."""
    plan, handover = source.plan, source.state.handover
    if handover is not None:
        to = str(getattr(handover.fact, "to", ""))
        why = Reason(book.write("command.why.handed_over"), handover.fact.clause)
        yield from book.at("upward", "unit", to, to, why, None)
    if plan.reports.receivers is None:
        return
    why = Reason(book.write("command.why.receiver", receivers=plan.reports.receivers), plan.reports.clause)
    above = [one for one in plan.organisation.telephones if _is_above(one, plan.organisation.units)]
    for one in above:
        yield from book.at("upward", "unit", one.unit, one.unit, why, one)
    if not above:
        for name in plan.reports.receivers.replace("和", "、").split("、"):
            yield from book.at("upward", "unit", name, name, why, None)


def _is_above(telephone: Telephone, units: Sequence[MemberUnit]) -> bool:
    named = {unit.name for unit in units}
    return telephone.member is None and telephone.township_code is None and telephone.unit not in named
