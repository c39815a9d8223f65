"""A message as the channels send it: the CAP text that was issued, and the same in words, read out of it.

All words come out of the CAP message, so that no channel says anything else than what was issued and signed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from priority.wording import Phrases
from webmap.languages import LANGUAGES, Language
from webmap.warnings.cap import Alert, Info, read_alert
from webmap.warnings.cap.from_plan import LANGUAGE_TAGS

#: The parameter of our messages that names plan and clause.
_ORIGIN = "plan"


@dataclass(frozen=True)
class Message:
    """A stored message. `headlines` and `texts` are by language; `synthetic` says that made-up data are behind it."""

    identifier: str
    warning_id: str
    serial: int
    type: str
    sent: datetime
    expires_at: datetime
    drill: bool
    synthetic: bool
    xml: bytes
    headlines: Mapping[Language, str]
    texts: Mapping[Language, str]


def message_of(row: Any) -> Message:
    """Return the message of a row of `WARNING_MESSAGES`. Raises `UnreadableAlert` where its text is no CAP message."""
    xml = row.xml.encode("utf-8")
    alert = read_alert(xml)
    synthetic = bool(json.loads(row.document).get("synthetic"))
    infos = {language: info for language in LANGUAGES if (info := _info(alert, language)) is not None}
    return Message(
        identifier=row.identifier,
        warning_id=row.warning_id,
        serial=row.serial,
        type=row.type,
        sent=alert.sent,
        expires_at=datetime.fromisoformat(row.expires_at),
        drill=bool(row.drill),
        synthetic=synthetic,
        xml=xml,
        headlines={language: _headline(alert, info, language) for language, info in infos.items()},
        texts={language: _text(alert, info, language, synthetic=synthetic) for language, info in infos.items()},
    )


def _info(alert: Alert, language: Language) -> Info | None:
    return next((info for info in alert.infos if info.language == LANGUAGE_TAGS[language]), None)


def _headline(alert: Alert, info: Info, language: Language) -> str:
    headline = " ".join((info.headline or info.event).split())
    if alert.message_type != "Update":
        return headline
    return Phrases(language).write("delivery.updated", headline=headline)


def _text(alert: Alert, info: Info, language: Language, *, synthetic: bool) -> str:
    """Return the whole message in words: the plan's content item by item, or why it was lifted."""
    write = Phrases(language).write
    items = [(name, text) for name, text in info.parameters if name != _ORIGIN]
    lines = [write("delivery.item", name=name, text=text) for name, text in items]
    if not lines:
        lines = [text for text in (info.description, info.instruction) if text]
    if info.contact:
        lines.append(write("delivery.item", name=write("delivery.contact"), text=info.contact))
    origin = next((text for name, text in info.parameters if name == _ORIGIN), None)
    closing = [write("delivery.origin", origin=origin)] if origin else []
    closing.append(write("delivery.identifier", identifier=alert.identifier, sent=f"{alert.sent:%Y-%m-%d %H:%M %z}"))
    if synthetic:
        closing.append(write("delivery.synthetic"))
    return "\n".join([_headline(alert, info, language), "", *lines, "", *closing, ""])
