"""Deliveries are sent once: by several senders at once, past failing servers, and past senders that are killed."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, insert, update

from tests.db.conftest import upgraded_engine as engine
from tests.db.delivery_senders import LEASE_S, send_until_killed, settings_for
from tests.forked import forking
from tests.web.warnings.issued import columns, issue, states, until
from tests.web.warnings.servers import Hook, Postbox, mail_server, web_server
from webmap.incidents.moments import utc_seconds
from webmap.settings import Settings, SmtpSettings
from webmap.storage.engine import open_engine
from webmap.storage.tables import DELIVERIES
from webmap.storage.upgrade import upgrade
from webmap.warnings.channels import Outcome
from webmap.warnings.claims import Claims
from webmap.warnings.delivery_details import said_of
from webmap.warnings.dispatch import Dispatcher

__all__ = ["engine"]

MANY = [f"{number:03d}@township.example" for number in range(60)]


@pytest.fixture
def database(engine: Engine) -> Engine:
    upgrade(engine)
    return engine


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with mail_server(Postbox()) as running:
        yield running


@contextmanager
def sending(engine: Engine, settings: Settings, **options: Any) -> Iterator[Dispatcher]:
    dispatcher = Dispatcher(engine, settings, **({"poll_s": 0.05, "lease_s": 60.0} | options))
    dispatcher.start()
    try:
        yield dispatcher
    finally:
        dispatcher.stop(30)


def test_what_waits_is_sent_over_one_connection(database: Engine, postbox: Postbox) -> None:
    issue(database, MANY)
    with sending(database, settings_for(postbox.port)):
        until(lambda: states(database) == {"sent": len(MANY)})
    assert sorted(postbox.addresses) == MANY
    assert len(postbox.connections) == 1
    row = columns(database, MANY[0])
    assert (row.attempts, row.by, said_of(row)) == (1, None, ("", "queued"))


def test_a_sender_that_is_woken_does_not_wait_for_its_next_look(database: Engine, postbox: Postbox) -> None:
    with sending(database, settings_for(postbox.port), poll_s=3600.0) as dispatcher:
        time.sleep(0.2)  # it has looked and found nothing
        issue(database, MANY[:1])
        assert states(database) == {"waiting": 1}
        dispatcher.wake()
        until(lambda: states(database) == {"sent": 1})


def test_senders_at_once_send_each_mail_once(database: Engine) -> None:
    url = database.url.render_as_string(hide_password=False)
    issue(database, MANY)
    with mail_server(Postbox(hold=threading.Event())) as postbox, ExitStack() as stack:
        for _ in range(2):
            own = open_engine(url)
            stack.callback(own.dispose)
            stack.enter_context(sending(own, settings_for(postbox.port)))
        # The server answers nobody before both have begun.
        until(lambda: states(database).get("sending") == 2)
        assert postbox.hold is not None
        postbox.hold.set()
        until(lambda: states(database) == {"sent": len(MANY)})
        assert sorted(postbox.addresses) == MANY
        assert len(postbox.connections) == 2


def test_issuing_does_not_wait_for_the_sending(database: Engine) -> None:
    addresses = [f"{number:04d}@township.example" for number in range(1000)]
    with (
        mail_server(Postbox(hold=threading.Event())) as postbox,
        sending(database, settings_for(postbox.port)) as dispatcher,
    ):
        issue(database, addresses)
        dispatcher.wake()
        assert sum(states(database).values()) == 1000
        postbox.began.wait(10)
        # The server sits on the first mail, and everybody else is recorded and waits.
        until(lambda: states(database) == {"sending": 1, "waiting": 999})
        assert postbox.hold is not None
        postbox.hold.set()
        until(lambda: states(database).get("sent", 0) >= 20)


def test_a_refused_recipient_stops_nobody(database: Engine, postbox: Postbox, caplog: pytest.LogCaptureFixture) -> None:
    postbox.refused[MANY[1]] = "550 no such user <001@township.example>"
    issue(database, MANY[:4])
    with sending(database, settings_for(postbox.port)):
        until(lambda: states(database) == {"sent": 3, "failed": 1})
    assert said_of(columns(database, MANY[1])) == ("refused", "550 no such user <001@township.example>")
    assert "township.example" not in "\n".join(record.getMessage() for record in caplog.records).replace(
        "140525-0001/email/001@township.example", ""
    )


def test_a_server_that_is_down_fails_all_at_once_and_stops_no_other_channel(database: Engine) -> None:
    with web_server(Hook()) as hook:
        settings = Settings(
            home=settings_for(1).home,
            database_url="",
            smtp=SmtpSettings("127.0.0.1", 1, "w@zezhou.example", security="none"),
            webhook=hook.settings(),
        )
        issue(database, MANY)
        _add(database, "webhook", "platform")
        with sending(database, settings):
            until(lambda: states(database) == {"failed": len(MANY), "sent": 1})
    assert {said_of(columns(database, address))[0] for address in MANY} == {"connection_refused"}
    assert len(hook.requests) == 1


def _add(engine: Engine, channel: str, address: str, **changes: Any) -> None:
    """Add a delivery of the first message to those that `issue` made."""
    row = dict(columns(engine, MANY[0])._mapping)
    row |= {"id": f"{channel}-{address}", "channel": channel, "recipient_key": channel, "address": address}
    with engine.begin() as connection:
        connection.execute(insert(DELIVERIES), [row | changes])


def test_a_waiting_delivery_of_a_drill_reaches_no_server(database: Engine, postbox: Postbox) -> None:
    with web_server(Hook()) as hook:
        settings = replace(settings_for(postbox.port), webhook=hook.settings())
        issue(database, MANY[:3], drill=True)
        _add(database, "webhook", "platform")
        with sending(database, settings):
            until(lambda: states(database) == {"recorded": 4})
        assert (postbox.connections, hook.requests) == (set(), [])


def test_what_is_over_is_not_sent_any_more(database: Engine, postbox: Postbox) -> None:
    issue(database, MANY[:1], expires_at=utc_seconds(datetime.now(UTC) - timedelta(seconds=1)))
    with sending(database, settings_for(postbox.port)):
        until(lambda: states(database) == {"failed": 1})
    assert said_of(columns(database, MANY[0]))[0] == "expired"
    assert not postbox.taken


def test_a_message_that_another_has_replaced_is_not_sent_any_more(database: Engine, postbox: Postbox) -> None:
    issue(database, MANY[:2])
    issue(database, MANY[2:3], type="Cancel")
    with sending(database, settings_for(postbox.port)):
        until(lambda: states(database) == {"failed": 2, "sent": 1})
    assert said_of(columns(database, MANY[0]))[0] == "superseded"
    assert postbox.addresses == [MANY[2]]


def test_a_later_message_takes_the_place_of_those_that_it_goes_to_alone(database: Engine, postbox: Postbox) -> None:
    first, second = (issue(database, addresses) for addresses in (MANY[:2], [MANY[0].upper()]))
    issue(database, MANY[1:2], channel="webhook")
    with sending(database, settings_for(postbox.port)):
        until(lambda: not states(database).keys() & {"waiting", "sending"})
    assert said_of(columns(database, MANY[0]))[0] == "superseded"
    told = {address.casefold(): content for address, content in postbox.taken}
    assert sorted(told) == MANY[:2]
    assert second.encode() in told[MANY[0]]
    assert first.encode() in told[MANY[1]]


def test_a_message_that_cannot_be_read_fails_and_stops_nobody(database: Engine, postbox: Postbox) -> None:
    issue(database, MANY[:1], xml="<alert/>", warning_id="w1")
    with sending(database, settings_for(postbox.port)):
        until(lambda: states(database) == {"failed": 1})
        issue(database, MANY[1:2])
        until(lambda: states(database) == {"failed": 1, "sent": 1})
    assert said_of(columns(database, MANY[0]))[0] == "unreadable"


def test_a_database_without_tables_is_waited_for(engine: Engine, postbox: Postbox) -> None:
    with sending(engine, settings_for(postbox.port)):
        time.sleep(0.2)
        upgrade(engine)
        issue(engine, MANY[:1])
        until(lambda: states(engine) == {"sent": 1})


def test_stopping_lets_the_mail_under_way_end_and_begins_no_other(database: Engine) -> None:
    with mail_server(Postbox(hold=threading.Event())) as postbox:
        issue(database, MANY[:3])
        dispatcher = Dispatcher(database, settings_for(postbox.port), poll_s=0.05)
        dispatcher.start()
        assert postbox.began.wait(10)
        stopping = threading.Thread(target=dispatcher.stop, args=(30,))
        stopping.start()
        assert postbox.hold is not None
        time.sleep(0.1)
        postbox.hold.set()
        stopping.join()
        assert states(database) == {"sent": 1, "waiting": 2}


def test_a_claim_that_is_renewed_stays_and_one_that_is_not_becomes_unknown(database: Engine) -> None:
    moment = [datetime.now(UTC)]

    def clock() -> datetime:
        return moment[0]

    issue(database, MANY[:1])
    gone, other = (Claims(database, lease_s=60, clock=clock) for _ in range(2))
    claimed = gone.take("email")
    assert claimed is not None
    assert other.take("email") is None
    moment[0] += timedelta(seconds=59)
    gone.renew()
    moment[0] += timedelta(seconds=59)
    assert other.abandon() == 0
    moment[0] += timedelta(seconds=2)
    assert other.abandon() == 1
    assert said_of(columns(database, MANY[0]))[0] == "abandoned"
    assert other.take("email") is None
    # It was only slow, and knows what came of it.
    assert gone.record(claimed, Outcome("sent"))
    assert states(database) == {"sent": 1}


def test_a_slow_sender_does_not_overrule_a_person(database: Engine) -> None:
    issue(database, MANY[:1])
    claims = Claims(database, lease_s=0)
    claimed = claims.take("email")
    assert claimed is not None
    with database.begin() as connection:
        connection.execute(update(DELIVERIES).values(state="failed", by="张三"))
    assert not claims.record(claimed, Outcome("sent"))
    assert states(database) == {"failed": 1}


def test_a_sender_that_is_killed_leaves_one_unknown_and_nobody_gets_two(database: Engine) -> None:
    with mail_server(Postbox(hold=threading.Event())) as postbox:
        issue(database, MANY[:6])
        killed = _sender(database, postbox.port)
        assert postbox.began.wait(30)
        killed.kill()  # the mail has gone out, and the answer never came in
        killed.join()
        assert killed.exitcode == -9
        assert postbox.hold is not None
        postbox.hold.set()
        with sending(database, settings_for(postbox.port), lease_s=LEASE_S):
            until(lambda: states(database) == {"sent": 5, "unknown": 1})
        assert Counter(postbox.addresses) == Counter(MANY[:6])


def _sender(engine: Engine, port: int) -> Any:
    url = engine.url.render_as_string(hide_password=False)
    process = forking().Process(target=send_until_killed, args=(url, port), daemon=True)
    process.start()
    return process


def test_senders_that_are_killed_at_any_moment_send_no_mail_twice(database: Engine, postbox: Postbox) -> None:
    moments = random.Random(20260112)  # noqa: S311
    issue(database, MANY)
    kills = 0
    while kills < 8 and states(database).get("waiting"):
        before = len(postbox.taken)
        process = _sender(database, postbox.port)
        until(_grown(postbox, before) if states(database).get("waiting") else lambda: True)
        time.sleep(moments.uniform(0, 0.03))
        process.kill()
        process.join()
        kills += 1
    with sending(database, settings_for(postbox.port), lease_s=LEASE_S):
        until(lambda: states(database).keys() <= {"sent", "unknown"})
    found = states(database)
    assert Counter(postbox.addresses).most_common(1)[0][1] == 1
    # One mail at most was under way at each kill; all others went out.
    assert found.get("unknown", 0) <= kills
    assert len(postbox.taken) >= found["sent"]


def _grown(postbox: Postbox, before: int) -> Callable[[], bool]:
    return lambda: len(postbox.taken) > before
