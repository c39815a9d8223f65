"""From an incident's words to damaged elements: ids looked up, areas laid over the networks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from priority.errors import InvalidIncident, Problem
from priority.incident import Incident
from priority.network.arrays import NETWORK_KEYS
from priority.system import SupplySystem
from priority.times import NEVER
from priority.wording import Phrases

_NONE = np.empty(0, np.intp)
_SECONDS_PER_DAY = 86_400
#: Stands beside an element's id where the area's damages have their network's code.
_NAMED = -1


@dataclass(frozen=True, eq=False)
class Damage:
    """Elements that fail together at `time_s` (seconds after the incident's `at`; negative for earlier).

    It lasts until `ends_s`. `element` is the id that was named, or "area". A damaged facility fails itself
    (`facility` >= 0) and damages no network element; it takes its source node out by failing.
    """

    time_s: int
    element: str
    kind: Literal["node", "line", "facility", "area"]
    network: int
    nodes: NDArray[np.intp]
    lines: NDArray[np.intp]
    facility: int = -1
    ends_s: int = NEVER

    @property
    def begun(self) -> bool:
        """Whether it lasts at the incident's `at`."""
        return self.time_s <= 0 < self.ends_s


def inoperable_devices(system: SupplySystem, incident: Incident, phrases: Phrases) -> NDArray[np.bool_]:
    """Return the devices (n) that cannot be operated; `InvalidIncident` for an id that is no switch or valve."""
    stuck = np.zeros(system.arrays.node_ids.size, np.bool_)
    problems = []
    for number, element in enumerate(incident.inoperable):
        node = system.node_number.get(element, -1)
        if node < 0 or not system.arrays.is_device[node]:
            problems.append(_problem(phrases, f"inoperable[{number}]", "device_unknown", element))
        else:
            stuck[node] = True
    if problems:
        raise InvalidIncident(problems)
    return stuck


def seconds_after(moment: datetime, start: datetime) -> int:
    """Return whole seconds from `start` to `moment`."""
    span = moment - start
    return span.days * _SECONDS_PER_DAY + span.seconds


def damages_of(
    system: SupplySystem, incident: Incident, phrases: Phrases, *, restricted: bool
) -> tuple[tuple[Damage, ...], BaseGeometry | None]:
    """Return the damages in order of time and element, and the damaged area if there is one.

    An element named twice counts from its earliest time. A viewer without the right to restricted records
    (`restricted` false) is told of a restricted facility exactly what is said of an unknown one. Raises
    `InvalidIncident` with every unknown element and township.
    """
    problems: list[Problem] = []
    damages: dict[tuple[str, int], Damage] = {}
    for number, fault in enumerate(incident.faults):
        moment = fault.at or incident.at
        if moment > incident.horizon_end:
            problems.append(_problem(phrases, f"faults[{number}].at", "fault_after_horizon", ""))
        damage = _named(system, fault.element, seconds_after(moment, incident.at), restricted=restricted)
        if damage is None:
            problems.append(_problem(phrases, f"faults[{number}].element", "element_unknown", fault.element))
        elif (key := (fault.element, _NAMED)) not in damages or damage.time_s < damages[key].time_s:
            damages[key] = damage
    area = _area(system, incident, phrases, problems)
    if area is not None and not problems:
        for damage in _inside(system, area, incident):
            damages[("area", damage.network)] = damage
    ends_s = _repaired(incident, phrases, [damage for _, damage in sorted(damages.items())], problems)
    if problems:
        raise InvalidIncident(problems)
    ended = [replace(damage, ends_s=ends_s.get((damage.element, damage.network), NEVER)) for damage in damages.values()]
    return tuple(sorted(ended, key=lambda damage: (damage.time_s, damage.element, damage.network))), area


def _repaired(
    incident: Incident, phrases: Phrases, damages: list[Damage], problems: list[Problem]
) -> dict[tuple[str, int], int]:
    """Return when each repaired damage ends, by element and network; of several repairs the first counts."""
    ends_s: dict[tuple[str, int], int] = {}
    named: dict[str, list[Damage]] = {}
    for damage in damages:
        for name in _names(damage):
            named.setdefault(name, []).append(damage)
    told = bool(problems)  # of a wrong fault it is not known what its repair means
    for number, repair in enumerate(incident.repairs):
        moment_s = seconds_after(repair.at, incident.at)
        meant = named.get(repair.element, [])
        if not meant and not told and not _names_drawn_ground(incident, repair.element):
            problems.append(_problem(phrases, f"repairs[{number}].element", "repair_of_nothing", repair.element))
        for damage in meant:
            if moment_s < damage.time_s:
                problems.append(_problem(phrases, f"repairs[{number}].at", "repair_before_fault", repair.element))
                break
            key = (damage.element, damage.network)
            ends_s[key] = min(moment_s, ends_s.get(key, NEVER))
    return ends_s


def _names_drawn_ground(incident: Incident, name: str) -> bool:
    """Whether a repair speaks of the area, or of a network that it is said of: there may be nothing of it inside."""
    if incident.area is None and not incident.area_townships:
        return False
    area, _, network = name.partition("/")
    return area == "area" and (name == "area" or network in incident.networks)


def _names(damage: Damage) -> tuple[str, ...]:
    """Return the words by which a repair may name a damage."""
    if damage.kind != "area":
        return (damage.element,)
    return damage.element, f"{damage.element}/{NETWORK_KEYS[damage.network]}"


def _problem(phrases: Phrases, field: str, code: str, element: str) -> Problem:
    return Problem(field, phrases.write(f"problem.{code}", element=element), phrases.write(f"remedy.{code}"))


def _named(system: SupplySystem, element: str, time_s: int, *, restricted: bool) -> Damage | None:
    if element in system.node_number:
        node = system.node_number[element]
        return Damage(time_s, element, "node", int(system.arrays.network[node]), np.array([node]), _NONE)
    if element in system.line_number:
        line = system.line_number[element]
        return Damage(time_s, element, "line", int(system.arrays.line_network[line]), _NONE, np.array([line]))
    facility = system.facility_number.get(element, -1)
    if facility < 0 or (system.facilities.restricted[facility] and not restricted):
        return None
    return Damage(time_s, element, "facility", -1, _NONE, _NONE, facility)


def _area(system: SupplySystem, incident: Incident, phrases: Phrases, problems: list[Problem]) -> BaseGeometry | None:
    known = set(system.townships.codes)
    for number, code in enumerate(incident.area_townships):
        if code not in known:
            problems.append(_problem(phrases, f"area_townships[{number}]", "township_unknown", code))
    if incident.area is None and not incident.area_townships:
        problems += [_problem(phrases, field, "area_at_without_area", "") for field, _ in _begins(incident)]
        return None
    for field, begin in _begins(incident):
        if begin > incident.horizon_end:
            problems.append(_problem(phrases, field, "fault_after_horizon", ""))
    picked = [code for code in incident.area_townships if code in known]
    parts = [system.townships.union(picked)] if picked else []
    if incident.area is not None:
        parts.append(incident.area)
    return shapely.union_all(parts)


def _begins(incident: Incident) -> list[tuple[str, datetime]]:
    """Return when the area was damaged, by the field that says so."""
    begins = [] if incident.area_at is None else [("area_at", incident.area_at)]
    return begins + [(f"area_network_at.{key}", begin) for key, begin in incident.area_network_at.items()]


def _inside(system: SupplySystem, area: BaseGeometry, incident: Incident) -> list[Damage]:
    """Return one damage a network that has elements touching the area."""
    shapely.prepare(area)
    nodes = np.sort(system.node_tree.query(area, predicate="intersects"))
    lines = np.sort(system.line_tree.query(area, predicate="intersects"))
    damages = []
    for code, key in enumerate(NETWORK_KEYS):
        if key not in incident.networks:
            continue
        struck_nodes = nodes[system.arrays.network[nodes] == code]
        struck_lines = lines[system.arrays.line_network[lines] == code]
        if struck_nodes.size or struck_lines.size:
            time_s = seconds_after(incident.damaged_since(key), incident.at)
            damages.append(Damage(time_s, "area", "area", code, struck_nodes, struck_lines))
    return damages
