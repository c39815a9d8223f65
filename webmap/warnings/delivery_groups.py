"""The deliveries of a warning, told by message, channel and audience: how many are where, what failed and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from priority.wording import Phrases
from webmap.warnings.channels import CHANNELS
from webmap.warnings.deliveries import DeliveryRecord
from webmap.warnings.delivery_rows import PUBLIC

#: What is told one by one; a person has to do something about each.
_TOLD = ("failed", "unknown")


def group_view(records: Sequence[DeliveryRecord], phrases: Phrases, *, addresses: bool) -> dict[str, Any]:
    """Return the groups in the order of the messages, channels and recipients, and how many deliveries are open.

    With `addresses` the failures say whose they are; without, only how many there are of each reason is to be seen.
    Without any delivery there are no groups.
    """
    groups: dict[tuple[str, str, str], list[DeliveryRecord]] = {}
    order = list(CHANNELS)
    for record in sorted(records, key=lambda item: (item.sent, item.version, order.index(item.delivery.channel))):
        delivery = record.delivery
        groups.setdefault((delivery.message, delivery.channel, delivery.audience), []).append(record)
    return {
        "groups": [_group(members, phrases, addresses=addresses) for members in groups.values()],
        "open": sum(record.is_open for record in records),
    }


def _group(members: Sequence[DeliveryRecord], phrases: Phrases, *, addresses: bool) -> dict[str, Any]:
    first = members[0]
    channel = CHANNELS[first.delivery.channel]
    return {
        "message": first.delivery.message,
        "version": first.version,
        "type": first.type,
        "channel": channel.key,
        "title": phrases.title(channel.title),
        "audience": first.delivery.audience,
        "audience_title": _audience(first.delivery.audience, phrases),
        "total": len(members),
        "by_state": dict(Counter(record.state for record in members)),
        "failures": [_failure(record, phrases, addresses=addresses) for record in members if record.state in _TOLD],
        "can_retry": any(record.can_retry for record in members),
        "by_hand": channel.kind == "by_hand",
        "product": channel.product,
        "superseded": first.superseded,
        "done": _done(members),
    }


def _audience(key: str, phrases: Phrases) -> str:
    return phrases.write("delivery.audience_public" if key == PUBLIC else f"recipient.audience_{key}")


def _failure(record: DeliveryRecord, phrases: Phrases, *, addresses: bool) -> dict[str, Any]:
    remedy = "superseded" if record.superseded and record.state == "failed" else record.code
    return {
        "id": record.delivery.id,
        "state": record.state,
        "recipient": record.delivery.recipient_name if addresses else None,
        "address": record.delivery.address or None if addresses else None,
        "reason": phrases.write(f"delivery.{record.code}"),
        "reply": record.reply or None if addresses else None,
        "remedy": phrases.write(f"delivery.{remedy}.remedy"),
        "at": record.updated_at,
        "attempts": record.attempts,
        "can_retry": record.can_retry,
    }


def _done(members: Sequence[DeliveryRecord]) -> Mapping[str, Any] | None:
    """Return who ticked off last, when and with which note; None if nobody has."""
    done = [record for record in members if record.state == "done"]
    if not done:
        return None
    last = max(done, key=lambda record: record.updated_at)
    return {"by": last.by, "at": last.updated_at, "note": last.reply or None}
