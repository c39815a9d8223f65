"""The painter of a process: assesses the present of every incident that is watched, once for all who see the same."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from webmap.live.channel import Channel, Shown
from webmap.live.pictures import Pictures
from webmap.live.telling import PictureAudience

_LOG = logging.getLogger(__name__)

#: Entries go out first, and what is written at one time makes one picture.
_PAUSE_S = 0.1
_LOOK_S = 1.0
_RETRY_S = 5.0
MINUTE_S = 60.0


class Painter:
    """Makes pictures in one thread, from `start` to `stop`. `clock` is that of the log."""

    def __init__(self, pictures: Pictures, clock: Callable[[], datetime], minute_s: float = MINUTE_S) -> None:
        self._pictures = pictures
        self._clock = clock
        self._minute_s = minute_s
        self._woken = threading.Event()
        self._stopped = threading.Event()
        self._version: str | None = None
        self._thread: threading.Thread | None = None
        self._told = ""

    def start(self, channels: Callable[[], list[Channel]]) -> None:
        """Begin to paint for the channels that there are; returns at once."""
        self._thread = threading.Thread(target=self._run, args=[channels], name="live-pictures", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Paint nothing more; returns at once."""
        self._stopped.set()
        self._woken.set()

    def wake(self) -> None:
        """Tell that there may be something to paint; returns at once."""
        self._woken.set()

    def note_version(self, version: str) -> None:
        """Tell the data version that the database has now."""
        if version != self._version:
            self._version = version
            self.wake()

    def _run(self, channels: Callable[[], list[Channel]]) -> None:
        while not self._stopped.is_set():
            watched = channels()
            for channel in watched:
                for audience in {group.of_pictures for group in list(channel.groups)}:
                    if not self._stopped.is_set() and self._is_due(channel.shown.get(audience), channel.look.length):
                        self._paint(channel, audience)
            if self._woken.wait(_LOOK_S if watched else None):
                self._woken.clear()
                self._stopped.wait(_PAUSE_S)

    def _is_due(self, shown: Shown | None, length: int) -> bool:
        if shown is None:
            return True
        now = time.monotonic()
        if shown.again_s:
            return now >= shown.again_s
        is_new = length != shown.length or self._version not in {None, shown.present}
        return is_new or self._is_old(shown)

    def _is_old(self, shown: Shown) -> bool:
        return shown.runs and time.monotonic() - shown.made_s >= self._minute_s

    def _paint(self, channel: Channel, audience: PictureAudience) -> None:
        look, before, present = channel.look, channel.shown.get(audience), self._version
        try:
            plan = self._pictures.plan(look, audience, self._clock())
            content, now_s = _content(plan.of), time.monotonic()
            shown = Shown(look.length, plan.data_version, content, plan.runs, now_s, present=present)
            if before is not None and not before.again_s and _same(before, shown) and not self._is_old(before):
                channel.shown[audience] = replace(shown, made_s=before.made_s)
                return
            made = self._pictures.paint(plan)
            self._told = ""
        except Exception as error:  # noqa: BLE001  the thread must survive; streams show how old the picture is
            self._tell(error)
            channel.shown[audience] = Shown(0, "", "", False, time.monotonic(), time.monotonic() + _RETRY_S)
            return
        again_s = time.monotonic() + _RETRY_S if made.is_provisional else 0.0
        channel.shown[audience] = replace(shown, again_s=again_s)
        channel.show(audience, made.message)

    def _tell(self, error: Exception) -> None:
        """Write a failure on the log once, however often it comes back; where nobody foresaw it, the place as well."""
        name = type(error).__name__
        if name != self._told:
            self._told = name
            unforeseen = None if isinstance(error, SQLAlchemyError) else error
            _LOG.warning("live pictures wait, one could not be made: %s", name, exc_info=unforeseen)


def _content(of: object) -> str:
    return json.dumps(of, ensure_ascii=False, sort_keys=True)


def _same(before: Shown, now: Shown) -> bool:
    return (before.content, before.data_version, before.runs) == (now.content, now.data_version, now.runs)
