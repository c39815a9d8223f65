"""Writers that go on and on, and what must hold in every moment of their database."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Engine, func, insert, select, update

from layers.store import Store
from tests.web.network import small_district
from webmap.storage.engine import open_engine, writing
from webmap.storage.tables import ENTRIES, INCIDENTS

_TIME = "2026-01-12T08:00:00Z"


@dataclass
class Writers:
    """What the writers have done so far, and the first thing that went wrong."""

    written: int = 0
    failures: list[BaseException] = field(default_factory=list)


@contextmanager
def writers(engine: Engine, threads: int = 3) -> Iterator[Writers]:
    """Let writers append to logs, and one replace the townships, until the block ends."""
    stop, done = threading.Event(), Writers()
    url = engine.url.render_as_string(hide_password=False)

    def write_on(number: int) -> None:
        own = open_engine(url)
        try:
            while not stop.is_set():
                if number == 0:
                    rename_townships(own)
                else:
                    append_entries(own)
                done.written += 1
        except BaseException as failure:  # noqa: BLE001  told by the test's own thread
            done.failures.append(failure)
        finally:
            own.dispose()

    running = [threading.Thread(target=write_on, args=(number,)) for number in range(threads)]
    for thread in running:
        thread.start()
    try:
        yield done
    finally:
        stop.set()
        for thread in running:
            thread.join()


def rename_townships(engine: Engine) -> None:
    """Replace a layer by one with other names: one write among the layers."""
    Store(engine).replace({"townships": small_district()["townships"].assign(name=f"镇{uuid.uuid4()}")}, "renamed")


def append_entries(engine: Engine, count: int = 4) -> None:
    """Append entries to a log and note its length, as one transaction."""
    identifier = str(uuid.uuid4())
    row = {"kind": "note", "author_id": "a", "author_name": "值班员", "body": "{}", "previous_hash": "", "hash": ""}
    times = {"happened_at": _TIME, "happened_utc": _TIME, "written_at": _TIME}
    with writing(engine) as connection:
        about = {"plan": "energy", "drill": True, "name": "演练", "opened_at": _TIME, "opened_by": "a"}
        connection.execute(insert(INCIDENTS).values(id=identifier, length=0, last_hash="", **about))
        for number in range(1, count + 1):
            connection.execute(insert(ENTRIES).values(incident_id=identifier, number=number, **row, **times))
        connection.execute(update(INCIDENTS).where(INCIDENTS.c.id == identifier).values(length=count))


def lengths(engine: Engine) -> dict[str, tuple[int, int]]:
    """Return for every incident the length it says and the number of entries it has; in every moment they are equal."""
    counted = select(func.count()).where(ENTRIES.c.incident_id == INCIDENTS.c.id).scalar_subquery()
    with engine.connect() as connection:
        rows = connection.execute(select(INCIDENTS.c.id, INCIDENTS.c.length, counted)).all()
    return {identifier: (length, count) for identifier, length, count in rows}
