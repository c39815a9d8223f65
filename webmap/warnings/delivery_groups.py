"""The deliveries of a warning, told by message, channel and audience: how many are where, what failed and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from priority.wording import Phrases
from webmap.warnings.channels import CHANNELS, Channel
from webmap.warnings.channels.adapter import LEFT_AREA
from webmap.warnings.deliveries import DeliveryRecord
from webmap.warnings.delivery_rows import PUBLIC
from webmap.warnings.delivery_settings import settings_for

#: What is told one by one; a person has to do something about each.
_TOLD = ("failed", "unknown")
#: What is asked for beside a product that says that the recipient's place is not in the area any more.
_FOR_THOSE_OUTSIDE = f"audience={LEFT_AREA}"


def group_view(records: Sequence[DeliveryRecord], phrases: Phrases, *, addresses: bool) -> dict[str, Any]:
    """Return the groups in the order of the messages, channels and recipients, and how many things are to be done.

    Of a message that no later one replaced there is one thing to do for a group that people serve by hand, one for a
    group in which deliveries failed or somebody has no address, and one for each delivery that nobody knows of. With
    `addresses` the failures say whose they are; without, only how many there are of each reason is to be seen. Without
    any delivery there are no groups.
    """
    groups: dict[tuple[str, str, str], list[DeliveryRecord]] = {}
    order = list(CHANNELS)
    for record in sorted(records, key=lambda item: (item.sent, item.version, order.index(item.delivery.channel))):
        delivery = record.delivery
        groups.setdefault((delivery.message, delivery.channel, delivery.audience), []).append(record)
    return {
        "groups": [_group(members, phrases, addresses=addresses) for members in groups.values()],
        "open": sum(_to_do(members) for members in groups.values()),
    }


def _to_do(members: Sequence[DeliveryRecord]) -> int:
    states = Counter(record.state for record in members if not record.superseded)
    return bool(states["prepared"]) + bool(states["failed"]) + states["unknown"]


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
        "by_state": dict(Counter(_shown_state(record) for record in members)),
        "failures": [_failure(record, phrases, addresses=addresses) for record in members if _is_told(record)],
        "can_retry": any(record.can_retry for record in members),
        "by_other_means": any(record.to_tell_otherwise for record in members),
        "by_hand": channel.kind == "by_hand",
        "product": channel.product,
        "product_query": _FOR_THOSE_OUTSIDE if _has_own_text(first, channel) else None,
        "superseded": first.superseded,
        "done": _done(members, addresses=addresses),
        "history": _latest(members, addresses=addresses),
    }


def _is_told(record: DeliveryRecord) -> bool:
    return record.state in _TOLD or record.without_address


def _shown_state(record: DeliveryRecord) -> str:
    """Return the state; who has no address is no failure of sending."""
    return "no_address" if record.without_address else record.state


def _has_own_text(record: DeliveryRecord, channel: Channel) -> bool:
    return record.delivery.audience == LEFT_AREA and channel.product == "sms.txt"


def _audience(key: str, phrases: Phrases) -> str:
    return phrases.write(f"delivery.audience_{key}" if key in {PUBLIC, LEFT_AREA} else f"recipient.audience_{key}")


def _failure(record: DeliveryRecord, phrases: Phrases, *, addresses: bool) -> dict[str, Any]:
    remedy = "superseded" if record.superseded and record.state == "failed" else record.code
    if record.state == "recorded":
        remedy = "in_drill"
    return {
        "id": record.delivery.id,
        "state": _shown_state(record),
        "recipient": record.delivery.recipient_name if addresses else None,
        "address": record.delivery.address or None if addresses else None,
        "reason": phrases.write(f"delivery.{record.code}"),
        "reply": record.reply or None if addresses else None,
        "remedy": phrases.write(f"delivery.{remedy}.remedy"),
        "settings": list(settings_for(record.delivery.channel, record.code)),
        "at": record.updated_at,
        "attempts": record.attempts,
        "can_retry": record.can_retry,
        "by_other_means": record.to_tell_otherwise,
        "history": _history(record, addresses=addresses),
    }


def _history(record: DeliveryRecord, *, addresses: bool) -> list[dict[str, Any]]:
    """Return what people did about a delivery; nothing for who may not see names."""
    told = ("act", "by", "at", "note")
    return [{name: act.get(name) for name in told} for act in record.history] if addresses else []


def _latest(members: Sequence[DeliveryRecord], *, addresses: bool) -> list[dict[str, Any]]:
    """Return what people did about what waits for a person, as of the delivery that somebody was at last."""
    waiting = [record for record in members if record.state == "prepared" and record.history]
    return _history(max(waiting, key=lambda record: record.updated_at), addresses=addresses) if waiting else []


def _done(members: Sequence[DeliveryRecord], *, addresses: bool) -> Mapping[str, Any] | None:
    """Return who ticked off last, when and with which note, and what people did before; None if nobody has."""
    done = [record for record in members if record.state == "done"]
    if not done:
        return None
    last = max(done, key=lambda record: record.updated_at)
    return {
        "by": last.by,
        "at": last.updated_at,
        "note": last.reply or None,
        "by_other_means": last.code == "told_otherwise",
        "history": _history(last, addresses=addresses),
    }
