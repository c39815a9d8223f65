"""What is in force at a point of the log: the running level and the warnings, and who may end them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from webmap.incidents.errors import Refused

if TYPE_CHECKING:
    from priority.plans import Plan
    from priority.plans.response import Level, WarningLevel


@dataclass(frozen=True)
class Standing:
    """The running level (None: none) and the offices that may end it; for each warning not lifted those that may lift.

    `warnings` are by the number of the entry that issued them, as are the moments in `expiries` at which they end
    unless they are updated; a warning without such a moment never expires. `registered` has the register's id of each
    warning that was issued there. `handed_over_to` names the headquarters above that has the command, None while the
    own has it, and `handed_over_in` is the number of the entry that says so.
    """

    level: str | None = None
    enders: tuple[str, ...] = ()
    warnings: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    expiries: Mapping[int, datetime] = field(default_factory=dict)
    registered: Mapping[int, str] = field(default_factory=dict)
    handed_over_to: str | None = None
    handed_over_in: int | None = None

    def in_force_at(self, moment: datetime) -> tuple[int, ...]:
        """Return the numbers of the warnings that are neither lifted nor expired, in their order."""
        return tuple(
            sorted(number for number in self.warnings if number not in self.expiries or self.expiries[number] > moment)
        )


def level_of(plan: Plan, key: str) -> Level:
    """Return a level of the plan; `Refused` if it has none of that key."""
    for level in plan.levels:
        if level.level == key:
            return level
    raise Refused("level_unknown", level=key, known="、".join(level.level for level in plan.levels))


def warning_of(plan: Plan, key: str) -> WarningLevel:
    """Return a warning level of the plan; `Refused` if it has none of that key."""
    for warning in plan.warnings.levels:
        if warning.key == key:
            return warning
    known = "、".join(warning.key for warning in plan.warnings.levels)
    raise Refused("warning_unknown", plan.warnings.clause, level=key, known=known)
