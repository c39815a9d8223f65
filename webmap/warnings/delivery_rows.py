"""The deliveries of a message that is issued: one row for each recipient and channel, before anything is sent."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from priority.warnings.recipients import Recipient
from webmap.incidents.moments import written
from webmap.languages import Language
from webmap.settings import Settings
from webmap.warnings.bulletin import Bulletin
from webmap.warnings.channels import CHANNELS, Adapters, Channel, Outcome
from webmap.warnings.channels.phones import mobiles_of
from webmap.warnings.channels.table import Reach
from webmap.warnings.content import Content
from webmap.warnings.delivery_details import detail_of
from webmap.warnings.told_before import GoingOut, ToldBefore, still_to_tell, whose

#: Whom a channel addresses that is for everybody.
PUBLIC = "public"
#: Who has no address of their own: their homes are called at.
_AT_HOME = "vulnerable"
#: Always: a message that is issued is in the feed.
_ALWAYS = "cap_feed"
NO_ADDRESS = Outcome("failed", "no_address")
#: A telephone there is, but none that takes text messages.
NO_MOBILE = Outcome("failed", "no_mobile")


@dataclass(frozen=True)
class _Addressee:
    audience: str
    key: str
    name: str
    address: str = ""
    missing: Outcome | None = None


@dataclass(frozen=True)
class Expected:
    """How many deliveries a channel would make, and how many of those to be told it has no way to."""

    channel: Channel
    reached: int
    missing: int


def expected_deliveries(
    going: GoingOut,
    content: Content,
    recipients: Sequence[Recipient],
    settings: Settings,
    before: Sequence[ToldBefore] = (),
) -> list[Expected]:
    """Return what a version would be delivered by, channel by channel, as `deliveries_for` delivers it."""
    found: dict[str, list[_Addressee]] = {channel.key: [] for channel in _channels_of(content)}
    for channel, addressee in _everybody(going, content, recipients, settings, before):
        found.setdefault(channel.key, []).append(addressee)
    missing = {key: sum(item.missing is not None for item in items) for key, items in found.items()}
    return [Expected(CHANNELS[key], len(items) - missing[key], missing[key]) for key, items in found.items()]


def deliveries_for(
    bulletin: Bulletin,
    content: Content,
    recipients: Sequence[Recipient],
    settings: Settings,
    before: Sequence[ToldBefore] = (),
) -> list[dict[str, Any]]:
    """Return the rows of `DELIVERIES` of an issued message, ready to be inserted in its transaction.

    What is to be sent is `waiting`; what a person does is `prepared`; who has no address on a channel is `failed`, and
    so is everything on a channel that is not set up. An address gets a message once, whoever shares it. An update or a
    lifting goes to those too whom the earlier messages went to (`before`), by the channels they were told by. Of a
    drill all are `recorded`, with the reason where they have no address. Raises `KeyError` for a channel that there is
    not, `ValueError` for a bulletin that is not issued.
    """
    if bulletin.identifier is None or bulletin.sent is None:
        raise ValueError("a bulletin that was not issued is delivered to nobody")
    adapters, drill = Adapters(settings), bulletin.drill is not None
    identifier, at = bulletin.identifier, written(bulletin.sent)

    def row(channel: Channel, addressee: _Addressee) -> dict[str, Any]:
        initial = adapters.of(channel.key, drill=drill).initial
        outcome = initial
        if addressee.missing is not None:  # a drill records who could not have been reached
            outcome = Outcome("recorded", addressee.missing.code) if initial.state == "recorded" else addressee.missing
        return _row(identifier, channel, addressee, outcome, at)

    return [row(*found) for found in _everybody(bulletin, content, recipients, settings, before)]


def _everybody(
    going: GoingOut,
    content: Content,
    recipients: Sequence[Recipient],
    settings: Settings,
    before: Sequence[ToldBefore],
) -> list[tuple[Channel, _Addressee]]:
    """Return whom a message is for, by which channel; those last who get it because an earlier one went to them."""
    found = [
        (channel, addressee)
        for channel in _channels_of(content)
        for addressee in _addressees(channel, going.townships, recipients, settings)
        if addressee.missing is None or not _is_telephoned(content, addressee.missing)
    ]
    rows = [{"channel": at.key, "recipient_key": item.key, "address": item.address} for at, item in found]
    late = still_to_tell(going, recipients, rows, before)
    return found + [(channel, _told(channel, item)) for channel, item in late]


def _channels_of(content: Content) -> list[Channel]:
    return [CHANNELS[key] for key in dict.fromkeys((*content.channels, _ALWAYS))]


def _is_telephoned(content: Content, missing: Outcome) -> bool:
    """Whether somebody whom text messages cannot reach is on the list of telephones anyway."""
    return missing == NO_MOBILE and "phone" in content.channels


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


def _told(channel: Channel, item: ToldBefore) -> _Addressee:
    missing = NO_ADDRESS if channel.reach in _ADDRESSES and not item.address else None
    return _Addressee(item.audience, item.recipient_key, item.recipient_name, item.address, missing)


def _addressees(
    channel: Channel,
    townships: Sequence[tuple[str, Mapping[Language, str]]],
    recipients: Sequence[Recipient],
    settings: Settings,
) -> Iterator[_Addressee]:
    if channel.reach == "once":
        address = settings.webhook.host if channel.key == "webhook" and settings.webhook else ""
        yield _Addressee(PUBLIC, channel.key, channel.title.zh, address)
    elif channel.reach == "townships":
        for code, names in townships:
            yield _Addressee(PUBLIC, f"township:{code}", names["zh"])
        homes = (item for item in recipients if item.audience == _AT_HOME)
        yield from (_Addressee(item.audience, item.key, item.name) for item in homes)
    else:
        yield from _by_address(recipients, channel.reach)


def _by_address(recipients: Sequence[Recipient], reach: Reach) -> Iterator[_Addressee]:
    """Yield one for every address, then those who have none: somebody with another line that has one is reached."""
    by_address: dict[str, list[tuple[Recipient, str]]] = {}
    told = [item for item in recipients if item.audience != _AT_HOME]
    for item in told:
        for address in _ADDRESSES[reach](item):
            by_address.setdefault(address.casefold(), []).append((item, address))
    for sharing in by_address.values():
        # Beside somebody whom all may know, a restricted place that shares the address is not named.
        named = [pair for pair in sharing if not pair[0].restricted] or sharing
        first, address = named[0]
        name = "、".join(dict.fromkeys(item.name for item, _ in named))
        yield _Addressee(first.audience, first.key, name, address)
    reached = {whose(item.key) for sharing in by_address.values() for item, _ in sharing}
    on_the_phone = {whose(item.key) for item in told if item.phone}
    missing = {whose(item.key): item for item in reversed(told) if whose(item.key) not in reached}
    for key, item in reversed(missing.items()):
        lacking = NO_MOBILE if reach == "mobile" and key in on_the_phone else NO_ADDRESS
        yield _Addressee(item.audience, item.key, item.name, missing=lacking)


def _line(text: str | None) -> tuple[str, ...]:
    return (text.strip(),) if text and text.strip() else ()


#: The addresses of a recipient on channels of a reach; several telephones of one desk are one line of the list.
_ADDRESSES: Mapping[Reach, Callable[[Recipient], tuple[str, ...]]] = {
    "email": lambda item: _line(item.email),
    "phone": lambda item: _line(item.phone),
    "mobile": lambda item: mobiles_of(item.phone),
}
