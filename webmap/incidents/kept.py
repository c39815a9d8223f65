"""Logs kept in this process: of one that was read before only what was written since is read again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import replace

from webmap.incidents.journal import Journal, Look

#: Incidents that run at once, and a few that are looked at.
_KEPT = 32


class KeptLogs:
    """Reads whole logs, the latest of them from memory. Shared by threads.

    Nothing in a log is ever changed, so what was read stays true. That it is still the same log (a backup may have been
    loaded meanwhile) shows by the hash of the last entry kept, which is read anew each time.
    """

    def __init__(self, journal: Journal, kept: int = _KEPT) -> None:
        self._journal = journal
        self._most = kept
        self._lock = threading.Lock()
        self._looks: OrderedDict[str, Look] = OrderedDict()

    def look(self, incident_id: str) -> Look:
        """Return an incident's whole log, as `Journal.look` does, and raise what it raises."""
        with self._lock:
            before = self._looks.get(incident_id)
        found = None if before is None else self._continued(before)
        look = self._journal.look(incident_id) if found is None else found
        with self._lock:
            kept = self._looks.get(incident_id)
            if kept is None or kept is before or kept.length < look.length:
                self._looks[incident_id] = look
            self._looks.move_to_end(incident_id)
            while len(self._looks) > self._most:
                self._looks.popitem(last=False)
        return look

    def forget(self) -> None:
        """Read everything anew from here on, as after a start."""
        with self._lock:
            self._looks.clear()

    def _continued(self, before: Look) -> Look | None:
        """Return a log that was read before with what was written since, None if it is another one now."""
        log = before.log
        if not log.entries:
            return None
        since = self._journal.look(log.opening.incident_id, before.length - 1)
        again = since.log.entries[:1]
        if since.log.opening != log.opening or [entry.hash for entry in again] != [log.entries[-1].hash]:
            return None
        new = since.log.entries[1:]
        return replace(since, log=replace(log, entries=[*log.entries, *new])) if new else before
