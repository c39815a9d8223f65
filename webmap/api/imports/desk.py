"""The desk where files are brought to be imported: asks the right before it does anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Request

from layers.catalog import CATALOG, WRITE_ORDER
from layers.errors import UnknownLayer, UnknownVersion
from layers.importing.meaning.plan import ImportPlan
from layers.importing.meaning.reading import read_plan
from layers.importing.stage import Stage
from webmap.accounts.log_rights import require_right
from webmap.accounts.roles import ALL_PLANS, Action
from webmap.accounts.viewer import Viewer
from webmap.api.imports.bodies import CheckBody, CommitBody, InspectBody, MappingBody
from webmap.api.imports.documents import Telling, listed_document, mapping_document, whole_document
from webmap.api.imports.preview import preview_document
from webmap.api.imports.uploading import receive
from webmap.api.log.reader import author_of
from webmap.imports.errors import DataChanged, ImportRefused
from webmap.imports.files import ImportFiles
from webmap.imports.mappings import Mappings
from webmap.imports.records import Import, Imports
from webmap.imports.working import STAGE
from webmap.languages import Language
from webmap.runtime import Runtime
from webmap.workload import Workload

#: A slow line may take so long to bring a file; told to those who find all places taken.
_UPLOAD_S = 60


@dataclass(frozen=True, eq=False)
class ImportRooms:
    """What serves imports, put together once for an application. `wake` tells the worker that something waits."""

    runtime: Runtime
    imports: Imports
    mappings: Mappings
    files: ImportFiles
    uploads: Workload
    wake: Callable[[], None]


@dataclass(frozen=True)
class ImportDesk:
    """Serves a viewer in a language. Raises `MissingRight` for who may not edit layers, whatever is asked."""

    rooms: ImportRooms
    viewer: Viewer
    language: Language

    def upload(self, request: Request, layer: str | None) -> dict[str, Any]:
        """Take a file in and return its import. Raises as `receive` and `Imports.add`, `UnknownLayer` and `TooBusy`."""
        self._require_right()
        if layer is not None and layer not in CATALOG:
            raise UnknownLayer(layer)
        import_id = self.rooms.imports.new_id()
        author = author_of(self.viewer, ALL_PLANS)
        file = self.rooms.uploads.admit(_UPLOAD_S, lambda: receive(request, self.rooms.files, import_id))
        try:
            self.rooms.imports.add(import_id, file, author, layer)
        except BaseException:
            self.rooms.files.remove(import_id)
            raise
        return self._asked(import_id)

    def listed(self) -> dict[str, Any]:
        """Return the latest imports, what a file may take, and which layers are empty in the order to fill them."""
        self._require_right()
        found, more = self.rooms.imports.latest()
        version = self.rooms.runtime.data_version()
        counts = self.rooms.runtime.store.counts()
        files = self.rooms.files
        return {
            "imports": [listed_document(item, self._telling(item, version)) for item in found],
            "more": more,
            "limit_bytes": files.limits.file_bytes,
            "free_bytes": files.free_bytes(),
            "layers_missing": [key for key in WRITE_ORDER if not counts[key]],
        }

    def shown(self, import_id: str) -> dict[str, Any]:
        """Return an import with everything. Raises `UnknownImport`."""
        self._require_right()
        item = self.rooms.imports.read(import_id)
        return whole_document(item, self._telling(item, self.rooms.runtime.data_version()))

    def inspect(self, import_id: str, asked: InspectBody) -> dict[str, Any]:
        """Have the file looked at anew. Raises `UnknownImport`, `ImportRefused` and `UnknownLayer`."""
        self._with_file(import_id)
        if asked.layer is not None and asked.layer not in CATALOG:
            raise UnknownLayer(asked.layer)
        self.rooms.imports.ask(import_id, "inspect", plan=asked.model_dump(), **self._asker())
        return self._asked(import_id)

    def check(self, import_id: str, asked: CheckBody) -> dict[str, Any]:
        """Have the file checked by a plan. Raises `UnknownImport`, `ImportRefused` and `InvalidPlan`."""
        item = self._with_file(import_id)
        if item.source is None:
            raise ImportRefused("not_inspected")
        plan = read_plan(asked.plan)
        if asked.save_as is not None:
            self.rooms.mappings.keep(asked.save_as, plan.document(), author_of(self.viewer, ALL_PLANS))
        self.rooms.imports.ask(import_id, "check", plan=plan.document(), report=None, **self._asker())
        return self._asked(import_id)

    def commit(self, import_id: str, asked: CommitBody) -> dict[str, Any]:
        """Have what was checked written. Raises `UnknownImport`, `ImportRefused` and `DataChanged`."""
        item = self._with_file(import_id)
        version = self.rooms.runtime.data_version()
        if item.state == "checked":
            if not self._is_fresh(item, version):
                raise DataChanged
            if item.report is None or not item.report["accepted"]:
                raise ImportRefused("nothing_accepted")
            if item.report["blocked"]:
                raise ImportRefused("blocked")
        self.rooms.imports.ask(import_id, "commit", note=asked.note, **self._asker())
        return self._asked(import_id)

    def cancel(self, import_id: str) -> dict[str, Any]:
        """Stop what is done with an import. Raises `UnknownImport` and `ImportRefused`."""
        self._require_right()
        self.rooms.imports.cancel(import_id)
        return self.shown(import_id)

    def discard(self, import_id: str) -> dict[str, Any]:
        """Give an import up; its file goes at once. Raises `UnknownImport` and `ImportRefused`."""
        self._require_right()
        self.rooms.imports.discard(import_id)
        self.rooms.files.remove(import_id)
        return self.shown(import_id)

    def preview(self, import_id: str, box: tuple[float, float, float, float] | None, most: int) -> dict[str, Any]:
        """Return what an import would do within a box, as features. Raises `UnknownImport` and `ImportRefused`."""
        self._require_right()
        with self._stage(import_id) as stage:
            return preview_document(stage, box, most)

    def rejected_file(self, import_id: str, ending: str) -> tuple[Path, str]:
        """Return the file of the rows set aside, and the name of the file that they were in."""
        from layers.importing.rejected import write_rejected  # noqa: PLC0415

        self._require_right()
        with self._stage(import_id) as stage:
            path = write_rejected(stage, stage.path.parent, ending)
        return path, self.rooms.imports.read(import_id).file_name

    def mappings(self, layer: str | None) -> dict[str, Any]:
        """Return the mappings kept by name; of one layer, or of all."""
        self._require_right()
        return {"mappings": [mapping_document(kept) for kept in self.rooms.mappings.all(layer)]}

    def keep_mapping(self, name: str, asked: MappingBody) -> dict[str, Any]:
        """Keep a plan under a name. Raises `InvalidPlan`."""
        self._require_right()
        plan: ImportPlan = read_plan(asked.plan)
        self.rooms.mappings.keep(name, plan.document(), author_of(self.viewer, ALL_PLANS))
        return mapping_document(self.rooms.mappings.read(name))

    def remove_mapping(self, name: str) -> dict[str, Any]:
        """Forget a mapping. Raises `UnknownMapping`."""
        self._require_right()
        self.rooms.mappings.remove(name)
        return self.mappings(None)

    def _require_right(self) -> None:
        require_right(self.viewer, Action.EDIT_LAYERS, ALL_PLANS)

    def _asker(self) -> dict[str, str]:
        author = author_of(self.viewer, ALL_PLANS)
        return {"asked_by": author.id, "asker_name": author.name}

    def _asked(self, import_id: str) -> dict[str, Any]:
        self.rooms.wake()
        return self.shown(import_id)

    def _with_file(self, import_id: str) -> Import:
        self._require_right()
        item = self.rooms.imports.read(import_id)
        if self.rooms.files.file(import_id) is None and item.state not in {"committed", "discarded"}:
            raise ImportRefused("file_gone")
        return item

    @contextmanager
    def _stage(self, import_id: str) -> Iterator[Stage]:
        item = self.rooms.imports.read(import_id)
        if item.report is None or item.state not in {"checked", "committing", "committed"}:
            raise ImportRefused("not_checked")
        try:
            stage = Stage(self.rooms.files.work(import_id) / STAGE)
        except FileNotFoundError:
            raise ImportRefused("file_gone") from None
        with stage:
            yield stage

    def _telling(self, item: Import, version: str) -> Telling:
        kept = self.rooms.files.file(item.id) is not None
        return Telling(self.viewer, self.language, version, self._is_fresh(item, version), kept)

    def _is_fresh(self, item: Import, version: str) -> bool:
        """Whether the layers that an import was checked against are as they were then."""
        base = item.base_version
        if base is None or item.state not in {"checked", "committing"} or base == version:
            return True
        if not base:
            return False
        try:
            written = self.rooms.runtime.store.written_between(base, version)
        except UnknownVersion:
            return False
        return written is not None and not written & _concerned(item.layer or "")


def _concerned(key: str) -> set[str]:
    """Return a layer with those that it names and those that name it: a check looks at all of them."""
    if key not in CATALOG:
        return set(CATALOG)
    named = {field.references for field in CATALOG[key].fields if field.references is not None}
    naming = {other.key for other in CATALOG.values() if any(field.references == key for field in other.fields)}
    return {key, *named, *naming}
