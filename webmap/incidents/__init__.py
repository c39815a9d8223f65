"""Incidents as append-only logs: typed entries, their chain, what may follow what, and the state they fold to."""
