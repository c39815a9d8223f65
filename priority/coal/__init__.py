"""Coal: what plants have in stock, what reaches them over the roads, and when each runs short."""

from priority.coal.rows import coal_assumptions, coal_rows
from priority.coal.supply import CoalRoute, CoalSupply, RouteState, lasts_s

__all__ = ["CoalRoute", "CoalSupply", "RouteState", "coal_assumptions", "coal_rows", "lasts_s"]
