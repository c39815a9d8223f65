"""Geodata: which layers there are, how they are read, checked and stored. No plan, no Flask."""
