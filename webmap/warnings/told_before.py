"""Whom the earlier messages of a warning went to: whoever was warned is told of the update and of the lifting too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection, select

from priority.warnings.recipients import Recipient
from webmap.languages import Language
from webmap.storage.tables import DELIVERIES, WARNING_MESSAGES
from webmap.warnings.bulletin import MessageType
from webmap.warnings.channels import CHANNELS, Channel
from webmap.warnings.channels.adapter import LEFT_AREA
from webmap.warnings.channels.phones import mobiles_of

#: Channels of these reaches have deliveries to addresses.
_TO_ADDRESSES = frozenset({"email", "phone", "mobile"})


@dataclass(frozen=True)
class ToldBefore:
    """Somebody whom an earlier message went to by a channel. `address` is "" where none is known or none is needed."""

    channel: str
    audience: str
    recipient_key: str
    recipient_name: str
    address: str


class GoingOut(Protocol):
    """What of a message says who else gets it: a `Bulletin`, or one that is not written yet."""

    @property
    def message_type(self) -> MessageType:
        """What the message does."""

    @property
    def townships(self) -> tuple[tuple[str, Mapping[Language, str]], ...]:
        """Codes and names of the townships that it names."""


@dataclass(frozen=True)
class Going:
    """A message that is not written yet."""

    message_type: MessageType
    townships: tuple[tuple[str, Mapping[Language, str]], ...]


def whose(recipient_key: str) -> str:
    """Return the part of a recipient's key that all lines of one office or place share."""
    return recipient_key.partition("/")[0]


def target_of(channel: str, recipient_key: str, address: str) -> tuple[str, str]:
    """Return by what two deliveries of a warning go to the same: the channel, and the address if there is one."""
    return channel, (address or recipient_key).casefold()


def told_before(connection: Connection, warning_id: str) -> tuple[ToldBefore, ...]:
    """Return whom the messages of a warning went to, each once by each channel; nobody before the first one.

    Left out is who had no address and was not told some other way either: they know nothing of the warning.
    """
    columns = DELIVERIES.c
    chosen = (
        select(columns.channel, columns.audience, columns.recipient_key, columns.recipient_name, columns.address)
        .add_columns(columns.state, columns.detail)
        .join(WARNING_MESSAGES, columns.message == WARNING_MESSAGES.c.identifier)
        .where(WARNING_MESSAGES.c.warning_id == warning_id)
        .order_by(WARNING_MESSAGES.c.serial, columns.id)
    )
    first: dict[tuple[str, str], ToldBefore] = {}
    for row in connection.execute(chosen):
        if row.audience != LEFT_AREA and _was_told(row):
            told = ToldBefore(row.channel, row.audience, row.recipient_key, row.recipient_name, row.address)
            first.setdefault(target_of(told.channel, told.recipient_key, told.address), told)
    return tuple(first.values())


def still_to_tell(
    bulletin: GoingOut,
    recipients: Sequence[Recipient],
    rows: Iterable[Mapping[str, Any]],
    before: Sequence[ToldBefore],
) -> Iterator[tuple[Channel, ToldBefore]]:
    """Yield who was told before and has none of the rows of an update or a lifting; nobody for a first message.

    Of an update, who is not in the area any more is of the audience `LEFT_AREA`.
    """
    if bulletin.message_type == "Alert":
        return
    present = {target_of(row["channel"], row["recipient_key"], row["address"]) for row in rows}
    by_key = {(row["channel"], row["recipient_key"]) for row in rows if row["address"]}
    inside = {whose(item.key) for item in recipients} | {f"township:{code}" for code, _ in bulletin.townships}
    for item in before:
        channel = CHANNELS[item.channel]
        if target_of(item.channel, item.recipient_key, item.address) in present:
            continue
        # Who is telephoned by another number now is not called at the old one.
        if channel.kind == "by_hand" and (item.channel, item.recipient_key) in by_key:
            continue
        has_left = bulletin.message_type == "Update" and channel.reach != "once"
        audience = LEFT_AREA if has_left and whose(item.recipient_key) not in inside else item.audience
        yield channel, ToldBefore(item.channel, audience, item.recipient_key, item.recipient_name, item.address)


def _was_told(row: Any) -> bool:
    reach = CHANNELS[row.channel].reach
    if reach not in _TO_ADDRESSES or row.state == "done":
        return True
    if reach == "mobile":  # text messages were listed for other telephones once
        return bool(mobiles_of(row.address))
    return bool(row.address) and '"bad_address"' not in (row.detail or "")
