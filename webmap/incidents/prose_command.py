"""Entries about command and supply areas as sentences: handed over, taken back, taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webmap.incidents.entries import CommandHandedOver, CommandTakenBack, SupplyTakenOver
    from webmap.incidents.prose import Prose


def handed_over(prose: Prose, fact: CommandHandedOver) -> str:
    """Return to whom the command was handed over, by which office, and why."""
    return prose.with_text(prose.say(fact.kind, office=prose.office(fact.office), to=fact.to), fact.reason)


def taken_back(prose: Prose, fact: CommandTakenBack) -> str:
    """Return that the command was taken back, and why if that was said."""
    return prose.with_text(prose.say(fact.kind, office=prose.office(fact.office)), fact.reason)


def taken_over(prose: Prose, fact: SupplyTakenOver) -> str:
    """Return whose area was taken over by whom, or given back, and why."""
    key = "supply_taken_over" if fact.by is not None else "supply_returned"
    by = "" if fact.by is None else prose.name_of(fact.by)
    said = prose.say(key, office=prose.office(fact.office), stopped=prose.name_of(fact.stopped), by=by)
    return prose.with_text(said, fact.reason)
