"""Messages as they went out, kept byte for byte with the bulletin that they were written from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

import shapely
from sqlalchemy import Connection, Row, func, insert, select, text

from priority.warnings import SendingShape
from priority.warnings.suggestion import level_of
from webmap.incidents.chain import canonical
from webmap.incidents.moments import as_entered, utc_seconds
from webmap.storage.tables import WARNING_MESSAGES
from webmap.warnings.bulletin import Bulletin, MessageType
from webmap.warnings.kept_plan import kept_of, plan_from

if TYPE_CHECKING:
    from priority.plans import Plan

#: Names the lock of who numbers a message among a PostgreSQL server's advisory locks.
_SERIAL_LOCK = 0x6D657373


@dataclass(frozen=True, eq=False)
class Message:
    """A message that went out: `xml` are its bytes, `sent` and `expires_at` are to the second.

    `document` holds what a bulletin is made of again: `bulletin_of`.
    """

    identifier: str
    serial: int
    warning_id: str
    version: int
    type: MessageType
    sent: datetime
    expires_at: datetime
    drill: bool
    xml: bytes
    document: dict[str, Any]

    @property
    def sender(self) -> str:
        """Who sent it, as it says itself; later messages name it so, whatever the settings say by then."""
        return str(self.document["sender"])

    @property
    def plan(self) -> Plan | None:
        """As much of the plan as was kept with it, None for messages from before that was done."""
        kept = self.document.get("plan")
        return None if kept is None else plan_from(kept)


def next_serial(connection: Connection) -> int:
    """Return the number of the next message: 1, 2, ... over the installation, for one transaction after the other."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _SERIAL_LOCK})
    last: int | None = connection.execute(select(func.max(WARNING_MESSAGES.c.serial))).scalar()
    return (last or 0) + 1


def messages_of(connection: Connection, *conditions: Any) -> list[Message]:
    """Return the messages that meet the conditions on `WARNING_MESSAGES`, in the order in which they went out."""
    query = select(WARNING_MESSAGES).where(*conditions).order_by(WARNING_MESSAGES.c.serial)
    return [_message(row) for row in connection.execute(query)]


def message_of(bulletin: Bulletin, serial: int, sender: str, xml: bytes) -> Message:
    """Return the message of a bulletin that has its identifier; `ValueError` for one without."""
    if bulletin.identifier is None or bulletin.sent is None:
        raise ValueError("a bulletin that was not issued is no message")
    return Message(
        identifier=bulletin.identifier,
        serial=serial,
        warning_id=bulletin.warning_id,
        version=bulletin.version,
        type=bulletin.message_type,
        sent=bulletin.sent,
        expires_at=bulletin.expires_at,
        drill=bulletin.drill is not None,
        xml=xml,
        document=_document(bulletin, sender),
    )


def store_message(connection: Connection, message: Message) -> None:
    """Keep a message."""
    values = {name: getattr(message, name) for name in ("identifier", "serial", "warning_id", "version", "type")}
    times = {"sent": utc_seconds(message.sent), "expires_at": utc_seconds(message.expires_at)}
    content = {"xml": message.xml.decode("utf-8"), "document": canonical(message.document)}
    connection.execute(insert(WARNING_MESSAGES).values(**values, **times, **content, drill=message.drill))


def bulletin_of(message: Message, plan: Plan | None = None) -> Bulletin:
    """Return the bulletin that a message was written from, with the plan as it was then.

    `plan` is the warning's, for messages that were stored without; `ValueError` where there is neither.
    """
    kept = message.document
    plan = message.plan or plan
    if plan is None:
        raise ValueError(f"message {message.identifier} was stored without its plan")
    sent = kept["shape"]
    pieces = tuple(shapely.Polygon(ring) for ring in sent["pieces"])
    return Bulletin(
        warning_id=message.warning_id,
        version=message.version,
        message_type=message.type,
        plan=plan,
        level=kept["level"],
        level_name=kept["level_name"],
        identifier=message.identifier,
        sent=datetime.fromisoformat(kept["sent"]),
        starts_at=datetime.fromisoformat(kept["starts_at"]),
        expires_at=datetime.fromisoformat(kept["expires_at"]),
        texts=kept["texts"],
        townships=tuple((code, names) for code, names in kept["townships"]),
        shape=SendingShape(pieces, sent["tolerance_m"], sent["area_m2"], sent["added_m2"]),
        contact=kept["contact"],
        drill=kept["drill"],
        synthetic=kept["synthetic"],
        reason=kept["reason"],
        whole=tuple(kept.get("whole", ())),
    )


def _document(bulletin: Bulletin, sender: str) -> dict[str, Any]:
    said, sending = bulletin, bulletin.shape
    times = {name: as_entered(cast("datetime", getattr(said, name))) for name in ("sent", "starts_at", "expires_at")}
    return {
        "sender": sender,
        "plan": kept_of(said.plan),
        **times,
        "level": said.level,
        "level_name": level_of(said.plan, said.level).name,
        "texts": {language: dict(texts) for language, texts in said.texts.items()},
        "townships": [[code, {**names}] for code, names in said.townships],
        "shape": {
            "pieces": [shapely.get_coordinates(piece).tolist() for piece in sending.pieces],
            **{name: getattr(sending, name) for name in ("tolerance_m", "area_m2", "added_m2")},
        },
        "contact": said.contact,
        "drill": said.drill,
        "synthetic": said.synthetic,
        "reason": said.reason,
        "whole": list(said.whole),
    }


def _message(row: Row[Any]) -> Message:
    return Message(
        identifier=row.identifier,
        serial=row.serial,
        warning_id=row.warning_id,
        version=row.version,
        type=row.type,
        sent=datetime.fromisoformat(row.sent),
        expires_at=datetime.fromisoformat(row.expires_at),
        drill=bool(row.drill),
        xml=row.xml.encode("utf-8"),
        document=json.loads(row.document),
    )
