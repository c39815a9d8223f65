"""The areas of stored versions as documents: worked out once and kept, since versions never change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import shapely

from priority.warnings import SendingShape, WarningArea, sending_shape
from priority.warnings.exposure import Inside
from priority.wording import Phrases
from webmap.api.warnings.area_document import shape_document
from webmap.runtime import Snapshot
from webmap.warnings.areas import area_of, multipolygon, part_title
from webmap.warnings.content import Resolved
from webmap.warnings.ground import DEFAULT_HORIZON_HOURS
from webmap.warnings.kept_by_size import KeptBySize
from webmap.warnings.state import Version

#: Points of all documents that are kept, some 30 MB, and of outlines, some 10 MB: a thousand counties.
_DOCUMENT_POINTS, _OUTLINE_POINTS = 200_000, 60_000
#: An outline for a map of the whole district, straightened by some 20 m.
_OUTLINE_DEG = 2e-4


@dataclass(eq=False)
class StoredAreas:
    """Keeps the latest; `sending` makes what is sent of an area. Shared by threads.

    The list needs outlines alone: they are made and kept apart from documents, which want what is sent.
    """

    sending: Callable[[WarningArea], SendingShape] = sending_shape
    _documents: KeptBySize[dict[str, Any]] = field(default_factory=lambda: KeptBySize(_DOCUMENT_POINTS))
    _outlines: KeptBySize[dict[str, Any]] = field(default_factory=lambda: KeptBySize(_OUTLINE_POINTS))

    def document(self, version: Version, snapshot: Snapshot, phrases: Phrases) -> dict[str, Any]:
        """Return the area of a version as it was stored; what it leaves out of today's picture is not told.

        Raises `TooBusy` where many ask for laborious areas that are not at hand.
        """
        names = PlaceNames(snapshot, version.resolved.horizon_hours or DEFAULT_HORIZON_HOURS)
        return {
            "parts": [
                {"title": part_title(part, names, phrases), "kind": part.kind, "operation": part.operation}
                for part in version.content.area.parts
            ],
            **self._document(version.resolved),
            "outside": [],
            "notes": [],
            "already_warned": [],
        }

    def outline(self, resolved: Resolved) -> dict[str, Any]:
        """Return the ground of a version with fewer points, for a list; it is within 20 m."""
        found = self._outlines.get(resolved.ground_key)
        if found is None:
            ground = area_of(resolved.shape, resolved.excluded).shape
            outline = shapely.simplify(ground, _OUTLINE_DEG, preserve_topology=True)
            found = multipolygon(outline)
            self._outlines.keep(resolved.ground_key, found, int(shapely.get_num_coordinates(outline)))
        return found

    def township_names(self, snapshot: Snapshot) -> Mapping[str, str]:
        """Return the names of townships by code."""
        return PlaceNames(snapshot).township_names

    def _document(self, resolved: Resolved) -> dict[str, Any]:
        found = self._documents.get(resolved.ground_key)
        if found is None:
            area = area_of(resolved.shape, resolved.excluded)
            sending = self.sending(area)
            found = shape_document(area, sending, Inside.model_validate(resolved.inside))
            points = sending.points + shapely.get_num_coordinates([area.shape, area.excluded]).sum()
            self._documents.keep(resolved.ground_key, found, int(points))
        return found


@dataclass(frozen=True)
class PlaceNames:
    """The names of townships, and of lines, nodes and open places, in the data of a snapshot.

    `horizon_hours` is how far the incident looks ahead.
    """

    snapshot: Snapshot
    horizon_hours: float = DEFAULT_HORIZON_HOURS

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
