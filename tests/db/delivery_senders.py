"""What sender processes do in the tests of deliveries: send until they are killed."""

from __future__ import annotations

import time
from pathlib import Path

from webmap.settings import Settings, SmtpSettings
from webmap.storage.engine import open_engine
from webmap.warnings.dispatch import Dispatcher

#: A process that is killed leaves its claim; tests do not wait for minutes until it is over.
LEASE_S = 1.0


def settings_for(port: int) -> Settings:
    smtp = SmtpSettings("127.0.0.1", port, "warning@zezhou.example", security="none")
    return Settings(home=Path("/nowhere"), database_url="", smtp=smtp)


def send_until_killed(database_url: str, port: int) -> None:
    Dispatcher(open_engine(database_url), settings_for(port), poll_s=0.05, lease_s=LEASE_S).start()
    time.sleep(120)
