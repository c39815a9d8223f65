"""Who is told of a warning in tests, and installations with and without the channels that need settings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from priority.warnings.recipients import Recipient
from webmap.settings import Settings, SmtpSettings, WebhookSettings

BARE = Settings(home=Path("/nowhere"), database_url="sqlite:////nowhere/x.sqlite")
FULL = replace(
    BARE,
    smtp=SmtpSettings("127.0.0.1", 25, "w@zezhou.example", security="none"),
    webhook=WebhookSettings("https://hook.example/in?key=1", "0123456789abcdef"),
)


def recipient(key: str, audience: str = "township_offices", **fields: Any) -> Recipient:
    given = {"name": f"单位{key}", "phone": None, "email": None, "why": "在区域内", "clause": None}
    return Recipient(key=key, audience=audience, **(given | fields))


TOLD = (
    recipient("unit:a", email="a@x.example", phone="0356-0000001"),
    recipient("unit:b", email="b@x.example"),
    recipient("unit:c"),
    recipient("homes:1", "vulnerable"),
)
