"""The files that a version goes out as: CAP message, notice, text message, script, lists; drafts say so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from priority.validation import problem
from priority.warnings.recipients import seen_by
from priority.wording import Phrases
from webmap.api.warnings.also_told import also_told, known_to, townships_also_told
from webmap.api.warnings.desk import WarningDesk
from webmap.incidents.errors import InvalidEntry
from webmap.languages import LANGUAGES
from webmap.warnings.bulletin import Bulletin
from webmap.warnings.channels.adapter import LEFT_AREA
from webmap.warnings.deliveries import DeliveryRecord
from webmap.warnings.issuing import addressed, alert_bytes, alert_for
from webmap.warnings.messages import Message, bulletin_of
from webmap.warnings.products import (
    NOTICE_POLICY,
    broadcast_script,
    door_list,
    notice_html,
    phone_list,
    sms_text,
)
from webmap.warnings.state import Version, WarningState

CAP_TYPE = "application/cap+xml"


@dataclass(frozen=True)
class File:
    """A file with its media type; `policy` is a page's own Content-Security-Policy, "" for others."""

    content: bytes
    mimetype: str
    policy: str = ""


@dataclass(frozen=True, eq=False)
class _Copy:
    """A version of a warning as it is to be written: `message` is the one that went out, None for a draft."""

    desk: WarningDesk
    state: WarningState
    version: Version
    message: Message | None
    bulletin: Bulletin
    left_area: bool

    def told(self) -> tuple[DeliveryRecord, ...]:
        """Return the deliveries of the message that the viewer may know of; none of a draft."""
        if self.message is None:
            return ()
        records = self.desk.rooms.deliveries.of_warning(self.state.id)
        frames = self.desk.rooms.snapshot().frames
        return known_to(records, frames, restricted=self.desk.viewer.sees_restricted)


def product_file(
    desk: WarningDesk, warning_id: str, number: int, product: str, identifier: str | None, audience: str | None = None
) -> File | None:
    """Return a product of a version, None for no such version or product.

    `audience` `left_area` asks for the text message to those whose place is not in the area any more.
    `identifier` chooses among a version's messages (issued, lifted); without it the one that issued it is written, or a
    draft where none did. Raises `UnknownWarning`, and `InvalidEntry` for a message that is none of the version's.
    """
    state = desk.known(warning_id)
    version, make = state.versions.get(number), PRODUCTS.get(product)
    if version is None or make is None:
        return None
    message = _message(desk, state, number, identifier)
    if message is None:
        bulletin = desk.rooms.register.issuing.draft(desk.rooms.runtime.plan(state.plan), state, version)
    else:
        bulletin = bulletin_of(message, None if message.plan else desk.rooms.runtime.plan(state.plan))
    return make(_Copy(desk, state, version, message, bulletin, audience == LEFT_AREA))


def _message(desk: WarningDesk, state: WarningState, number: int, identifier: str | None) -> Message | None:
    own = [item for item in desk.rooms.register.messages(state.id) if item.version == number]
    if identifier is None:
        return next((item for item in own if item.type != "Cancel"), None)
    found = next((item for item in own if item.identifier == identifier), None)
    if found is None:
        raise InvalidEntry([problem(desk.phrases, "message", "message_unknown", {})])
    return found


def _cap(copy: _Copy) -> File:
    """The bytes that went out; of a draft a message that every receiver takes for a draft.

    Raises `Refused` for a draft that makes none, with what is wrong (it has expired).
    """
    if copy.message is not None:
        return File(copy.message.xml, CAP_TYPE)
    identifier = f"draft-{copy.state.id}-{copy.version.number}"
    now = max(copy.desk.now(), copy.version.at)
    bulletin = addressed(copy.bulletin, identifier, now)
    alert = alert_for(bulletin, (), copy.desk.rooms.settings.cap.sender)
    note = " ".join(Phrases(language).write("warning_view.draft_note") for language in LANGUAGES)
    return File(alert_bytes(replace(alert, status="Draft", note=note)), CAP_TYPE)


def _notice(copy: _Copy) -> File:
    return File(notice_html(copy.bulletin).encode(), "text/html", NOTICE_POLICY)


def _sms(copy: _Copy) -> File:
    text = sms_text(copy.bulletin, copy.desk.language, left_area=copy.left_area).text
    return File(text.encode(), "text/plain")


def _broadcast(copy: _Copy) -> File:
    return File(broadcast_script(copy.bulletin, copy.desk.language).text.encode(), "text/plain")


def _phone(copy: _Copy) -> File:
    found = copy.desk.rooms.audience.recipients(copy.state.incident_id, copy.version, copy.desk.language)
    shown, identifier = copy.desk.viewer.sees_restricted, copy.bulletin.identifier or ""
    also = also_told(copy.told(), identifier, found, copy.desk.phrases, shown=shown)
    seen = seen_by(found, restricted=shown)
    return File(phone_list(copy.bulletin, seen, copy.desk.language, also), "text/csv")


def _doors(copy: _Copy) -> File:
    doors = copy.desk.rooms.audience.doors(copy.state.incident_id, copy.version)
    codes = [code for code, _ in copy.bulletin.townships]
    also = list(townships_also_told(copy.told(), copy.bulletin.identifier or "", codes))
    return File(door_list(copy.bulletin, doors, copy.desk.language, also), "text/csv")


PRODUCTS: Mapping[str, Callable[[_Copy], File]] = {
    "cap.xml": _cap,
    "notice.html": _notice,
    "sms.txt": _sms,
    "broadcast.txt": _broadcast,
    "phone.csv": _phone,
    "doors.csv": _doors,
}
