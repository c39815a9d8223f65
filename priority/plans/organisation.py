"""Who is who in a plan: headquarters, office, member units, working groups, telephones."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from priority.plans.base import Clause, PlanPart, Quotation


class Headquarters(PlanPart):
    """The headquarters (指挥部): who leads it and what it decides."""

    clause: Clause
    name: Quotation
    commander: Quotation
    deputies: Quotation
    duties: tuple[Quotation, ...] = Field(min_length=1)


class Office(PlanPart):
    """The headquarters' office (办公室): where it sits, who directs it, its daily duties."""

    clause: Clause
    name: Quotation
    seat: Quotation
    director: Quotation
    duties: tuple[Quotation, ...] = Field(min_length=1)


class MemberUnit(PlanPart):
    """A member unit and its duty. `townships` says that the name stands for the offices of the townships concerned.

    `also` are other names by which the plan's working groups and measures call it.
    """

    name: Quotation
    clause: Clause
    duty: Quotation
    townships: bool = False
    also: tuple[Quotation, ...] = ()


class WorkingGroup(PlanPart):
    """A working group: lead, members, duty. `key` is ours, for the checklist."""

    key: Annotated[str, Field(pattern=r"^[a-z_]+$")]
    name: Quotation
    clause: Clause
    lead: Quotation
    members: tuple[Quotation, ...]
    duty: Quotation


class OnSite(PlanPart):
    """The on-site headquarters (现场指挥部)."""

    clause: Clause
    lead: Quotation
    members: Quotation
    duty: Quotation


class Telephone(PlanPart):
    """A duty telephone from the plan's appendix.

    `township_code` links a township's own office, `member` the member unit, which the appendix may name otherwise.
    """

    unit: Quotation
    clause: Clause
    numbers: tuple[Annotated[str, Field(pattern=r"^\d{7,11}$")], ...] = Field(min_length=1)
    township_code: Annotated[str, Field(pattern=r"^\d{9}$")] | None = None
    member: Quotation | None = None


class Organisation(PlanPart):
    """The plan's organisation."""

    headquarters: Headquarters
    office: Office
    units: tuple[MemberUnit, ...] = Field(min_length=1)
    groups: tuple[WorkingGroup, ...] = Field(min_length=1)
    on_site: OnSite
    telephones: tuple[Telephone, ...]
