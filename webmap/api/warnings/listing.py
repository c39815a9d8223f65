"""Which warnings a list is asked for: years of past ones need not come every few seconds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from webmap.errors import InvalidQuery
from webmap.warnings.register import Which
from webmap.warnings.state import WarningState

_MOST = 100_000


@dataclass(frozen=True)
class Asked:
    """A list of warnings: all or some of them, of all incidents or of one.

    At most `past` past ones are wanted, None for all; those of the incident `beside` are wanted besides.
    """

    which: Which = "all"
    incident_id: str | None = None
    past: int | None = None
    beside: str | None = None

    def chosen(self, known: Sequence[WarningState], is_open: Callable[[WarningState], bool]) -> set[str]:
        """Return the ids of those that are listed, of warnings in order, the one drafted last first.

        `is_open` says which are in force or in preparation: they are listed all.
        """
        open_ = {item.id for item in known if is_open(item)}
        past = [item.id for item in known if item.id not in open_ and item.incident_id != self.beside]
        left_out = () if self.past is None else past[self.past :]
        return {item.id for item in known} - set(left_out)


def asked_of(query: Mapping[str, str]) -> Asked:
    """Read what is asked for from the query. Raises `InvalidQuery`."""
    allowed: tuple[Which, ...] = get_args(Which)
    which = query.get("which", allowed[0])
    if which not in allowed:
        raise InvalidQuery("which", which, allowed)
    past = query.get("past")
    if past is not None and not (past.isascii() and past.isdecimal() and len(past) <= len(str(_MOST))):
        raise InvalidQuery("past", past, (f"0–{_MOST:,}",))
    limit = None if past is None else int(past)
    return Asked(which, query.get("incident") or None, limit, query.get("beside") or None)
