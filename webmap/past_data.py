"""Older versions of the data, read again for the incidents that are assessed on them. A few are kept in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from layers.catalog import CATALOG
from webmap.snapshot import Snapshot

if TYPE_CHECKING:
    from layers.store import Store

#: Each takes as much memory as the present data. Incidents that run at once rest on few versions.
_KEPT = 3
#: Whom to reach is asked today, whatever an incident's figures rest on.
_OF_TODAY = ("contacts",)


class PastData:
    """Reads and keeps snapshots of older versions. Shared by threads: who asks for one that is read waits for it."""

    def __init__(self, kept: int = _KEPT) -> None:
        self._most = kept
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, _Kept] = OrderedDict()

    def snapshot(self, store: Store, version: str, present: Snapshot) -> Snapshot:
        """Return the data of an older version beside those of the present.

        What is restricted today is restricted in it too. Raises `UnknownVersion` and `VersionNotKept`.
        """
        with self._lock:
            kept = self._kept.get(version)
            if kept is None or not kept.holds_beside(present):
                kept = _Kept(present.data_version, _told_today(present), _read(store, version, present))
            self._kept[version] = replace(kept, present=present.data_version)
            self._kept.move_to_end(version)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
            return kept.snapshot


@dataclass(frozen=True)
class _Kept:
    """What was read, and what it takes from the data of a present version."""

    present: str
    today: list[pd.DataFrame]
    snapshot: Snapshot

    def holds_beside(self, present: Snapshot) -> bool:
        """Whether it would be the same if it were read now."""
        if present.data_version == self.present:
            return True
        today = _told_today(present)
        return len(today) == len(self.today) and all(map(pd.DataFrame.equals, self.today, today))


def _told_today(present: Snapshot) -> list[pd.DataFrame]:
    layers = [layer for layer in CATALOG.values() if layer.restricted_by is not None and layer.key in present.frames]
    return [
        *_of_today(present).values(),
        *(present.frames[layer.key][["id", str(layer.restricted_by)]] for layer in layers),
    ]


def _read(store: Store, version: str, present: Snapshot) -> Snapshot:
    """What nobody wrote to in between is the same: it is taken from the present, with what was worked out from it."""
    between = store.written_between(version, present.data_version)
    keys = [key for key in CATALOG if (between is None or key in between) and key not in _OF_TODAY]
    older = store.read_at(version, keys)
    frames = {
        key: _restricted_too(key, frame, present.frames, store.restricted_after(version, key))
        for key, frame in older.items()
    }
    return present.succeeded(version, frames)


def _of_today(present: Snapshot) -> dict[str, pd.DataFrame]:
    return {key: present.frames[key] for key in _OF_TODAY if key in present.frames}


def _restricted_too(
    key: str, frame: pd.DataFrame, present: Mapping[str, pd.DataFrame], later: frozenset[str]
) -> pd.DataFrame:
    """Return old records, restricted where they are today as well, or were at some time before they were removed."""
    flag = CATALOG[key].restricted_by
    if flag is None or key not in present or frame.empty:
        return frame
    today = present[key]
    gone = later.difference(today["id"])
    hidden = gone.union(today.loc[today[flag], "id"])
    return frame.assign(**{flag: frame[flag] | frame["id"].isin(hidden)})
