"""Messages that were issued, with their deliveries, put into a database as issuing does."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, func, insert, select

from tests.web.warnings.messages import SOUND
from webmap.incidents.moments import utc_seconds, written
from webmap.storage.engine import writing
from webmap.storage.tables import DELIVERIES, INCIDENTS, WARNING_MESSAGES, WARNINGS
from webmap.warnings.channels import Delivery, Message, message_of

WARNING_ID = "w1"


class Row:
    """A row of `WARNING_MESSAGES` by hand."""

    def __init__(self, **columns: Any) -> None:
        self.__dict__.update(columns)


def message_row(identifier: str = "140525-0001", **changes: Any) -> dict[str, Any]:
    now = datetime.now(UTC)
    row = {
        "identifier": identifier,
        "serial": 1,
        "warning_id": WARNING_ID,
        "version": 1,
        "type": "Update",
        "sent": utc_seconds(now),
        "expires_at": utc_seconds(now + timedelta(hours=1)),
        "drill": False,
        "xml": SOUND.replace("140525-0001", identifier),
        "document": '{"synthetic": false}',
    }
    return row | changes


def message(**changes: Any) -> Message:
    return message_of(Row(**message_row(**changes)))


def delivery(
    address: str = "office@township.example", channel: str = "email", message: str = "140525-0001"
) -> Delivery:
    return Delivery("d1", message, channel, "township_offices", "township:1", "南村镇政府", address)


def issue(engine: Engine, addresses: Sequence[str] = (), channel: str = "email", **changes: Any) -> str:
    """Store the next message of the one warning with a waiting delivery for each address; return its identifier."""
    with writing(engine) as connection:
        serial = (connection.execute(select(func.max(WARNING_MESSAGES.c.serial))).scalar_one() or 0) + 1
        if serial == 1:
            connection.execute(insert(INCIDENTS), [_incident()])
            connection.execute(insert(WARNINGS), [_warning()])
        row = message_row(f"140525-{serial:04d}") | {"serial": serial} | changes
        connection.execute(insert(WARNING_MESSAGES), [row])
        if addresses:
            deliveries = [_delivery(row["identifier"], channel, address) for address in addresses]
            connection.execute(insert(DELIVERIES), deliveries)
    return str(row["identifier"])


def _incident() -> dict[str, Any]:
    at = written(datetime.now(UTC))
    return {
        "id": "i1",
        "plan": "heating-zezhou",
        "drill": False,
        "name": "停热",
        "opened_at": at,
        "opened_by": "p1",
        "length": 0,
        "last_hash": "",
    }


def _warning() -> dict[str, Any]:
    at = written(datetime.now(UTC))
    return {
        "id": WARNING_ID,
        "incident_id": "i1",
        "plan": "heating-zezhou",
        "drill": False,
        "created_at": at,
        "created_by": "p1",
        "length": 0,
        "updated_at": at,
    }


def _delivery(identifier: str, channel: str, address: str) -> dict[str, Any]:
    return {
        "id": f"{identifier}/{channel}/{address}",
        "message": identifier,
        "channel": channel,
        "audience": "township_offices",
        "recipient_key": f"contact:{address}",
        "recipient_name": f"单位 {address}",
        "address": address,
        "state": "waiting",
        "attempts": 0,
        "updated_at": written(datetime.now(UTC)),
        "detail": None,
        "by": None,
    }


def states(engine: Engine) -> dict[str, int]:
    """How many deliveries are in each state."""
    with engine.connect() as connection:
        return dict(Counter(connection.execute(select(DELIVERIES.c.state)).scalars()))


def columns(engine: Engine, address: str) -> Any:
    with engine.connect() as connection:
        return connection.execute(select(DELIVERIES).where(DELIVERIES.c.address == address)).one()


def until(condition: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.01)
