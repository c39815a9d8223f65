"""Lines that end near each other made into a network: ends joined, lines cut at devices and taps, nodes made."""

from layers.topology.build import build_topology
from layers.topology.ends import ToleranceTooLarge
from layers.topology.model import Change, ChangeKind, Topology

__all__ = ["Change", "ChangeKind", "ToleranceTooLarge", "Topology", "build_topology"]
