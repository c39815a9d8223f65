"""Deliveries as a viewer may know of them, and who gets an update or a lifting because they were warned before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from layers.access import visible
from priority.warnings.addresses import restricted_lines
from priority.warnings.recipients import Recipient
from priority.wording import Phrases
from webmap.warnings.channels import CHANNELS, Delivery
from webmap.warnings.channels.adapter import LEFT_AREA
from webmap.warnings.deliveries import DeliveryRecord
from webmap.warnings.delivery_rows import PUBLIC
from webmap.warnings.products.lists import AlsoTold
from webmap.warnings.told_before import whose

_FACILITY = "facility:"


def known_to(
    records: Sequence[DeliveryRecord], frames: Mapping[str, pd.DataFrame], *, restricted: bool
) -> tuple[DeliveryRecord, ...]:
    """Return the deliveries that a viewer may know of; `restricted` says whether restricted places are shown to them.

    Others learn of restricted places and lines of contact nothing, and cannot count them: neither of those that are in
    the data (`frames` by layer) nor of those that were taken out of them since.
    """
    if restricted:
        return tuple(records)
    places, contacts = frames.get("facilities"), frames.get("contacts")
    shown = frozenset() if places is None else frozenset(visible("facilities", places, {}, restricted=False)["id"])
    hidden = frozenset() if contacts is None else restricted_lines(contacts)
    return tuple(item for item in records if _is_known(item.delivery, shown, hidden))


def also_told(
    records: Sequence[DeliveryRecord], message: str, recipients: Sequence[Recipient], phrases: Phrases, *, shown: bool
) -> list[AlsoTold]:
    """Return who gets a message because an earlier one went to them and is none of its recipients, by name.

    `shown` says whether the viewer may see their addresses.
    """
    inside = {whose(item.key) for item in recipients}
    found: dict[str, list[Delivery]] = {}
    for record in records:
        delivery = record.delivery
        by_address = CHANNELS[delivery.channel].reach in {"email", "phone", "mobile"}
        if delivery.message == message and by_address and whose(delivery.recipient_key) not in inside:
            found.setdefault(delivery.recipient_key, []).append(delivery)
    return sorted((_row(lines, phrases, shown=shown) for lines in found.values()), key=lambda row: row.name)


def townships_also_told(records: Sequence[DeliveryRecord], message: str, codes: Sequence[str]) -> Iterator[str]:
    """Yield the names of townships whose doors are called at again, though they are none of a message's (`codes`)."""
    inside = {f"township:{code}" for code in codes}
    for record in records:
        delivery = record.delivery
        of_doors = delivery.message == message and CHANNELS[delivery.channel].reach == "townships"
        is_township = delivery.audience in {PUBLIC, LEFT_AREA} and delivery.recipient_key.startswith("township:")
        if of_doors and is_township and delivery.recipient_key not in inside:
            yield delivery.recipient_name


def _row(lines: Sequence[Delivery], phrases: Phrases, *, shown: bool) -> AlsoTold:
    first = lines[0]
    left = first.audience == LEFT_AREA
    audience = f"delivery.audience_{first.audience}" if left else f"recipient.audience_{first.audience}"
    phones = [item.address for item in lines if CHANNELS[item.channel].reach != "email" and item.address]
    emails = [item.address for item in lines if CHANNELS[item.channel].reach == "email" and item.address]
    return AlsoTold(
        audience=phrases.write(audience),
        name=first.recipient_name,
        phone="、".join(dict.fromkeys(phones)) or None,
        email="、".join(dict.fromkeys(emails)) or None,
        why=phrases.write("delivery.left_area_list" if left else "delivery.told_before"),
        withheld=not shown,
    )


def _is_known(delivery: Delivery, shown: frozenset[str], hidden: frozenset[str]) -> bool:
    key = delivery.recipient_key
    if key.startswith(_FACILITY) and whose(key).removeprefix(_FACILITY) not in shown:
        return False
    return key not in hidden
