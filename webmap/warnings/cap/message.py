"""A CAP message as typed data. Times carry their offset; shapes are longitude, latitude (WGS 84, as EPSG:4490 here)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import shapely

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Reference:
    """Names an earlier message: who sent it, which, when."""

    sender: str
    identifier: str
    sent: datetime


@dataclass(frozen=True)
class Resource:
    """A file that goes with a message: description, media type, size in bytes, address, content in base 64, SHA-1."""

    description: str
    mime_type: str
    size: int | None = None
    uri: str | None = None
    content: str | None = None
    digest: str | None = None


@dataclass(frozen=True)
class AlertArea:
    """Where: polygons without holes, circles (longitude, latitude, radius in km), codes (name of the list, value)."""

    description: str
    polygons: tuple[shapely.Polygon, ...] = ()
    circles: tuple[tuple[float, float, float], ...] = ()
    geocodes: Pairs = ()
    altitude: str | None = None
    ceiling: str | None = None


@dataclass(frozen=True)
class Info:
    """What is said in one language. Several blocks of one message say the same in several languages."""

    event: str
    urgency: str
    severity: str
    certainty: str
    categories: tuple[str, ...]
    language: str | None = None
    responses: tuple[str, ...] = ()
    audience: str | None = None
    event_codes: Pairs = ()
    effective: datetime | None = None
    onset: datetime | None = None
    expires: datetime | None = None
    sender_name: str | None = None
    headline: str | None = None
    description: str | None = None
    instruction: str | None = None
    web: str | None = None
    contact: str | None = None
    parameters: Pairs = ()
    resources: tuple[Resource, ...] = ()
    areas: tuple[AlertArea, ...] = ()


@dataclass(frozen=True)
class Alert:
    """A message. `references` are the earlier messages that an Update or Cancel replaces."""

    identifier: str
    sender: str
    sent: datetime
    status: str
    message_type: str
    scope: str = "Public"
    source: str | None = None
    restriction: str | None = None
    addresses: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    note: str | None = None
    references: tuple[Reference, ...] = ()
    incidents: tuple[str, ...] = ()
    infos: tuple[Info, ...] = ()

    @property
    def reference(self) -> Reference:
        """How later messages name this one."""
        return Reference(self.sender, self.identifier, self.sent)

    def is_in_force(self, moment: datetime) -> bool:
        """Whether any of its blocks has not expired; a block that does not say when it expires has not."""
        return not self.infos or any(info.expires is None or info.expires > moment for info in self.infos)


def references_to(earlier: Iterable[Alert], moment: datetime) -> tuple[Reference, ...]:
    """Return the references of an Update or Cancel: all earlier messages of the warning that have not expired.

    Cancels are named by nobody. Messages that were replaced but have not expired are named too: the standard asks for
    all of them, and a receiver may have missed the one in between.
    """
    named = [item for item in earlier if item.message_type in ("Alert", "Update") and item.is_in_force(moment)]
    return tuple(item.reference for item in sorted(named, key=lambda item: (item.sent, item.identifier)))
