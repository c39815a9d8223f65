"""The switching plan: isolate, then close ties, as steps that a dispatcher can read.

The plan is advice and changes no figure of the assessment: outages are told as they are before any tie is closed.
Ties are chosen one after the other, each time the one that brings most back: facilities by tier, then customers, then
demand. One that would overload a line on its way is named with that line and left out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from priority.loads import DEMAND_UNITS
from priority.network import Isolation, Supply, SwitchState, trace_supply
from priority.network.arrays import NETWORK_KEYS
from priority.network.backfeed import backfeed_devices, restored_by
from priority.network.loading import Loading
from priority.picture import Picture
from priority.results import Restored, SwitchingStep

#: A plan of more ties than this is no longer read in an emergency.
_MOST_TIES = 12


@dataclass(frozen=True, eq=False)
class _Tie:
    """A device that could be closed: what it brings back, and whether the way to it can carry that."""

    device: int
    nodes: NDArray[np.intp]
    facilities: tuple[int, ...]
    headroom: float
    bound: int
    demand: float

    @property
    def fits(self) -> bool:
        return self.demand <= self.headroom


def switching_plan(picture: Picture) -> tuple[SwitchingStep, ...]:
    """Return the steps for the faults that have begun by `at`: devices to open, then ties to close.

    No fault, or nothing to operate: no step. The result does not depend on the order in which faults were given.
    """
    begun = [
        isolation
        for damage, isolation in zip(picture.damages, picture.cascade.isolations, strict=True)
        if isolation is not None and damage.begun
    ]
    if not begun:
        return ()
    state, isolation = _isolated(picture, begun)
    steps = [_opening(picture, device) for device in _by_distance(picture, isolation.to_open)]
    steps += _closing_steps(picture, state, isolation)
    return tuple(step.model_copy(update={"order": order}) for order, step in enumerate(steps, start=1))


def _isolated(picture: Picture, begun: list[Isolation]) -> tuple[SwitchState, Isolation]:
    """Return the state after all isolations, and all of them as one."""
    state = picture.cascade.state(0)
    parts = [np.unique(np.concatenate(part)) for part in zip(*(_numbers(item) for item in begun), strict=True)]
    to_open, already_open, damaged, nodes, lines, stuck = parts
    opened = [device.node for device in picture.cascade.actions.operated if device.opens and device.time_s <= 0]
    to_open = np.setdiff1d(to_open, np.concatenate([damaged, stuck, np.array(opened, dtype=np.intp)]))
    return state, Isolation(to_open, np.setdiff1d(already_open, damaged), damaged, nodes, lines, stuck)


def _numbers(item: Isolation) -> tuple[NDArray[np.intp], ...]:
    return item.to_open, item.already_open, item.damaged, item.nodes, item.lines, item.stuck


def _by_distance(picture: Picture, devices: NDArray[np.intp]) -> NDArray[np.intp]:
    depth = picture.system.baseline.depth[devices]
    far = np.iinfo(np.int32).max
    return devices[np.lexsort((devices, np.where(depth < 0, far, depth)))]


def _opening(picture: Picture, device: int) -> SwitchingStep:
    return _step(picture, device, "open", None)


def _closing_steps(picture: Picture, state: SwitchState, isolation: Isolation) -> list[SwitchingStep]:
    """Close ties one by one while one helps; those that would overload come last, as a warning, and change nothing."""
    steps: list[SwitchingStep] = []
    refused: dict[int, _Tie] = {}
    for _ in range(_MOST_TIES):
        supply = trace_supply(picture.system.arrays, state)
        ties = _ties(picture, state, supply, isolation)
        refused = {tie.device: tie for tie in ties if not tie.fits}
        fitting = [tie for tie in ties if tie.fits]
        if not fitting:
            break
        best = min(fitting, key=lambda tie: _preference(picture, tie))
        steps.append(_step(picture, best.device, "close", best))
        state.is_open[best.device] = False
    steps += [
        _step(picture, tie.device, "close", tie)
        for tie in sorted(refused.values(), key=lambda t: _preference(picture, t))
    ]
    return steps


def _ties(picture: Picture, state: SwitchState, supply: Supply, isolation: Isolation) -> list[_Tie]:
    system = picture.system
    devices = backfeed_devices(system.arrays, system.baseline, state, supply, isolation)
    devices = devices[~np.isin(system.arrays.node_ids[devices], picture.incident.inoperable)]
    if not devices.size:
        return []
    loading = Loading.of(system.arrays, state, supply, system.loads.demand)
    ties = []
    for device in devices:
        nodes = restored_by(system.arrays, state, supply, int(device))
        if not nodes.size:
            continue
        demand = float(system.loads.demand[nodes].sum())
        headroom, bound = loading.headroom(system.arrays, system.capacity, int(device))
        ties.append(_Tie(int(device), nodes, _facilities_back(picture, supply, nodes), headroom, bound, demand))
    return ties


def _facilities_back(picture: Picture, supply: Supply, nodes: NDArray[np.intp]) -> tuple[int, ...]:
    """Return the visible facilities that get a commodity back which they are without."""
    back = set(nodes.tolist())
    shown = set(picture.shown_facilities.tolist())
    return tuple(
        sorted(
            {
                need.facility
                for need in picture.system.facilities.needs
                if need.facility in shown
                and any(node in back for node in need.nodes)
                and not any(supply.supplied[node] for node in need.nodes)
            }
        )
    )


def _preference(picture: Picture, tie: _Tie) -> tuple[tuple[int, ...], float, float, int]:
    """Order ties: most facilities of the first tier, then of the next ...; then customers, demand, id."""
    tiers = sorted({item.tier for item in picture.plan.priority_list})
    counts = dict.fromkeys(tiers, 0)
    for facility in tie.facilities:
        entry = picture.plan.priority_of(picture.system.facilities.categories[facility])
        if entry is not None:
            counts[entry.tier] += 1
    customers = float(picture.system.loads.customers[tie.nodes].sum())
    return tuple(-counts[tier] for tier in tiers), -customers, -tie.demand, tie.device


def _step(picture: Picture, device: int, action: str, tie: _Tie | None) -> SwitchingStep:
    arrays, phrases = picture.system.arrays, picture.phrases
    name = str(picture.system.element_names[device])
    kind = str(picture.system.element_kinds[device])
    verb = phrases.write(f"switching.{action}_{kind}", name=name)
    return SwitchingStep(
        order=0,
        action="open" if action == "open" else "close",
        advised=tie is None or tie.fits,
        id=str(arrays.node_ids[device]),
        name=name,
        kind=kind,
        network=NETWORK_KEYS[arrays.network[device]],
        restores=None if tie is None else _restored(picture, device, tie),
        text=verb if tie is None else _sentence(picture, verb, device, tie),
    )


def _restored(picture: Picture, device: int, tie: _Tie) -> Restored:
    loads, arrays = picture.system.loads, picture.system.arrays
    return Restored(
        nodes=tie.nodes.size,
        customers=round(float(loads.customers[tie.nodes].sum())),
        population=round(float(loads.population[tie.nodes].sum())),
        demand=round(tie.demand, 3),
        demand_unit=DEMAND_UNITS[NETWORK_KEYS[arrays.network[device]]],
        facilities=tuple(picture.system.facilities.ids[number] for number in tie.facilities),
        capacity="unknown" if tie.bound < 0 else "enough" if tie.fits else "exceeded",
        headroom=None if tie.bound < 0 else round(tie.headroom, 3),
        limiting_line=None if tie.bound < 0 else str(arrays.line_ids[tie.bound]),
    )


def _sentence(picture: Picture, verb: str, device: int, tie: _Tie) -> str:
    phrases = picture.phrases
    customers = phrases.number(float(picture.system.loads.customers[tie.nodes].sum()))
    unit = DEMAND_UNITS[NETWORK_KEYS[picture.system.arrays.network[device]]]
    parts = [verb, phrases.write("switching.restores", customers=customers, facilities=len(tie.facilities))]
    if tie.bound < 0:
        parts.append(phrases.write("switching.capacity_unknown"))
    else:
        line = picture.system.element_names[picture.system.arrays.node_ids.size + tie.bound]
        key = "switching.capacity_enough" if tie.fits else "switching.capacity_exceeded"
        demand, spare = f"{tie.demand:,.0f} {unit}", f"{max(tie.headroom, 0):,.0f} {unit}"
        parts.append(phrases.write(key, line=line, demand=demand, spare=spare))
    return phrases.write("situation.separator").join(parts)
