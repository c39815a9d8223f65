"""Whether what a fact names is there: looked up by the kind of thing, as far as the writer may know of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from priority.errors import Problem
from priority.validation import problem
from priority.wording import Phrases
from webmap.api.log.places import Kind, Places
from webmap.incidents import entries as kinds
from webmap.incidents.damage_course import AREA
from webmap.incidents.entries import Fact
from webmap.incidents.entry_fields import NETWORKS
from webmap.incidents.errors import InvalidEntry
from webmap.languages import Language

#: A field of a fact, what is wrong with it (a phrase's code), and what the phrase tells of it.
_Finding = tuple[str, str, dict[str, Any]]

_CODES: Mapping[Kind, str] = {
    "element": "element_unknown",
    "device": "operated_unknown",
    "facility": "placement_facility",
    "site": "unit_unknown",
    "road": "road_unknown",
    "township": "township_unknown",
}


def check_names(fact: Fact, places: Places, broken: Collection[str], language: Language) -> None:
    """Raise `InvalidEntry` for what a fact names and the data do not hold, or that the writer may not know of.

    `broken` are the elements that the log speaks of already: their repair can be written whatever became of the data.
    """
    phrases = Phrases(language)
    problems = [_problem(phrases, *finding) for finding in _findings(fact, places, broken)]
    if problems:
        raise InvalidEntry(problems)


def _problem(phrases: Phrases, field: str, code: str, told: dict[str, Any]) -> Problem:
    return problem(phrases, field, code, told)


def _findings(fact: Fact, places: Places, broken: Collection[str]) -> Iterator[_Finding]:
    if isinstance(fact, kinds.Correction):
        if fact.replacement is not None:
            for field, code, told in _findings(fact.replacement, places, broken):
                yield f"replacement.{field}", code, told
        return
    check = _CHECKS.get(fact.kind)
    if check is not None:
        yield from check(fact, places, broken)


def _known(field: str, kind: Kind, identifier: str | None, places: Places) -> Iterator[_Finding]:
    if identifier is not None and not places.knows(kind, identifier):
        yield field, _CODES[kind], {"element": identifier}


def _fault(fact: kinds.FaultLocated, places: Places, _broken: Collection[str]) -> Iterator[_Finding]:
    yield from _known("element", "element", fact.element, places)


def _crew(fact: kinds.CrewSent, places: Places, _broken: Collection[str]) -> Iterator[_Finding]:
    yield from _known("element", "element", fact.element, places)


def _repair(fact: kinds.Repaired, places: Places, broken: Collection[str]) -> Iterator[_Finding]:
    area, _, network = fact.element.partition("/")
    if area == AREA:
        if network not in {"", *NETWORKS} or fact.element.endswith("/"):
            yield "element", "network_unknown", {"known": "、".join(NETWORKS)}
    elif fact.element not in broken:
        yield from _known("element", "element", fact.element, places)


def _takeover(fact: kinds.SupplyTakenOver, places: Places, _broken: Collection[str]) -> Iterator[_Finding]:
    yield from _known("stopped", "element", fact.stopped, places)
    yield from _known("by", "element", fact.by, places)


def _area(fact: kinds.AreaDrawn, places: Places, _broken: Collection[str]) -> Iterator[_Finding]:
    for place, code in enumerate(fact.townships):
        yield from _known(f"townships[{place}]", "township", code, places)


def _operation(fact: kinds.DeviceOperated, places: Places, _broken: Collection[str]) -> Iterator[_Finding]:
    yield from _known("device", "device", fact.device, places)


def _placement(fact: kinds.UnitPlaced, places: Places, _broken: Collection[str]) -> Iterator[_Finding]:
    yield from _need(fact, places)
    yield from _known("unit", "site", fact.unit, places)


def _reserve(fact: kinds.ReserveReported, places: Places, _broken: Collection[str]) -> Iterator[_Finding]:
    yield from _need(fact, places)


def _need(fact: kinds.UnitPlaced | kinds.ReserveReported, places: Places) -> Iterator[_Finding]:
    """The facility is known, and needs the commodity as far as the data know its needs."""
    if not places.knows("facility", fact.facility):
        yield "facility", _CODES["facility"], {"element": fact.facility}
    elif fact.commodity not in places.needs.get(fact.facility, frozenset()):
        code = "placement_commodity" if isinstance(fact, kinds.UnitPlaced) else "reserve_commodity"
        yield "commodity", code, {"element": fact.facility, "commodity": fact.commodity}


def _road(fact: kinds.RoadClosed, places: Places, _broken: Collection[str]) -> Iterator[_Finding]:
    yield from _known("road", "road", fact.road, places)


#: Of the other kinds none names anything of the data.
_CHECKS: Mapping[str, Callable[[Any, Places, Collection[str]], Iterator[_Finding]]] = {
    "fault_located": _fault,
    "crew_sent": _crew,
    "repaired": _repair,
    "supply_taken_over": _takeover,
    "area_drawn": _area,
    "device_operated": _operation,
    "unit_placed": _placement,
    "reserve_reported": _reserve,
    "road_closed": _road,
}
