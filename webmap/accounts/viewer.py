"""Who is behind a request, as far as the product is concerned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from webmap.accounts.person import Person
from webmap.accounts.roles import ALL_PLANS, Action, Grant, Role, may


@dataclass(frozen=True)
class Viewer:
    """Somebody with rights. Without a person, nobody is signed in.

    `came_by` says how they proved who they are; `csrf` is the secret of a session's forms, empty without a session.
    """

    grants: frozenset[Grant] = frozenset()
    person: Person | None = None
    came_by: Literal["session", "token"] | None = None
    csrf: str = ""

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held for any plan; everybody is at least anonymous."""
        return frozenset({Role.ANONYMOUS, *(grant.role for grant in self.grants)})

    def may(self, action: Action, plan: str = ALL_PLANS) -> bool:
        """Whether they may do something about a plan (its key), or about no plan in particular."""
        return may(self.grants, action, plan)

    @property
    def sees_restricted(self) -> bool:
        """Whether restricted records (defence) may be shown."""
        return self.may(Action.SEE_RESTRICTED)

    @property
    def audience(self) -> str:
        """Name of the group of viewers who see the same records; a part of every cache key."""
        return "restricted" if self.sees_restricted else "public"


#: What everybody holds where the settings open the picture.
PUBLIC_GRANTS = frozenset({Grant(Role.PUBLIC)})
#: What everybody holds where the settings open the warnings, or the picture, which shows more.
WARNED_GRANTS = frozenset({Grant(Role.WARNED)})
