"""What a running process holds: the store, and everything derived from the current data version."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from layers.access import visible
from layers.errors import MissingLayers
from layers.records import layer_of
from layers.store import Store, open_store
from priority.errors import UnknownPlan
from webmap.storage.upgrade import require_present_tables

if TYPE_CHECKING:
    from pathlib import Path

    from priority.plans import Plan
    from priority.system import SupplySystem

_Made = TypeVar("_Made")
#: Reading is repeated when a write comes between; more often than this means that somebody writes without pause.
_READ_ATTEMPTS = 5
#: Layers on which neither the supply system nor what is worked out from it rests; of these, the system holds the sites.
_BESIDE_THE_SYSTEM = frozenset({"sites", "contacts"})
#: What is worked out from the supply system alone, by the first part of its key.
_FROM_THE_SYSTEM = frozenset({"ratings"})


@dataclass(frozen=True)
class Snapshot:
    """All layers as of one data version, and what was computed from them. Shared by threads: never changed."""

    data_version: str
    frames: Mapping[str, pd.DataFrame]
    _made: dict[object, Any] = field(default_factory=dict)
    _locks: dict[object, threading.Lock] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever loaded."""
        return not self.data_version

    @cached_property
    def synthetic(self) -> bool:
        """Whether any record is made up: then every product of the data must say so."""
        return any((frame["provenance"] == "synthetic").any() for frame in self.frames.values())

    def visible(self, key: str, *, restricted: bool) -> pd.DataFrame:
        """Return the records of a layer that a viewer may see; raises `UnknownLayer`."""
        return visible(key, self.frames.get(key, pd.DataFrame()), self.frames, restricted=restricted)

    def system(self) -> SupplySystem:
        """Return the supply system of this data version, built by the first caller while others wait."""
        from priority.system import SupplySystem  # noqa: PLC0415  numba is needed from here on, not before

        return self.once("system", lambda: SupplySystem.build(self.frames, self.data_version))

    def once(self, key: object, make: Callable[[], _Made]) -> _Made:
        """Return what `make` gives, computed once for this data version and key."""
        # A lock for each key: a map's layer need not wait for the supply system. `setdefault` is atomic.
        with self._locks.setdefault(key, threading.Lock()):
            if key not in self._made:
                self._made[key] = make()
            made: _Made = self._made[key]
            return made

    def succeeded(self, data_version: str, changed: Mapping[str, pd.DataFrame]) -> Snapshot:
        """Return the snapshot after a write that replaced these layers alone, with what does not rest on them."""
        made = {key: value for key, value in dict(self._made).items() if _outlives(key, changed)}
        system: SupplySystem | None = self._made.get("system")
        if system is not None and changed.keys() <= _BESIDE_THE_SYSTEM:
            made["system"] = system.with_sites(changed.get("sites", self.frames["sites"]), data_version)
        return Snapshot(data_version, {**self.frames, **changed}, made)


def _outlives(key: object, changed: Mapping[str, pd.DataFrame]) -> bool:
    """Whether what was made under a key is the same after these layers were replaced."""
    match key:
        case ("layer", str(layer), _):
            return not {layer, *_restricting(layer)} & changed.keys()
        case (str(name), *_):
            return name in _FROM_THE_SYSTEM and changed.keys() <= _BESIDE_THE_SYSTEM
    return False


def _restricting(layer: str) -> set[str]:
    """Return the layers that decide which records of a layer are restricted."""
    through = map(layer_of(layer).field, layer_of(layer).restricted_through)
    return {field.references for field in through if field.references is not None}


class Runtime:
    """Opens the store and keeps the snapshot of its current data version."""

    def __init__(self, database_url: str, plans_folder: Path | None = None) -> None:
        self._database_url = database_url
        self._plans_folder = plans_folder
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._has_tables = False

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

    def snapshot(self) -> Snapshot:
        """Return all layers as of the data version now in the database, read anew only when it has changed.

        Raises `MissingLayers` if nothing was ever loaded, and SQLAlchemy's errors if the database does not answer.
        """
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
