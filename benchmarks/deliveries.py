"""Issuing a warning to 1,000 recipients, and sending it to a mail server on loopback, on SQLite.

Run: .venv/bin/python -m benchmarks.deliveries
"""

from __future__ import annotations

import json
import platform
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from sqlalchemy import update

from benchmarks.timing import median_ms
from priority.plans import load_plan
from priority.wording import Phrases
from tests.db.warning_cases import DIRECTOR, HEATING, SCHOOL, content, issuing, resolved, step
from tests.web.warnings.issued import states, until
from tests.web.warnings.servers import Postbox, mail_server
from webmap.incidents.admission import read_fact
from webmap.incidents.journal import Journal
from webmap.settings import Settings
from webmap.storage.engine import open_engine
from webmap.storage.tables import DELIVERIES
from webmap.storage.upgrade import upgrade
from webmap.warnings.deliveries import Deliveries
from webmap.warnings.delivery_groups import group_view
from webmap.warnings.delivery_rows import deliveries_for
from webmap.warnings.dispatch import Dispatcher
from webmap.warnings.register import Register

RECIPIENTS = tuple(
    SCHOOL.model_copy(update={"key": f"facility:{number}", "name": f"单位 {number}", "email": f"{number}@x.example"})
    for number in range(1_000)
)


class Office:
    """Drafts and issues warnings to all recipients, as the server does; each has an address that is set up."""

    def __init__(self, home: Path, settings: Settings, recipients: tuple[object, ...] = RECIPIENTS) -> None:
        self.engine = open_engine(f"sqlite:///{home / 'webmap.sqlite'}")
        upgrade(self.engine)
        journal = Journal(self.engine, load_plan)
        parts = replace(
            issuing(home),
            recipients=lambda _bulletin, _version: recipients,
            deliveries=lambda *told: deliveries_for(*told[:3], settings, told[3]),
        )
        self.register = Register(self.engine, load_plan, journal, parts)
        happened_at = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
        reported = read_fact({"kind": "reported", "happened_at": happened_at, "text": "停热"})
        self._incident = journal.open(HEATING, "首站停运", reported, DIRECTOR, drill=False).incident_id

    def drafts(self, number: int) -> list[str]:
        """Return so many warnings that can be issued."""
        now = datetime.now(UTC)
        times = {"starts_at": now.isoformat(), "expires_at": (now + timedelta(hours=12)).isoformat()}
        said = content(channels=["email"], **times)
        made = [self.register.draft(self._incident, said, resolved(), DIRECTOR) for _ in range(number)]
        return [taken.state.id for taken in made]

    def issue(self, warning_id: str) -> None:
        """Issue a draft."""
        self.register.take(warning_id, step("issued", office="办公室主任"), DIRECTOR)


def issuing_ms(home: Path, settings: Settings, recipients: tuple[object, ...]) -> tuple[float, Office, str]:
    """Return the time of issuing, the office and the last warning."""
    home.mkdir()
    office = Office(home, settings, recipients)
    drafts = office.drafts(8)
    number = count()
    return median_ms(lambda: office.issue(drafts[next(number)])), office, drafts[-1]


def _leave_only(office: Office, warning_id: str) -> None:
    message = office.register.messages(warning_id)[0].identifier
    with office.engine.begin() as connection:
        others = update(DELIVERIES).where(DELIVERIES.c.message != message)
        connection.execute(others.values(state="recorded"))


def main() -> None:
    """Measure and print a Markdown table."""
    with tempfile.TemporaryDirectory() as folder, mail_server(Postbox()) as postbox:
        settings = Settings(home=Path(folder), database_url="", smtp=postbox.settings())
        rows = {
            "issue to nobody": issuing_ms(Path(folder) / "nobody", settings, ())[0],
        }
        rows["issue to 1,000 recipients"], office, last = issuing_ms(Path(folder) / "all", settings, RECIPIENTS)
        deliveries = Deliveries(office.engine)
        rows["their deliveries in groups"] = median_ms(
            lambda: group_view(deliveries.of_warning(last), Phrases("zh"), addresses=True)
        )
        _leave_only(office, last)
        dispatcher = Dispatcher(office.engine, settings)
        start = time.perf_counter()
        dispatcher.start()
        until(lambda: not states(office.engine).keys() & {"waiting", "sending"}, 600)
        seconds = time.perf_counter() - start
        dispatcher.stop()
        sent = len(postbox.taken)
        rows["send one mail (claim, hand over, record)"] = seconds * 1000 / sent
        office.engine.dispose()
    print("| what | ms |\n| --- | ---: |")
    for name, value in rows.items():
        print(f"| {name} | {value:,.1f} |")
    print(f"\n{sent:,} mails in {seconds:.1f} s, {len(postbox.connections)} connection(s)")
    print(json.dumps({"python": platform.python_version(), "machine": platform.machine()}))


if __name__ == "__main__":
    main()
