"""Entries about who acts for whom: the command was handed over upward and taken back, an area has another supplier."""

from __future__ import annotations

from typing import Literal

from webmap.incidents.entry_fields import Id, Name, Text
from webmap.incidents.fact import Decision


class CommandHandedOver(Decision):
    """The command was handed over to a headquarters above (heating plan 4.3.1(3), 4.4(3)), `to` by its name."""

    kind: Literal["command_handed_over"] = "command_handed_over"
    to: Name
    reason: Text


class CommandTakenBack(Decision):
    """The command that had been handed over was given back to the own headquarters."""

    kind: Literal["command_taken_back"] = "command_taken_back"
    reason: Text | None = None


class SupplyTakenOver(Decision):
    """The homes of the heat source `stopped` were given to the source `by` (heating plan 4.5.3); null: it heats again.

    It says who is to heat them. What was operated for it are entries of their own, and the picture follows from those.
    """

    kind: Literal["supply_taken_over"] = "supply_taken_over"
    stopped: Id
    by: Id | None
    reason: Text
