"""From a version of a warning to the message that goes out: bulletin, CAP message, signed bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from priority.warnings import SendingShape, WarningArea, sending_shape
from priority.warnings.content import CONTENT_PARTS, category_text
from priority.warnings.naming import WHOLE_SHARE, told_name
from priority.warnings.recipients import Recipient
from priority.warnings.suggestion import level_of
from priority.wording import Phrases
from webmap.cap_settings import CapSettings
from webmap.incidents.errors import Refused
from webmap.languages import LANGUAGES, Language
from webmap.warnings.areas import area_of
from webmap.warnings.bulletin import Bulletin, MessageType
from webmap.warnings.cap import Alert, Info, UnsendableAlert, write_alert
from webmap.warnings.cap.from_plan import Outgoing, alert_of, cancel_of
from webmap.warnings.cap.identifiers import CHINESE_PROFILE, DEFAULT, identifier
from webmap.warnings.cap.message import Reference, references_to
from webmap.warnings.cap.signature import SigningKey, UnusableKey, sign_alert

if TYPE_CHECKING:
    from priority.plans import Plan
    from webmap.warnings.content import Content
    from webmap.warnings.messages import Message
    from webmap.warnings.state import Version, WarningState
    from webmap.warnings.told_before import ToldBefore

#: Messages carry the time of the place.
CHINA = timezone(timedelta(hours=8))
#: A message that lifts what has expired by itself is news for so long.
_NEWS = timedelta(hours=1)
_PATTERNS = {"ours": DEFAULT, "china": CHINESE_PROFILE}


@dataclass(frozen=True)
class Issuing:
    """What issuing takes from elsewhere.

    `names_of` gives townships (nine-digit codes) their names; a code that it leaves out goes by itself. `recipients`
    says whom the bulletin of a version goes to, before it has an identifier; `deliveries` makes their rows of
    `DELIVERIES` once it has one, and those of whom earlier messages went to, quickly, since it is called within the
    transaction. `sending` makes what is sent of an area.
    """

    cap: CapSettings
    names_of: Callable[[Sequence[str]], Mapping[str, str]]
    recipients: Callable[[Bulletin, Version], Sequence[Recipient]]
    deliveries: Callable[[Bulletin, Content, Sequence[Recipient], Sequence[ToldBefore]], Sequence[Mapping[str, Any]]]
    sending: Callable[[WarningArea], SendingShape] = sending_shape

    def key(self) -> SigningKey | None:
        """Return the key that messages are signed with, None where none is set. `Refused` for one that is unusable."""
        try:
            return SigningKey.from_files(self.cap)
        except UnusableKey as error:
            code = "signing_key_missing" if error.code == "missing" else "signing_key_unusable"
            detail = f"{error.code} {error.detail}".strip()
            raise Refused(code, setting=error.setting, detail=detail) from error

    def identifier(self, plan: Plan, sent: datetime, serial: int) -> str:
        """Return the identifier of the message with a serial number, by the pattern of the settings."""
        pattern = _PATTERNS[self.cap.identifier]
        return identifier(pattern, region=plan.county_code, agency=self.cap.agency, sent=sent, serial=serial)

    def draft(
        self,
        plan: Plan,
        state: WarningState,
        version: Version,
        message_type: MessageType = "Alert",
        reason: Mapping[Language, str] | None = None,
    ) -> Bulletin:
        """Return the bulletin of a version without identifier and time. The shape is worked out: keep it off locks."""
        content = version.content
        names = self.names_of(version.resolved.townships)
        shares = {row["code"]: row["share"] for row in version.resolved.inside.get("townships", ())}
        return Bulletin(
            warning_id=state.id,
            version=version.number,
            message_type=message_type,
            plan=plan,
            level=content.level,
            level_name=level_of(plan, content.level).name,
            identifier=None,
            sent=None,
            starts_at=content.starts_at,
            expires_at=content.expires_at,
            texts=texts_of(content),
            townships=tuple(
                (code, {tag: told_name(names.get(code, code), shares.get(code), Phrases(tag)) for tag in LANGUAGES})
                for code in version.resolved.townships
            ),
            whole=tuple(code for code in version.resolved.townships if shares.get(code, 0.0) >= WHOLE_SHARE),
            shape=self.sending(area_of(version.resolved.shape, version.resolved.excluded)),
            contact=content.contact,
            drill=state.incident_name if state.drill else None,
            synthetic=version.resolved.synthetic,
            reason=reason,
        )


def texts_of(content: Content) -> dict[Language, dict[str, str]]:
    """Return the texts of a version by language, each with what it is about, also where the plan does not ask for it.

    Who reads a text message must learn that it is about electricity.
    """
    (item,) = (name for name, part in CONTENT_PARTS.items() if part == "category")
    about = {tag: category_text(content.networks, Phrases(tag)) for tag in LANGUAGES}
    written: dict[Language, dict[str, str]] = {"zh": content.texts.zh, "en": content.texts.en}
    return {tag: {**({item: about[tag] or ""} if about[tag] else {}), **texts} for tag, texts in written.items()}


def addressed(draft: Bulletin, identifier: str, sent: datetime) -> Bulletin:
    """Return a bulletin as it goes out: with its identifier, at a moment, which is told in the time of the place.

    What is lifted after it has expired ends an hour later, since a message cannot end before it is sent.
    """
    sent = sent.astimezone(CHINA)
    expires_at = draft.expires_at
    if draft.message_type == "Cancel" and expires_at <= sent:
        expires_at = sent + _NEWS
    return replace(draft, identifier=identifier, sent=sent, expires_at=expires_at)


def references_of(earlier: Iterable[Message], message_type: MessageType, sent: datetime) -> tuple[Reference, ...]:
    """Return the references of a message to the earlier ones of its warning: to all that have not expired.

    A message that lifts what has expired names the last one all the same, since it must name something. An Alert names
    nothing.
    """
    if message_type == "Alert":
        return ()
    alerts = [_as_alert(item) for item in earlier if item.type != "Cancel"]
    found = references_to(alerts, sent)
    return found or tuple(item.reference for item in alerts[-1:])


def type_of_issue(earlier: Iterable[Message], sent: datetime) -> MessageType:
    """Return what a message that issues a version is: an update of what has not expired, else an alert."""
    return "Update" if any(item.type != "Cancel" and item.expires_at > sent for item in earlier) else "Alert"


def message_bytes(bulletin: Bulletin, references: tuple[Reference, ...], sender: str, key: SigningKey | None) -> bytes:
    """Return the CAP message of a bulletin that has its identifier, signed if there is a key.

    Raises what `alert_bytes` raises.
    """
    content = alert_bytes(alert_for(bulletin, references, sender))
    return content if key is None else sign_alert(content, key)


def alert_bytes(alert: Alert) -> bytes:
    """Return a CAP message as it is written. Raises `Refused` for one that breaks the standard or XML's own rules."""
    try:
        return write_alert(alert)
    except UnsendableAlert as error:
        said = "; ".join(f"{item.path}: {item.message('zh')} / {item.message('en')}" for item in error.findings)
        remedies = "; ".join(f"{item.remedy('zh')} / {item.remedy('en')}" for item in error.findings)
        raise Refused("message_unsendable", findings=said, remedies=remedies) from error
    except ValueError as error:  # a text from before such signs were refused
        raise Refused("message_signs") from error


def alert_for(bulletin: Bulletin, references: tuple[Reference, ...], sender: str) -> Alert:
    """Return the CAP message of a bulletin; `ValueError` for one without identifier and time."""
    if bulletin.identifier is None or bulletin.sent is None:
        raise ValueError("a bulletin that was not issued is no message")
    outgoing = Outgoing(
        plan=bulletin.plan,
        level=bulletin.level,
        identifier=bulletin.identifier,
        sender=sender,
        sent=bulletin.sent,
        starts_at=bulletin.starts_at,
        expires=bulletin.expires_at,
        shape=bulletin.shape,
        townships=bulletin.townships,
        whole=bulletin.whole,
        synthetic=bulletin.synthetic,
        texts=bulletin.texts,
        drill=bulletin.drill,
        contact=bulletin.contact,
    )
    if bulletin.message_type == "Cancel":
        return cancel_of(outgoing, references, bulletin.reason or {"zh": "", "en": ""})
    return alert_of(outgoing, bulletin.message_type, references)


def _as_alert(message: Message) -> Alert:
    """Return as much of a stored message as references are made of."""
    info = Info(event="", urgency="", severity="", certainty="", categories=(), expires=message.expires_at)
    sent = message.sent.astimezone(CHINA)
    status = "Exercise" if message.drill else "Actual"
    return Alert(message.identifier, message.sender, sent, status, message.type, infos=(info,))


def to_the_second(moment: datetime) -> datetime:
    """Return a moment in UTC without the fraction of its second, as messages tell it."""
    return moment.astimezone(UTC).replace(microsecond=0)
