"""The areas of stored versions as documents: what is sent is worked out once and kept, since versions never change."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import shapely

from priority.warnings import sending_shape
from priority.warnings.exposure import Inside
from priority.wording import Phrases
from webmap.api.warnings.area_document import shape_document
from webmap.runtime import Snapshot
from webmap.warnings.areas import area_of, multipolygon, part_title
from webmap.warnings.content import Resolved
from webmap.warnings.state import Version

#: Versions at hand: those of the warnings that people look at.
_KEPT = 128
#: An outline for a map of the whole district, straightened by some 20 m.
_OUTLINE_DEG = 2e-4


@dataclass(eq=False)
class StoredAreas:
    """Keeps the latest. Shared by threads."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _kept: OrderedDict[int, tuple[Resolved, dict[str, Any], dict[str, Any]]] = field(default_factory=OrderedDict)

    def document(self, version: Version, snapshot: Snapshot, phrases: Phrases) -> dict[str, Any]:
        """Return the area of a version as it was stored; what it leaves out of today's picture is not told."""
        names = PlaceNames(snapshot)
        return {
            "parts": [
                {"title": part_title(part, names, phrases), "kind": part.kind, "operation": part.operation}
                for part in version.content.area.parts
            ],
            **self._made(version.resolved)[0],
            "outside": [],
            "notes": [],
        }

    def outline(self, resolved: Resolved) -> dict[str, Any]:
        """Return the ground of a version with fewer points, for a list; it is within 20 m."""
        return self._made(resolved)[1]

    def township_names(self, snapshot: Snapshot) -> Mapping[str, str]:
        """Return the names of townships by code."""
        return PlaceNames(snapshot).township_names

    def _made(self, resolved: Resolved) -> tuple[dict[str, Any], dict[str, Any]]:
        # What is kept holds on to the version's own object, so that no other can come to have its number.
        key = id(resolved)
        with self._lock:
            found = self._kept.get(key)
        if found is None:
            area = area_of(resolved.shape, resolved.excluded)
            outline = shapely.simplify(area.shape, _OUTLINE_DEG, preserve_topology=True)
            document = shape_document(area, sending_shape(area), Inside.model_validate(resolved.inside))
            found = (resolved, document, multipolygon(outline))
        with self._lock:
            self._kept[key] = found
            self._kept.move_to_end(key)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found[1], found[2]


@dataclass(frozen=True)
class PlaceNames:
    """The names of townships, and of lines, nodes and open places, in the data of a snapshot."""

    snapshot: Snapshot

    @property
    def township_names(self) -> Mapping[str, str]:
        """Names by code; none without data."""
        made: Mapping[str, str] = self.snapshot.once("township names", self._read_townships)
        return made

    def name_of(self, element: str) -> str:
        """Return what an element is called; by its id where there is none, or none that everybody may know."""
        made: Mapping[str, str] = self.snapshot.once("open names", self._read_elements)
        return made.get(element, element)

    def _read_townships(self) -> Mapping[str, str]:
        frame = self.snapshot.frames.get("townships")
        return {} if frame is None or frame.empty else dict(zip(frame["code"], frame["name"], strict=True))

    def _read_elements(self) -> Mapping[str, str]:
        names: dict[str, str] = {}
        for layer in ("network_nodes", "network_lines", "facilities"):
            if layer in self.snapshot.frames:
                frame = self.snapshot.visible(layer, restricted=False)
                names.update(zip(frame["id"], frame["name"], strict=True))
        return names
