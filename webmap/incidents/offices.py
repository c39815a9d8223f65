"""Offices as the plans word them: who acts for a unit, and what an office is called in English."""

from __future__ import annotations

from collections.abc import Sequence

from priority.wording import Phrases
from webmap.accounts.roles import ROLE_TITLES, Role, role_of_office

DIRECTOR = ROLE_TITLES[Role.OFFICE_DIRECTOR].zh
COMMANDERS = (ROLE_TITLES[Role.COMMANDER].zh, ROLE_TITLES[Role.DEPUTY_COMMANDER].zh)


def offices_acting_for(unit: str) -> tuple[str, ...]:
    """Return the offices through which a unit acts.

    An office (区指挥部办公室) acts through its director, a headquarters (区指挥部) through commander and deputies: the
    plans name the units as issuers of warnings, and these as their heads.
    """
    return (DIRECTOR,) if unit.endswith("办公室") else COMMANDERS


def office_name(office: str, phrases: Phrases) -> str:
    """Return an office in the language of the phrases; in the plan's words where it is none of the product's roles."""
    role = role_of_office(office)
    return phrases.write("log.an_office", title=office if role is None else phrases.title(ROLE_TITLES[role]))


def any_office(offices: Sequence[str], phrases: Phrases) -> str:
    """Return offices of which any will do."""
    return phrases.write("log.or").join(office_name(office, phrases) for office in offices)
