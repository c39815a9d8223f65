"""Channels that send nothing by themselves: what a person does, what the feed serves, what only is recorded."""

from __future__ import annotations

from dataclasses import dataclass

from webmap.warnings.channels.adapter import Delivery, Outcome
from webmap.warnings.channels.message import Message


@dataclass(frozen=True)
class RecordingAdapter:
    """Lets nothing out: a delivery is at once what it stays until a person says otherwise."""

    initial: Outcome

    def send(self, message: Message, delivery: Delivery) -> Outcome:
        """Return the state that the delivery has."""
        return self.initial

    def close(self) -> None:
        """Do nothing: there is no connection."""


#: Drills, and deliveries that are wanted on paper alone.
NULL = RecordingAdapter(Outcome("recorded"))
#: The feed gives out what is in force; nobody is sent anything.
FEED = RecordingAdapter(Outcome("recorded"))
#: A person does it: reads it out, telephones, puts it up, goes from door to door.
BY_HAND = RecordingAdapter(Outcome("prepared"))
#: The installation has no such channel; once it is set up, these can be tried again.
NOT_CONFIGURED = RecordingAdapter(Outcome("failed", "not_configured", for_all=True))
