"""The ground of a takeover: the networks with and without the suppliers that stop, and what hangs together without."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from priority.network import Isolation, Supply, SwitchState, trace_supply
from priority.network.arrays import NETWORK_KEYS, NetworkArrays
from priority.network.backfeed import backfeed_devices, restored_by
from priority.network.kernels import BoolArray
from priority.network.loading import Loading
from priority.picture import Picture

_NUMBERS = NDArray[np.intp]
_NONE: _NUMBERS = np.zeros(0, np.intp)
_NOTHING = Isolation(_NONE, _NONE, _NONE, _NONE, _NONE, _NONE)
HEAT = NETWORK_KEYS.index("heat")


@dataclass(frozen=True, eq=False)
class Ground:
    """The state without the suppliers that stop; `area` (n) is what has supply with them and none without."""

    picture: Picture
    state: SwitchState
    before: Supply
    area: BoolArray

    @classmethod
    def of(cls, picture: Picture, stopped: _NUMBERS) -> Ground:
        """`picture` is that of the incident without the stop, `stopped` are the numbers of the source nodes."""
        arrays = picture.system.arrays
        state = picture.cascade.state(0)
        before = trace_supply(arrays, state)
        state.node_out[stopped] = True
        after = trace_supply(arrays, state)
        area = before.supplied & ~after.supplied & ~arrays.is_device & (arrays.network == HEAT)
        area[stopped] = False
        return cls(picture, state, before, area)

    def parts(self) -> list[_NUMBERS]:
        """Return the nodes of the area that hang together over closed devices and whole lines, most customers first."""
        arrays = self.picture.system.arrays
        inside = self.area | (arrays.is_device & ~self.state.is_open & ~self.state.node_out)
        joined = ~self.state.line_out & inside[arrays.line_from] & inside[arrays.line_to]
        ends = arrays.line_from[joined], arrays.line_to[joined]
        size = arrays.node_ids.size
        graph = coo_array((np.ones(ends[0].size, np.int8), ends), shape=(size, size))
        label = connected_components(graph, directed=False)[1][self.area]
        nodes = np.flatnonzero(self.area)
        order = np.argsort(label, kind="stable")
        parts = np.split(nodes[order], np.flatnonzero(np.diff(label[order])) + 1) if nodes.size else []
        customers = self.picture.system.loads.customers
        return sorted(parts, key=lambda part: (-float(customers[part].sum()), int(part[0])))

    def supply(self) -> Supply:
        """Return who has supply after the ties that were closed so far."""
        return trace_supply(self.picture.system.arrays, self.state)

    def loading(self, supply: Supply) -> Loading:
        """Return what each line carries then."""
        return Loading.of(self.picture.system.arrays, self.state, supply, self.picture.system.loads.demand)

    def ties(self, supply: Supply, part: _NUMBERS) -> list[int]:
        """Return the devices that can be operated and whose closing would supply something of a part, ascending."""
        system = self.picture.system
        found = backfeed_devices(system.arrays, self.before, self.state, supply, _NOTHING)
        found = found[~np.isin(system.arrays.node_ids[found], self.picture.incident.inoperable)]
        return [
            int(device)
            for device in found
            if np.intersect1d(restored_by(system.arrays, self.state, supply, int(device)), part).size
        ]


def roots(arrays: NetworkArrays, loading: Loading) -> _NUMBERS:
    """Return the source (n) at which the way of each node begins; a node that no line feeds is its own."""
    root = np.arange(arrays.node_ids.size)
    fed = np.flatnonzero(loading.feeder >= 0)
    line = loading.feeder[fed]
    root[fed] = np.where(arrays.line_to[line] == fed, arrays.line_from[line], arrays.line_to[line])
    while True:
        further = root[root]
        if np.array_equal(further, root):
            return root
        root = further
