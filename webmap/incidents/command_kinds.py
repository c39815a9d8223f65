"""Entries about who commands: the command was handed over upward, and taken back."""

from __future__ import annotations

from typing import Literal

from webmap.incidents.entry_fields import Name, Text
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
