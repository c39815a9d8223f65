"""Drills that play themselves: scripts, what they name in the data, and the player that writes them into a log."""
