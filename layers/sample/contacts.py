"""Whom to reach at schools, hospitals, homes and townships: invented, and at addresses that cannot exist.

Names under `.invalid` are never given out (RFC 6761), no telephone number of a town begins with a zero, and no mobile
number with 100.
"""

from __future__ import annotations

from typing import Any

from layers.sample.demand import Place
from layers.sample.network import SOURCE
from layers.sample.randomness import stream
from layers.sample.supplies import RESTRICTED

#: Kinds of place whose contacts are made up, with the desk that answers.
DESKS = {"school": "校办公室", "hospital": "总值班室", "residential": "值班室", RESTRICTED: "值班室"}
TOWNSHIP_DESK = "政务值班室"
AREA_CODE = "0356"
MOBILE_PREFIX = "100"
#: Every so many numbers are mobiles: text messages reach no others.
MOBILE_EVERY = 3
#: Every so many telephones and e-mail addresses nobody has stated.
UNKNOWN_SHARE = 0.12


def contact_records(
    places: list[Place], facility_id: dict[int, str], townships: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """One record each for townships and for the places of `DESKS`, the restricted ones last."""
    writer = _Writer()
    for township in townships:
        writer.add(township["name"], TOWNSHIP_DESK, township["id"], township_code=township["code"])
    named = [place for place in places if place.number in facility_id and place.category in DESKS]
    for place in sorted(named, key=lambda place: (place.category == RESTRICTED, facility_id[place.number])):
        key = facility_id[place.number]
        hidden = place.category == RESTRICTED
        writer.add(key, DESKS[place.category], key, facility_id=key, restricted=hidden)
    return writer.records


class _Writer:
    """Numbers the records; what is unknown comes from a stream of its own."""

    def __init__(self) -> None:
        self.records: list[dict[str, Any]] = []
        self._random = stream("contacts")

    def add(self, whose: str, desk: str, mailbox: str, *, restricted: bool = False, **of: str) -> None:
        """Add a contact."""
        number = len(self.records) + 1
        is_mobile = number % MOBILE_EVERY == 0
        phone = f"{MOBILE_PREFIX}{number:08d}" if is_mobile else f"{AREA_CODE}-{number:07d}"
        phone_unknown, email_unknown = (bool(draw < UNKNOWN_SHARE) for draw in self._random.random(2))
        self.records.append(
            {
                "id": f"k-{number:04d}",
                "name": f"{whose} {desk}",
                "provenance": "synthetic",
                "source": SOURCE,
                **of,
                "role": desk,
                "person": f"示例联系人 {number}",
                "phone": None if phone_unknown else phone,
                "email": None if email_unknown else f"{mailbox}@example.invalid",
                "restricted": restricted,
            }
        )
