"""Checks of imported data: they find, they do not refuse. Rows as they are read, the whole, the network, topology."""

from layers.importing.checks.built import topology_issues
from layers.importing.checks.network import check_network
from layers.importing.checks.rows import Checked, CheckState, check_rows
from layers.importing.checks.whole import check_whole

__all__ = ["CheckState", "Checked", "check_network", "check_rows", "check_whole", "topology_issues"]
