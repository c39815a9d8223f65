"""Writing a stage into the database: all of it in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from layers.changes import LayerLoad
from layers.errors import StaleVersion
from layers.history import Written
from layers.importing.stage import Stage
from layers.store import Store


def commit(
    stage: Stage,
    store: Store,
    written: Written,
    base: str,
    progress: Callable[[int, int], object] = lambda *_: None,
) -> str:
    """Write what is staged and return the new data version.

    `base` is the data version that the stage was compared with. `progress` is told how many of how many records are on
    their way, and may raise to cancel. Raises `StaleVersion` if a layer concerned was written after `base`,
    `InvalidRecords`, and what `progress` raises; then nothing is written.
    """
    main, mode = stage.get("layer"), stage.get("mode")
    keys = (*dict.fromkeys((*stage.layers(), main, *(stage.get("also") or ()))),)
    if not base and store.data_version():
        raise StaleVersion(base, dict.fromkeys(keys, ()))
    # What comes along with the layer (the nodes of lines) is added to what stands.
    modes: dict[str, Literal["replace", "merge"]] = {key: mode if key == main else "merge" for key in keys}
    # Nobody wrote these layers since `base`, or nothing is written: what was the same then need not be sent again.
    streams = {key: stage.batches(key, news_alone=modes[key] == "merge") for key in keys}
    total = sum(_sent(stage, key, modes[key]) for key in keys)
    progress(0, total)
    parts = [LayerLoad(key, modes[key], streams[key]) for key in keys]
    try:
        return store.load(parts, written, base=base or None, progress=lambda done: progress(done, total))
    finally:
        for stream in streams.values():  # one that was broken off must not outlive the stage
            stream.close()


def _sent(stage: Stage, key: str, mode: Literal["replace", "merge"]) -> int:
    counts = stage.count(key)
    return sum(counts.values()) - (counts["same"] if mode == "merge" else 0)
