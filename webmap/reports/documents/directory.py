"""Whom to call: who was named in the log, and the duty telephones of the plan for what is hit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from webmap.reports.documents.evidence import affected, networks_out
from webmap.reports.documents.item import detail
from webmap.reports.documents.model import Block, Column, Gap, Paragraph, Runs, Table, words
from webmap.reports.documents.phrasing import clipped

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

_MOST, _NAME, _NUMBERS = 8, 16, 25
#: What the units that supply each network are called in a plan's list of telephones.
_SUPPLIERS = {"electricity": ("供电",), "gas": ("燃气", "煤层气"), "heat": ("供热", "热力"), "water": ("供水", "水务")}


def calls_table(source: ReportSource) -> tuple[Block, ...]:
    """Return whom to call: people named in the log first, then the office, suppliers and townships concerned."""
    rows = list(_rows(source))[:_MOST]
    if not rows:
        return (Paragraph((Gap("值班电话：预案没有公布"),)),)
    half = (len(rows) + 1) // 2
    left, right = rows[:half], [*rows[half:], *([(words(""), words(""))] * (half * 2 - len(rows)))]
    # Without a published list somebody must look the numbers up.
    missing = not source.plan.organisation.telephones
    note = (Paragraph((Gap("值班电话：预案没有公布"),)),) if missing else ()
    columns = (Column("单位或人员", 2.2), Column("电话", 1.3), Column("单位或人员", 2.2), Column("电话", 1.3))
    return (Table(columns, tuple((*one, *other) for one, other in zip(left, right, strict=True))), *note)


def _rows(source: ReportSource) -> Iterator[tuple[Runs, Runs]]:
    for key, title in (("person_in_charge", "现场负责人"), ("reporter", "报告人")):
        given = detail(source, key)
        if given is None:
            continue
        fact = given[1]
        number = words(clipped(fact.telephone, _NUMBERS)) if fact.telephone is not None else (Gap("电话"),)
        yield words(clipped(f"{title} {fact.name}", _NAME)), number
    for unit, numbers in _units(source).items():
        yield words(clipped(unit, _NAME)), words(clipped("、".join(numbers), _NUMBERS))


def _units(source: ReportSource) -> dict[str, tuple[str, ...]]:
    organisation = source.plan.organisation
    codes = {row["code"] for row in affected(source.assessment)}
    signs = tuple(sign for key, _ in networks_out(source.assessment) for sign in _SUPPLIERS[key])
    seat = organisation.office.seat
    offices = [one for one in organisation.telephones if seat in {one.unit, one.member}]
    suppliers = [one for one in organisation.telephones if any(sign in one.unit for sign in signs)]
    townships = [one for one in organisation.telephones if one.township_code in codes and one.township_code]
    return {one.unit: one.numbers for one in (*offices, *suppliers, *townships)}
