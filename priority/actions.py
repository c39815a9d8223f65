"""From an incident's words to what people do and report: devices, mobile units, reserves. Ids are looked up here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from priority.cascade import Actions, OperatedDevice, PlacedUnit, ReportedReserve
from priority.cascade.wiring import Wiring
from priority.damage import seconds_after
from priority.errors import InvalidIncident, Problem
from priority.incident import Incident
from priority.interventions import Operation, Placement
from priority.reserves import ReserveReport
from priority.wording import Phrases

if TYPE_CHECKING:
    from priority.plans import Plan
    from priority.system import SupplySystem


def actions_of(system: SupplySystem, incident: Incident, phrases: Phrases, *, restricted: bool) -> Actions:
    """Return the actions and reports of an incident.

    A viewer without the right to restricted records is told of a restricted facility what is said of an unknown one.
    Raises `InvalidIncident` with every unknown device, facility, need and road.
    """
    problems: list[Problem] = []
    operated = []
    for number, operation in enumerate(incident.operations):
        node = _device(system, operation)
        code = "device_inoperable" if operation.device in incident.inoperable else "operated_unknown"
        if node < 0 or code == "device_inoperable":
            words = phrases.write(f"problem.{code}", element=operation.device)
            problems.append(Problem(f"operations[{number}].device", words, phrases.write(f"remedy.{code}")))
        else:
            moment_s = seconds_after(operation.at, incident.at)
            operated.append(OperatedDevice(moment_s, node, operation.action == "open"))
    placed = []
    for number, item in enumerate(incident.placements):
        need = _need(system, item, restricted=restricted)
        if isinstance(need, str):
            problems.append(_problem(phrases, f"placements[{number}].{need}", f"placement_{need}", item))
        else:
            placed.append(PlacedUnit(seconds_after(item.at, incident.at), need))
    reported = []
    for number, report in enumerate(incident.reserves):
        need = _need(system, report, restricted=restricted)
        if isinstance(need, str):
            problems.append(_problem(phrases, f"reserves[{number}].facility", f"reserve_{need}", report))
        else:
            reported.append(ReportedReserve(seconds_after(report.at, incident.at), need, report.left_s))
    roads = _known_roads(system, restricted=restricted) if incident.closed_roads else set()
    for number, road in enumerate(incident.closed_roads):
        if road not in roads:
            words = phrases.write("problem.road_unknown", element=road)
            problems.append(Problem(f"closed_roads[{number}]", words, phrases.write("remedy.road_unknown")))
    if problems:
        raise InvalidIncident(problems)
    return Actions(
        tuple(sorted(operated, key=lambda device: (device.time_s, device.node, device.opens))),
        tuple(sorted(placed, key=lambda unit: (unit.time_s, unit.need))),
        tuple(sorted(reported, key=lambda reserve: (reserve.time_s, reserve.need))),
    )


def wiring_of(system: SupplySystem, plan: Plan, incident: Incident) -> Wiring:
    """Return the wiring for a plan and an incident: fuels stand in for others only where the plan allows it.

    Energy plan 4.2.1(5). Coal is delivered over the roads that are open.
    """
    closed = frozenset(incident.closed_roads)
    return system.wired(closed, substitution=plan.fuel_substitution is not None)


def stocks_from(incident: Incident) -> int | None:
    """Return from when stocks shrink, in seconds after `at`; None where nobody has said."""
    return None if incident.started_at is None else seconds_after(incident.started_at, incident.at)


def _known_roads(system: SupplySystem, *, restricted: bool) -> set[str]:
    """Return the ids of the roads and coal routes that a viewer may know: not those of a restricted plant or mine."""
    routes = system.places["coal_routes"]
    known = {*system.places["roads"]["id"], *routes["id"]}
    if restricted:
        return known
    hidden = {system.facilities.ids[number] for number in np.flatnonzero(system.facilities.restricted)}
    for column in ("facility_id", "source_facility_id"):
        if column in routes:
            known -= set(routes.loc[routes[column].isin(hidden), "id"])
    return known


def _device(system: SupplySystem, operation: Operation) -> int:
    """Return the node of a switch or valve, -1 if there is no such device."""
    node = system.node_number.get(operation.device, -1)
    return node if node >= 0 and system.arrays.is_device[node] else -1


def _need(system: SupplySystem, item: Placement | ReserveReport, *, restricted: bool) -> int | str:
    """Return the need that is meant, or the name of the field that is wrong."""
    facility = system.facility_number.get(item.facility, -1)
    if facility < 0 or (system.facilities.restricted[facility] and not restricted):
        return "facility"
    for number, need in enumerate(system.facilities.needs):
        if need.facility == facility and need.commodity == item.commodity:
            return number
    return "commodity"


def _problem(phrases: Phrases, field: str, code: str, item: Placement | ReserveReport) -> Problem:
    words = phrases.write(f"problem.{code}", element=item.facility, commodity=item.commodity)
    return Problem(field, words, phrases.write(f"remedy.{code}"))
