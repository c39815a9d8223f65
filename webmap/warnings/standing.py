"""Which messages still count: what is in force at a moment, and what was lifted not long before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from webmap.warnings.bulletin import Bulletin

#: A lifting is told so long.
LIFTED_STAYS = timedelta(hours=24)


@dataclass(frozen=True)
class Message:
    """A message as the public gets it: what it says, and where its CAP message is to be had (an address)."""

    bulletin: Bulletin
    url: str

    @property
    def sent(self) -> datetime:
        """When it was issued; `ValueError` for a draft, which is no message."""
        if self.bulletin.sent is None:
            raise ValueError("a bulletin that was not issued is no message")
        return self.bulletin.sent

    @property
    def identifier(self) -> str:
        """The message's identifier; `ValueError` for a draft."""
        if self.bulletin.identifier is None:
            raise ValueError("a bulletin that was not issued is no message")
        return self.bulletin.identifier


@dataclass(frozen=True)
class Standing:
    """Messages in force, and liftings of the last 24 hours; each list the latest first."""

    in_force: tuple[Message, ...]
    lifted: tuple[Message, ...]


def standing_at(messages: Iterable[Message], now: datetime) -> Standing:
    """Return what of all messages counts at a moment: of each warning the latest one.

    Drills and drafts never do, nor what is not sent yet by then. A warning that ran out is gone; the lifting of one
    stays for `LIFTED_STAYS`.
    """
    latest: dict[str, Message] = {}
    issued = [item for item in messages if _for_the_public(item.bulletin)]
    for message in sorted(issued, key=lambda item: (item.sent, item.bulletin.version)):
        if message.sent <= now:
            latest[message.bulletin.warning_id] = message
    ordered = sorted(latest.values(), key=lambda item: (item.sent, item.identifier), reverse=True)
    cancels = [item for item in ordered if item.bulletin.message_type == "Cancel"]
    return Standing(
        in_force=tuple(
            item for item in ordered if item.bulletin.message_type != "Cancel" and now < item.bulletin.expires_at
        ),
        lifted=tuple(item for item in cancels if now - item.sent < LIFTED_STAYS),
    )


def _for_the_public(bulletin: Bulletin) -> bool:
    return bulletin.drill is None and bulletin.identifier is not None and bulletin.sent is not None
