"""Who writes what a script says: somebody of its own, with the name of who began the drill, for all of its offices."""

from __future__ import annotations

from datetime import UTC, datetime

from webmap.accounts.person import Person
from webmap.accounts.roles import Grant, Role
from webmap.accounts.viewer import Viewer
from webmap.languages import Language

#: Stands before the id of who began the drill: what the script writes is not theirs.
_PREFIX = "drill-script:"
_NEVER = datetime.fromtimestamp(0, UTC)
_ROLES = (Role.DUTY_OFFICER, Role.OFFICE_DIRECTOR, Role.DEPUTY_COMMANDER, Role.COMMANDER)


def script_author_id(began_by: str) -> str:
    """Return the id under which a script writes for who began the drill."""
    return f"{_PREFIX}{began_by}"


def script_author_name(began_by: str, language: Language) -> str:
    """Return the name under which a script writes: 演练脚本（姓名）."""
    from priority.wording import Phrases  # noqa: PLC0415

    return Phrases(language).write("drills.author", name=began_by)


def script_viewer(author_id: str, author_name: str, plan: str) -> Viewer:
    """Return the script as somebody who may write everything that an incident of its plan takes.

    The log asks for each entry's office as it does of people. To be used in drills alone.
    """
    grants = frozenset(Grant(role, plan) for role in _ROLES)
    person = Person(
        id=author_id,
        name="drill-script",
        display_name=author_name,
        active=True,
        demo=False,
        created_at=_NEVER,
        failed_attempts=0,
        locked_until=None,
        has_password=False,
        grants=grants,
    )
    return Viewer(grants, person)
