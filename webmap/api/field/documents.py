"""Reports from the place as documents: for who reported, for who answers, and for readers of the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from layers.errors import MissingLayers
from layers.vocabulary import NETWORKS
from priority.wording import Phrases
from webmap.accounts.roles import Action
from webmap.accounts.viewer import Viewer
from webmap.api.log.places import NOWHERE, Places, places_of
from webmap.api.log.view_document import CHINA
from webmap.field.near import distance_m
from webmap.field.records import Answer, FieldReport
from webmap.field.suggesting import place_in_words, suggested_facts, what_title, words_of, words_without_place
from webmap.incidents.moments import as_entered, read_written
from webmap.incidents.records import Opening
from webmap.languages import Language
from webmap.runtime import Runtime, Snapshot

NETWORK_TITLES = {choice.key: choice.title for choice in NETWORKS}
_LAYER_OF_KIND = {"element": ("network_nodes", "network_lines", "facilities"), "road": ("roads", "coal_routes")}


@dataclass(frozen=True)
class Telling:
    """Tells reports to a viewer in a language; `opening_of` returns how an incident was opened.

    `places` are what the viewer may know of, `open_places` what every reader may.
    """

    viewer: Viewer
    language: Language
    opening_of: Callable[[str], Opening]
    snapshot: Snapshot | None
    places: Places
    open_places: Places

    @classmethod
    def to(cls, viewer: Viewer, language: Language, runtime: Runtime, opening_of: Callable[[str], Opening]) -> Telling:
        """Put together what telling needs. Without layers reports are told by ids."""
        try:
            snapshot = runtime.snapshot()
        except MissingLayers:
            return cls(viewer, language, opening_of, None, NOWHERE, NOWHERE)
        places = places_of(snapshot, restricted=viewer.sees_restricted)
        return cls(viewer, language, opening_of, snapshot, places, places_of(snapshot, restricted=False))

    def document(self, report: FieldReport) -> dict[str, Any]:
        """Return a report as the viewer may see it."""
        phrases, body = Phrases(self.language), report.body
        layer = self._layer_of(body["element"])
        township = self.places.names.get(body["township"]) if body["township"] else None
        place = place_in_words(report, township, phrases)
        confirms = self.viewer.may(Action.RECORD_FACT, report.plan)
        mine = self.viewer.person is not None and self.viewer.person.id == report.author_id
        return {
            "id": report.id,
            "plan": report.plan,
            "incident": incident_document(self.opening_of(report.incident)) if report.incident else None,
            "drill": report.drill,
            "what": body["what"],
            "what_title": what_title(report, phrases),
            "happened_at": report.happened_at,
            "received_at": _local(report.received_at),
            "author": report.author,
            "mine": mine,
            "client_key": report.client_key if mine else None,
            "text": body["text"],
            "element": self._element(report, layer),
            "position": body["position"],
            "accuracy_m": body["accuracy_m"],
            "township": {"code": body["township"], "name": township} if body["township"] else None,
            "place": place,
            "words": words_of(report, place, phrases),
            "words_for_all": self._words_for_all(report, place),
            "photos": [_photo(report, photo.number, photo.width_px, photo.height_px) for photo in report.photos],
            "state": report.state,
            "answers": [_answer(answer) for answer in report.answers],
            "suggested": self._suggested(report, layer, place) if confirms else None,
            "suggested_name": self._name(report, township, phrases) if confirms else None,
            "may": _may(report, confirms=confirms),
        }

    def layer_of(self, report: FieldReport) -> str | None:
        """Return the layer of the element that was found broken; None for none that the viewer may know of."""
        return self._layer_of(report.body["element"])

    def facts(self, report: FieldReport) -> list[dict[str, Any]]:
        """Return the documents of the facts that a report comes to."""
        suggested: list[dict[str, Any]] = self.document(report)["suggested"] or []
        return suggested

    def _suggested(self, report: FieldReport, layer: str | None, place: str | None) -> list[dict[str, Any]]:
        return suggested_facts(report, layer, place, Phrases(self.language), restricted=self._is_restricted(report))

    def _is_restricted(self, report: FieldReport) -> bool:
        """Whether its element is none that every reader knows of: one that was restricted may be gone from the data."""
        element = report.body["element"]
        return element is not None and not self.open_places.knows_of(element)

    def _words_for_all(self, report: FieldReport, place: str | None) -> str:
        """What every reader of a log may read: of a restricted place neither where nor the reporter's own words."""
        phrases = Phrases(self.language)
        hidden = self._is_restricted(report)
        return words_without_place(report, phrases) if hidden else words_of(report, place, phrases)

    def _layer_of(self, element: str | None) -> str | None:
        if element is None or self.snapshot is None or not self.places.knows_of(element):
            return None
        if self.places.knows("road", element):
            return "roads"
        if self.places.knows("facility", element):
            return "facilities"
        if not self.places.knows("element", element):
            return None
        nodes = self.snapshot.frames["network_nodes"]
        return "network_nodes" if element in set(nodes["id"]) else "network_lines"

    def _element(self, report: FieldReport, layer: str | None) -> dict[str, Any] | None:
        element, position = report.body["element"], report.body["position"]
        if element is None:
            return None
        away = None
        if layer is not None and position and self.snapshot is not None:
            away = distance_m(self.snapshot, element, position, restricted=self.viewer.sees_restricted)
        name = self.places.names.get(element) if layer is not None else None
        return {"id": element, "name": name, "layer": layer, "distance_m": away}

    def _name(self, report: FieldReport, township: str | None, phrases: Phrases) -> str:
        # Readers of every right read the name of an incident.
        name = self.open_places.names.get(report.body["element"] or "") or township
        where = name or phrases.write("field.place_unknown")
        return phrases.write("field.incident_name", where=where, what=what_title(report, phrases))


def incident_document(opening: Opening) -> dict[str, Any]:
    """Return what a phone is told of an incident: that there is one."""
    return {"id": opening.incident_id, "name": opening.name, "drill": opening.drill}


def _photo(report: FieldReport, number: int, width_px: int, height_px: int) -> dict[str, Any]:
    url = f"/api/field-reports/{report.id}/photos/{number}"
    return {"number": number, "url": url, "width_px": width_px, "height_px": height_px}


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "state": answer.state,
        "at": _local(answer.at),
        "by": answer.by,
        "reason": answer.reason,
        "incident": answer.incident,
        "entries": list(answer.entries),
        "known_before": answer.known_before,
    }


def _may(report: FieldReport, *, confirms: bool) -> list[str]:
    if not confirms or report.state == "confirmed":
        return []
    return ["confirm"] if report.state == "declined" else ["confirm", "decline"]


def _local(moment: str) -> str:
    return as_entered(read_written(moment).astimezone(CHINA))
