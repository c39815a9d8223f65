"""The pieces of work on an import: look at the file, check it by a plan, write what was checked."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from layers.catalog import CATALOG
from layers.errors import MissingLayers
from layers.history import Author, Written
from layers.records import empty_frame
from webmap.imports.child_process import FileReader, Hear
from webmap.imports.claims import Ending
from webmap.imports.failures import WorkCancelled, WorkFailed, failure
from webmap.imports.files import ImportFiles
from webmap.imports.records import Import
from webmap.imports.task import Bounds, Task
from webmap.imports.told import import_detail
from webmap.runtime import Runtime

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

STAGE = "stage.sqlite"
#: What the process that reads may write beside the unpacked file: the stage and the files of rows set aside.
_WRITTEN_BYTES = 8 * 2**30
_LEAST_FREE_BYTES = 64 * 2**20


@dataclass(frozen=True)
class Working:
    """Does the work on imports over a runtime's data. `told` is called after the data was changed."""

    runtime: Runtime
    files: ImportFiles
    reader: FileReader
    told: Callable[[], object] = lambda: None

    def do(self, item: Import, hear: Hear, cancelled: Callable[[], bool]) -> Ending:
        """Do what an import waits for, and return how it ends.

        Raises `WorkFailed`, `WorkCancelled`, and what the database and the layers raise; then nothing was written.
        """
        work = {"inspecting": self._inspect, "checking": self._check, "committing": self._commit}[item.state]
        return work(item, hear, cancelled)

    def committed_as(self, import_id: str) -> str | None:
        """Return the data version that an import made, None if it made none (who wrote it may not have told)."""
        versions = self.runtime.store.history(limit=50)
        return next((entry.version for entry in versions if entry.detail.get("import") == import_id), None)

    def _inspect(self, item: Import, hear: Hear, cancelled: Callable[[], bool]) -> Ending:
        _, current = self._current()
        wanted: Mapping[str, Any] = item.plan or {}
        task = Task(
            "inspect",
            str(self._file(item)),
            self._bounds(),
            wanted.get("layer") or item.layer,
            wanted.get("table"),
            wanted.get("encoding") or "auto",
        )
        found = self.reader.run(task, current, self.files.clear_work(item.id), hear, cancelled)
        plan = found["guess"]["zh"]["plan"]
        values = {"source": found, "layer": plan["layer"], "source_table": plan["table"], "plan": None, "report": None}
        return Ending("inspected", values)

    def _check(self, item: Import, hear: Hear, cancelled: Callable[[], bool]) -> Ending:
        version, current = self._current()
        task = Task("check", str(self._file(item)), self._bounds(), plan=item.plan)
        report = self.reader.run(task, current, self.files.clear_work(item.id), hear, cancelled)
        values = {"report": report, "base_version": version, "layer": report["layer"], "source_table": report["table"]}
        return Ending("checked", values)

    def _commit(self, item: Import, hear: Hear, cancelled: Callable[[], bool]) -> Ending:
        from layers.importing.commit import commit  # noqa: PLC0415
        from layers.importing.stage import Stage  # noqa: PLC0415

        if item.asked_by is None or item.asker_name is None:
            raise WorkFailed(failure("interrupted"))
        path = self.files.work(item.id) / STAGE
        if not path.is_file():
            raise WorkFailed(failure("file_gone"))

        def progress(done: int, of: int) -> None:
            hear("writing", done, of)
            if cancelled():
                raise WorkCancelled

        said = Written(Author(item.asked_by, item.asker_name), "import", item.note or item.file_name, _detail(item))
        with Stage(path) as stage:
            version = commit(stage, self.runtime.store, said, item.base_version or "", progress)
        self.told()
        return Ending("committed", {"committed_version": version})

    def _current(self) -> tuple[str, Mapping[str, pd.DataFrame]]:
        try:
            snapshot = self.runtime.snapshot()
        except MissingLayers:
            return "", {key: empty_frame(key) for key in CATALOG}
        frames = {key: snapshot.frames[key] if key in snapshot.frames else empty_frame(key) for key in CATALOG}
        return snapshot.data_version, frames

    def _file(self, item: Import) -> Path:
        path = self.files.file(item.id)
        if path is None:
            raise WorkFailed(failure("file_gone"))
        return path

    def _bounds(self) -> Bounds:
        limits = self.files.limits
        self.files.folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(self.files.folder).free - _LEAST_FREE_BYTES
        if free <= 0:
            raise WorkFailed(failure("disk_full"))
        return Bounds(limits.memory_bytes, limits.seconds, min(_WRITTEN_BYTES, free))


def _detail(item: Import) -> dict[str, Any]:
    file = {"import": item.id, "file": item.file_name, "sha256": item.file_sha256, "bytes": item.file_bytes}
    return import_detail(file, item.plan or {}, item.report or {})
