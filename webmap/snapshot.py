"""All layers as of one data version, and what was worked out from them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from layers.access import visible
from layers.records import layer_of

if TYPE_CHECKING:
    from priority.system import SupplySystem

_Made = TypeVar("_Made")
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
