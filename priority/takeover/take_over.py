"""From a supplier that stops to who could take its homes over, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from priority.assessment import take_picture
from priority.assumptions import assumptions
from priority.errors import InvalidStop, Problem
from priority.incident import Incident
from priority.network import Supply
from priority.network.loading import Loading
from priority.picture import Picture
from priority.plans import Plan
from priority.plans.base import Language
from priority.results import Assumption
from priority.system import SupplySystem
from priority.takeover.capacity import FLOW_M_PER_S, SPREAD_K, Capacities
from priority.takeover.ground import HEAT, Ground, roots
from priority.takeover.results import AdoptingSupplier, Named, Takeover, TakeoverPart
from priority.takeover.rows import Way, element, line_named, part_row, sentence
from priority.validation import problem
from priority.wording import Phrases

#: The measures of the plan that a takeover is one of.
CAUSE = "supplier_stops"


def take_over(
    system: SupplySystem,
    incident: Incident,
    plan: Plan,
    stopped: Sequence[str],
    *,
    language: Language = "zh",
    restricted: bool = False,
) -> Takeover:
    """Return who could heat the homes of heat sources that stop, at the incident's moment and with all else it says.

    `stopped` are ids of source nodes of the heat network, or of facilities that feed one; that the incident names them
    as broken changes nothing. Each part of the area that hangs together gets the tie whose way can carry its demand
    (of several the one with most to spare), else the one that can carry most of it; ties that were found enough are
    taken as closed for the parts that follow, which are those with fewer customers. Nothing is cut into smaller parts.
    Raises `InvalidStop` (`[0]`) for what is no heat source, and as `take_picture`.
    """
    phrases = Phrases(language)
    numbers, names = _sources(system, stopped, phrases, restricted=restricted)
    still = incident.model_copy(
        update={"faults": tuple(fault for fault in incident.faults if fault.element not in names)}
    )
    picture = take_picture(system, still, plan, language=language, restricted=restricted)
    ground = Ground.of(picture, numbers)
    parts, suppliers = _parts(ground)
    return _answer(picture, numbers, parts, suppliers)


def _sources(
    system: SupplySystem, stopped: Sequence[str], phrases: Phrases, *, restricted: bool
) -> tuple[NDArray[np.intp], frozenset[str]]:
    """Return the source nodes, and every id by which the incident may name them."""
    problems: list[Problem] = []
    if not stopped:
        problems.append(problem(phrases, "", "takeover_nobody", {}))
    found: set[int] = set()
    for place, identifier in enumerate(stopped):
        node = _source_of(system, identifier, restricted=restricted)
        if node is None:
            problems.append(problem(phrases, f"[{place}]", "takeover_no_source", {"element": identifier}))
        else:
            found.add(node)
    if problems:
        raise InvalidStop(problems)
    feeding = {
        system.facilities.ids[number]
        for number, node in enumerate(system.facilities.source_node.tolist())
        if node in found
    }
    numbers = np.array(sorted(found), dtype=np.intp)
    return numbers, frozenset({*stopped, *feeding, *(str(system.arrays.node_ids[node]) for node in found)})


def _source_of(system: SupplySystem, identifier: str, *, restricted: bool) -> int | None:
    node = system.node_number.get(identifier)
    facility = system.facility_number.get(identifier)
    if facility is not None and (restricted or not system.facilities.restricted[facility]):
        node = int(system.facilities.source_node[facility])
    if node is None or node < 0:
        return None
    is_heat = system.arrays.network[node] == HEAT
    return node if is_heat and system.arrays.is_source[node] else None


@dataclass(frozen=True)
class _Way:
    """A tie for a part: where it leads, what its way can carry more (kW), and the line that bounds it (-1: none)."""

    tie: int
    supplier: int
    headroom: float
    bound: int
    estimated: bool = False


def _ways(ground: Ground, capacities: Capacities, supply: Supply, part: NDArray[np.intp]) -> list[_Way]:
    arrays, loading = ground.picture.system.arrays, ground.loading(supply)
    root = roots(arrays, loading)
    ways = []
    for tie in ground.ties(supply, part):
        headroom, bound = loading.headroom(arrays, capacities.kw, tie)
        ways.append(_Way(tie, int(root[tie]), headroom, bound, bool(bound >= 0 and capacities.estimated[bound])))
    return ways


def _parts(ground: Ground) -> tuple[list[TakeoverPart], list[AdoptingSupplier]]:
    system = ground.picture.system
    capacities = Capacities.of(system)
    rows: list[TakeoverPart] = []
    taken: dict[int, float] = {}
    supply = ground.supply()
    load_before = _load_by_source(ground, ground.loading(supply))
    for order, part in enumerate(ground.parts(), start=1):
        ways = _ways(ground, capacities, supply, part)
        demand = float(system.loads.demand[part].sum())
        best = min(ways, key=lambda way: _preference(way, demand), default=None)
        others = tuple(element(system, way.tie) for way in ways if best is not None and way.tie != best.tie)
        told = None if best is None else _told(system, best, others)
        rows.append(part_row(ground.picture, order, part, told))
        if best is not None and best.bound >= 0 and demand <= best.headroom:
            ground.state.is_open[best.tie] = False
            supply = ground.supply()
        if best is not None:
            share = min(demand, max(best.headroom, 0.0)) if best.bound >= 0 else demand
            taken[best.supplier] = taken.get(best.supplier, 0.0) + share
    return rows, [_supplier(system, capacities, node, load_before, taken[node]) for node in sorted(taken)]


def _preference(way: _Way, demand: float) -> tuple[int, float, int]:
    """A way that is known to be enough before one of which nothing is known, and that before one that is too small."""
    if way.bound < 0:
        return 1, 0.0, way.tie
    return (0 if demand <= way.headroom else 2), -way.headroom, way.tie


def _told(system: SupplySystem, way: _Way, others: tuple[Named, ...]) -> Way:
    unknown = way.bound < 0
    return Way(
        tie=element(system, way.tie),
        supplier=element(system, way.supplier),
        headroom_kw=None if unknown else way.headroom,
        estimated=way.estimated,
        limiting_line=None if unknown else line_named(system, way.bound),
        others=others,
    )


def _load_by_source(ground: Ground, loading: Loading) -> NDArray[np.float64]:
    system = ground.picture.system
    supplied = ground.supply().supplied
    root = roots(system.arrays, loading)[supplied]
    load: NDArray[np.float64] = np.bincount(
        root, system.loads.demand[supplied], minlength=system.arrays.node_ids.size
    ).astype(float)
    return load


def _supplier(
    system: SupplySystem, capacities: Capacities, node: int, load_before: NDArray[np.float64], taken_kw: float
) -> AdoptingSupplier:
    arrays = system.arrays
    own = ((arrays.line_from == node) | (arrays.line_to == node)) & arrays.carries_line
    capacity = float(capacities.kw[own].sum())
    known = bool(np.isfinite(capacity)) and capacity > 0
    load = float(load_before[node])
    return AdoptingSupplier(
        **element(system, node).model_dump(),
        load_kw=round(load, 1),
        taken_kw=round(taken_kw, 1),
        capacity_kw=round(capacity, 1) if known else None,
        capacity_estimated=bool(known and capacities.estimated[own].any()),
        share_after=round((load + taken_kw) / capacity, 4) if known else None,
    )


def _answer(
    picture: Picture, stopped: NDArray[np.intp], parts: list[TakeoverPart], suppliers: list[AdoptingSupplier]
) -> Takeover:
    plan, phrases = picture.plan, picture.phrases
    measures = next((item for item in plan.cause_measures if item.key == CAUSE), None)
    step = None if measures is None else measures.steps[-1]

    def customers(capacity: str) -> int:
        return sum(part.customers for part in parts if part.capacity == capacity)

    method = [
        Assumption(code=code, text=phrases.write(f"assumption.{code}"))
        for code in ("takeover_whole_parts", "takeover_capacity", "takeover_advice")
    ]
    if any(part.estimated for part in parts) or any(supplier.capacity_estimated for supplier in suppliers):
        text = phrases.write("assumption.takeover_estimated", flow=FLOW_M_PER_S, spread=SPREAD_K)
        method.append(Assumption(code="takeover_estimated", text=text))
    return Takeover(
        plan=plan.key,
        language=phrases.language,
        data_version=picture.system.data_version,
        at=picture.iso(0),
        clause=None if step is None else step.clause,
        quotation=None if step is None else step.text,
        stopped=tuple(element(picture.system, int(node)) for node in stopped),
        customers=sum(part.customers for part in parts),
        population=sum(part.population for part in parts),
        demand_kw=round(sum(part.demand_kw for part in parts), 1),
        covered_customers=customers("enough"),
        short_customers=customers("short"),
        unknown_customers=customers("unknown"),
        no_way_customers=customers("no_way"),
        sentence=sentence(phrases, parts),
        parts=tuple(parts),
        suppliers=tuple(suppliers),
        assumptions=(*method, *_data_notes(picture)),
    )


def _data_notes(picture: Picture) -> list[Assumption]:
    kept = {"synthetic", "estimated", "restricted"}
    return [item for item in assumptions(picture) if item.code in kept]
