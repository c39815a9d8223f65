"""Networks as compact arrays, and what can be asked of them: segments, isolation, supply."""

from priority.network.arrays import NetworkArrays
from priority.network.segments import Isolation, Segments
from priority.network.supply import Supply, SwitchState, trace_supply

__all__ = ["Isolation", "NetworkArrays", "Segments", "Supply", "SwitchState", "trace_supply"]
