"""Sends what waits: one thread for each channel that sends, so that a server that fails stops no other, and a keeper.

Every process of the server may run one; claims make sure that each delivery is sent by one alone.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from webmap.incidents.moments import now_utc
from webmap.settings import Settings
from webmap.storage.persisting import persist
from webmap.warnings.channels import MACHINE_CHANNELS, Adapters, Outcome
from webmap.warnings.claims import Claimed, Claims

_LOG = logging.getLogger(__name__)


class Dispatcher:
    """Sends in the background from `start` to `stop`. Looks every `poll_s` seconds, and at once when woken."""

    def __init__(
        self,
        engine: Engine,
        settings: Settings,
        *,
        poll_s: float = 5.0,
        lease_s: float = 120.0,
        adapters: Callable[[Settings], Adapters] = Adapters,
        clock: Callable[[], datetime] = now_utc,
    ) -> None:
        self._stopped = threading.Event()
        self._couriers = [
            _Courier(channel, Claims(engine, lease_s=lease_s, clock=clock), adapters(settings), poll_s, self._stopped)
            for channel in MACHINE_CHANNELS
        ]
        self._keeper = threading.Thread(target=self._keep, name="deliveries-keeper", daemon=True)

    def start(self) -> None:
        """Begin; returns at once. To be called once, in the process that serves (after a fork)."""
        for courier in self._couriers:
            courier.thread.start()
        self._keeper.start()

    def wake(self) -> None:
        """Tell that something may wait; returns at once."""
        for courier in self._couriers:
            courier.woken.set()

    def stop(self, timeout_s: float = 8.0) -> None:
        """Claim nothing more, and wait for what is being sent, but no longer than that."""
        self._stopped.set()
        self.wake()
        until = time.monotonic() + timeout_s
        for courier in self._couriers:
            if courier.thread.ident is not None:
                courier.thread.join(max(0.0, until - time.monotonic()))

    def _keep(self) -> None:
        """Renew the claims of our couriers while they are at work, and mark those of senders that are gone."""
        lease_s = self._couriers[0].claims.lease_s
        while not self._stopped.wait(lease_s / 4):
            try:
                for courier in self._couriers:
                    courier.claims.renew()
                if abandoned := self._couriers[0].claims.abandon():
                    _LOG.warning("deliveries left by a sender that is gone, now unknown: %d", abandoned)
            except SQLAlchemyError:
                continue  # the couriers tell that the database does not answer


class _Courier:
    """Sends what waits on one channel, one delivery after the other."""

    def __init__(
        self, channel: str, claims: Claims, adapters: Adapters, poll_s: float, stopped: threading.Event
    ) -> None:
        self.channel = channel
        self.claims = claims
        self.woken = threading.Event()
        self.thread = threading.Thread(target=self._run, name=f"deliveries-{channel}", daemon=True)
        self._adapters = adapters
        self._poll_s = poll_s
        self._stopped = stopped
        self._told = ""

    def _run(self) -> None:
        while not self._stopped.is_set():
            self.woken.clear()
            self._send_all_that_waits()
            self._adapters.close()
            if not self._stopped.is_set():
                self.woken.wait(self._poll_s)

    def _send_all_that_waits(self) -> None:
        try:
            while not self._stopped.is_set() and (claimed := self.claims.take(self.channel)) is not None:
                self._deliver(claimed)
            self._told = ""
        except SQLAlchemyError as error:  # not initialised yet, upgraded at present, or away
            if type(error).__name__ != self._told:
                self._told = type(error).__name__
                _LOG.warning("deliveries by %s wait for the database: %s", self.channel, self._told)

    def _deliver(self, claimed: Claimed) -> None:
        outcome = self._outcome(claimed)
        if outcome.state != "sent":
            # Without the recipient and the answer, which names them: both are in the database.
            _LOG.warning("delivery %s by %s: %s %s", claimed.delivery.id, self.channel, outcome.state, outcome.code)
        self._record(claimed, outcome)
        if outcome.for_all and (count := self.claims.give_up(self.channel, outcome)):
            _LOG.warning("deliveries by %s that waited failed alike: %d", self.channel, count)

    def _outcome(self, claimed: Claimed) -> Outcome:
        if claimed.message is None or claimed.hindrance:
            return Outcome("failed", claimed.hindrance)
        adapter = self._adapters.of(self.channel, drill=claimed.message.drill)
        try:
            return adapter.send(claimed.message, claimed.delivery)
        except Exception as error:  # noqa: BLE001  one mail must not end the thread; nobody knows how far it came
            _LOG.error("delivery %s by %s: %s", claimed.delivery.id, self.channel, type(error).__name__)
            return Outcome("unknown", "broken", type(error).__name__)

    def _record(self, claimed: Claimed, outcome: Outcome) -> None:
        """Write the outcome down; what was sent must not be lost because the database is away for a moment."""
        persist(lambda: self.claims.record(claimed, outcome), self._stopped)
