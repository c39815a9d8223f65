"""Lists that people tick off: whom to telephone, and which doors to knock at. CSV that Excel opens as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from layers.schema import Title
from layers.vocabulary import FACILITY_CATEGORIES
from priority.plans.base import Language
from priority.warnings.doors import TownshipDoors
from priority.warnings.exposure import FacilityInside
from priority.warnings.recipients import Recipient
from priority.wording import Phrases
from webmap.exports.csv_file import Fixed, table_of
from webmap.exports.tables import Cell, Column, TableKind, named, plain, titles
from webmap.warnings.bulletin import Bulletin
from webmap.warnings.products.saying import Marks, local

_TICK = "□"
_TICKED = (
    Column(Title("已通知", "Told"), lambda _record, _language: _TICK),
    Column(Title("通知人", "Told by"), lambda _record, _language: None),
    Column(Title("时间", "Time"), lambda _record, _language: None),
)
_PHONES = TableKind(
    Title("电话通知名单", "Telephone list"),
    lambda document: list(document["rows"]),
    (
        plain("audience", "对象", "Audience"),
        plain("name", "名称", "Name"),
        plain("person", "联系人", "Contact"),
        plain("role", "职务", "Role"),
        plain("phone", "电话", "Telephone"),
        plain("email", "电子邮件", "E-mail"),
        plain("why", "为何通知", "Why"),
        *_TICKED,
    ),
)
_DOORS = TableKind(
    Title("逐户通知名单", "Door-to-door list"),
    lambda document: list(document["rows"]),
    (
        plain("township", "镇（街道）", "Township"),
        named("kind", "类别", "Kind", titles(FACILITY_CATEGORIES)),
        plain("name", "名称或范围", "Name or extent"),
        plain("households", "户数", "Households"),
        plain("households_note", "户数说明", "On households"),
        plain("people", "人数", "People"),
        plain("people_unknown", "人数不详的用户点（处）", "Points with people unknown"),
        plain("vulnerable", "老弱病残孕幼人数", "Vulnerable people"),
        plain("vulnerable_unknown", "老弱病残孕幼人数不详的用户点（处）", "Points with vulnerable people unknown"),
        Column(Title("已通知", "Told"), lambda record, _: _TICK if record["tick"] else None),
        *_TICKED[1:],
    ),
)


@dataclass(frozen=True)
class AlsoTold:
    """Who is told of an update or a lifting because an earlier message went to them, in the reader's words.

    `withheld` says that the addresses are not shown to the reader.
    """

    audience: str
    name: str
    phone: str | None
    email: str | None
    why: str
    withheld: bool


def phone_list(
    bulletin: Bulletin, recipients: Sequence[Recipient], language: Language = "zh", also: Sequence[AlsoTold] = ()
) -> bytes:
    """Return whom to telephone, as UTF-8 CSV with a byte order mark; a number that is not known is said to be unknown.

    Give it what the reader may see (`priority.warnings.recipients.seen_by`); what that withholds is said to be. Homes
    are not telephoned: they are on the list of doors. `also` stand last.
    """
    phrases = Phrases(language)
    rows = [_phone(row, phrases) for row in recipients if row.audience != "vulnerable"]
    rows += [_also(row, phrases) for row in also]
    return _csv(bulletin, _PHONES, rows, language)


def door_list(
    bulletin: Bulletin, doors: Sequence[TownshipDoors], language: Language = "zh", also: Sequence[str] = ()
) -> bytes:
    """Return whom to tell from door to door, by township, as UTF-8 CSV with a byte order mark.

    A township has a row for its homes and one for each school, hospital and other place, whose people are no part of
    the sums: the same people may be at home. The last row has the sums.
    """
    phrases = Phrases(language)
    rows: list[Mapping[str, Any]] = []
    for township in doors:
        rows.append(_homes(township, phrases))
        ordered = sorted(township.facilities, key=lambda item: (_rank(item), item.name))
        rows += [_place(item, _township(township, phrases), phrases) for item in ordered]
    if doors:
        rows.append(_sums(doors, phrases))
    rows += [_left(name, bulletin, phrases) for name in also]
    return _csv(bulletin, _DOORS, rows, language)


def _csv(bulletin: Bulletin, kind: TableKind, rows: Sequence[Mapping[str, Any]], language: Language) -> bytes:
    """Return a table between columns that say of which warning it is."""
    phrases = Phrases(language)
    marks = "".join(Marks.of(bulletin, language).shown)
    first: list[Fixed] = [(phrases.write("product.list_mark"), marks)] if marks else []
    issued = None if bulletin.sent is None else f"{local(bulletin.sent):%Y-%m-%d %H:%M}"
    last: list[Fixed] = [
        (phrases.write("product.list_warning"), bulletin.level_in(language)),
        (phrases.write("product.list_number"), bulletin.identifier),
        (phrases.write("product.list_issued"), issued),
        (phrases.write("product.list_plan"), bulletin.plan.title.in_language(language)),
    ]
    return table_of({"rows": rows}, kind, language, first, last)


def _phone(row: Recipient, phrases: Phrases) -> Mapping[str, Any]:
    missing = phrases.write("product.withheld" if row.withheld else "product.unknown")
    return {
        "audience": phrases.write(f"recipient.audience_{row.audience}"),
        "name": row.name,
        "person": row.person,
        "role": row.role,
        "phone": row.phone or missing,
        "email": row.email or missing,
        "why": row.why,
    }


def _also(row: AlsoTold, phrases: Phrases) -> Mapping[str, Any]:
    missing = phrases.write("product.withheld" if row.withheld else "product.unknown")
    addresses = (None, None) if row.withheld else (row.phone, row.email)
    phone, email = (address or missing for address in addresses)
    return {"audience": row.audience, "name": row.name, "phone": phone, "email": email, "why": row.why}


def _left(township: str, bulletin: Bulletin, phrases: Phrases) -> Mapping[str, Any]:
    key = "delivery.left_area_list" if bulletin.message_type == "Update" else "delivery.told_before"
    unknown = phrases.write("product.unknown")
    said = {"township": township, "kind": phrases.write("product.homes"), "name": phrases.write(key), "tick": True}
    return {**said, "households": unknown, "people": unknown, "vulnerable": unknown}


def _homes(row: TownshipDoors, phrases: Phrases) -> Mapping[str, Any]:
    write = phrases.write
    share = f"{row.share * 100:.0f}" if row.share >= 0.01 else "<1"
    unknown = write("product.unknown")
    note = None if row.households is None else write("product.estimated") if row.households_estimated else None
    return {
        "township": _township(row, phrases),
        "kind": write("product.homes"),
        "name": write("product.whole") if row.share >= 1 else write("product.part", share=share),
        "households": unknown if row.households is None else row.households,
        "households_note": note,
        "people": _known(row.people, row.people_unknown, unknown),
        "people_unknown": row.people_unknown,
        "vulnerable": _known(row.vulnerable_people, row.vulnerable_unknown, unknown),
        "vulnerable_unknown": row.vulnerable_unknown,
        "tick": True,
    }


def _place(item: FacilityInside, township: str, phrases: Phrases) -> Mapping[str, Any]:
    people = phrases.write("product.unknown") if item.people is None else item.people
    return {"township": township, "kind": item.category, "name": item.name, "people": people, "tick": True}


def _sums(doors: Sequence[TownshipDoors], phrases: Phrases) -> Mapping[str, Any]:
    """Return the sums over townships of what is known; how much is not, is said beside it."""
    unknown = sum(row.households is None for row in doors)
    people, people_unknown = sum(row.people for row in doors), sum(row.people_unknown for row in doors)
    vulnerable = sum(row.vulnerable_people for row in doors)
    vulnerable_unknown = sum(row.vulnerable_unknown for row in doors)
    said = phrases.write("product.unknown")
    note = phrases.write("product.estimated") if any(row.households_estimated for row in doors) else ""
    note += phrases.write("product.households_unknown", count=unknown) if unknown else ""
    return {
        "township": phrases.write("product.sum"),
        "kind": phrases.write("product.homes"),
        "households": said if unknown == len(doors) else sum(row.households or 0 for row in doors),
        "households_note": note or None,
        "people": _known(people, people_unknown, said),
        "people_unknown": people_unknown,
        "vulnerable": _known(vulnerable, vulnerable_unknown, said),
        "vulnerable_unknown": vulnerable_unknown,
        "tick": False,
    }


def _known(count: int, unknown: int, said: str) -> Cell:
    """Return a sum; where nothing but unknown figures went into it, that it is unknown."""
    return said if count == 0 and unknown else count


def _township(row: TownshipDoors, phrases: Phrases) -> str:
    return row.name or phrases.write("recipient.no_township")


def _rank(item: FacilityInside) -> int:
    """Schools first, then hospitals, then the rest."""
    return {"school": 0, "hospital": 1}.get(item.category, 2)
