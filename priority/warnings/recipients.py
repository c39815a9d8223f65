"""Whom a warning goes to: headquarters, townships, member units, neighbours, places inside, and homes that need care.

Everybody is named who is to be told, also those whose address nobody has: an address that is not known is None, and
the row still stands, so that a person sees whom to reach some other way. Addresses of persons come from the layer
`contacts` and are not for everybody (`private`); those of the plan's appendix are published.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from priority.plans import Plan
from priority.plans.organisation import MemberUnit
from priority.plans.response import Audience, Told
from priority.rows import Row
from priority.warnings.addresses import Address, AddressBook
from priority.warnings.doors import TownshipDoors
from priority.warnings.exposure import Inside
from priority.warnings.suggestion import level_of
from priority.wording import Phrases

#: In the order in which they are told.
AUDIENCES: tuple[Audience, ...] = (
    "headquarters",
    "township_offices",
    "member_units",
    "neighbours",
    "facilities",
    "schools",
    "vulnerable",
)
#: A county is reached by more than a rounding of its outline: square degrees, some 10 m².
_TOUCHED_DEG2 = 1e-9


class Recipient(Row):
    """One address of somebody who is told. `key` is the same in every version while plan and data are.

    `why` is a sentence, `clause` the plan's where the plan says so. `phone` may hold several numbers, joined by 、.
    `count` is how many people a row of homes stands for, None where unknown. `private` says that the address is a
    person's, `restricted` that not everybody may know that this recipient exists, `withheld` that addresses there may
    be are not shown to the reader.
    """

    key: str
    name: str
    audience: Audience
    phone: str | None
    email: str | None
    why: str
    clause: str | None
    person: str | None = None
    role: str | None = None
    township: str | None = None
    count: int | None = None
    private: bool = False
    restricted: bool = False
    withheld: bool = False


@dataclass(frozen=True)
class Neighbour:
    """A county beside the plan's own that an outage reaches: its code and name."""

    code: str
    name: str


def neighbours_of(plan: Plan, ground: BaseGeometry, counties: pd.DataFrame) -> tuple[Neighbour, ...]:
    """Return the other counties (layer `counties`) that share ground with an outage (EPSG:4490), by code."""
    found = []
    for code, name, shape in zip(counties["code"], counties["name"], counties["geometry"], strict=True):
        if code != plan.county_code and shapely.area(shapely.intersection(shape, ground)) > _TOUCHED_DEG2:
            found.append(Neighbour(str(code), str(name)))
    return tuple(sorted(found, key=lambda item: item.code))


@dataclass(frozen=True)
class Concerned:
    """Who and what an area concerns.

    `inside` holds everything (`Exposure.inside(..., restricted=True)`), `contacts` is the whole layer, `restricted` the
    ids of restricted facilities, `doors` the townships' parts (for people who need care), `neighbours` the counties
    that the outage reaches.
    """

    inside: Inside
    contacts: pd.DataFrame
    restricted: frozenset[str] = frozenset()
    doors: tuple[TownshipDoors, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()


def recipients_of(
    plan: Plan, level: str, concerned: Concerned, phrases: Phrases, *, targeted: bool = False
) -> tuple[Recipient, ...]:
    """Return everybody who is told of a warning of a level (its key), in the order of `AUDIENCES`.

    Schools and homes get a notice of their own where the plan's level asks for one, or where `targeted` does. Raises
    `KeyError` for no such level.
    """
    rule = level_of(plan, level)
    reasons = _Reasons(plan, level, phrases, rule.targeted_notice is not None)
    book = AddressBook(concerned.contacts)
    case = _Case(plan, concerned, book, reasons, targeted or rule.targeted_notice is not None)
    rows = [*_headquarters(case), *_townships(case), *_units(case), *_neighbours(case), *_places(case)]
    if case.targeted:
        rows += _homes(case)
    first: dict[str, Recipient] = {}
    for row in rows:
        first.setdefault(row.key, row)
    return tuple(sorted(first.values(), key=lambda row: AUDIENCES.index(row.audience)))


def seen_by(recipients: Sequence[Recipient], *, restricted: bool) -> tuple[Recipient, ...]:
    """Return what a viewer may see of recipients; `restricted` says whether restricted places are shown to them.

    Others learn nothing of restricted recipients, and of the rest neither persons nor their addresses.
    """
    if restricted:
        return tuple(recipients)
    hidden = {"phone": None, "email": None, "person": None, "withheld": True}
    return tuple(row.model_copy(update=hidden) if row.private else row for row in recipients if not row.restricted)


@dataclass(frozen=True)
class _Reasons:
    """Why an audience is told: the plan's words with their clause, else ours without one."""

    plan: Plan
    level: str
    phrases: Phrases
    asked_targeted: bool

    def of(self, audience: Audience) -> tuple[str, str | None]:
        """Return the reason and the clause."""
        told = self._told(audience)
        if told is not None:
            return self.phrases.write("recipient.why_plan", clause=told.clause, text=told.text), told.clause
        return self.phrases.write(f"recipient.why_{audience}"), None

    def targeted(self, audience: Audience) -> tuple[str, str | None]:
        """Return the reason for a notice of their own."""
        rule = level_of(self.plan, self.level)
        if self.asked_targeted:
            text = rule.targeted_notice
            return self.phrases.write("recipient.why_plan", clause=rule.clause, text=text), rule.clause
        return self.phrases.write(f"recipient.why_{audience}"), None

    def _told(self, audience: Audience) -> Told | None:
        rules = self.plan.warnings.recipients
        return next(
            (item for item in rules if item.audience == audience and (not item.levels or self.level in item.levels)),
            None,
        )


@dataclass(frozen=True)
class _Case:
    plan: Plan
    concerned: Concerned
    book: AddressBook
    reasons: _Reasons
    targeted: bool


def _headquarters(case: _Case) -> Iterator[Recipient]:
    """Yield headquarters, its office, and units of the appendix that are neither members nor townships."""
    organisation = case.plan.organisation
    why = case.reasons.of("headquarters")
    members = {unit.name for unit in organisation.units}
    for name in dict.fromkeys((organisation.headquarters.name, organisation.office.name)):
        yield from _rows("headquarters", f"unit:{name}", name, case.book.of("unit", name), why)
    for telephone in organisation.telephones:
        if telephone.member is None and telephone.township_code is None and telephone.unit not in members:
            listed = case.reasons.phrases.write("recipient.why_listed", clause=telephone.clause), telephone.clause
            addresses = case.book.of("unit", telephone.unit, telephone.numbers)
            yield from _rows("headquarters", f"unit:{telephone.unit}", telephone.unit, addresses, listed)


def _townships(case: _Case) -> Iterator[Recipient]:
    """Yield the offices of the county's townships that share ground with the area, and of no other."""
    numbers = {item.township_code: item for item in case.plan.organisation.telephones if item.township_code is not None}
    why = case.reasons.of("township_offices")
    for township in case.concerned.inside.townships:
        if not township.code.startswith(case.plan.county_code):
            continue
        listed = numbers.get(township.code)
        name = township.name + case.reasons.phrases.write("recipient.township_unit") if listed is None else listed.unit
        addresses = case.book.of("township", township.code, () if listed is None else listed.numbers)
        yield from _rows("township_offices", f"township:{township.code}", name, addresses, why, township.code)


def _units(case: _Case) -> Iterator[Recipient]:
    why = case.reasons.of("member_units")
    for unit in case.plan.organisation.units:
        if unit.townships:  # told as the offices of the townships concerned
            continue
        own = why if why[1] is not None else (why[0], unit.clause)
        for name, numbers in _listed(case.plan, unit):
            # A unit that is listed under other names is found in the contacts by its own.
            addresses = case.book.of("unit", name if len(_listed(case.plan, unit)) > 1 else unit.name, numbers)
            yield from _rows("member_units", f"unit:{name}", name, addresses, own)


def _listed(plan: Plan, unit: MemberUnit) -> list[tuple[str, tuple[str, ...]]]:
    """Return a unit's names and telephones: one line, or one for each that the appendix lists under it."""
    lines = [item for item in plan.organisation.telephones if item.member == unit.name]
    if len(lines) > 1:
        return [(line.unit, line.numbers) for line in lines]
    return [(unit.name, lines[0].numbers if lines else ())]


def _neighbours(case: _Case) -> Iterator[Recipient]:
    why = case.reasons.of("neighbours")
    for county in case.concerned.neighbours:
        yield from _rows("neighbours", f"county:{county.code}", county.name, case.book.of("unit", county.name), why)


def _places(case: _Case) -> Iterator[Recipient]:
    """Yield the places inside; schools apart where they get a notice of their own."""
    for place in case.concerned.inside.facilities:
        audience: Audience = "schools" if case.targeted and place.category == "school" else "facilities"
        why = case.reasons.targeted(audience) if audience == "schools" else case.reasons.of(audience)
        addresses = case.book.of("facility", place.id)
        for row in _rows(audience, f"facility:{place.id}", place.name, addresses, why):
            yield row.model_copy(update={"restricted": row.restricted or place.id in case.concerned.restricted})


def _homes(case: _Case) -> Iterator[Recipient]:
    """Yield one row a township for people who need care: a number, never a name."""
    why, clause = case.reasons.targeted("vulnerable")
    for item in case.concerned.doors:
        if item.vulnerable_people == 0 and not item.vulnerable_unknown:
            continue
        known = item.vulnerable_people if item.vulnerable_people else None
        place = item.name or case.reasons.phrases.write("recipient.no_township")
        yield Recipient(
            key=f"homes:{item.code or 'outside'}",
            name=case.reasons.phrases.write("recipient.homes", township=place),
            audience="vulnerable",
            phone=None,
            email=None,
            why=why,
            clause=clause,
            township=item.code,
            count=known,
        )


def _rows(
    audience: Audience,
    key: str,
    name: str,
    addresses: Sequence[Address],
    why: tuple[str, str | None],
    township: str | None = None,
) -> Iterator[Recipient]:
    for number, item in enumerate(addresses):
        yield Recipient(
            key=key if number == 0 else f"{key}/{item.key}",
            name=name,
            audience=audience,
            phone=item.phone,
            email=item.email,
            why=why[0],
            clause=why[1],
            person=item.person,
            role=item.role,
            township=township,
            private=item.private,
            restricted=item.restricted,
        )
