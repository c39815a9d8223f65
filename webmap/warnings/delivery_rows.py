"""The deliveries of a message that is issued: one row for each recipient and channel, before anything is sent."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from priority.warnings.recipients import Recipient
from webmap.incidents.moments import written
from webmap.settings import Settings
from webmap.warnings.bulletin import Bulletin
from webmap.warnings.channels import CHANNELS, Adapters, Channel, Outcome
from webmap.warnings.content import Content

#: Whom a channel addresses that is for everybody.
PUBLIC = "public"
#: Who has no address of their own: their homes are called at.
_AT_HOME = "vulnerable"
#: Always: a message that is issued is in the feed.
_ALWAYS = "cap_feed"
NO_ADDRESS = Outcome("failed", "no_address")


@dataclass(frozen=True)
class _Addressee:
    audience: str
    key: str
    name: str
    address: str = ""
    reachable: bool = True


def deliveries_for(
    bulletin: Bulletin, content: Content, recipients: Sequence[Recipient], settings: Settings
) -> list[dict[str, Any]]:
    """Return the rows of `DELIVERIES` of an issued message, ready to be inserted in its transaction.

    What is to be sent is `waiting`; what a person does is `prepared`; who has no address on a channel is `failed`, and
    so is everything on a channel that is not set up. An address gets a message once, whoever shares it. Of a drill all
    are `recorded`. Raises `KeyError` for a channel that there is not, `ValueError` for a bulletin that is not issued.
    """
    if bulletin.identifier is None or bulletin.sent is None:
        raise ValueError("a bulletin that was not issued is delivered to nobody")
    adapters = Adapters(settings)
    at = written(bulletin.sent)
    rows = []
    for key in dict.fromkeys((*content.channels, _ALWAYS)):
        channel = CHANNELS[key]
        initial = adapters.of(key, drill=bulletin.drill is not None).initial
        for addressee in _addressees(channel, bulletin, recipients, settings):
            outcome = initial if addressee.reachable or initial.state == "recorded" else NO_ADDRESS
            rows.append(_row(bulletin.identifier, channel, addressee, outcome, at))
    return rows


def detail_of(outcome: Outcome) -> str | None:
    """Return what is kept of an outcome beside its state, as JSON; None for nothing."""
    said = {name: text for name, text in (("code", outcome.code), ("reply", outcome.reply)) if text}
    return json.dumps(said, ensure_ascii=False, sort_keys=True) if said else None


def _row(message: str, channel: Channel, addressee: _Addressee, outcome: Outcome, at: str) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "message": message,
        "channel": channel.key,
        "audience": addressee.audience,
        "recipient_key": addressee.key,
        "recipient_name": addressee.name,
        "address": addressee.address,
        "state": outcome.state,
        "attempts": 0,
        "updated_at": at,
        "detail": detail_of(outcome),
        "by": None,
    }


def _addressees(
    channel: Channel, bulletin: Bulletin, recipients: Sequence[Recipient], settings: Settings
) -> Iterator[_Addressee]:
    if channel.reach == "once":
        address = settings.webhook.host if channel.key == "webhook" and settings.webhook else ""
        yield _Addressee(PUBLIC, channel.key, channel.title.zh, address)
    elif channel.reach == "townships":
        for code, names in bulletin.townships:
            yield _Addressee(PUBLIC, f"township:{code}", names["zh"])
        homes = (item for item in recipients if item.audience == _AT_HOME)
        yield from (_Addressee(item.audience, item.key, item.name) for item in homes)
    else:
        yield from _by_address(recipients, channel.reach)


def _by_address(recipients: Sequence[Recipient], kind: str) -> Iterator[_Addressee]:
    """Yield one for every address, then those who have none: somebody with another line that has one is reached."""
    by_address: dict[str, list[Recipient]] = {}
    told = [item for item in recipients if item.audience != _AT_HOME]
    for item in told:
        if address := (getattr(item, kind) or "").strip():
            by_address.setdefault(address.casefold(), []).append(item)
    for sharing in by_address.values():
        # Beside somebody whom all may know, a restricted place that shares the address is not named.
        named = [item for item in sharing if not item.restricted] or sharing
        first = named[0]
        name = "、".join(dict.fromkeys(item.name for item in named))
        yield _Addressee(first.audience, first.key, name, getattr(first, kind).strip())
    reached = {_whose(item) for sharing in by_address.values() for item in sharing}
    missing = {_whose(item): item for item in reversed(told) if _whose(item) not in reached}
    for item in reversed(missing.values()):
        yield _Addressee(item.audience, item.key, item.name, reachable=False)


def _whose(recipient: Recipient) -> str:
    """Return the part of a recipient's key that all lines of one office or place share."""
    return recipient.key.partition("/")[0]
