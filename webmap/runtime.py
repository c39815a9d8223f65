"""What a running process holds: the store, and everything derived from the current data version."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from layers.errors import MissingLayers, UnknownVersion, VersionNotKept
from layers.store import Store, open_store
from priority.errors import UnknownPlan
from webmap.incidents.data_of import data_of
from webmap.past_data import PastData
from webmap.snapshot import Snapshot
from webmap.storage.upgrade import require_present_tables

if TYPE_CHECKING:
    from pathlib import Path

    from priority.plans import Plan
    from webmap.incidents.records import Log

__all__ = ["Readiness", "Runtime", "Snapshot", "WarmUp"]

#: Reading is repeated when a write comes between; more often than this means that somebody writes without pause.
_READ_ATTEMPTS = 5


class Runtime:
    """Opens the store and keeps the snapshot of its current data version."""

    def __init__(self, database_url: str, plans_folder: Path | None = None) -> None:
        self._database_url = database_url
        self._plans_folder = plans_folder
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._has_tables = False
        self._past = PastData()

    @cached_property
    def store(self) -> Store:
        """The store, opened at first use (in a worker process, after the fork)."""
        return open_store(self._database_url)

    @cached_property
    def plans(self) -> Mapping[str, Plan]:
        """The plans there are, by key: the product's and the district's own. Raises `InvalidPlan`.

        A plan that was changed on disk is read at the next start: a response must not change its rules half-way.
        """
        from priority.plans import plan_book  # noqa: PLC0415  pydantic builds its validators at import

        return plan_book(self._plans_folder)

    def plan(self, key: str) -> Plan:
        """Return the plan of that key; `UnknownPlan` if there is none."""
        try:
            return self.plans[key]
        except KeyError:
            raise UnknownPlan(f"no plan {key!r}; there are {', '.join(self.plans)}") from None

    def data_version(self) -> str:
        """Return the data version now in the database, "" if it holds none; one small query.

        Before the first one the tables are looked at: raises `OutdatedTables` and its like.
        """
        self._has_tables = self._has_tables or require_present_tables(self.store.engine)
        return self.store.data_version()

    @property
    def has_tables(self) -> bool:
        """Whether the database had its tables when it was last asked for the data version."""
        return self._has_tables

    def snapshot(self, version: str | None = None) -> Snapshot:
        """Return all layers as of a data version that is kept; without one as of the present one.

        Raises `MissingLayers` if nothing was ever loaded, `UnknownVersion`, `VersionNotKept`, and SQLAlchemy's errors
        if the database does not answer.
        """
        present = self._snapshot_now()
        if version in {None, present.data_version}:
            return present
        return self._past.snapshot(self.store, version, present)

    def snapshot_of(self, log: Log) -> Snapshot:
        """Return the data that an incident is assessed on; those of the present where its version cannot be read.

        A log may rest on data of another database, which was restored from elsewhere. Raises as `snapshot`.
        """
        try:
            return self.snapshot(data_of(log).version)
        except (UnknownVersion, VersionNotKept):
            return self.snapshot()

    def _snapshot_now(self) -> Snapshot:
        """Return the layers now in the database, read anew only when they have changed."""
        version = self.data_version()
        current = self._snapshot
        if current is not None and current.data_version == version:
            return current
        with self._lock:
            # Asked again: who waited here would read everything anew for a version that is over.
            version = self.data_version()
            if self._snapshot is None or self._snapshot.data_version != version:
                self._snapshot = self._read()
            return self._snapshot

    def _read(self) -> Snapshot:
        before = self._snapshot
        for _ in range(_READ_ATTEMPTS):
            version, frames = self.store.read_since("" if before is None else before.data_version)
            if version == self.store.data_version():
                return Snapshot(version, frames) if before is None else before.succeeded(version, frames)
        raise MissingLayers("the data is being written over and over; try again in a moment")


@dataclass(frozen=True)
class Readiness:
    """How far the start has come. `step` names what is being done; `failure` why it does not go on."""

    ready: bool
    step: str
    failure: Exception | None = None


class WarmUp:
    """Makes the first request as fast as the hundredth: reads, builds and compiles in the background.

    A database that does not answer yet, or is not initialised yet, is tried again until it is. `on_failure` is called
    with every new failure, but not again for one that only comes back. `afterwards` is called once everything is ready:
    what nobody has to wait for, and which is not to fail.
    """

    def __init__(
        self,
        steps: Mapping[str, Callable[[], object]],
        retry_seconds: float = 2.0,
        on_failure: Callable[[Readiness], object] = lambda _: None,
        afterwards: Callable[[], object] = lambda: None,
    ) -> None:
        self._steps = steps
        self._retry_seconds = retry_seconds
        self._on_failure = on_failure
        self._afterwards = afterwards
        self._told = ""
        self._done = threading.Event()
        self._stopped = threading.Event()
        self.readiness = Readiness(ready=False, step="")

    def start(self) -> None:
        """Begin in a background thread and return at once."""
        threading.Thread(target=self._run, name="warm-up", daemon=True).start()

    def wait(self, timeout_seconds: float | None = None) -> bool:
        """Wait until everything is ready; False if the time was over first."""
        return self._done.wait(timeout_seconds)

    def stop(self) -> None:
        """Try no more after the present attempt."""
        self._stopped.set()

    def _run(self) -> None:
        while not self._attempt():
            self._tell()
            if self._stopped.wait(self._retry_seconds):
                return
        self._done.set()
        self._afterwards()

    def _attempt(self) -> bool:
        step = ""
        try:
            for step, work in self._steps.items():
                # What failed stays to be seen while it is tried again.
                if self.readiness.failure is None:
                    self.readiness = Readiness(ready=False, step=step)
                work()
        except Exception as failure:  # noqa: BLE001  the thread must survive to try again; `on_failure` tells it
            self.readiness = Readiness(ready=False, step=step, failure=failure)
            return False
        self.readiness = Readiness(ready=True, step="")
        return True

    def _tell(self) -> None:
        text = f"{self.readiness.step}: {self.readiness.failure!r}"
        if text != self._told:
            self._told = text
            self._on_failure(self.readiness)
