"""What heat mains can carry: the capacity that the data give, else an estimate from the diameter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from priority.network.kernels import BoolArray
from priority.system import SupplySystem
from priority.takeover.ground import HEAT

#: Assumed flow of the estimate: near the most that primary mains are built for, as they carry it on the coldest days.
FLOW_M_PER_S = 3.0
#: Assumed difference between flow and return, K.
SPREAD_K = 50.0
#: Of water at about 90 degrees.
_DENSITY_KG_PER_M3 = 965.0
_HEAT_KJ_PER_KG_K = 4.2


@dataclass(frozen=True, eq=False)
class Capacities:
    """Capacity of each line (m) in kW, NaN where neither it nor the diameter is known; `estimated` (m) says which."""

    kw: NDArray[np.float64]
    estimated: BoolArray

    @classmethod
    def of(cls, system: SupplySystem) -> Capacities:
        """Fill the gaps of heat mains by the heat that water carries through their cross-section."""
        area_m2 = np.pi / 4 * (system.diameter_mm / 1000) ** 2
        by_diameter_kw = area_m2 * FLOW_M_PER_S * _DENSITY_KG_PER_M3 * _HEAT_KJ_PER_KG_K * SPREAD_K
        gaps = np.isnan(system.capacity) & (system.arrays.line_network == HEAT) & np.isfinite(by_diameter_kw)
        return cls(np.where(gaps, by_diameter_kw, system.capacity), gaps)
