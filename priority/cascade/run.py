"""Running the cascade of an incident."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from priority.cascade.course import Cascade
from priority.cascade.kernel import simulate
from priority.cascade.script import Actions, Outline, with_reported
from priority.cascade.wiring import Weights, Wiring
from priority.network import Isolation
from priority.network.kernels import BoolArray

if TYPE_CHECKING:
    from priority.damage import Damage
    from priority.system import SupplySystem

_NOTHING_DONE = Actions()


def run_cascade(
    system: SupplySystem,
    damages: tuple[Damage, ...],
    horizon_s: int,
    inoperable: BoolArray | None = None,
    *,
    actions: Actions = _NOTHING_DONE,
    wiring: Wiring | None = None,
    stocks_from_s: int | None = None,
) -> Cascade:
    """Follow damages (sorted by time) and actions until the horizon. No damage: nothing is lost but by coal.

    `inoperable` (n) are devices that cannot be operated; isolations grow over them. `wiring` is the system's own, or
    one with fuels standing in for others and with coal (`SupplySystem.wired`). Stocks shrink from `stocks_from_s` on,
    or from the first damage.
    """
    wiring = with_reported(system.wiring if wiring is None else wiring, actions.reported)
    isolations = isolations_of(system, damages, inoperable)
    outline = Outline.of(system.condensed, len(system.facilities.ids), damages, isolations, actions)
    script = outline.script([damage.ends_s for damage in damages], stocks_from_s)
    ended = simulate(wiring, script, no_weights(system), horizon_s, True)
    return Cascade(
        arrays=system.arrays,
        condensed=system.condensed,
        facilities=system.facilities,
        wiring=wiring,
        damages=damages,
        isolations=isolations,
        actions=actions,
        ended=ended,
        stocks_from_s=stocks_from_s,
        horizon_s=horizon_s,
    )


def isolations_of(
    system: SupplySystem, damages: tuple[Damage, ...], inoperable: BoolArray | None = None
) -> tuple[Isolation | None, ...]:
    """Return the isolation of each damage in the normal state of the devices, None for a damaged facility."""
    is_open = system.arrays.is_device & system.arrays.normally_open
    return tuple(
        None
        if damage.facility >= 0
        else system.segments.isolate(damage.nodes.astype(np.int32), damage.lines.astype(np.int32), is_open, inoperable)
        for damage in damages
    )


def no_weights(system: SupplySystem) -> Weights:
    """Return weights that count nothing."""
    facilities = np.full(len(system.facilities.ids), -1, np.int32)
    return Weights(facilities, np.zeros(system.condensed.size, np.int64), 1)
