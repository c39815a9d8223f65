"""How and to whom a warning of a level is made known: channels with what keeps them, and recipients in groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from priority.plans import Plan
from priority.warnings import WarningArea
from priority.warnings.doors import doors_of
from priority.warnings.exposure import Inside
from priority.warnings.recipients import (
    AUDIENCES,
    Concerned,
    Neighbour,
    Recipient,
    neighbours_of,
    recipients_of,
    seen_by,
)
from priority.wording import Phrases
from webmap.runtime import Snapshot
from webmap.settings import Settings
from webmap.warnings.channels import CHANNELS, channel_offers, words_without_channel
from webmap.warnings.channels.phones import mobiles_of
from webmap.warnings.ground import Ground
from webmap.warnings.told_before import whose

_CONTACT_COLUMNS = ("id", "facility_id", "township_code", "unit", "person", "role", "phone", "email", "restricted")


def recipients_for(
    plan: Plan,
    level: str,
    area: WarningArea,
    ground: Ground,
    snapshot: Snapshot,
    phrases: Phrases,
    *,
    targeted: bool = False,
) -> tuple[Recipient, ...]:
    """Return everybody who is told of a warning with an area, restricted places too: who is inside must know.

    `targeted` asks for notices of their own to schools and homes.
    """
    system = ground.system
    restricted = system.facilities.restricted
    contacts = snapshot.frames.get("contacts")
    concerned = Concerned(
        inside=ground.exposure.inside(area.shape, restricted=True),
        contacts=pd.DataFrame(columns=list(_CONTACT_COLUMNS)) if contacts is None else contacts,
        restricted=frozenset(
            key for key, hidden in zip(system.facilities.ids, restricted.tolist(), strict=True) if hidden
        ),
        doors=doors_of(ground.exposure, area.shape),
        neighbours=_neighbours(ground, snapshot),
    )
    return recipients_of(plan, level, concerned, phrases, targeted=targeted)


def recipients_document(recipients: Sequence[Recipient], phrases: Phrases, *, restricted: bool) -> dict[str, Any]:
    """Return recipients by audience, as many as the viewer may know of, and how many of them have no address.

    Each is counted once, however many lines its desk has.
    """
    seen = recipients if restricted else seen_by(recipients, restricted=False)
    reachable = {whose(row.key) for row in recipients if row.phone or row.email}
    groups = []
    for audience in AUDIENCES:
        rows = [row for row in seen if row.audience == audience]
        if rows:
            groups.append(
                {
                    "key": audience,
                    "title": phrases.write(f"recipient.audience_{audience}"),
                    "count": len(found := {whose(row.key) for row in rows}),
                    "restricted": len({whose(row.key) for row in rows if row.restricted}),
                    "without_address": len(found - reachable),
                }
            )
    notes = list(dict.fromkeys(row.why for row in seen if row.clause is not None))
    if landlines := _landline_alone([row for row in recipients if restricted or not row.restricted]):
        notes.append(phrases.write("recipient.no_mobile", count=landlines))
    return {"groups": groups, "notes": notes}


def channels_document(
    plan: Plan, level: str, settings: Settings, recipients: Sequence[Recipient], inside: Inside, phrases: Phrases
) -> list[dict[str, Any]]:
    """Return every channel for a level, and how many deliveries it would make."""
    counts = {
        "email": len({row.email for row in recipients if row.email}),
        "phone": sum(row.phone is not None for row in recipients),
        "mobile": len({number for row in recipients for number in mobiles_of(row.phone)}),
        "townships": len(inside.townships),
        "once": 1,
    }
    return [
        {
            "key": offer.key,
            "title": offer.title,
            "kind": offer.kind,
            "plan_words": list(offer.plan_words),
            "suggested": offer.suggested,
            "available": offer.available,
            "why_not": offer.why_not,
            "setting": offer.setting,
            "recipients": counts[CHANNELS[offer.key].reach],
            "no_mobile": _landline_alone(recipients) if CHANNELS[offer.key].reach == "mobile" else None,
        }
        for offer in channel_offers(plan, level, settings, phrases)
    ]


def _landline_alone(recipients: Sequence[Recipient]) -> int:
    """Return how many have a telephone, and none that takes text messages."""
    reached = {whose(row.key) for row in recipients if mobiles_of(row.phone)}
    return len({whose(row.key) for row in recipients if row.phone} - reached)


def unserved_words(plan: Plan, level: str) -> list[str]:
    """Return the plan's words for channels that nothing of ours serves."""
    return list(words_without_channel(plan, level))


def _neighbours(ground: Ground, snapshot: Snapshot) -> tuple[Neighbour, ...]:
    """Return the other counties that the outage reaches, whatever area is drawn."""
    counties = snapshot.frames.get("counties")
    if ground.picture is None or counties is None or counties.empty:
        return ()
    return neighbours_of(ground.plan, ground.whole_outage(until_horizon=True).shape, counties)
